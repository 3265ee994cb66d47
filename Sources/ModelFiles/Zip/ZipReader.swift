internal import CZlib

/// The records of a zip archive, stored or deflated. Large archives (zip64) too.
package struct ZipReader {
    package struct Record {
        package let name: String
        /// The size of the contents.
        let size: Int
        fileprivate let storedSize: Int
        fileprivate let isDeflated: Bool
        fileprivate let checksum: UInt32
        fileprivate let headerPosition: Int
    }

    private let source: ByteSource
    /// The records in the order of the archive's directory.
    package let records: [Record]
    private let positions: [String: Int]

    /// Deflate makes its input at most this many times smaller.
    private static let largestRatio = 1032

    package init(_ source: ByteSource) throws {
        self.source = source
        let (position, size, count) = try ZipReader.directory(source)
        var reader = try ByteReader(source, at: position, count: size)
        var records: [Record] = []
        var positions: [String: Int] = [:]
        var storedTotal = 0
        for _ in 0..<count {
            let record = try ZipReader.directoryEntry(&reader)
            // Records that overlap would let a small file ask for more memory than its own size.
            storedTotal += record.storedSize
            guard storedTotal <= source.count else {
                throw ModelFileError.damaged("the records of the archive are larger than the file")
            }
            guard positions.updateValue(records.count, forKey: record.name) == nil else {
                throw ModelFileError.damaged("the archive has two records named \(record.name)")
            }
            records.append(record)
        }
        self.records = records
        self.positions = positions
    }

    func record(_ name: String) throws -> Record {
        guard let position = positions[name] else { throw ModelFileError.damaged("the archive has no record \(name)") }
        return records[position]
    }

    func contains(_ name: String) -> Bool { positions[name] != nil }

    /// A record's contents.
    package func contents(_ record: Record) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: record.size) { buffer, filled in
            try read(record, into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<record.size]))
            filled = record.size
        }
    }

    /// Reads a record's contents into memory of exactly their size, and checks their sum.
    func read(_ record: Record, into target: UnsafeMutableRawBufferPointer) throws {
        var header = try ByteReader(source, at: record.headerPosition, count: 30)
        guard try header.integer(UInt32.self) == 0x0403_4b50 else {
            throw ModelFileError.damaged("the record \(record.name) does not start where the archive says")
        }
        try header.skip(22)
        let start = try record.headerPosition + 30 + header.size(UInt16.self) + header.size(UInt16.self)
        if record.isDeflated {
            try inflateBytes(of: source, at: start, count: record.storedSize, into: target, record.name)
        } else {
            try source.read(at: start, into: target)
        }
        // PyTorch writes 0 where it was told to compute no sums.
        if record.checksum != 0, zipChecksum(UnsafeRawBufferPointer(target)) != record.checksum {
            throw ModelFileError.damaged("the contents of the record \(record.name) do not match their checksum")
        }
    }

    // MARK: The directory

    /// Where the directory is, its size, and how many records it lists.
    private static func directory(_ source: ByteSource) throws -> (position: Int, size: Int, count: Int) {
        // Its position is in the last 22 bytes, before a comment of up to 65535.
        let tailStart = max(0, source.count - 22 - 65535)
        let tail = try source.bytes(at: tailStart, count: source.count - tailStart)
        var end = tail.count - 22
        while end >= 0, !tail[end...].starts(with: [0x50, 0x4b, 5, 6]) { end -= 1 }
        guard end >= 0 else { throw ModelFileError.damaged("the archive has no directory: the file is cut off") }
        var reader = try ByteReader(source, at: tailStart + end + 10)
        let count = try reader.size(UInt16.self), size = try reader.size(UInt32.self), position = try reader.size(UInt32.self)
        guard count == 0xFFFF || size == 0xFFFF_FFFF || position == 0xFFFF_FFFF else { return (position, size, count) }
        // The sizes do not fit: they are in a larger record, whose place is noted before this one.
        var locator = try ByteReader(source, at: tailStart + end - 20)
        guard try locator.integer(UInt32.self) == 0x0706_4b50 else { return (position, size, count) }
        try locator.skip(4)
        var large = try ByteReader(source, at: locator.size(UInt64.self))
        guard try large.integer(UInt32.self) == 0x0606_4b50 else {
            throw ModelFileError.damaged("the archive's directory is not where the archive says")
        }
        try large.skip(28)
        let largeCount = try large.size(UInt64.self), largeSize = try large.size(UInt64.self)
        return (try large.size(UInt64.self), largeSize, largeCount)
    }

    private static func directoryEntry(_ reader: inout ByteReader) throws -> Record {
        guard try reader.integer(UInt32.self) == 0x0201_4b50 else {
            throw ModelFileError.damaged("the archive's directory is damaged")
        }
        try reader.skip(4)
        let flags = try reader.integer(UInt16.self), method = try reader.integer(UInt16.self)
        try reader.skip(4)
        let checksum = try reader.integer(UInt32.self)
        var storedSize = try reader.size(UInt32.self), size = try reader.size(UInt32.self)
        let nameLength = try reader.size(UInt16.self), extraLength = try reader.size(UInt16.self)
        let commentLength = try reader.size(UInt16.self)
        try reader.skip(8)
        var headerPosition = try reader.size(UInt32.self)
        let name = try reader.text(nameLength)
        var extra = try ByteReader(ByteSource(reader.bytes(extraLength)))
        try reader.skip(commentLength)
        while extra.remaining >= 4 {
            let tag = try extra.integer(UInt16.self), length = try extra.size(UInt16.self)
            if tag != 1 {
                try extra.skip(length)
                continue
            }
            // Zip64: those of the values above that did not fit, in this order.
            if size == 0xFFFF_FFFF { size = try extra.size(UInt64.self) }
            if storedSize == 0xFFFF_FFFF { storedSize = try extra.size(UInt64.self) }
            if headerPosition == 0xFFFF_FFFF { headerPosition = try extra.size(UInt64.self) }
            break
        }
        guard flags & 1 == 0 else { throw ModelFileError.unsupported("the record \(name) is encrypted") }
        guard method == 0 || method == 8 else {
            throw ModelFileError.unsupported("the record \(name) is compressed by method \(method)")
        }
        guard storedSize <= reader.source.count,
            method == 0 ? size == storedSize : size / largestRatio <= storedSize
        else {
            throw ModelFileError.damaged("the sizes of the record \(name) contradict each other")
        }
        return Record(
            name: name, size: size, storedSize: storedSize, isDeflated: method == 8, checksum: checksum,
            headerPosition: headerPosition)
    }
}

