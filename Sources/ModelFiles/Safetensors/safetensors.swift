import NeuralNetworks
import TensorCore

/// The safetensors format: named tensors and notes, nothing that could run. The names are those of
/// Python's `safetensors.torch`.
public enum safetensors {
    /// Reads all tensors of a file.
    ///
    /// Throws `ModelFileError` where the file is missing or damaged, or holds a type that tensors
    /// here do not have.
    public static func loadFile(_ path: String, device: Device = .cpu) throws -> StateDict {
        try ModelFileError.naming(path) { try read(ByteSource(path: path), device) }
    }

    /// Reads all tensors from the bytes of a file.
    public static func load(_ bytes: [UInt8], device: Device = .cpu) throws -> StateDict { try read(ByteSource(bytes), device) }

    /// The notes of a file (`__metadata__`); empty where it has none.
    public static func metadata(_ path: String) throws -> [String: String] {
        try ModelFileError.naming(path) { try SafetensorsHeader(ByteSource(path: path)).metadata }
    }

    /// Writes tensors by name, with notes. Each tensor's values are written row by row, so views
    /// become tensors of their own.
    ///
    /// Throws `ModelFileError` where the file cannot be written or a type has no place in the
    /// format (complex128).
    public static func saveFile(_ tensors: StateDict, _ path: String, metadata: [String: String] = [:]) throws {
        try ModelFileError.naming(path) {
            let sink = try ByteSink(path: path)
            try write(tensors, metadata, to: sink)
            try sink.finish()
        }
    }

    /// The bytes of a file of these tensors.
    public static func save(_ tensors: StateDict, metadata: [String: String] = [:]) throws -> [UInt8] {
        let sink = ByteSink()
        try write(tensors, metadata, to: sink)
        return sink.bytes
    }

    /// Opens a file to read its tensors one by one, each when it is asked for.
    ///
    /// Throws `ModelFileError` where the file is missing or its header is damaged.
    public static func safeOpen(_ path: String, device: Device = .cpu) throws -> SafetensorsFile {
        try ModelFileError.naming(path) { try SafetensorsFile(ByteSource(path: path), path, device) }
    }

    private static func read(_ source: ByteSource, _ device: Device) throws -> StateDict {
        let header = try SafetensorsHeader(source)
        var state = StateDict()
        for entry in header.entries { state[entry.name] = try header.tensor(entry, source).to(device) }
        return state
    }

    private static func write(_ tensors: StateDict, _ metadata: [String: String], to sink: ByteSink) throws {
        // The format's own library puts wide types first, so that all values are aligned, and
        // equal ones by name.
        let ordered = try tensors.map { (name: $0.key, tensor: $0.value, type: try SafetensorsHeader.typeName($0.value.dtype)) }
            .sorted { a, b in
                a.type.rank != b.type.rank ? a.type.rank > b.type.rank : a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
            }
        var parts: [String] = []
        if !metadata.isEmpty {
            let notes = metadata.sorted { $0.key < $1.key }.map { "\(JSONHeader.quoted($0.key)):\(JSONHeader.quoted($0.value))" }
            parts.append("\"__metadata__\":{\(notes.joined(separator: ","))}")
        }
        var offset = 0
        for (name, tensor, type) in ordered {
            guard tensor.device.type != .meta else {
                throw ModelFileError.unsupported("\(name) is on the meta device and has no values to save")
            }
            let shape = tensor.shape.map { "\($0)" }.joined(separator: ",")
            parts.append(
                "\(JSONHeader.quoted(name)):{\"dtype\":\"\(type.name)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(offset),\(offset + tensor.nbytes)]}")
            offset += tensor.nbytes
        }
        var header = Array("{\(parts.joined(separator: ","))}".utf8)
        header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
        var start: [UInt8] = []
        start.append(littleEndian: UInt64(header.count))
        try sink.write(start + header)
        for (_, tensor, _) in ordered {
            try tensor.detach().cpu().contiguous().withBytes { try sink.write(UnsafeRawBufferPointer($0)) }
        }
    }
}

