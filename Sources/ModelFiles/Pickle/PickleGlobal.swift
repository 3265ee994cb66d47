import TensorCore

/// The classes and functions that a pickle may name: those that PyTorch's `weights_only` reader
/// allows and that have a meaning here. Naming one runs nothing; each has its own reading.
enum PickleGlobal {
    case orderedDict, counter, set, size, device
    case rebuildTensor, rebuildParameter, rebuildFromType
    case tensorType
    case dtype(DType)
    /// A storage whose elements have a type, or (nil) plain bytes.
    case storage(DType?)

    /// Throws `refused`, with the name, for everything that is not on the list.
    init(module: String, name: String) throws {
        let module = module == "__builtin__" ? "builtins" : module
        if let global = PickleGlobal.named["\(module).\(name)"] {
            self = global
        } else if module == "torch", let dtype = DType.allCases.first(where: { $0.name == name }) {
            self = .dtype(dtype)
        } else if module == "torch", let dtype = DType.allCases.first(where: { $0.storageName == name }) {
            self = .storage(dtype)
        } else {
            throw ModelFileError.refused("the file names \(module).\(name), which is not on the list of what is safe to read")
        }
    }

    private static let named: [String: PickleGlobal] = [
        "collections.OrderedDict": .orderedDict,
        "collections.Counter": .counter,
        "builtins.set": .set,
        "torch.Size": .size,
        "torch.device": .device,
        "torch.Tensor": .tensorType,
        "torch.nn.parameter.Parameter": .tensorType,
        "torch.UntypedStorage": .storage(nil),
        "torch.storage.UntypedStorage": .storage(nil),
        "torch._utils._rebuild_tensor": .rebuildTensor,
        "torch._utils._rebuild_tensor_v2": .rebuildTensor,
        "torch._utils._rebuild_tensor_v3": .rebuildTensor,
        "torch._utils._rebuild_parameter": .rebuildParameter,
        "torch._utils._rebuild_parameter_with_state": .rebuildParameter,
        "torch._tensor._rebuild_from_type_v2": .rebuildFromType,
    ]
}

extension DType {
    /// The name of PyTorch's storage class for the type.
    var storageName: String { "\(scalarName)Storage" }
}
