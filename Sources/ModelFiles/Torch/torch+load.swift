import TensorCore

extension torch {
    /// Reads a file that PyTorch or `torch.save` wrote: the zip format, and the one of PyTorch
    /// before 1.6.
    ///
    ///     let checkpoint = try torch.load("run.pth")
    ///     let epoch = try checkpoint["epoch"].int
    ///
    /// Only values are read, as with PyTorch's `weights_only=True`: numbers, text, lists, tuples,
    /// dictionaries and tensors. Nothing in the file is run. (A set reads as a list, a `Counter` as
    /// a dictionary, a `torch.device` as its name.) Tensors that shared memory share it again,
    /// strides and `requires_grad` are kept. All tensors come to the device `mapLocation`, wherever
    /// they were.
    ///
    /// Throws `ModelFileError`: a file that is missing, cut off or damaged, or one that names a
    /// class or function outside the allow-list, which the error names.
    public static func load(_ path: String, mapLocation: Device = .cpu, weightsOnly: Bool = true) throws -> StateValue {
        try ModelFileError.naming(path) { try read(ByteSource(path: path), mapLocation) }
    }

    /// Reads a file into the type that the context asks for, such as a state dict:
    ///
    ///     model.loadStateDict(try torch.load("model.pth"))
    ///
    /// Throws `StateValueError` where the file holds something else.
    @_disfavoredOverload
    public static func load<Value: StateValueConvertible>(_ path: String, mapLocation: Device = .cpu, weightsOnly: Bool = true) throws -> Value {
        try Value.from(load(path, mapLocation: mapLocation) as StateValue)
    }

    /// Reads the bytes of a file. (Python: `torch.load(io.BytesIO(data))`.)
    public static func load(_ bytes: [UInt8], mapLocation: Device = .cpu, weightsOnly: Bool = true) throws -> StateValue {
        try read(ByteSource(bytes), mapLocation)
    }

    /// Reads the bytes of a file into the type that the context asks for.
    @_disfavoredOverload
    public static func load<Value: StateValueConvertible>(_ bytes: [UInt8], mapLocation: Device = .cpu, weightsOnly: Bool = true) throws -> Value {
        try Value.from(load(bytes, mapLocation: mapLocation) as StateValue)
    }

    private static func read(_ source: ByteSource, _ device: Device) throws -> StateValue {
        if try LegacyTorchFile.isRecognized(source) { return try LegacyTorchFile.read(source, device) }
        guard source.count >= 4, try source.bytes(at: 0, count: 4) == [0x50, 0x4b, 3, 4] else {
            throw ModelFileError.damaged("this is not a file that PyTorch wrote")
        }
        return try TorchArchive.read(source, device)
    }
}
