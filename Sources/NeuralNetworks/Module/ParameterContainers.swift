import TensorCore

extension nn {
    /// Parameters by number, registered as `0`, `1`, ….
    open class ParameterList: Module, Sequence {
        public init(_ parameters: [Tensor] = []) {
            super.init()
            extend(parameters)
        }

        public var count: Int { registeredParameters.count }

        /// The parameter at a position; negative positions count from the end. A tensor becomes a parameter.
        public subscript(_ index: Int) -> Tensor {
            get { registeredParameters[normalizedIndex(index, count)].value! }
            set { registeredParameters[normalizedIndex(index, count)].value = asParameter(newValue) }
        }

        public func makeIterator() -> IndexingIterator<[Tensor]> {
            registeredParameters.compactMap(\.value).makeIterator()
        }

        /// Adds a tensor, as a parameter if it is not one yet.
        @discardableResult
        public func append(_ tensor: Tensor) -> Self {
            registerParameter("\(count)", asParameter(tensor))
            return self
        }

        @discardableResult
        public func extend(_ tensors: [Tensor]) -> Self {
            for tensor in tensors { append(tensor) }
            return self
        }

        open override var description: String { describeParameters { "torch.\($0.dtype.name)" } }
    }

    /// Parameters by name, in the order in which they were added.
    open class ParameterDict: Module, KeyedValues {
        public init(_ parameters: [(String, Tensor)] = []) {
            super.init()
            update(parameters)
        }

        public var keys: [String] { registeredParameters.map(\.name) }
        public var values: [Tensor] { registeredParameters.compactMap(\.value) }
        public var items: [(String, Tensor)] { Array(zip(keys, values)) }
        public var count: Int { registeredParameters.count }

        public func contains(_ key: String) -> Bool { registeredParameters.contains { $0.name == key } }

        /// The parameter of a name. A tensor becomes a parameter; setting nil removes it.
        public subscript(_ key: String) -> Tensor! {
            get { registeredParameter(key) }
            set {
                if let place = registeredParameters.firstIndex(where: { $0.name == key }) {
                    if let newValue {
                        registeredParameters[place].value = asParameter(newValue)
                    } else {
                        registeredParameters.remove(at: place)
                    }
                } else if let newValue {
                    registerParameter(key, asParameter(newValue))
                }
            }
        }

        /// Takes a parameter out.
        @discardableResult
        public func pop(_ key: String) -> Tensor {
            guard let parameter = self[key] else { fail("'\(key)'", .keyError) }
            self[key] = nil
            return parameter
        }

        /// Adds the tensors, in place of those that have their names.
        public func update(_ parameters: [(String, Tensor)]) {
            for (name, tensor) in parameters { self[name] = tensor }
        }

        open override var description: String { describeParameters { "torch.\($0.dtype.scalarName)Tensor" } }
    }
}

extension nn.Module {
    fileprivate func asParameter(_ tensor: Tensor) -> Tensor { tensor.isParameter ? tensor : nn.Parameter(tensor) }

    fileprivate func describeParameters(_ type: (Tensor) -> String) -> String {
        if registeredParameters.isEmpty { return "\(typeName)()" }
        let lines = registeredParameters.map { name, value in
            let size = value!.shape.map(String.init).joined(separator: "x")
            return "    (\(name)): Parameter containing: [\(type(value!)) of size \(size)]\n"
        }
        return "\(typeName)(\n" + lines.joined() + ")"
    }
}
