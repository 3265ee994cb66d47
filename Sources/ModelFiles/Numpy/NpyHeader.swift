import TensorCore

/// The head of an npy file: a Python dictionary that says type, order and shape.
struct NpyHeader {
    let dtype: DType
    let isBigEndian: Bool
    let isFortranOrder: Bool
    let shape: [Int]

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// NumPy's codes: kind and bytes.
    private static let codes: [(code: String, dtype: DType)] = [
        ("b1", .bool), ("u1", .uint8), ("i1", .int8), ("i2", .int16), ("i4", .int32), ("i8", .int64), ("f2", .float16),
        ("f4", .float32), ("f8", .float64), ("c8", .complex64), ("c16", .complex128),
    ]

    /// Reads the head; the values follow.
    init(_ reader: inout ByteReader) throws {
        guard reader.remaining >= 10, try reader.bytes(6) == NpyHeader.magic else {
            throw ModelFileError.damaged("this is not an npy file")
        }
        let version = try reader.byte()
        _ = try reader.byte()
        guard (1...3).contains(version) else { throw ModelFileError.unsupported("npy version \(version)") }
        let length = try version == 1 ? reader.size(UInt16.self) : reader.size(UInt32.self)
        var text = PythonLiteral(try reader.bytes(length))
        let fields = try text.dictionary()

        guard case .integers(let shape)? = fields["shape"], case .flag(let order)? = fields["fortran_order"], let type = fields["descr"]
        else { throw ModelFileError.damaged("the npy header is incomplete") }
        guard case .text(let descr) = type else { throw ModelFileError.unsupported("the array is a table of several fields") }
        guard let known = NpyHeader.codes.first(where: { descr.dropFirst() == $0.code }), let byteOrder = descr.first,
            "<>|=".contains(byteOrder)
        else { throw ModelFileError.unsupported("the array has NumPy's type \(descr), which tensors here do not have") }
        self.shape = shape
        dtype = known.dtype
        isFortranOrder = order
        isBigEndian = byteOrder == ">"
    }

    /// The head of an array in rows, padded as NumPy pads it.
    static func bytes(_ tensor: Tensor) throws -> [UInt8] {
        guard let code = codes.first(where: { $0.dtype == tensor.dtype })?.code else {
            throw ModelFileError.unsupported("NumPy has no type for \(tensor.dtype.name)")
        }
        let shape = tensor.shape
        let tuple = shape.count == 1 ? "(\(shape[0]),)" : "(" + shape.map { "\($0)" }.joined(separator: ", ") + ")"
        var text = Array("{'descr': '\(tensor.dtype.size == 1 ? "|" : "<")\(code)', 'fortran_order': False, 'shape': \(tuple), }".utf8)
        let space = UInt8(ascii: " ")
        // Room for the first size to grow to 21 digits in place.
        if let rows = shape.first { text += Array(repeating: space, count: 21 - "\(rows)".count) }
        // At least one space, and a line's end at a multiple of 64.
        text += Array(repeating: space, count: 64 - (magic.count + 4 + text.count + 1) % 64)
        text.append(UInt8(ascii: "\n"))
        var bytes = magic + [1, 0]
        bytes.append(littleEndian: UInt16(text.count))
        return bytes + text
    }
}

/// Reads the one kind of Python text that npy headers hold: a dictionary of names with strings,
/// True or False, and tuples of whole numbers.
private struct PythonLiteral {
    enum Value {
        case text(String)
        case flag(Bool)
        case integers([Int])
        /// A list: what describes the fields of a table.
        case list
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func dictionary() throws -> [String: Value] {
        var fields: [String: Value] = [:]
        try expect("{")
        while next() != UInt8(ascii: "}") {
            let name = try text()
            try expect(":")
            let value = try value()
            fields[name] = value
            // What a list holds is not read: the caller refuses it.
            if case .list = value { return ["descr": .list, "fortran_order": .flag(false), "shape": .integers([])] }
            if next() == UInt8(ascii: ",") { position += 1 } else { break }
        }
        try expect("}")
        guard next() == nil else { throw damaged() }
        return fields
    }

    private func damaged() -> ModelFileError { .damaged("the npy header cannot be read at byte \(position)") }

    private mutating func next() -> UInt8? {
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\n") { position += 1 }
        return position < bytes.count ? bytes[position] : nil
    }

    private mutating func expect(_ character: Character) throws {
        guard next() == character.asciiValue else { throw damaged() }
        position += 1
    }

    private mutating func value() throws -> Value {
        switch next() {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "("): return .integers(try tuple())
        case UInt8(ascii: "["): return .list
        default:
            for (word, flag) in [("True", true), ("False", false)] where bytes[position...].starts(with: Array(word.utf8)) {
                position += word.utf8.count
                return .flag(flag)
            }
            throw damaged()
        }
    }

    private mutating func text() throws -> String {
        guard let quote = next(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { throw damaged() }
        let start = position + 1
        guard let end = bytes[start...].firstIndex(of: quote) else { throw damaged() }
        position = end + 1
        return try decodedText(Array(bytes[start..<end]))
    }

    private mutating func tuple() throws -> [Int] {
        var values: [Int] = []
        try expect("(")
        while let character = next(), character != UInt8(ascii: ")") {
            let start = position
            while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
            guard let value = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else { throw damaged() }
            values.append(value)
            if next() == UInt8(ascii: ",") { position += 1 } else { break }
        }
        try expect(")")
        return values
    }
}
