import TensorCore

/// PyTorch's file: a zip archive of a pickle, the storages that it refers to, and notes.
enum TorchArchive {
    /// Storages start at multiples of this many bytes.
    private static let alignment = 64

    /// The name of the archive's folder: the file's, without what follows its last dot.
    static func name(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? "archive"
        guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
        return String(file[..<dot])
    }

    static func write(_ value: StateValue, name: String, to sink: ByteSink) throws {
        let pickle = try PickleWriter(value)
        var archive = ZipWriter(sink, alignment: alignment)
        try archive.add("\(name)/data.pkl", pickle.bytes)
        try archive.add("\(name)/.format_version", Array("1".utf8))
        try archive.add("\(name)/.storage_alignment", Array("\(alignment)".utf8))
        try archive.add("\(name)/byteorder", Array("little".utf8))
        for (number, storage) in pickle.storages.enumerated() {
            try storage.cpu().withBytes { try archive.add("\(name)/data/\(number)", UnsafeRawBufferPointer($0)) }
        }
        try archive.add("\(name)/version", Array("3\n".utf8))
        try archive.finish()
    }

    static func read(_ source: ByteSource, _ device: Device) throws -> StateValue {
        let archive = try ZipReader(source)
        guard let pickle = archive.records.first(where: { $0.name == "data.pkl" || $0.name.hasSuffix("/data.pkl") }) else {
            throw ModelFileError.unsupported("the archive holds no data.pkl: PyTorch did not write it")
        }
        let folder = pickle.name.dropLast("data.pkl".count)
        var swapsBytes = false
        if archive.contains("\(folder)byteorder") {
            let order = try decodedText(archive.contents(archive.record("\(folder)byteorder")))
            guard order == "little" || order == "big" else { throw ModelFileError.damaged("the byte order is neither little nor big") }
            swapsBytes = order == "big"
        }
        var reader = try ByteReader(ByteSource(archive.contents(pickle)))
        var machine = PickleMachine()
        let root = try machine.run(&reader)

        var loaded: [String: Tensor] = [:]
        var tree = PickleTree(machine) { storage in
            if let tensor = loaded[storage.key] { return try tensor.checked(for: storage) }
            let record = try archive.record("\(folder)data/\(storage.key)")
            guard storage.byteCount == record.size else {
                throw ModelFileError.damaged(
                    "the storage \(storage.key) has \(record.size) bytes, but its tensors need \(storage.count) elements")
            }
            let tensor = torch.empty([storage.count], dtype: storage.dtype ?? .uint8)
            try tensor.withBytes { try archive.read(record, into: $0) }
            tensor.becomeNative(swapsBytes: swapsBytes)
            loaded[storage.key] = tensor.to(device)
            return loaded[storage.key]!
        }
        return try tree.value(root)
    }
}

extension Tensor {
    /// Calls `body` with the bytes of a contiguous tensor on the CPU.
    func withBytes<Result>(_ body: (UnsafeMutableRawBufferPointer) throws -> Result) rethrows -> Result {
        // A tensor without elements has no memory.
        if numel == 0 { return try body(UnsafeMutableRawBufferPointer(start: nil, count: 0)) }
        return try arranged([nbytes], [1], offset: storageOffset() * itemsize, as: .uint8)
            .withUnsafeMutableValues(as: UInt8.self) { try body(UnsafeMutableRawBufferPointer($0)) }
    }

    /// This storage, unless the pickle says two things about it.
    func checked(for storage: PickledStorage) throws -> Tensor {
        guard dtype == storage.dtype ?? .uint8, numel == storage.count else {
            throw ModelFileError.damaged("the pickle describes the storage \(storage.key) in two ways")
        }
        return self
    }

    /// Makes values just read into what the machine computes with: its byte order, and only 0 and 1
    /// as bool.
    func becomeNative(swapsBytes: Bool) {
        withBytes { bytes in
            if dtype == .bool {
                for i in bytes.indices where bytes[i] > 1 { bytes[i] = 1 }
            }
            let size = dtype.real.size
            if swapsBytes, size > 1 {
                for start in Swift.stride(from: 0, to: bytes.count, by: size) { bytes[start..<(start + size)].reverse() }
            }
        }
    }
}
