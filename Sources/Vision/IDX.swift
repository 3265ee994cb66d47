import Glibc
import TensorCore

/// What can be wrong with a file of data.
public enum DataFileError: Error, Equatable, CustomStringConvertible {
    case missing(path: String)
    case unreadable(path: String, reason: String)
    case notIDX(path: String, magic: UInt32)
    case truncated(path: String, expected: Int, found: Int)
    case unexpected(path: String, what: String)

    public var description: String {
        switch self {
        case .missing(let path):
            "Dataset not found: there is no file \(path)"
        case .unreadable(let path, let reason):
            "\(path): \(reason)"
        case .notIDX(let path, let magic):
            "\(path) is not an IDX file: it starts with 0x\(String(magic, radix: 16))"
        case .truncated(let path, let expected, let found):
            "\(path) is cut short: \(found) bytes instead of \(expected)"
        case .unexpected(let path, let what):
            "\(path) holds \(what)"
        }
    }
}

/// The file format of MNIST: a type, a shape, and the values in row-major order, big-endian.
public enum IDX {
    private static let types: [(code: UInt8, type: DType)] = [
        (0x08, .uint8), (0x09, .int8), (0x0B, .int16), (0x0C, .int32), (0x0D, .float32), (0x0E, .float64),
    ]

    /// Reads a file whole.
    public static func read(_ path: String) throws -> Tensor {
        let bytes = try File.read(path)
        let word = { (at: Int) in (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[at + $1]) } }
        guard bytes.count >= 4 else { throw DataFileError.truncated(path: path, expected: 4, found: bytes.count) }
        let rank = Int(bytes[3])
        guard bytes[0] == 0, bytes[1] == 0, let type = types.first(where: { $0.code == bytes[2] })?.type,
            rank <= Dims.maximum
        else { throw DataFileError.notIDX(path: path, magic: word(0)) }
        let header = 4 + 4 * rank
        guard bytes.count >= header else {
            throw DataFileError.truncated(path: path, expected: header, found: bytes.count)
        }
        let shape = (0..<rank).map { Int(word(4 + 4 * $0)) }
        var size = type.size
        for length in shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: length)
            if overflow { throw DataFileError.notIDX(path: path, magic: word(0)) }
            size = product
        }
        guard bytes.count - header >= size else {
            throw DataFileError.truncated(path: path, expected: header + size, found: bytes.count)
        }
        let tensor = torch.empty(shape, dtype: type)
        bytes.withUnsafeBytes { source in
            copySwapping(UnsafeRawBufferPointer(rebasing: source[header..<(header + size)]), to: tensor)
        }
        return tensor
    }

    /// Writes a tensor of an integer or floating-point type that the format knows.
    public static func write(_ tensor: Tensor, to path: String) throws {
        guard let code = types.first(where: { $0.type == tensor.dtype })?.code else {
            throw DataFileError.unexpected(path: path, what: "no \(tensor.dtype.name): the IDX format has no such type")
        }
        var bytes: [UInt8] = [0, 0, code, UInt8(tensor.ndim)]
        for length in tensor.shape { withUnsafeBytes(of: UInt32(length).bigEndian) { bytes += $0 } }
        let values = torch.empty(tensor.shape, dtype: tensor.dtype)
        let source = tensor.contiguous()
        withRawValues(source) { copySwapping(UnsafeRawBufferPointer($0), to: values) }
        withRawValues(values) { bytes += $0 }
        try File.write(bytes, to: path)
    }

    /// Copies bytes and turns the order of those of each value.
    private static func copySwapping(_ source: UnsafeRawBufferPointer, to tensor: Tensor) {
        let width = tensor.dtype.size
        withRawValues(tensor) { target in
            if width == 1 {
                target.copyMemory(from: source)
            } else {
                for i in 0..<source.count { target[i ^ (width - 1)] = source[i] }
            }
        }
    }

    private static func withRawValues(_ tensor: Tensor, _ body: (UnsafeMutableRawBufferPointer) -> Void) {
        switch tensor.dtype.size {
        case 1: tensor.withUnsafeMutableValues(as: UInt8.self) { body(UnsafeMutableRawBufferPointer($0)) }
        case 2: tensor.withUnsafeMutableValues(as: UInt16.self) { body(UnsafeMutableRawBufferPointer($0)) }
        case 4: tensor.withUnsafeMutableValues(as: UInt32.self) { body(UnsafeMutableRawBufferPointer($0)) }
        default: tensor.withUnsafeMutableValues(as: UInt64.self) { body(UnsafeMutableRawBufferPointer($0)) }
        }
    }
}

/// Whole files.
enum File {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else {
            if errno == ENOENT || errno == ENOTDIR { throw DataFileError.missing(path: path) }
            throw DataFileError.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var status = stat()
        guard fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw DataFileError.unreadable(path: path, reason: "not a regular file")
        }
        let size = Int(status.st_size)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = size == 0 ? 0 : fread(buffer.baseAddress!, 1, size, file)
        }
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "wb") else {
            throw DataFileError.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else {
            throw DataFileError.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    /// Makes a folder and those above it, where they are missing.
    static func makeFolder(_ path: String) throws {
        var partial = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            partial += part + "/"
            if mkdir(partial, 0o777) != 0 && errno != EEXIST {
                throw DataFileError.unreadable(path: partial, reason: String(cString: strerror(errno)))
            }
        }
    }
}
