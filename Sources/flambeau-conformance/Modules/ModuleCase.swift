import Flambeau
import OperatorRegistry

/// A module with its state: what it gives for inputs, the gradients, and its buffers afterwards.
struct ModuleCase {
    let json: JSONValue
    let values: ValueReader

    var name: String { json["module"]?.string ?? "" }

    func run() -> Verdict {
        guard let make = Modules.table[name] else { return .unsupported("no constructor for \(name)") }
        do {
            let construction = try arguments("args", "kwargs")
            let call = try arguments("inputs", "input_kwargs")
            let ending = ending { try differences(make, construction, call) }
            let unread = construction.unread + call.unread
            if !unread.isEmpty { return .unsupported("no form with " + unread.joined(separator: ", ")) }
            return Verdict.of(ending) { $0.map(Verdict.failed) ?? .passed }
        } catch {
            return Verdict.of(Ending<Void>.thrown(error)) { .passed }
        }
    }

    private func arguments(_ positional: String, _ named: String) throws -> Arguments {
        let members = try members(named).mapValues(values.value)
        return Arguments(try (json[positional]?.list ?? []).map(values.value), members, order: members.keys.sorted())
    }

    private func members(_ key: String) throws -> [String: JSONValue] {
        if case .object(let members)? = json[key] { members } else { [:] }
    }

    private func differences(
        _ make: (Arguments) throws -> nn.Module, _ construction: Arguments, _ call: Arguments
    ) throws -> String? {
        let module = try make(construction)
        var state = StateDict()
        for (name, reference) in try members("state") { state[name] = try values.tensor(reference) }
        if let dtype = state.values.first(where: { $0.isFloatingPoint() })?.dtype { module.to(dtype) }
        module.loadStateDict(state)
        if case .bool(let training)? = json["training"] { module.train(training) }

        let leaves = call.leaves
        let outputs = try Modules.call(module, call) ?? [self.call(module, call)]
        let comparison = Comparison(operatorName: name)
        if let difference = comparison.difference(outputs, try (json["out"]?.list ?? []).map(values.value)) {
            return difference
        }
        if let cotangents = json["cotangents"]?.list, !cotangents.isEmpty {
            let places = json["diff_out"]?.ints ?? [0]
            torch.autograd.backward(places.map { outputs[$0] }, gradTensors: try cotangents.map(values.tensor))
            for (i, (leaf, expected)) in zip(leaves, json["input_grads"]?.list ?? []).enumerated() {
                if let difference = try difference(leaf.grad, expected, comparison) { return "input gradient \(i): \(difference)" }
            }
            let parameters = Dictionary(uniqueKeysWithValues: module.namedParameters().map { ($0.name, $0.parameter) })
            for (name, expected) in try members("param_grads") {
                guard let parameter = parameters[name] else { return "no parameter \(name)" }
                if let difference = try difference(parameter.grad, expected, comparison) {
                    return "gradient of \(name): \(difference)"
                }
            }
        }
        let buffers = Dictionary(uniqueKeysWithValues: module.namedBuffers().map { ($0.name, $0.buffer) })
        for (name, expected) in try members("state_after") {
            guard let buffer = buffers[name] else { return "no buffer \(name)" }
            if let difference = try difference(buffer, expected, comparison) { return "\(name) after the call: \(difference)" }
        }
        return nil
    }

    private func call(_ module: nn.Module, _ inputs: Arguments) throws -> Tensor {
        switch inputs.allValues.count {
        case 1: return module(try inputs.tensor(0, "input"))
        case 2: return module(try inputs.tensor(0, "input1"), try inputs.tensor(1, "input2"))
        case 3: return module(try inputs.tensor(0, "input1"), try inputs.tensor(1, "input2"), try inputs.tensor(2, "input3"))
        default: throw Unsupported(reason: "a call with \(inputs.count) inputs")
        }
    }

    /// A gradient that was not computed counts as zero.
    private func difference(_ actual: Tensor?, _ expected: JSONValue, _ comparison: Comparison) throws -> String? {
        if expected.isNull { return actual.flatMap { ($0 != 0).any().item() ? "should be unused" : nil } }
        let expected = try values.tensor(expected)
        return comparison.difference(actual ?? torch.zerosLike(expected), .tensor(expected))
    }
}
