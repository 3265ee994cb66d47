import TensorCore

/// A safetensors file whose tensors are read one by one (`safe_open` in Python).
///
///     let file = try safetensors.safeOpen("model.safetensors")
///     let weight = try file.getTensor("lm_head.weight")
public struct SafetensorsFile: @unchecked Sendable {
    private let source: ByteSource
    private let path: String
    private let device: Device
    private let header: SafetensorsHeader
    private let entries: [String: SafetensorsHeader.Entry]

    init(_ source: ByteSource, _ path: String, _ device: Device) throws {
        self.source = source
        self.path = path
        self.device = device
        header = try SafetensorsHeader(source)
        entries = Dictionary(uniqueKeysWithValues: header.entries.map { ($0.name, $0) })
    }

    /// The names of the tensors, in the order of their values in the file.
    public func keys() -> [String] { header.entries.map(\.name) }

    /// The notes of the file; empty where it has none.
    public func metadata() -> [String: String] { header.metadata }

    /// Reads one tensor. Throws `ModelFileError` where the file has none of that name, or one of
    /// more dimensions than tensors here can have.
    public func getTensor(_ name: String) throws -> Tensor {
        try ModelFileError.naming(path) {
            guard let entry = entries[name] else { throw ModelFileError.damaged("the file has no tensor \(name)") }
            return try header.tensor(entry, source).to(device)
        }
    }
}
