import Flambeau
import Foundation
import OperatorRegistry

/// A small call of an operator, and what PyTorch says of it. `make_goldens.py` writes them.
struct Sample: @unchecked Sendable {
    let id: String
    let call: OperatorCall
    /// Whether PyTorch's derivatives of the call agree with finite differences; nil where it is not
    /// differentiated.
    let gradcheck: Bool?
    let gradgradcheck: Bool?
    /// Whether PyTorch knows the results' shapes without data.
    let hasMeta: Bool
    /// The first argument is one half of the matrix that is varied: "hermitian" or "triangular".
    let wrapper: String?
    /// Shape and dtype of each result; nil for one that is no tensor.
    let results: [(shape: [Int], dtype: String)?]

    static let all: [Sample] = {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Goldens")
        do {
            let tensors = try safetensors.safeOpen(folder.appendingPathComponent("samples.safetensors").path)
            let reader = ValueReader(tensors: tensors)
            return try String(contentsOf: folder.appendingPathComponent("samples.jsonl"), encoding: .utf8)
                .split(separator: "\n").map { try Sample(line: $0, reader: reader) }
        } catch {
            fatalError("the samples cannot be read: \(error)")
        }
    }()

    static let byOperator = Dictionary(grouping: all) { $0.call.registered?.name ?? $0.call.name }

    private init(line: Substring, reader: ValueReader) throws {
        let json = try JSONValue(parsing: line)
        func flag(_ name: String) -> Bool? { if case .bool(let value)? = json[name] { value } else { nil } }
        id = json["id"]?.string ?? ""
        call = OperatorCall(json: json, line: line, values: reader)
        gradcheck = flag("gradcheck")
        gradgradcheck = flag("gradgradcheck")
        hasMeta = flag("meta") ?? false
        wrapper = json["wrapper"]?.string
        results = (json["out"]?.list ?? []).map { result in
            guard let parts = result.list, let shape = parts[0].ints, let dtype = parts[1].string else { return nil }
            return (shape, dtype)
        }
    }

    /// The tensors that finite differences vary: those that require grad, complex ones as pairs.
    func leaves() throws -> [Tensor] {
        try call.arguments().leaves.map { $0.isComplex() ? torch.viewAsReal($0.detach()).clone().requiresGrad_() : $0 }
    }

    /// The call as a function of its leaves, real like its results.
    func function(_ registered: RegisteredOperator) -> ([Tensor]) -> [Tensor] {
        { leaves in
            var left = leaves[...]
            var isFirst = true
            do {
                let arguments = try call.arguments { tensor in
                    guard tensor.requiresGrad else { return tensor }
                    defer { isFirst = false }
                    let leaf = left.removeFirst()
                    let value = tensor.isComplex() ? torch.viewAsComplex(leaf) : leaf
                    return isFirst ? wrapped(value) : value
                }
                return Results(try registered.call(arguments)).values.compactMap { $0 as? Tensor }
                    .map { $0.isComplex() ? torch.viewAsReal($0) : $0 }.filter { $0.isFloatingPoint() }
            } catch {
                fail("\(id): \(error)", .runtimeError)
            }
        }
    }

    private func wrapped(_ tensor: Tensor) -> Tensor {
        guard let wrapper else { return tensor }
        if wrapper == "hermitian" { return tensor + tensor.mH }
        if case .bool(true)? = call.json["kwargs"]?["upper"] { return tensor.triu() }
        return tensor.tril()
    }
}
