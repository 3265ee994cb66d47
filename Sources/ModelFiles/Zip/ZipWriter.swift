/// Writes a zip archive of stored records, each starting at a multiple of `alignment` bytes, so
/// that a reader can map the values into memory.
package struct ZipWriter {
    private let sink: ByteSink
    private let alignment: Int
    private var directory: [UInt8] = []
    private var count = 0

    private static let limit = 0xFFFF_FFFF

    package init(_ sink: ByteSink, alignment: Int) {
        self.sink = sink
        self.alignment = alignment
    }

    package mutating func add(_ name: String, _ contents: [UInt8]) throws {
        try contents.withUnsafeBytes { try add(name, $0) }
    }

    mutating func add(_ name: String, _ contents: UnsafeRawBufferPointer) throws {
        let nameBytes = Array(name.utf8)
        let start = sink.position
        let isLarge = contents.count >= ZipWriter.limit
        let checksum = zipChecksum(contents)

        // What both of a record's entries say.
        var common: [UInt8] = []
        common.append(littleEndian: UInt16(isLarge ? 45 : 20))  // version needed
        common.append(littleEndian: UInt16(0x0800))  // names are UTF-8
        common.append(littleEndian: UInt16(0))  // stored
        common.append(littleEndian: UInt16(0))  // time
        common.append(littleEndian: UInt16(0x21))  // 1 January 1980
        common.append(littleEndian: checksum)
        let shownSize = UInt32(isLarge ? ZipWriter.limit : contents.count)
        common.append(littleEndian: shownSize)
        common.append(littleEndian: shownSize)
        common.append(littleEndian: UInt16(nameBytes.count))

        var extra: [UInt8] = []
        if isLarge {
            extra.append(littleEndian: UInt16(1))
            extra.append(littleEndian: UInt16(16))
            extra.append(littleEndian: UInt64(contents.count))
            extra.append(littleEndian: UInt64(contents.count))
        }
        if alignment > 1 {
            // PyTorch's padding: an extra field "FB" of the letter Z.
            let before = start + 30 + nameBytes.count + extra.count + 4
            let padding = (alignment - before % alignment) % alignment
            extra += Array("FB".utf8)
            extra.append(littleEndian: UInt16(padding))
            extra += Array(repeating: UInt8(ascii: "Z"), count: padding)
        }
        var header: [UInt8] = [0x50, 0x4b, 3, 4]
        header += common
        header.append(littleEndian: UInt16(extra.count))
        try sink.write(header + nameBytes + extra)
        try sink.write(contents)

        var largeValues: [UInt8] = []
        if isLarge {
            largeValues.append(littleEndian: UInt64(contents.count))
            largeValues.append(littleEndian: UInt64(contents.count))
        }
        if start >= ZipWriter.limit { largeValues.append(littleEndian: UInt64(start)) }
        directory += [0x50, 0x4b, 1, 2]
        directory.append(littleEndian: UInt16(45))  // version made by
        directory += common
        directory.append(littleEndian: UInt16(largeValues.isEmpty ? 0 : largeValues.count + 4))
        directory += Array(repeating: 0, count: 10)  // comment, disk, attributes
        directory.append(littleEndian: UInt32(min(start, ZipWriter.limit)))
        directory += nameBytes
        if !largeValues.isEmpty {
            directory.append(littleEndian: UInt16(1))
            directory.append(littleEndian: UInt16(largeValues.count))
            directory += largeValues
        }
        count += 1
    }

    /// Writes the directory.
    package func finish() throws {
        let start = sink.position
        var end = directory
        end += [0x50, 0x4b, 6, 6]
        end.append(littleEndian: UInt64(44))
        end.append(littleEndian: UInt16(45))
        end.append(littleEndian: UInt16(45))
        end.append(littleEndian: UInt64(0))  // disks
        end.append(littleEndian: UInt64(count))
        end.append(littleEndian: UInt64(count))
        end.append(littleEndian: UInt64(directory.count))
        end.append(littleEndian: UInt64(start))
        end += [0x50, 0x4b, 6, 7]
        end.append(littleEndian: UInt32(0))
        end.append(littleEndian: UInt64(start + directory.count))
        end.append(littleEndian: UInt32(1))
        end += [0x50, 0x4b, 5, 6]
        end.append(littleEndian: UInt32(0))  // disks
        end.append(littleEndian: UInt16(min(count, 0xFFFF)))
        end.append(littleEndian: UInt16(min(count, 0xFFFF)))
        end.append(littleEndian: UInt32(min(directory.count, ZipWriter.limit)))
        end.append(littleEndian: UInt32(min(start, ZipWriter.limit)))
        end.append(littleEndian: UInt16(0))  // comment
        try sink.write(end)
    }
}
