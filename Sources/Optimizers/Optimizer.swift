import TensorCore

extension optim {
    /// The base of all optimizers: PyTorch's `torch.optim.Optimizer`.
    ///
    ///     let optimizer = optim.SGD(model.parameters(), lr: 0.1)
    ///     optimizer.zeroGrad()
    ///     F.crossEntropy(model(x), y).backward()
    ///     optimizer.step()
    ///
    /// To write one of your own, override `update`.
    open class Optimizer: CustomStringConvertible {
        public private(set) var paramGroups: [ParamGroup] = []
        public let defaults: [String: Option]
        private var states: [ObjectIdentifier: ParameterState] = [:]

        /// What an optimizer keeps for one parameter.
        public final class ParameterState {
            /// The number of updates so far.
            public var step = 0
            /// Tensors of the parameter's shape by PyTorch's names: `momentum_buffer`, `exp_avg`, ….
            public var tensors: [String: Tensor] = [:]

            /// The tensor of a name, made of zeros when it is first asked for.
            public func tensor(_ name: String, like parameter: Tensor) -> Tensor {
                if let known = tensors[name] { return known }
                let new = torch.zerosLike(parameter)
                tensors[name] = new
                return new
            }
        }

        public init(_ groups: [ParamGroup], defaults: [String: Option]) {
            self.defaults = defaults
            if groups.isEmpty || groups.allSatisfy({ $0.params.isEmpty }) && groups.count == 1 {
                fail("optimizer got an empty parameter list", .valueError)
            }
            for group in groups { addParamGroup(group) }
        }

        /// Adds parameters, for instance of layers that are unfrozen later.
        public func addParamGroup(_ group: ParamGroup) {
            let known = Set(paramGroups.flatMap(\.params).map { ObjectIdentifier($0) })
            for parameter in group.params {
                if !parameter.isLeaf { fail("can't optimize a non-leaf Tensor", .valueError) }
                if known.contains(ObjectIdentifier(parameter)) {
                    fail("some parameters appear in more than one parameter group", .valueError)
                }
            }
            group.options.merge(defaults) { own, _ in own }
            paramGroups.append(group)
        }

        /// Forgets the gradients of all parameters; with `setToNone` false sets them to zero instead.
        public func zeroGrad(setToNone: Bool = true) {
            for group in paramGroups {
                for parameter in group.params { parameter.clearGrad(setToNone: setToNone) }
            }
        }

        /// Updates every parameter that has a gradient.
        open func step() {
            torch.noGrad {
                for group in paramGroups {
                    for parameter in group.params where parameter.requiresGrad {
                        guard let grad = parameter.grad else { continue }
                        update(parameter, grad, state(of: parameter), group)
                    }
                }
            }
        }

        /// Computes the loss anew with `closure`, which also calls `backward()`, then updates.
        @discardableResult
        open func step(_ closure: () throws -> Tensor) rethrows -> Tensor {
            let loss = try torch.enableGrad(closure)
            step()
            return loss
        }

        /// Changes one parameter in place. Runs without recording gradients.
        open func update(_ parameter: Tensor, _ grad: Tensor, _ state: ParameterState, _ group: ParamGroup) {
            fail("\(type(of: self)) does not override update", .notImplemented)
        }

        /// What is kept for a parameter.
        public func state(of parameter: Tensor) -> ParameterState {
            if let known = states[ObjectIdentifier(parameter)] { return known }
            let new = ParameterState()
            states[ObjectIdentifier(parameter)] = new
            return new
        }

        public var description: String {
            let groups = paramGroups.enumerated().map { i, group in
                "Parameter Group \(i)\n"
                    + group.options.sorted { $0.key < $1.key }.map { "    \($0.key): \($0.value)\n" }.joined()
            }
            return "\(type(of: self)) (\n" + groups.joined(separator: "\n") + ")"
        }
    }
}

extension optim.Optimizer {
    /// Runs a kernel over the memory of a parameter and what belongs to it.
    ///
    /// Kernels know contiguous float32 and float64. Other tensors are copied there and back.
    func withMemory(
        _ parameter: Tensor, _ grad: Tensor, _ states: [Tensor],
        float32: (_ param: UnsafeMutablePointer<Float>, _ grad: UnsafePointer<Float>, _ states: [UnsafeMutablePointer<Float>]) -> Void,
        float64: (_ param: UnsafeMutablePointer<Double>, _ grad: UnsafePointer<Double>, _ states: [UnsafeMutablePointer<Double>]) -> Void
    ) {
        let type: DType = parameter.dtype == .float64 ? .float64 : .float32
        let changed = [parameter] + states
        let working = changed.map { $0.plainCopyUnlessPlain(type) }
        let gradient = grad.plainCopyUnlessPlain(type)
        if type == .float32 {
            let memory = working.map { $0.withUnsafeMutableValues(as: Float.self) { $0.baseAddress! } }
            gradient.withUnsafeMutableValues(as: Float.self) {
                float32(memory[0], UnsafePointer($0.baseAddress!), Array(memory.dropFirst()))
            }
        } else {
            let memory = working.map { $0.withUnsafeMutableValues(as: Double.self) { $0.baseAddress! } }
            gradient.withUnsafeMutableValues(as: Double.self) {
                float64(memory[0], UnsafePointer($0.baseAddress!), Array(memory.dropFirst()))
            }
        }
        for (target, source) in zip(changed, working) {
            if target === source { target.noteChange() } else { target.copy_(source) }
        }
        withExtendedLifetime((working, gradient)) {}
    }
}

extension Tensor {
    fileprivate func plainCopyUnlessPlain(_ type: DType) -> Tensor {
        dtype == type && isContiguous() && device.type == .cpu ? self : to(Device.cpu).to(type).contiguous()
    }
}

/// Stops where a setting must not be negative.
func checkNotNegative(_ value: Double, _ name: String) {
    if !(value >= 0) { fail("Invalid \(name): \(optim.Option.number(value))", .valueError) }
}