/// The sum that zip archives keep of their records (CRC-32).
func zipChecksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32_z(0, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
}

/// Unpacks raw deflate data that must fill `target` exactly.
private func inflateBytes(
    of source: ByteSource, at position: Int, count: Int, into target: UnsafeMutableRawBufferPointer, _ name: String
) throws {
    var stream = z_stream()
    guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else {
        throw ModelFileError.inaccessible("not enough memory to unpack the record \(name)")
    }
    defer { inflateEnd(&stream) }
    var spare: UInt8 = 0
    try withUnsafeMutablePointer(to: &spare) { spare in
        var done = 0, written = 0
        var status = Z_OK
        while status == Z_OK, done < count {
            var input = try source.bytes(at: position + done, count: min(count - done, 1 << 20))
            done += input.count
            try input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                while status == Z_OK, stream.avail_in > 0 {
                    // A record longer than it says would write on: it gets one spare byte to show it.
                    let room = min(target.count - written, 1 << 30)
                    stream.next_out = room > 0 ? target.baseAddress!.assumingMemoryBound(to: UInt8.self) + written : spare
                    stream.avail_out = UInt32(max(room, 1))
                    status = inflate(&stream, Z_NO_FLUSH)
                    written += max(room, 1) - Int(stream.avail_out)
                    guard written <= target.count else { throw ModelFileError.damaged("the record \(name) is longer than it says") }
                }
            }
        }
        guard status == Z_STREAM_END, written == target.count else {
            throw ModelFileError.damaged("the packed data of the record \(name) is damaged")
        }
    }
}
