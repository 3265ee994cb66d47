/// Appends values to a message: little-endian integers, and length-prefixed UTF-8.
struct MessageWriter {
    var bytes: [UInt8] = []

    mutating func write<T: FixedWidthInteger>(_ value: T) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
    mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }
    mutating func write(_ value: String) {
        let utf8 = value.utf8
        write(UInt32(utf8.count))
        bytes.append(contentsOf: utf8)
    }
    mutating func write(_ value: String?) {
        write(value != nil)
        if let value { write(value) }
    }
    mutating func write(_ values: [String]) {
        write(UInt32(values.count))
        for value in values { write(value) }
    }
    mutating func write(_ values: [String: String]) {
        write(UInt32(values.count))
        for (key, value) in values {
            write(key)
            write(value)
        }
    }
}

/// A message that does not follow the protocol.
public struct MalformedMessage: Error {
    public init() {}
}

/// Takes values from a message in the order in which they were written.
struct MessageReader {
    var bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
        guard bytes.count >= count else { throw MalformedMessage() }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }
    mutating func integer<T: FixedWidthInteger>(_ type: T.Type = T.self) throws -> T {
        var value: T = 0
        let source = try take(MemoryLayout<T>.size)
        withUnsafeMutableBytes(of: &value) { $0.copyBytes(from: source) }
        return T(littleEndian: value)
    }
    mutating func bool() throws -> Bool { try integer(UInt8.self) != 0 }
    mutating func string() throws -> String {
        String(decoding: try take(Int(try integer(UInt32.self))), as: UTF8.self)
    }
    mutating func optionalString() throws -> String? { try bool() ? try string() : nil }
    mutating func list<T>(_ element: (inout MessageReader) throws -> T) throws -> [T] {
        let count = try integer(UInt32.self)
        var result: [T] = []
        for _ in 0..<count { result.append(try element(&self)) }
        return result
    }
    mutating func dictionary() throws -> [String: String] {
        var result: [String: String] = [:]
        for _ in 0..<(try integer(UInt32.self)) {
            let key = try string()
            result[key] = try string()
        }
        return result
    }
}

/// A message that travels between kernel and host: its length in four bytes, then its bytes.
public protocol HostMessage: Sendable {
    func encoded() -> [UInt8]
    init(decoding bytes: ArraySlice<UInt8>) throws
}

extension HostMessage {
    /// The message with its length in front.
    public func framed() -> [UInt8] {
        let body = encoded()
        var writer = MessageWriter()
        writer.write(UInt32(body.count))
        return writer.bytes + body
    }
}

/// Collects received bytes and cuts them into messages.
public struct MessageBuffer: Sendable {
    private var bytes: [UInt8] = []

    public init() {}

    public mutating func append(_ received: some Sequence<UInt8>) { bytes.append(contentsOf: received) }

    /// The next whole message, or nil until more bytes have come.
    public mutating func next<M: HostMessage>(_ type: M.Type = M.self) throws -> M? {
        guard bytes.count >= 4 else { return nil }
        var reader = MessageReader(bytes[...])
        let length = Int(try reader.integer(UInt32.self))
        guard bytes.count >= 4 + length else { return nil }
        defer { bytes.removeFirst(4 + length) }
        return try M(decoding: bytes[4..<(4 + length)])
    }
}
