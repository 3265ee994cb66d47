/// Values as the text that the kernel makes of them.
package enum ValueText {
    /// A value's own description, in which Swift writes the module of types that have none of their
    /// own: `Cell22.Run(name: "a")`. A cell's module means nothing to the user, so it is left out.
    static func text(of value: Any) -> String {
        if let text = LongCollections.beginning(of: value) { return withoutCellModules(text) }
        let text = String(describing: value)
        // Collections and optionals describe what is in them; other descriptions are somebody's words.
        let describesItself = value is any CustomStringConvertible && !String(reflecting: type(of: value)).hasPrefix("Swift.")
        return describesItself ? text : withoutCellModules(text)
    }

    /// Takes `Cell22.` away in front of names; what stands in quotes stays as it is.
    package static func withoutCellModules(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var i = 0
        var isQuoted = false
        while i < bytes.count {
            let byte = bytes[i]
            if byte == UInt8(ascii: "C"), !isQuoted, !(result.last.map(isPartOfName) ?? false),
                let name = endOfCellModule(bytes, from: i)
            {
                i = name
                continue
            }
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            result.append(byte)
            i += 1
            if isQuoted, byte == UInt8(ascii: "\\"), i < bytes.count {
                result.append(bytes[i])
                i += 1
            }
        }
        return result.count == bytes.count ? text : String(decoding: result, as: UTF8.self)
    }

    /// Where the name after `Cell22.` or `Cell22_2.` begins; nil if something else stands there.
    private static func endOfCellModule(_ bytes: [UInt8], from start: Int) -> Int? {
        let rest = bytes[start...]
        guard rest.starts(with: "Cell".utf8) else { return nil }
        let isDigit = { (byte: UInt8) in byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
        let number = rest.dropFirst(4)
        let name = number.drop { isDigit($0) || $0 == UInt8(ascii: "_") }
        guard let first = number.first, isDigit(first), name.first == UInt8(ascii: "."),
            let next = name.dropFirst().first, isPartOfName(next), !isDigit(next)
        else { return nil }
        return name.startIndex + 1
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }
}
