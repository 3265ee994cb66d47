import TensorCore

/// The format of PyTorch before 1.6: five pickles, then the storages one after the other.
enum LegacyTorchFile {
    /// The number that the first pickle holds.
    private static let magic: [UInt8] = [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]

    /// Whether the source starts with the format's mark.
    static func isRecognized(_ source: ByteSource) throws -> Bool {
        try source.count >= magic.count && source.bytes(at: 0, count: magic.count) == magic
    }

    static func read(_ source: ByteSource, _ device: Device) throws -> StateValue {
        var reader = try ByteReader(source, at: magic.count)
        guard case .int(1001) = try plain(&reader) else { throw ModelFileError.unsupported("the file's protocol version is not 1001") }
        let system = try plain(&reader)
        guard case .bool(let isLittle)? = system.get("little_endian") else { throw ModelFileError.damaged("the byte order is missing") }

        // The values come before the storages that they use: run the pickle, then read those.
        var machine = PickleMachine()
        let root = try machine.run(&reader)
        let keys = try plain(&reader)
        guard case .list(let keys) = keys else { throw ModelFileError.damaged("the list of storages is missing") }
        var positions: [String: Int] = [:]
        for (i, key) in keys.enumerated() {
            guard case .string(let key) = key, positions.updateValue(i, forKey: key) == nil else {
                throw ModelFileError.damaged("the list of storages is damaged")
            }
        }
        let described = machine.storages
        var loaded: [String: Tensor] = [:]
        for key in keys {
            guard case .string(let key) = key, let storage = described[key] else {
                throw ModelFileError.damaged("the file holds a storage that nothing uses")
            }
            let count = try reader.size(UInt64.self)
            guard count == storage.count, let byteCount = storage.byteCount, byteCount <= reader.remaining else {
                throw ModelFileError.damaged("the storage \(key) does not have the size that its tensors need")
            }
            let tensor = torch.empty([count], dtype: storage.dtype ?? .uint8)
            try tensor.withBytes { try source.read(at: reader.position, into: $0) }
            try reader.skip(byteCount)
            tensor.becomeNative(swapsBytes: !isLittle)
            loaded[key] = tensor.to(device)
        }
        var tree = PickleTree(machine) { storage in
            guard let tensor = loaded[storage.key] else { throw ModelFileError.damaged("the storage \(storage.key) is missing") }
            return try tensor.checked(for: storage)
        }
        return try tree.value(root)
    }

    /// A pickle without tensors.
    private static func plain(_ reader: inout ByteReader) throws -> StateValue {
        var machine = PickleMachine()
        let root = try machine.run(&reader)
        var tree = PickleTree(machine) { _ in throw ModelFileError.damaged("the file's head refers to a storage") }
        return try tree.value(root)
    }
}