/// What a safetensors file says about its tensors.
struct SafetensorsHeader {
    struct Entry {
        let name: String
        let dtype: DType
        let shape: [Int]
        let range: Range<Int>
    }

    let entries: [Entry]
    let metadata: [String: String]
    /// Where in the file the values start.
    let dataStart: Int

    /// The names of the types, in the order of the format's library.
    private static let types: [(name: String, dtype: DType)] = [
        ("BOOL", .bool), ("U8", .uint8), ("I8", .int8), ("I16", .int16), ("F16", .float16), ("BF16", .bfloat16),
        ("I32", .int32), ("F32", .float32), ("C64", .complex64), ("F64", .float64), ("I64", .int64),
    ]

    static func typeName(_ dtype: DType) throws -> (name: String, rank: Int) {
        guard let rank = types.firstIndex(where: { $0.dtype == dtype }) else {
            throw ModelFileError.unsupported("safetensors has no type for \(dtype.name)")
        }
        return (types[rank].name, rank)
    }

    init(_ source: ByteSource) throws {
        var reader = try ByteReader(source)
        let length = try reader.size(UInt64.self)
        let text = try reader.bytes(length)
        dataStart = reader.position
        guard let parts = try JSONHeader(text).object else { throw ModelFileError.damaged("the header is not an object") }
        var entries: [Entry] = []
        var metadata: [String: String] = [:]
        var names: Set<String> = []
        for (name, value) in parts {
            guard names.insert(name).inserted else { throw ModelFileError.damaged("the header names \(name) twice") }
            if name == "__metadata__" {
                for (key, note) in value.object ?? [] { metadata[key] = note.string }
            } else {
                entries.append(try SafetensorsHeader.entry(name, value))
            }
        }
        // The values follow each other without gaps and fill the file.
        entries.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
        var end = 0
        for entry in entries {
            guard entry.range.lowerBound == end else {
                throw ModelFileError.damaged("the values of \(entry.name) do not follow those before")
            }
            end = entry.range.upperBound
        }
        guard end == reader.remaining else {
            throw ModelFileError.damaged("the header describes \(end) bytes of values, but the file holds \(reader.remaining)")
        }
        self.entries = entries
        self.metadata = metadata
    }

    func tensor(_ entry: Entry, _ source: ByteSource) throws -> Tensor {
        if entry.shape.count > Dims.maximum {
            throw ModelFileError.unsupported(
                "\(entry.name) has \(entry.shape.count) dimensions, more than the \(Dims.maximum) that tensors here can have")
        }
        let tensor = torch.empty(entry.shape, dtype: entry.dtype)
        try tensor.withBytes { try source.read(at: dataStart + entry.range.lowerBound, into: $0) }
        tensor.becomeNative(swapsBytes: false)
        return tensor
    }

    private static func entry(_ name: String, _ value: JSONHeader) throws -> Entry {
        guard let typeName = value["dtype"]?.string, let shape = value["shape"]?.integers,
            let offsets = value["data_offsets"]?.integers, offsets.count == 2
        else { throw ModelFileError.damaged("the header's entry for \(name) is incomplete") }
        guard let dtype = types.first(where: { $0.name == typeName })?.dtype else {
            throw ModelFileError.unsupported("\(name) has type \(typeName), which tensors here do not have")
        }
        guard let size = byteCount(of: shape, dtype), offsets[0] <= offsets[1], offsets[1] - offsets[0] == size else {
            throw ModelFileError.damaged("the size of \(name) does not match its shape \(shape)")
        }
        return Entry(name: name, dtype: dtype, shape: shape, range: offsets[0]..<offsets[1])
    }
}

/// The bytes that a contiguous tensor takes; nil where they are more than can be counted.
func byteCount(of shape: [Int], _ dtype: DType) -> Int? {
    var bytes = dtype.size
    for size in shape {
        let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
        guard size >= 0, !overflow else { return nil }
        bytes = product
    }
    return bytes
}
