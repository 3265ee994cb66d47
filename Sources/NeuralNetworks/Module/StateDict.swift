import TensorCore

/// The values of a model by name, in order: what is saved and loaded.
public struct StateDict: KeyedValues, Sendable {
    public private(set) var keys: [String] = []
    fileprivate var table: [String: Tensor] = [:]

    public init() {}

    public var values: [Tensor] { keys.map { table[$0]! } }

    /// The tensor of a name; nil where there is none. Setting nil removes it. (The `!` lets a tensor be used as such:
    /// `target[key] = tau * policy[key] + (1 - tau) * target[key]`.)
    public subscript(_ key: String) -> Tensor! {
        get { table[key] }
        set {
            if let newValue {
                if table.updateValue(newValue, forKey: key) == nil { keys.append(key) }
            } else if table.removeValue(forKey: key) != nil {
                keys.removeAll { $0 == key }
            }
        }
    }

    public func contains(_ key: String) -> Bool { table[key] != nil }

    /// The same names with copies of the values, which later steps of the optimizer do not change: Python's
    /// `copy.deepcopy(model.state_dict())`, to keep the best state of a training.
    public func clone() -> StateDict {
        mapValues { $0.clone() }
    }
}

extension StateDict {
    /// The entries that the condition holds for: `state.filter { !$0.key.hasPrefix("fc") }`.
    public func filter(_ isIncluded: ((key: String, value: Tensor)) throws -> Bool) rethrows -> StateDict {
        var kept = StateDict()
        for entry in self where try isIncluded(entry) { kept[entry.key] = entry.value }
        return kept
    }

    /// Takes the values of another state dict, over those of the same names: what a pretrained model gives to one that
    /// differs in some layers.
    public mutating func update(_ other: StateDict) {
        for (key, value) in other { self[key] = value }
    }

    /// Takes a value out. Stops with PyTorch's KeyError where there is none.
    @discardableResult
    public mutating func pop(_ key: String) -> Tensor {
        guard let value = table[key] else { fail("'\(key)'", .keyError) }
        self[key] = nil
        return value
    }

    /// The same names with other values.
    public func mapValues(_ transform: (Tensor) throws -> Tensor) rethrows -> StateDict {
        var result = self
        result.table = try table.mapValues(transform)
        return result
    }
}

extension StateDict: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { keys.count }
    public subscript(position: Int) -> (key: String, value: Tensor) { (keys[position], table[keys[position]]!) }
}

extension StateDict: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, Tensor)...) {
        for (key, value) in elements { self[key] = value }
    }
}

extension StateDict: CustomStringConvertible {
    public var description: String {
        "OrderedDict({" + map { "'\($0.key)': \($0.value)" }.joined(separator: ", ") + "})"
    }
}

/// The names in which a model and a state dict differ.
public struct IncompatibleKeys: CustomStringConvertible, Equatable, Sendable {
    public let missingKeys: [String]
    public let unexpectedKeys: [String]

    public var description: String {
        if missingKeys.isEmpty && unexpectedKeys.isEmpty { return "<All keys matched successfully>" }
        let list = { (keys: [String]) in "[" + keys.map { "'\($0)'" }.joined(separator: ", ") + "]" }
        return "_IncompatibleKeys(missing_keys=\(list(missingKeys)), unexpected_keys=\(list(unexpectedKeys)))"
    }
}

extension nn.Module {
    /// All parameters and persistent buffers by name. The tensors share memory with the model's.
    public func stateDict() -> StateDict {
        var state = StateDict()
        forEachState { state[$0] = $1.detach() }
        return state
    }

    /// Copies values into parameters and buffers of the same names.
    ///
    /// Stops with PyTorch's message, which lists all that does not fit, if shapes differ or, with
    /// `strict`, names are missing or unexpected.
    ///
    /// - Parameter assign: whether the model takes the given tensors themselves, with their types and devices, instead
    ///   of copying their values.
    /// - Returns: the names that the state lacks, and those that the model lacks.
    @discardableResult
    public func loadStateDict(_ state: StateDict, strict: Bool = true, assign: Bool = false) -> IncompatibleKeys {
        for (path, module) in namedModules() {
            guard let module = module as? any LazyModule, module.hasUninitializedParams() else { continue }
            module.adoptShapes { state[path.isEmpty ? $0 : "\(path).\($0)"]?.shape }
        }
        var missing: [String] = []
        var mismatches: [String] = []
        var expected = Set<String>()
        var targets: [(target: Tensor, source: Tensor)] = []
        forEachState { name, target in
            expected.insert(name)
            guard let source = state[name] else {
                missing.append(name)
                return
            }
            if source.shape == target.shape {
                targets.append((target, source))
            } else {
                mismatches.append(
                    "size mismatch for \(name): copying a param with shape torch.Size(\(source.shape)) from "
                        + "checkpoint, the shape in current model is torch.Size(\(target.shape)).")
            }
        }
        torch.noGrad {
            for (target, source) in targets { if assign { target.replaceData(source) } else { target.copy_(source) } }
        }
        let unexpected = state.keys.filter { !expected.contains($0) }
        var problems: [String] = []
        let quoted = { (keys: [String]) in keys.map { "\"\($0)\"" }.joined(separator: ", ") }
        if strict && !missing.isEmpty { problems.append("Missing key(s) in state_dict: \(quoted(missing)). ") }
        if strict && !unexpected.isEmpty { problems.append("Unexpected key(s) in state_dict: \(quoted(unexpected)). ") }
        problems += mismatches
        if !problems.isEmpty {
            fail("Error(s) in loading state_dict for \(typeName):\n\t" + problems.joined(separator: "\n\t"))
        }
        return IncompatibleKeys(missingKeys: missing, unexpectedKeys: unexpected)
    }

    /// Calls `body` with every name and tensor of the state. Shared tensors come under each name.
    private func forEachState(_ body: (String, Tensor) -> Void) {
        func visit(_ module: nn.Module, _ prefix: String) {
            let members = module.directMembers
            for (name, tensor) in members.parameters { body(prefix + name, tensor) }
            for (name, tensor, isPersistent) in members.buffers where isPersistent { body(prefix + name, tensor) }
            for (name, child) in members.modules { visit(child, "\(prefix)\(name).") }
        }
        visit(self, "")
    }
}
