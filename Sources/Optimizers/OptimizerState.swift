import TensorCore

/// Saving an optimizer and going on with it, in PyTorch's form.
extension optim.Optimizer {
    /// What is kept for each parameter, by its number, and the settings of all groups.
    ///
    /// Tensors share memory with the optimizer's: save the result, or copy it, before the next step.
    public func stateDict() -> StateDictionary {
        var numbers: [ObjectIdentifier: Int] = [:]
        var state = StateDictionary()
        var groups: [StateValue] = []
        for group in paramGroups {
            var entry = StateDictionary()
            for (name, option) in group.options.sorted(by: { $0.key < $1.key }) { entry[name] = option.stateValue }
            entry["params"] = .list(
                group.params.map { parameter in
                    let number = numbers[ObjectIdentifier(parameter)] ?? numbers.count
                    numbers[ObjectIdentifier(parameter)] = number
                    return .int(number)
                })
            groups.append(.dictionary(entry))
            for parameter in group.params {
                let kept = self.state(of: parameter)
                if kept.step == 0 && kept.tensors.isEmpty { continue }
                var own = StateDictionary()
                if kept.step > 0 { own["step"] = .tensor(torch.tensor(Float(kept.step))) }
                for (name, tensor) in kept.tensors.sorted(by: { $0.key < $1.key }) { own[name] = .tensor(tensor) }
                state[numbers[ObjectIdentifier(parameter)]!] = .dictionary(own)
            }
        }
        var result = StateDictionary()
        result["state"] = .dictionary(state)
        result["param_groups"] = .list(groups)
        return result
    }

    /// Goes on where the optimizer that gave the state stood: its settings, and what it kept.
    /// - Throws: `StateValueError` where the groups differ from this optimizer's.
    public func loadStateDict(_ saved: StateDictionary) throws {
        let groups = try saved.value(.string("param_groups")).list
        let states = try saved.value(.string("state")).dictionary
        guard groups.count == paramGroups.count else {
            throw StateValueError("loaded state dict has a different number of parameter groups")
        }
        for (group, value) in zip(paramGroups, groups) {
            let entry = try value.dictionary
            let numbers = try entry.value(.string("params")).list.map { try $0.int }
            guard numbers.count == group.params.count else {
                throw StateValueError(
                    "loaded state dict contains a parameter group that doesn't match the size of optimizer's group")
            }
            for case (.string(let name), let option) in entry.entries where name != "params" {
                if let known = optim.Option(option) { group.options[name] = known }
            }
            for (parameter, number) in zip(group.params, numbers) {
                let kept = state(of: parameter)
                kept.step = 0
                kept.tensors = [:]
                guard let own = try states[number]?.dictionary else { continue }
                for case (.string(let name), .tensor(let tensor)) in own.entries {
                    if name == "step" {
                        kept.step = tensor.item()
                    } else {
                        kept.tensors[name] = tensor.detach().clone().to(parameter.dtype)
                    }
                }
            }
        }
    }
}

extension optim.Option {
    var stateValue: StateValue {
        switch self {
        case .number(let value): .double(value)
        case .pair(let a, let b): .tuple([.double(a), .double(b)])
        case .flag(let value): .bool(value)
        case .none: .null
        }
    }

    /// Nil for what no optimizer here has as a setting.
    init?(_ value: StateValue) {
        switch value {
        case .int(let number): self = .number(Double(number))
        case .double(let number): self = .number(number)
        case .bool(let flag): self = .flag(flag)
        case .null: self = .none
        case .tensor(let tensor) where tensor.numel == 1: self = .number(tensor.item())
        case .tuple(let pair), .list(let pair):
            guard pair.count == 2, let a = try? pair[0].double, let b = try? pair[1].double else { return nil }
            self = .pair(a, b)
        default: return nil
        }
    }
}
