import Synchronization
import TensorCore

/// How a module's parts are found: those registered by name, and its stored properties.
extension nn.Module {
    /// The parts of one module, without those of its children.
    struct Members {
        var parameters: [(name: String, value: Tensor)] = []
        var buffers: [(name: String, value: Tensor, isPersistent: Bool)] = []
        var modules: [(name: String, value: nn.Module)] = []
    }

    /// Read anew each time, because a property may be given another module at any time.
    var directMembers: Members {
        var members = Members()
        for entry in registeredParameters {
            if let value = entry.value { members.parameters.append((entry.name, value)) }
        }
        for entry in registeredBuffers {
            if let value = entry.value { members.buffers.append((entry.name, value, entry.isPersistent)) }
        }
        members.modules = registeredModules
        addProperties(of: Mirror(reflecting: self), to: &members)
        return members
    }

    private func addProperties(of mirror: Mirror, to members: inout Members) {
        if mirror.subjectType == nn.Module.self { return }
        // What the superclass declares comes first.
        if let inherited = mirror.superclassMirror { addProperties(of: inherited, to: &members) }
        for (label, value) in mirror.children {
            let kind = PropertyKind.of(value)
            if kind == .other { continue }
            let name = propertyName(label ?? "")
            switch kind {
            case .other: break
            case .tensor:
                guard let tensor = value as? Tensor else { continue }
                if tensor.isParameter {
                    members.parameters.append((name, tensor))
                } else if tensor.isBuffer {
                    members.buffers.append((name, tensor, true))
                }
            case .module:
                if let module = value as? nn.Module { members.modules.append((name, module)) }
            case .modules:
                if let list = value as? [nn.Module], !list.isEmpty { members.modules.append((name, nn.ModuleList(list))) }
            case .moduleTable:
                if let table = value as? [String: nn.Module] {
                    members.modules.append((name, nn.ModuleDict(table.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })))
                }
            case .tensors:
                for (i, tensor) in ((value as? [Tensor]) ?? []).enumerated() where tensor.isParameter {
                    members.parameters.append(("\(name).\(i)", tensor))
                }
            }
        }
    }

    private func propertyName(_ label: String) -> String {
        let lazyPrefix = "$__lazy_storage_$_"
        return label.hasPrefix(lazyPrefix) ? String(label.dropFirst(lazyPrefix.count)) : label
    }
}

/// What a stored property can be to a module, by its type. Casting is slow, so the answer is kept.
private enum PropertyKind {
    case other, tensor, module, modules, moduleTable, tensors

    private static let known = Mutex<[ObjectIdentifier: PropertyKind]>([:])

    static func of(_ value: Any) -> PropertyKind {
        let type = type(of: value)
        return known.withLock { known in
            if let kind = known[ObjectIdentifier(type)] { return kind }
            let kind = classify(type)
            known[ObjectIdentifier(type)] = kind
            return kind
        }
    }

    private static func classify(_ type: Any.Type) -> PropertyKind {
        if type is Tensor.Type || type is Tensor?.Type { return .tensor }
        if type is nn.Module.Type { return .module }
        guard let container = type as? any PropertyContainer.Type else { return .other }
        return container.kind(of: classify)
    }
}

/// Types whose values hold modules or tensors.
private protocol PropertyContainer {
    static func kind(of element: (Any.Type) -> PropertyKind) -> PropertyKind
}

extension Optional: PropertyContainer {
    fileprivate static func kind(of element: (Any.Type) -> PropertyKind) -> PropertyKind { element(Wrapped.self) }
}

extension Array: PropertyContainer {
    fileprivate static func kind(of element: (Any.Type) -> PropertyKind) -> PropertyKind {
        switch element(Element.self) {
        case .module: .modules
        case .tensor: .tensors
        default: .other
        }
    }
}

extension Dictionary: PropertyContainer {
    fileprivate static func kind(of element: (Any.Type) -> PropertyKind) -> PropertyKind {
        Key.self == String.self && element(Value.self) == .module ? .moduleTable : .other
    }
}

// MARK: - Walking through a model

extension nn.Module {
    /// This module and all within it with their paths, each once, outer ones first.
    public func namedModules(prefix: String = "") -> [(name: String, module: nn.Module)] {
        var seen = Set<ObjectIdentifier>()
        var result: [(name: String, module: nn.Module)] = []
        func visit(_ module: nn.Module, _ path: String) {
            if !seen.insert(ObjectIdentifier(module)).inserted { return }
            result.append((path, module))
            for (name, child) in module.directMembers.modules { visit(child, path.isEmpty ? name : "\(path).\(name)") }
        }
        visit(self, prefix)
        return result
    }

    /// This module and all within it.
    public func modules() -> [nn.Module] { namedModules().map(\.module) }

    /// The modules directly within this one.
    public func namedChildren() -> [(name: String, module: nn.Module)] {
        var seen = Set<ObjectIdentifier>()
        return directMembers.modules.filter { seen.insert(ObjectIdentifier($0.value)).inserted }.map { ($0.name, $0.value) }
    }
    public func children() -> [nn.Module] { namedChildren().map(\.module) }

    /// All parameters with their paths, each once. With `recurse` false only this module's own.
    public func namedParameters(prefix: String = "", recurse: Bool = true) -> [(name: String, parameter: Tensor)] {
        collect(prefix, recurse) { $0.parameters }.map { (name: $0.name, parameter: $0.value) }
    }

