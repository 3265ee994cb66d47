import TensorCore

/// PyTorch's `torch.nn`: modules, which hold parameters, and `nn.functional`, which does not.
public enum nn {}

extension torch {
    public typealias nn = NeuralNetworks.nn
}

extension nn {
    /// A tensor that a module registers as one of its parameters when it is a stored property.
    ///
    /// The result shares memory with `data`; it is a leaf and collects gradients.
    ///
    ///     class Scale: nn.Module {
    ///         let factor = nn.Parameter(torch.ones(3))
    ///         override func forward(_ x: Tensor) -> Tensor { x * factor }
    ///     }
    public static func Parameter(_ data: Tensor, requiresGrad: Bool = true) -> Tensor {
        let parameter = data.detach()
        parameter.isParameter = true
        return parameter.madeToRequireGrad(requiresGrad)
    }

    /// A tensor that a module registers as a buffer when it is a stored property: saved and moved with
    /// the module, not trained.
    public static func Buffer(_ data: Tensor) -> Tensor {
        let buffer = data.detach()
        buffer.isBuffer = true
        return buffer
    }

    /// The base of all models and layers: PyTorch's `nn.Module`.
    ///
    /// Stored properties that are modules, parameters, or optionals and arrays of them, are found by
    /// themselves, under their own names and in the order of their declaration. A module is called
    /// like a function: `model(x)` runs `forward(x)`. The tensors that layers have in common are found where the variable
    /// is only known to be some module: `model[0].weight`.
    ///
    ///     class Net: nn.Module {
    ///         let hidden = nn.Linear(784, 128)
    ///         let output = nn.Linear(128, 10)
    ///         override func forward(_ x: Tensor) -> Tensor { output(F.relu(hidden(x))) }
    ///     }
    @dynamicMemberLookup
    open class Module: CallableModule, CustomStringConvertible, PrintedItem {
        /// Whether layers such as Dropout behave as in training. Set it with `train()` and `eval()`.
        public internal(set) var training = true

        /// What was registered by name, beside the stored properties.
        var registeredParameters: [(name: String, value: Tensor?)] = []
        var registeredBuffers: [(name: String, value: Tensor?, isPersistent: Bool)] = []
        var registeredModules: [(name: String, value: Module)] = []
        var hooks: ModuleHooks?
        /// Computes the weight of a layer under `weightNorm` or `spectralNorm`.
        var weightHook: RemovableHandle?

        public init() {}

        // MARK: Calling

        /// Computes the module's result. Override the form that your model needs.
        open func forward(_ input: Tensor) -> Tensor { failMissingForward() }
        open func forward(_ input1: Tensor, _ input2: Tensor) -> Tensor { failMissingForward() }
        open func forward(_ input1: Tensor, _ input2: Tensor, _ input3: Tensor) -> Tensor { failMissingForward() }

        private func failMissingForward() -> Never {
            fail("Module [\(type(of: self))] is missing the required \"forward\" function", .notImplemented)
        }

        // MARK: Description

        /// What stands between the parentheses of the description: the layer's settings.
        open func extraRepr() -> String { "" }

        /// The name before the parentheses.
        var typeName: String { "\(type(of: self))" }

        /// The module and all within it, as PyTorch prints them.
        open var description: String {
            let children = directMembers.modules.map { "(\($0.name)): " + indented($0.value.description) }
            return describe(children)
        }

        final func describe(_ children: [String]) -> String {
            let extra = extraRepr()
            if children.isEmpty { return "\(typeName)(\(extra))" }
            let lines = (extra.isEmpty ? [] : [extra]) + children
            return "\(typeName)(\n  " + lines.joined(separator: "\n  ") + "\n)"
        }

        /// All lines but the first moved to the right.
        final func indented(_ text: String) -> String {
            text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  ")
        }

        // MARK: Registering by name

        /// Adds a parameter whose name is not that of a stored property. Nil keeps the name free, as
        /// PyTorch does for `bias=False`.
        public func registerParameter(_ name: String, _ parameter: Tensor?) {
            checkName(name, of: "parameter")
            if let parameter, !parameter.isParameter {
                fail(
                    "cannot assign 'torch.\(parameter.dtype.scalarName)Tensor' object to parameter '\(name)' "
                        + "(torch.nn.Parameter or None required)", .typeError)
            }
            if let place = registeredParameters.firstIndex(where: { $0.name == name }) {
                registeredParameters[place].value = parameter
            } else {
                registeredParameters.append((name, parameter))
            }
        }

        /// Adds a tensor that belongs to the module's state but is not trained.
        /// - Parameter persistent: whether the state dict holds it.
        public func registerBuffer(_ name: String, _ buffer: Tensor?, persistent: Bool = true) {
            checkName(name, of: "buffer")
            if let place = registeredBuffers.firstIndex(where: { $0.name == name }) {
                registeredBuffers[place] = (name, buffer, persistent)
            } else {
                registeredBuffers.append((name, buffer, persistent))
            }
        }

        /// Adds a module whose name is not that of a stored property.
        public func registerModule(_ name: String, _ module: Module) {
            checkName(name, of: "module")
            if let place = registeredModules.firstIndex(where: { $0.name == name }) {
                registeredModules[place].value = module
            } else {
                registeredModules.append((name, module))
            }
        }
        public func addModule(_ name: String, _ module: Module) { registerModule(name, module) }

        private func checkName(_ name: String, of kind: String) {
            if name.contains(".") {
                fail("\(kind) name can't contain \".\"" + (kind == "module" ? ", got: \(name)" : ""), .keyError)
            }
            if name.isEmpty { fail("\(kind) name can't be empty string \"\"", .keyError) }
        }

        /// The buffer registered under `name`.
        public func buffer(_ name: String) -> Tensor! { registeredBuffers.first { $0.name == name }?.value }
    }
}

/// What makes a module callable like a function.
///
/// The calls stand in a protocol so that a module can have one of the same form with other results, as `LSTM` has.
public protocol CallableModule: nn.Module {}

extension CallableModule {
    @_disfavoredOverload
    public func callAsFunction(_ input: Tensor) -> Tensor {
        hooks == nil ? forward(input) : callWithHooks([input]) { [forward($0[0])] }[0]
    }
    @_disfavoredOverload
    public func callAsFunction(_ input1: Tensor, _ input2: Tensor) -> Tensor {
        hooks == nil
            ? forward(input1, input2) : callWithHooks([input1, input2]) { [forward($0[0], $0[1])] }[0]
    }
    @_disfavoredOverload
    public func callAsFunction(_ input1: Tensor, _ input2: Tensor, _ input3: Tensor) -> Tensor {
        hooks == nil
            ? forward(input1, input2, input3)
            : callWithHooks([input1, input2, input3]) { [forward($0[0], $0[1], $0[2])] }[0]
    }
}
