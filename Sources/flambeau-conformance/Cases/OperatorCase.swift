import Flambeau
import Foundation

/// A call of an operator: with its results and gradients, or with the error that it must stop on.
struct OperatorCase {
    let json: JSONValue
    /// The line that `json` was read from: it tells the order of the keyword arguments.
    let line: String
    let values: ValueReader

    /// The name in PyTorch's operator database.
    var name: String { json["op"]?.string ?? "" }

    func run() -> Verdict {
        // An entry of its own for a variant is one that the database calls in another way.
        let variant = json["variant"]?.string.flatMap { Calls.table["\(name)/\($0)"] }
        guard let call = variant ?? Calls.table[name] else { return .unsupported("no call for \(name)") }
        let arguments: Arguments
        do {
            var named: [String: Value] = [:]
            if case .object(let members)? = json["kwargs"] { named = try members.mapValues(values.value) }
            arguments = Arguments(
                try (json["args"]?.list ?? []).map(values.value), named, order: written(Array(named.keys)))
        } catch {
            return Verdict.of(Ending<Void>.thrown(error)) { .passed }
        }
        return json["error"] == nil ? runExpectingResults(call, arguments) : runExpectingError(call, arguments)
    }

    private func written(_ names: [String]) -> [String] {
        guard names.count > 1, let start = line.range(of: "\"kwargs\":")?.upperBound else { return names }
        let places = names.map { line.range(of: "\"\($0)\":", range: start..<line.endIndex)?.lowerBound ?? line.endIndex }
        return zip(names, places).sorted { $0.1 < $1.1 }.map(\.0)
    }

    private func runExpectingResults(_ call: @escaping Call, _ arguments: Arguments) -> Verdict {
        let ending = ending { try differences(call, arguments) }
        if !arguments.unread.isEmpty, !ending.isUnsupported {
            return .unsupported("no form with " + arguments.unread.joined(separator: ", "))
        }
        return Verdict.of(ending) { $0.map(Verdict.failed) ?? .passed }
    }

    /// Calls the operator and gives the first difference from what is expected.
    private func differences(_ call: Call, _ arguments: Arguments) throws -> String? {
        let inputs = arguments.leaves
        let results = Results(try call(arguments)).values
        let comparison = Comparison(operatorName: name)
        let expectedResults = try (json["out"]?.list ?? []).map(values.value)
        let gauge = Gauge(name, results, expectedResults)
        if let difference = comparison.difference(gauge?.aligned(results) ?? results, expectedResults) {
            return difference
        }
        guard let cotangents = json["cotangents"]?.list, let places = json["diff_out"]?.ints,
            let expected = json["grads"]?.list
        else { return nil }
        var outputs: [Tensor] = []
        for place in places {
            guard let output = results[place] as? Tensor, output.requiresGrad else { return "result \(place) has no gradient" }
            outputs.append(output)
        }
        let grads = torch.autograd.grad(
            outputs, inputs,
            gradOutputs: try zip(cotangents, places).map {
                let cotangent = try values.tensor($0)
                return gauge?.turned(cotangent, of: $1) ?? cotangent
            }, allowUnused: true)
        if grads.count != expected.count { return "\(grads.count) gradients instead of \(expected.count)" }
        for (i, (grad, json)) in zip(grads, expected).enumerated() {
            switch (grad, try values.value(json)) {
            case (nil, .none): continue
            // An unused input has no gradient in one place and a zero one in another: both are zero.
            case (nil, .tensor(let expected)) where expected.countNonzero().item() == Scalar.int(0): continue
            case (let grad?, .none) where grad.countNonzero().item() == Scalar.int(0): continue
            case (let grad?, let expected):
                if let difference = comparison.difference(grad, expected) { return "gradient \(i): \(difference)" }
            case (nil, _): return "gradient \(i) is missing"
            }
        }
        return nil
    }

    private func runExpectingError(_ call: @escaping Call, _ arguments: Arguments) -> Verdict {
        // `torch.linalg.LinAlgError` is another name of this class.
        let kind = json["error"]?.string ?? ""
        let expected = "\(kind == "_LinAlgError" ? "LinAlgError" : kind): \(json["message"]?.string ?? "")"
        let ending = ending { Results(try call(arguments)).values.count }
        if !arguments.unread.isEmpty, !ending.isUnsupported {
            return .unsupported("no form with " + arguments.unread.joined(separator: ", "))
        }
        if case .failure(let kind, let message) = ending {
            // A case has the first line of a message.
            let actual = "\(kind): \(message.prefix { $0 != "\n" })"
            return actual == expected ? .passed : .failed("\(actual)\n    instead of \(expected)")
        }
        return Verdict.of(ending) { _ in .failed("no error instead of \(expected)") }
    }
}

extension Ending {
    fileprivate var isUnsupported: Bool { if case .thrown(let error) = self { error is Unsupported } else { false } }
}

extension Arguments {
    /// The tensors that require grad, in order of appearance.
    var leaves: [Tensor] { allValues.flatMap(\.leaves) }
}

extension Value {
    fileprivate var leaves: [Tensor] {
        if let tensor { return tensor.requiresGrad ? [tensor] : [] }
        return (elements ?? []).flatMap(\.leaves)
    }
}

/// What a call gave, as one flat list.
struct Results {
    let values: [Any]

    init(_ result: Any) {
        if let list = result as? [Tensor] {
            values = list
        } else if let list = result as? [Any], !(result is [Int]) {
            values = list
        } else {
            values = [result]
        }
    }
}
