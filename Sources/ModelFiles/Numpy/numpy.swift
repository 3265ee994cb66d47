import NeuralNetworks
import TensorCore

/// NumPy's files: npy with one array, npz with several by name.
public enum numpy {
    /// Reads the array of an npy file. An array in Fortran order becomes a tensor with such strides.
    ///
    /// Throws `ModelFileError` where the file is missing or damaged, or holds a type that tensors
    /// here do not have (text, objects, tables, unsigned integers of more than 8 bits).
    public static func load(_ path: String) throws -> Tensor {
        try ModelFileError.naming(path) {
            let source = try ByteSource(path: path)
            guard try !isArchive(source) else {
                throw ModelFileError.unsupported("the file holds several arrays by name: read it as a StateDict")
            }
            return try read(source)
        }
    }

    /// Reads all arrays of an npz file, packed or not, by name.
    ///
    ///     let arrays: StateDict = try numpy.load("data.npz")
    @_disfavoredOverload
    public static func load(_ path: String) throws -> StateDict {
        try ModelFileError.naming(path) { try readArchive(ByteSource(path: path)) }
    }

    /// Writes an npy file.
    ///
    /// Throws `ModelFileError` where the file cannot be written or NumPy has no such type (bfloat16).
    public static func save(_ path: String, _ array: Tensor) throws {
        try ModelFileError.naming(path) {
            let sink = try ByteSink(path: path)
            try write(array) { try sink.write($0) }
            try sink.finish()
        }
    }

    /// Writes an npz file of arrays by name, not packed.
    public static func savez(_ path: String, _ arrays: StateDict) throws {
        try ModelFileError.naming(path) {
            let sink = try ByteSink(path: path)
            var archive = ZipWriter(sink, alignment: 1)
            for (name, tensor) in arrays {
                var bytes: [UInt8] = []
                try write(tensor) { bytes += $0 }
                try archive.add("\(name).npy", bytes)
            }
            try archive.finish()
            try sink.finish()
        }
    }

    private static func isArchive(_ source: ByteSource) throws -> Bool {
        try source.count >= 4 && source.bytes(at: 0, count: 4) == [0x50, 0x4b, 3, 4]
    }

    package static func read(_ source: ByteSource) throws -> Tensor {
        var reader = try ByteReader(source)
        let header = try NpyHeader(&reader)
        guard header.shape.count <= Dims.maximum, let size = byteCount(of: header.shape, header.dtype),
            size <= reader.remaining
        else {
            throw ModelFileError.damaged("the file is too short for an array of shape \(header.shape)")
        }
        let tensor = torch.empty(header.isFortranOrder ? header.shape.reversed() : header.shape, dtype: header.dtype)
        try tensor.withBytes { try source.read(at: reader.position, into: $0) }
        tensor.becomeNative(swapsBytes: header.isBigEndian)
        guard header.isFortranOrder else { return tensor }
        return tensor.arranged(header.shape, tensor.stride().reversed(), offset: 0, as: tensor.dtype)
    }

    package static func readArchive(_ source: ByteSource) throws -> StateDict {
        guard try isArchive(source) else { throw ModelFileError.damaged("this is not an npz file") }
        let archive = try ZipReader(source)
        var arrays = StateDict()
        for record in archive.records {
            let name = record.name.hasSuffix(".npy") ? String(record.name.dropLast(4)) : record.name
            arrays[name] = try read(ByteSource(archive.contents(record)))
        }
        return arrays
    }

    private static func write(_ array: Tensor, _ put: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard array.device.type != .meta else {
            throw ModelFileError.unsupported("a tensor on the meta device has no values to save")
        }
        try NpyHeader.bytes(array).withUnsafeBytes { try put($0) }
        try array.detach().cpu().contiguous().withBytes { try put(UnsafeRawBufferPointer($0)) }
    }
}

/// NumPy under its usual short name.
public typealias np = numpy
