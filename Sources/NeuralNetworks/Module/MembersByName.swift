import TensorCore

/// Parameters and buffers that Swift does not know, found by their names when the program runs, as Python finds every
/// attribute: `model[0].weight` of a list of layers, `self.mask` after `registerBuffer("mask", …)`, `m.bias` in a function
/// given to `apply`.
extension nn.Module {
    /// A parameter or buffer of this name; nil where the module has set it to none, as a layer without bias.
    ///
    /// Setting a parameter registers it; setting a registered buffer replaces it.
    @_disfavoredOverload
    public subscript(dynamicMember name: String) -> Tensor! {
        get {
            for name in [name, snakeCase(name)] {
                if let entry = registeredParameters.first(where: { $0.name == name }) { return entry.value }
                if let entry = registeredBuffers.first(where: { $0.name == name }) { return entry.value }
            }
            if let property = storedProperty(name), let tensor = property as? Tensor? { return tensor }
            failNoMember(name)
        }
        set {
            checkIsNoProperty(name)
            if registeredBuffers.contains(where: { $0.name == name }) {
                let isPersistent = registeredBuffers.first { $0.name == name }!.isPersistent
                registerBuffer(name, newValue, persistent: isPersistent)
            } else {
                registerParameter(name, newValue)
            }
        }
    }

    fileprivate func memberModule(_ name: String) -> nn.Module {
        guard let module = directMembers.modules.first(where: { $0.name == name })?.value else { failNoMember(name) }
        return module
    }

    /// The value of a stored property, of whatever class declares it.
    private func storedProperty(_ name: String) -> Any? {
        var mirror: Mirror? = Mirror(reflecting: self)
        while let current = mirror, current.subjectType != nn.Module.self {
            if let child = current.children.first(where: { $0.label == name }) { return child.value }
            mirror = current.superclassMirror
        }
        return nil
    }

    /// Reflection reads properties but cannot write them.
    private func checkIsNoProperty(_ name: String) {
        if storedProperty(name) == nil { return }
        fail(
            "'\(name)' is a property of '\(typeName)': to set it, name the class, as in '(module as! \(typeName)).\(name) = …'",
            .typeError)
    }

    private func failNoMember(_ name: String) -> Never {
        let hint =
            directMembers.modules.contains { $0.name == name }
            ? "it is a module, not a tensor"
            : "methods and other properties need the class: 'as! \(typeName)'"
        fail(
            "'\(typeName)' object has no attribute '\(name)' (parameters and buffers are found by name; \(hint))",
            .attributeError)
    }
}

/// Containers give their modules by name as well: `layers.conv(x)`. (Other modules do not: every misspelt method would be
/// taken for a module that is called.)
extension nn.ModuleDict {
    public subscript(dynamicMember name: String) -> nn.Module {
        get { memberModule(name) }
        set { registerModule(name, newValue) }
    }
}

extension nn.Sequential {
    public subscript(dynamicMember name: String) -> nn.Module {
        get { memberModule(name) }
        set { registerModule(name, newValue) }
    }
}

/// PyTorch's name of what Swift spells in camel case: `runningMean` is registered as `running_mean`.
private func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
}
