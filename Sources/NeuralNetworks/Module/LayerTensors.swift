import TensorCore

extension nn {
    /// The tensors that layers have in common, found where only `nn.Module` is known: `model[0].weight` of a list of
    /// layers, `m.bias` in a function given to `apply`. Other names stay the compiler's to check.
    public struct LayerTensors {
        fileprivate let module: Module

        public var weight: Tensor! { module.tensor("weight") }
        /// Nil where the layer was made without.
        public var bias: Tensor! { module.tensor("bias") }
        public var runningMean: Tensor! { module.tensor("running_mean") }
        public var runningVar: Tensor! { module.tensor("running_var") }
        public var numBatchesTracked: Tensor! { module.tensor("num_batches_tracked") }
    }
}

extension nn.Module {
    /// A parameter or buffer that many kinds of layer have; stops where this one has none.
    public subscript(dynamicMember path: KeyPath<nn.LayerTensors, Tensor?>) -> Tensor! {
        nn.LayerTensors(module: self)[keyPath: path]
    }

    /// A parameter or buffer, or nil where a property of the name holds none.
    fileprivate func tensor(_ name: String) -> Tensor? {
        if let entry = registeredParameters.first(where: { $0.name == name }) { return entry.value }
        if let entry = registeredBuffers.first(where: { $0.name == name }) { return entry.value }
        var mirror: Mirror? = Mirror(reflecting: self)
        while let current = mirror, current.subjectType != nn.Module.self {
            if let child = current.children.first(where: { $0.label == name }), let tensor = child.value as? Tensor? {
                return tensor
            }
            mirror = current.superclassMirror
        }
        fail("'\(typeName)' object has no attribute '\(name)'", .attributeError)
    }
}
