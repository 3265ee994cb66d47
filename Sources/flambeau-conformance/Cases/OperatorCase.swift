import Flambeau
import OperatorRegistry

/// A call of an operator: with its results and gradients, or with the error that it must stop on.
struct OperatorCase {
    let stated: OperatorCall
    let values: ValueReader

    private var json: JSONValue { stated.json }

    func run() -> Verdict {
        guard let call = stated.registered?.call else {
            return .unsupported("no call for \(stated.name)")
        }
        let arguments: Arguments
        do {
            arguments = try stated.arguments()
        } catch {
            return Verdict.of(Ending<Void>.thrown(error)) { .passed }
        }
        return json["error"] == nil ? runExpectingResults(call, arguments) : runExpectingError(call, arguments)
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
        let expectedResults = try (json["out"]?.list ?? []).map(values.value)
        let results = Results(try call(arguments)).values
        let comparison = Comparison(operatorName: stated.name)
        let gauge = Gauge(stated.name, results, expectedResults)
        let aligned = try gauge?.aligned(results) ?? Ties.aligned(results, expectedResults, stated.name, arguments)
        if let difference = comparison.difference(aligned, expectedResults) {
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
