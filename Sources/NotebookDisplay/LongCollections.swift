/// Collections too long to read, as the beginning of what `print` would write: all of a million
/// elements would be kept in the notebook's file, and take a front end's breath away.
struct LongCollections {
    /// How many elements of a collection, and how many bytes in all, are shown.
    private static let limits = (elements: 1000, bytes: 50_000)

    private var text = ""
    private var isCut = false

    /// The beginning of a collection of the standard library; nil for what is short enough, or
    /// something else.
    static func beginning(of value: Any) -> String? {
        guard isStandard(value) else { return nil }
        var writer = LongCollections()
        writer.write(value)
        return writer.isCut ? writer.text : nil
    }

    /// Others have descriptions of their own.
    private static func isStandard(_ value: Any) -> Bool {
        guard value is any Collection else { return false }
        let name = String(reflecting: type(of: value))
        return ["Array<", "ArraySlice<", "ContiguousArray<", "Set<", "Dictionary<"].contains { name.hasPrefix("Swift." + $0) }
    }

    private mutating func write(_ value: Any) {
        guard Self.isStandard(value), let collection = value as? any Collection, !collection.isEmpty else {
            text += String(reflecting: value)
            return
        }
        write(elementsOf: collection)
    }

    private mutating func write<C: Collection>(elementsOf collection: C) {
        let isDictionary = Mirror(reflecting: collection).displayStyle == .dictionary
        text += "["
        var count = 0
        for element in collection {
            if count == Self.limits.elements || text.utf8.count > Self.limits.bytes {
                isCut = true
                text += "\(count == 0 ? "" : ", ")… \(collection.count - count) more"
                break
            }
            if count > 0 { text += ", " }
            count += 1
            if isDictionary, case let pair = Mirror(reflecting: element).children.map(\.value), pair.count == 2 {
                write(pair[0])
                text += ": "
                write(pair[1])
            } else {
                write(element)
            }
        }
        text += "]"
    }
}
