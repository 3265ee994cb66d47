/// Reads a source from front to back.
struct ByteReader {
    let source: ByteSource
    private(set) var position: Int
    private let end: Int
    /// Bytes of the source read ahead, and where in the source they start.
    private var window: [UInt8] = []
    private var windowStart = 0

    private static let windowSize = 1 << 16

    /// Reads from `position` on, to the source's end or for `count` bytes.
    init(_ source: ByteSource, at position: Int = 0, count: Int? = nil) throws {
        try source.check(position, count ?? 0)
        self.source = source
        self.position = position
        end = count.map { position + $0 } ?? source.count
    }

    var remaining: Int { end - position }
    var isAtEnd: Bool { position >= end }

    mutating func byte() throws -> UInt8 {
        let index = position - windowStart
        if index >= 0, index < window.count {
            position += 1
            return window[index]
        }
        guard remaining > 0 else { throw ModelFileError.damaged("the data ends too early, at byte \(position)") }
        window = try source.bytes(at: position, count: min(remaining, ByteReader.windowSize))
        windowStart = position
        position += 1
        return window[0]
    }

    mutating func bytes(_ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= remaining else {
            throw ModelFileError.damaged(
                "the data ends too early: \(count) bytes are needed at byte \(position), \(remaining) are left")
        }
        let index = position - windowStart
        defer { position += count }
        if index >= 0, index + count <= window.count { return Array(window[index..<(index + count)]) }
        return try source.bytes(at: position, count: count)
    }

    mutating func skip(_ count: Int) throws {
        guard count >= 0, count <= remaining else {
            throw ModelFileError.damaged(
                "the data ends too early: \(count) bytes are needed at byte \(position), \(remaining) are left")
        }
        position += count
    }

    /// The bytes up to a line feed, which is passed over.
    mutating func line() throws -> [UInt8] {
        var line: [UInt8] = []
        while true {
            let next = try byte()
            if next == UInt8(ascii: "\n") { return line }
            line.append(next)
        }
    }

    /// An unsigned integer, lowest byte first.
    mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
        var value: Value = 0
        for i in 0..<(Value.bitWidth / 8) { value |= Value(truncatingIfNeeded: try byte()) << (8 * i) }
        return value
    }

    /// An unsigned integer of 2, 4 or 8 bytes that counts something in the file.
    mutating func size<Value: FixedWidthInteger & UnsignedInteger>(_ type: Value.Type) throws -> Int {
        let value = try integer(type)
        guard let size = Int(exactly: value) else { throw ModelFileError.damaged("a size of \(value) bytes is impossible") }
        return size
    }

    /// UTF-8 text of `count` bytes.
    mutating func text(_ count: Int) throws -> String { try decodedText(try bytes(count)) }
}

/// The text that UTF-8 bytes stand for.
func decodedText(_ bytes: [UInt8]) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
        throw ModelFileError.damaged("text is not UTF-8")
    }
    return text
}