    /// All parameters: what an optimizer is made with.
    public func parameters(recurse: Bool = true) -> [Tensor] { namedParameters(recurse: recurse).map(\.parameter) }

    /// All buffers with their paths.
    public func namedBuffers(prefix: String = "", recurse: Bool = true) -> [(name: String, buffer: Tensor)] {
        collect(prefix, recurse) { $0.buffers.map { ($0.name, $0.value) } }.map { (name: $0.name, buffer: $0.value) }
    }
    public func buffers(recurse: Bool = true) -> [Tensor] { namedBuffers(recurse: recurse).map(\.buffer) }

    private func collect(
        _ prefix: String, _ recurse: Bool, _ own: (Members) -> [(name: String, value: Tensor)]
    ) -> [(name: String, value: Tensor)] {
        var seen = Set<ObjectIdentifier>()
        var result: [(name: String, value: Tensor)] = []
        for (path, module) in recurse ? namedModules(prefix: prefix) : [(prefix, self)] {
            for (name, tensor) in own(module.directMembers) where seen.insert(ObjectIdentifier(tensor)).inserted {
                result.append((path.isEmpty ? name : "\(path).\(name)", tensor))
            }
        }
        return result
    }

    /// The module at a path such as `layer1.0.conv1`; the module itself for an empty path.
    public func getSubmodule(_ path: String) -> nn.Module {
        path.split(separator: ".").reduce(self) { module, name in
            guard let child = module.directMembers.modules.first(where: { $0.name == name }) else {
                module.failNoAttribute(name)
            }
            return child.value
        }
    }

    /// The parameter at a path such as `layer1.0.conv1.weight`.
    public func getParameter(_ path: String) -> Tensor {
        member(path) { $0.parameters.map { ($0.name, $0.value) } }
    }

    /// The buffer at a path such as `layer1.0.bn1.running_mean`.
    public func getBuffer(_ path: String) -> Tensor {
        member(path) { $0.buffers.map { ($0.name, $0.value) } }
    }

    private func member(_ path: String, _ own: (Members) -> [(name: String, value: Tensor)]) -> Tensor {
        var names = path.split(separator: ".", omittingEmptySubsequences: false)
        let name = names.popLast() ?? ""
        let owner = getSubmodule(names.joined(separator: "."))
        guard let found = own(owner.directMembers).first(where: { $0.name == name }) else { owner.failNoAttribute(name) }
        return found.value
    }

    private func failNoAttribute(_ name: some StringProtocol) -> Never {
        fail("\(typeName) has no attribute `\(name)`", .attributeError)
    }
}

// MARK: - Changing a model

extension nn.Module {
    /// Sets training mode on this module and all within it.
    @discardableResult
    public func train(_ mode: Bool = true) -> Self {
        for module in modules() { module.training = mode }
        return self
    }

    /// Sets evaluation mode: Dropout passes values on, BatchNorm uses its running statistics.
    @discardableResult
    public func eval() -> Self { train(false) }

    /// Whether the parameters collect gradients: false freezes the model.
    @discardableResult
    public func requiresGrad_(_ requiresGrad: Bool = true) -> Self {
        for parameter in parameters() { parameter.requiresGrad_(requiresGrad) }
        return self
    }

    /// Forgets the gradients of all parameters; with `setToNone` false sets them to zero instead.
    public func zeroGrad(setToNone: Bool = true) {
        for parameter in parameters() { parameter.clearGrad(setToNone: setToNone) }
    }

    /// Calls `body` with every module within this one, inner ones first, and at last with this one.
    @discardableResult
    public func apply(_ body: (nn.Module) -> Void) -> Self {
        for child in children() { child.apply(body) }
        body(self)
        return self
    }

    /// Converts floating-point parameters and buffers to another type, in place.
    @discardableResult
    public func to(_ dtype: DType) -> Self {
        if !dtype.isDifferentiable {
            fail(
                "nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.\(dtype.name)",
                .typeError)
        }
        return convertTensors { $0.dtype.isDifferentiable ? $0.to(dtype) : $0 }
    }
    @discardableResult
    public func to(dtype: DType) -> Self { to(dtype) }
    /// Moves parameters and buffers to a device, in place.
    @discardableResult
    public func to(_ device: Device) -> Self { convertTensors { $0.to(device) } }
    @discardableResult
    public func to(device: Device) -> Self { to(device) }
    /// Moves parameters and buffers to a GPU, by default the current one, in place.
    @discardableResult
    public func cuda(_ device: Int? = nil) -> Self { to(Device(.cuda, device)) }
    /// Moves parameters and buffers, and converts those of floating point.
    @discardableResult
    public func to(_ device: Device, _ dtype: DType) -> Self { to(device).to(dtype) }
    /// Gives parameters and buffers the type and the device of a tensor.
    @discardableResult
    public func to(_ tensor: Tensor) -> Self { to(tensor.device, tensor.dtype) }

    @discardableResult public func float() -> Self { to(.float32) }
    @discardableResult public func double() -> Self { to(.float64) }
    @discardableResult public func half() -> Self { to(.float16) }
    @discardableResult public func bfloat16() -> Self { to(.bfloat16) }
    @discardableResult public func cpu() -> Self { to(Device.cpu) }

    private func convertTensors(_ convert: (Tensor) -> Tensor) -> Self {
        torch.noGrad {
            for tensor in parameters() + buffers() {
                tensor.replaceData(convert(tensor))
                if let grad = tensor.isLeaf && tensor.requiresGrad ? tensor.grad : nil { tensor.grad = convert(grad) }
            }
        }
        return self
    }
}
