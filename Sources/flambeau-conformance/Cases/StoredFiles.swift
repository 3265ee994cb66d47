import Flambeau
import Foundation
import OperatorRegistry

/// Files of other programs, with a listing of what each holds.
struct StoredFiles {
    let folder: URL
    let files: [String: JSONValue]
    private let values = ValueReader(tensors: nil)

    init(listing: URL) throws {
        folder = listing.deletingLastPathComponent()
        let json = try JSONValue(parsing: String(contentsOf: listing, encoding: .utf8))
        guard case .object(let files)? = json["files"] else { throw Unsupported(reason: "a listing without files") }
        self.files = files
    }

    func run(into summary: inout Summary) throws {
        for (name, expected) in files.sorted(by: { $0.key < $1.key }) {
            let path = folder.appendingPathComponent(name).path
            guard let read = StoredFiles.readers[folder.appendingPathComponent(name).pathExtension] else {
                summary.addUnknown(name, name)
                continue
            }
            let ending = ending { try difference(read(path), expected, at: "") }
            summary.add(name, Verdict.of(ending) { $0.map(Verdict.failed) ?? .passed })
        }
    }

    /// What reads a file, by the ending of its name.
    private static let readers: [String: (String) throws -> StateValue] = [
        "pth": { try torch.load($0) },
        "pt": { try torch.load($0) },
        "npy": { .tensor(try numpy.load($0)) },
        "npz": { (try numpy.load($0) as StateDict).stateValue },
        "safetensors": { try safetensors.loadFile($0).stateValue },
    ]

    private func difference(_ actual: StateValue, _ expected: JSONValue, at place: String) throws -> String? {
        switch (actual, expected) {
        case (.null, .null): return nil
        case (.bool(let a), .bool(let b)) where a == b: return nil
        case (.int(let a), .int(let b)) where a == b: return nil
        case (.double(let a), .double(let b)) where a == b: return nil
        case (.string(let a), .string(let b)) where a == b: return nil
        case (.tensor(let tensor), .object): return try difference(tensor, expected).map { "\(place): \($0)" }
        case (.list(let actual), .list(let expected)), (.tuple(let actual), .list(let expected)):
            if actual.count != expected.count { return "\(place): \(actual.count) elements instead of \(expected.count)" }
            for (i, (actual, expected)) in zip(actual, expected).enumerated() {
                if let difference = try difference(actual, expected, at: "\(place)[\(i)]") { return difference }
            }
            return nil
        case (.dictionary(let actual), .object(let expected)):
            if actual.count != expected.count { return "\(place): \(actual.count) entries instead of \(expected.count)" }
            for (key, value) in actual.entries {
                let name = StoredFiles.text(key)
                guard let wanted = expected[name] else { return "\(place): \(name) should not be there" }
                if let difference = try difference(value, wanted, at: "\(place).\(name)") { return difference }
            }
            return nil
        default: return "\(place): \(actual) instead of \(expected)"
        }
    }

    private func difference(_ tensor: Tensor, _ expected: JSONValue) throws -> String? {
        guard let dtype = expected["dtype"]?.string, let shape = expected["shape"]?.ints, let list = expected["values"]?.list
        else { return "a tensor instead of \(expected)" }
        if tensor.dtype.name != dtype { return "dtype \(tensor.dtype.name) instead of \(dtype)" }
        if tensor.shape != shape { return "shape \(tensor.shape) instead of \(shape)" }
        if case .bool(let flag)? = expected["requires_grad"], flag != tensor.requiresGrad {
            return "requires_grad should be \(flag)"
        }
        let comparison = Comparison(operatorName: "")
        for (i, (actual, json)) in zip(tensor.scalars(), list).enumerated() {
            if let difference = comparison.difference(actual, try number(json)) { return "element \(i): \(difference)" }
        }
        return nil
    }

    /// A complex number is written as a pair.
    private func number(_ json: JSONValue) throws -> Value {
        if let pair = json.list, pair.count == 2 { return try values.value(.object(["complex": json])) }
        return try values.value(json)
    }

    /// A key as JSON writes it.
    private static func text(_ key: StateDictionary.Key) -> String {
        switch key {
        case .string(let text): text
        case .int(let number): "\(number)"
        case .bool(let flag): flag ? "true" : "false"
        case .double(let number): "\(number)"
        case .null: "null"
        }
    }
}
