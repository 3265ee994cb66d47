extension Table {
    /// A table of what a value is made of: a struct's properties, a dictionary's entries, an array's
    /// elements. Arrays of structs, of dictionaries and of arrays have a column for each part.
    ///
    /// ```swift
    /// struct Run { let rate: Double; let loss: Double }
    /// Table(of: [Run(rate: 0.1, loss: 0.42), Run(rate: 0.01, loss: 0.38)])
    /// ```
    public init(of value: Any, title: String? = nil) {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .dictionary:
            self = Table(rowsOf: Table.entries(mirror).map { (name: $0.name, value: $0.value) }, corner: "key")
        case .collection, .set:
            let elements = mirror.children.map(\.value)
            self = Table(rowsOf: elements.enumerated().map { (name: String($0.offset), value: $0.element) }, corner: "")
        default:
            self = Table(
                columns: ["property", "value"],
                rows: Table.parts(of: value).map { [$0.name, Table.text($0.value)] })
        }
        self.title = title
    }

    /// Whether a value says more as a table than as text: dictionaries, structs that do not
    /// describe themselves, and arrays of either.
    static func suits(_ value: Any) -> Bool {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .dictionary: return !mirror.children.isEmpty
        case .struct: return !(value is CustomStringConvertible) && !mirror.children.isEmpty
        case .collection: return mirror.children.first.map { suitsAsRow($0.value) } ?? false
        default: return false
        }
    }

    private static func suitsAsRow(_ value: Any) -> Bool {
        let style = Mirror(reflecting: value).displayStyle
        return (style == .dictionary || style == .struct) && suits(value)
    }

    /// One row for each value; columns are the union of all values' parts.
    private init(rowsOf values: [(name: String, value: Any)], corner: String) {
        var columns: [String] = []
        var known: [String: Int] = [:]
        var rows: [[String]] = []
        for (name, value) in values {
            var row = [name]
            let parts = Table.parts(of: value)
            for (part, content) in parts.isEmpty ? [(name: "value", value: value)] : parts {
                let column = known[part] ?? columns.count
                if column == columns.count {
                    known[part] = column
                    columns.append(part)
                }
                row += Array(repeating: "", count: max(0, column + 2 - row.count))
                row[column + 1] = Table.text(content)
            }
            rows.append(row)
        }
        self.init(columns: [corner] + columns, rows: rows)
    }

    /// A dictionary's entries by the text of their keys, sorted.
    private static func entries(_ mirror: Mirror) -> [(name: String, value: Any)] {
        mirror.children.map { child in
            let pair = Array(Mirror(reflecting: child.value).children)
            return (name: text(pair[0].value), value: pair[1].value)
        }.sorted { $0.name < $1.name }
    }

    /// The parts of a value that has named or numbered ones.
    private static func parts(of value: Any) -> [(name: String, value: Any)] {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .struct where value is CustomStringConvertible: return []
        case .struct, .class, .tuple:
            return mirror.children.enumerated().map { ($0.element.label ?? String($0.offset), $0.element.value) }
        case .dictionary: return entries(mirror)
        case .collection: return mirror.children.enumerated().map { (String($0.offset), $0.element.value) }
        default: return []
        }
    }

    /// A value in one cell: its text, cut where it is very long.
    private static func text(_ value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional { return mirror.children.first.map { text($0.value) } ?? "nil" }
        let description = ValueText.text(of: value)
        return description.count > 200 ? description.prefix(199) + "…" : description
    }
}

/// Shows a struct, a dictionary or an array of them as a table below the cell.
@discardableResult
public func display(table value: Any, title: String? = nil) -> DisplayHandle {
    display(Table(of: value, title: title))
}
