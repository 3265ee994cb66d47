import NeuralNetworks
import TensorCore

extension torch {
    /// Saves a checkpoint in PyTorch's file format (a zip archive), which PyTorch reads with
    /// `torch.load(path, weights_only=True)`.
    ///
    ///     try torch.save(["epoch": 3, "model_state_dict": model.stateDict()], "run.pth")
    ///
    /// Tensors that share memory share it in the file too; views keep their strides. A file that
    /// was there before is replaced once the new one is whole.
    ///
    /// Throws `ModelFileError` where the file cannot be written or a tensor has no values (meta).
    public static func save(_ value: StateValue, _ path: String) throws {
        try ModelFileError.naming(path) {
            let sink = try ByteSink(path: path)
            try TorchArchive.write(value, name: TorchArchive.name(of: path), to: sink)
            try sink.finish()
        }
    }

    /// Saves a state dict, a tensor, or another value that a checkpoint can hold.
    @_disfavoredOverload
    public static func save(_ value: some StateValueConvertible, _ path: String) throws {
        try save(value.stateValue, path)
    }

    /// Saves into memory: appends the bytes of the file. (Python: `torch.save(value, io.BytesIO())`.)
    @_disfavoredOverload
    public static func save(_ value: some StateValueConvertible, _ bytes: inout [UInt8]) throws {
        let sink = ByteSink()
        try TorchArchive.write(value.stateValue, name: "archive", to: sink)
        bytes += sink.bytes
    }
    public static func save(_ value: StateValue, _ bytes: inout [UInt8]) throws {
        let sink = ByteSink()
        try TorchArchive.write(value, name: "archive", to: sink)
        bytes += sink.bytes
    }
}

/// A module's state is saved as an ordered dictionary.
extension StateDict: StateValueConvertible {
    public var stateValue: StateValue {
        var entries = StateDictionary(isOrderedDict: true)
        for (name, tensor) in self { entries[name] = .tensor(tensor) }
        return .dictionary(entries)
    }

    /// Throws `StateValueError` unless the value is a dictionary of names and tensors.
    public static func from(_ value: StateValue) throws -> StateDict {
        var state = StateDict()
        for (key, value) in try value.dictionary.entries {
            guard case .string(let name) = key, case .tensor(let tensor) = value else {
                throw StateValueError("a state dict holds tensors by name, but key \(key.stateValue) holds a \(value.kind)")
            }
            state[name] = tensor
        }
        return state
    }
}
