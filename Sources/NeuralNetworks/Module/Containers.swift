import TensorCore

extension nn {
    /// Modules called one after the other: each gets the result of the one before.
    ///
    ///     let model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    open class Sequential: Module, ModuleCollection {
        public init(_ modules: Module...) {
            super.init()
            append(contentsOf: modules)
        }
        public init(_ modules: [Module]) {
            super.init()
            append(contentsOf: modules)
        }
        /// Modules with names: PyTorch's `Sequential(OrderedDict([…]))`.
        public init(_ modules: [(String, Module)]) {
            super.init()
            for (name, module) in modules { registerModule(name, module) }
        }
        /// The same as a literal, whose order counts: `["fc": nn.Linear(4, 2), "act": nn.ReLU()]`.
        public convenience init(_ modules: KeyValuePairs<String, Module>) { self.init(modules.map { ($0.key, $0.value) }) }

        open override func forward(_ input: Tensor) -> Tensor {
            var value = input
            for (_, module) in registeredModules { value = module(value) }
            return value
        }
    }

    /// A list of modules that are registered but not called by themselves.
    open class ModuleList: Module, ModuleCollection {
        public init(_ modules: [Module] = []) {
            super.init()
            append(contentsOf: modules)
        }

        /// Equal neighbours are shown once: `(0-2): 3 x Linear(…)`.
        open override var description: String {
            var groups: [(first: Int, last: Int, text: String)] = []
            for (i, module) in enumerated() {
                let text = module.description
                if let last = groups.last, last.text == text {
                    groups[groups.count - 1].last = i
                } else {
                    groups.append((i, i, text))
                }
            }
            return describe(
                groups.map { first, last, text in
                    first == last
                        ? "(\(first)): " + indented(text)
                        : "(\(first)-\(last)): \(last - first + 1) x " + indented(text)
                })
        }
    }

    /// Modules by name, in the order in which they were added.
    open class ModuleDict: Module, KeyedValues {
        public init(_ modules: [(String, Module)] = []) {
            super.init()
            for (name, module) in modules { registerModule(name, module) }
        }
        /// The same as a literal, in its order: `["conv": nn.Conv2d(3, 8, 3), "pool": nn.MaxPool2d(2)]`.
        public convenience init(_ modules: KeyValuePairs<String, Module>) { self.init(modules.map { ($0.key, $0.value) }) }

        public var keys: [String] { registeredModules.map(\.name) }
        public var values: [Module] { registeredModules.map(\.value) }
        public var items: [(String, Module)] { registeredModules.map { ($0.name, $0.value) } }
        public var count: Int { registeredModules.count }

        /// The module of a name; nil where there is none. Setting nil removes it. (The `!` lets it be called:
        /// `layers["conv"](x)`.)
        public subscript(_ key: String) -> Module! {
            get { registeredModules.first { $0.name == key }?.value }
            set {
                if let newValue { registerModule(key, newValue) } else { registeredModules.removeAll { $0.name == key } }
            }
        }
    }
}

/// Modules by position: what `Sequential` and `ModuleList` have in common.
public protocol ModuleCollection: nn.Module, Sequence where Element == nn.Module {}

extension ModuleCollection {
    public var count: Int { registeredModules.count }

    /// The module at a position; negative positions count from the end.
    public subscript(_ index: Int) -> nn.Module {
        get { registeredModules[normalizedIndex(index, count)].value }
        set { registeredModules[normalizedIndex(index, count)].value = newValue }
    }

    public func makeIterator() -> IndexingIterator<[nn.Module]> { registeredModules.map(\.value).makeIterator() }

    @discardableResult
    public func append(_ module: nn.Module) -> Self {
        registerModule("\(count)", module)
        return self
    }

    @discardableResult
    public func append(contentsOf modules: [nn.Module]) -> Self {
        for module in modules { append(module) }
        return self
    }

    @discardableResult
    public func extend(_ modules: [nn.Module]) -> Self { append(contentsOf: modules) }

    /// Puts a module before the one at `index`; later ones get new numbers.
    public func insert(_ module: nn.Module, at index: Int) {
        var modules = Array(self)
        modules.insert(module, at: index < 0 ? index + count : index)
        renumber(modules)
    }

    /// Takes a module out; later ones get new numbers.
    @discardableResult
    public func remove(at index: Int) -> nn.Module {
        var modules = Array(self)
        let removed = modules.remove(at: normalizedIndex(index, count))
        renumber(modules)
        return removed
    }

    private func renumber(_ modules: [nn.Module]) {
        registeredModules = modules.enumerated().map { ("\($0.offset)", $0.element) }
    }
}

extension nn.Sequential {
    /// The modules at a range of positions, as a model of their own that shares them.
    public subscript(_ range: some RangeExpression<Int>) -> nn.Sequential {
        nn.Sequential(Array(Array(self)[range.relative(to: 0..<count)]))
    }
}

/// Resolves a position that may count from the end. Stops with PyTorch's IndexError.
func normalizedIndex(_ index: Int, _ count: Int) -> Int {
    if index < -count || index >= count { fail("index \(index) is out of range", .indexError) }
    return index < 0 ? index + count : index
}
