import TensorCore

/// Saving an optimizer and going on with it, in PyTorch's form.
extension optim.Optimizer {
    /// What is kept for each parameter, by its number, and the settings of all groups.
    ///
    /// Tensors share memory with the optimizer's: save the result, or copy it, before the next step.
    public func stateDict() -> StateDictionary {
        stateDictPreHooks.forEach { $0(self) }
        var numbers: [ObjectIdentifier: Int] = [:]
        var state = StateDictionary()
        var groups: [StateValue] = []
        for group in paramGroups {
            var entry = StateDictionary()
            for (name, option) in group.options.sorted(by: { $0.key < $1.key }) { entry[name] = option.stateValue }
            if let names = group.paramNames { entry["param_names"] = names.stateValue }
            entry["params"] = .list(
                group.params.map { parameter in
                    let number = numbers[ObjectIdentifier(parameter)] ?? numbers.count
                    numbers[ObjectIdentifier(parameter)] = number
                    return .int(number)
                })
            groups.append(.dictionary(entry))
            for parameter in group.params {
                guard let kept = states[ObjectIdentifier(parameter)], !kept.isEmpty else { continue }
                state[numbers[ObjectIdentifier(parameter)]!] = .dictionary(kept.stateDict(stepForm))
            }
        }
        var result = StateDictionary()
        result["state"] = .dictionary(state)
        result["param_groups"] = .list(groups)
        stateDictPostHooks.forEach { result = $0(self, result) ?? result }
        return result
    }

    /// Goes on where the optimizer that gave the state stood: its settings, and what it kept.
    /// - Throws: `StateValueError` where the groups differ from this optimizer's.
    public func loadStateDict(_ saved: StateDictionary) throws {
        var saved = saved
        loadStateDictPreHooks.forEach { saved = $0(self, saved) ?? saved }
        let entries = try saved.value(.string("param_groups")).list.map { try $0.dictionary }
        let states = try saved.value(.string("state")).dictionary
        guard entries.count == paramGroups.count else {
            throw StateValueError("loaded state dict has a different number of parameter groups")
        }
        let numbers = try entries.map { try $0.value(.string("params")).list.map { try $0.int } }
        guard zip(numbers, paramGroups).allSatisfy({ $0.count == $1.params.count }) else {
            throw StateValueError(
                "loaded state dict contains a parameter group that doesn't match the size of optimizer's group")
        }
        for (group, (entry, numbers)) in zip(paramGroups, zip(entries, numbers)) {
            for case (.string(let name), let value) in entry.entries where name != "params" {
                if name == "param_names" {
                    group.paramNames = try [String].from(value)
                } else if let known = optim.Option(value) {
                    group.options[name] = known
                }
            }
            for (parameter, number) in zip(group.params, numbers) {
                let own = try states[number]?.dictionary
                self.states[ObjectIdentifier(parameter)] = own.map { ParameterState($0, scalarNames, parameter) }
            }
        }
        loadStateDictPostHooks.forEach { $0(self) }
    }
}

extension optim.Optimizer.ParameterState {
    var isEmpty: Bool { step == 0 && tensors.isEmpty && scalars.isEmpty && values.isEmpty }

    func stateDict(_ form: optim.StepForm) -> StateDictionary {
        var result = StateDictionary()
        switch form {
        case .tensor: result["step"] = .tensor(torch.tensor(Float(step)))
        case .int: result["step"] = .int(step)
        case .absent: break
        }
        for (name, number) in scalars.sorted(by: { $0.key < $1.key }) { result[name] = .tensor(torch.tensor(Float(number))) }
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) { result[name] = .tensor(tensor) }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { result[name] = value }
        return result
    }

    /// What was saved for a parameter; tensors are copied, in the parameter's type and on its device.
    convenience init(_ saved: StateDictionary, _ scalarNames: Set<String>, _ parameter: Tensor) {
        self.init()
        func copy(_ tensor: Tensor) -> Tensor {
            let copy = tensor.detach().clone()
            return (parameter.isFloatingPoint() ? copy.to(parameter.dtype) : copy).to(parameter.device)
        }
        for case (.string(let name), let value) in saved.entries {
            switch value {
            case .tensor(let tensor) where name == "step": step = tensor.item()
            case .int(let number) where name == "step": step = number
            case .double(let number) where name == "step": step = Int(number)
            case .tensor(let tensor) where scalarNames.contains(name): scalars[name] = tensor.item()
            case .tensor(let tensor): tensors[name] = copy(tensor)
            case .null: break
            case .list(let elements):
                values[name] = .list(
                    elements.map { if case .tensor(let tensor) = $0 { .tensor(copy(tensor)) } else { $0 } })
            default: values[name] = value
            }
        }
    }
}
