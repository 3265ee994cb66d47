import TensorCore

/// Parts of layers whose names in a state dict are not Swift names, such as `weight_ih_l0`: they are registered, and
/// found again by name.
extension nn.Module {
    /// The parameter registered under `name`.
    func registeredParameter(_ name: String) -> Tensor? { registeredParameters.first { $0.name == name }?.value }

    /// The module registered under `name`.
    func registeredModule<Kind: nn.Module>(_ name: String) -> Kind {
        guard let module = registeredModules.first(where: { $0.name == name })?.value as? Kind else {
            fail("'\(typeName)' object has no attribute '\(name)'", .typeError)
        }
        return module
    }

    /// Takes out the parameter or buffer registered under `name`.
    func removeRegistered(_ name: String) {
        registeredParameters.removeAll { $0.name == name }
        registeredBuffers.removeAll { $0.name == name }
    }
}
