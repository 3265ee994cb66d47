import Charts

/// Rows and columns of text.
///
/// ```swift
/// Table(columns: ["layer", "parameters"], rows: [["conv1", "320"], ["fc", "5,130"]])
/// ```
///
/// `Table(of:)` makes one of structs, dictionaries and arrays of them.
public struct Table: Sendable, Equatable {
    public var title: String?
    public var columns: [String]
    /// One text for each column; missing ones are empty.
    public var rows: [[String]]
    /// Shown last, set off: sums and the like.
    public var footer: [[String]]
    /// Beyond these many only the first and the last rows are shown.
    public static let mostShownRows = 200
    public static let mostShownColumns = 50

    public init(title: String? = nil, columns: [String], rows: [[String]], footer: [[String]] = []) {
        self.title = title
        self.columns = columns
        self.rows = rows
        self.footer = footer
    }

    /// The rows that are shown; nil stands for those left out.
    private var shownRows: [[String]?] {
        guard rows.count > Table.mostShownRows else { return rows }
        let half = Table.mostShownRows / 2
        return rows.prefix(half).map { $0 } + [nil] + rows.suffix(half).map { $0 }
    }

    /// Whether a text is a number, with a unit or without.
    private static func isNumeric(_ text: String) -> Bool {
        let number = text.prefix { $0 != " " && $0 != "%" }.filter { $0 != "," }
        return text.isEmpty || text == "-" || Double(number) != nil
    }

    /// Columns of numbers stand to the right.
    private var alignments: [Bool] {
        columns.indices.map { column in
            rows.prefix(50).allSatisfy { column >= $0.count || Table.isNumeric($0[column]) }
        }
    }

    /// The table in HTML, in a box that scrolls.
    public var html: String {
        let alignments = alignments, shownColumns = Array(columns.indices.prefix(Table.mostShownColumns))
        func cells(_ row: [String], _ tag: String) -> String {
            shownColumns.map { column in
                let style = alignments[column] ? "right" : "left"
                let text = column < row.count ? escapedMarkup(row[column]) : ""
                return "<\(tag) style=\"text-align:\(style);white-space:pre\">\(text)</\(tag)>"
            }.joined() + (columns.count > shownColumns.count ? "<\(tag)>…</\(tag)>" : "")
        }
        var html = "<div style=\"max-height:26em;max-width:100%;overflow:auto;scrollbar-color:#8888 transparent\"><table>"
        if let title { html += "<caption style=\"text-align:left;font-weight:600\">\(escapedMarkup(title))</caption>" }
        html += "<thead><tr>\(cells(columns, "th"))</tr></thead><tbody>"
        for row in shownRows {
            html += "<tr>" + (row.map { cells($0, "td") } ?? "<td colspan=\"\(shownColumns.count)\">⋮ \(rows.count - Table.mostShownRows) more</td>") + "</tr>"
        }
        html += "</tbody>"
        if !footer.isEmpty {
            html += "<tfoot>" + footer.map { "<tr>\(cells($0, "th"))</tr>" }.joined() + "</tfoot>"
        }
        return html + "</table></div>"
    }
}

extension Table: CustomStringConvertible {
    /// The table in columns of a fixed width.
    public var description: String {
        let alignments = alignments
        let widths = columns.indices.map { column in
            ([columns] + rows.prefix(1000) + footer).map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        func line(_ row: [String]) -> String {
            var text = columns.indices.map { column in
                let cell = column < row.count ? row[column] : ""
                let space = String(repeating: " ", count: max(0, widths[column] - cell.count))
                return alignments[column] ? space + cell : cell + space
            }.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return text
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        var lines = title.map { [$0] } ?? []
        lines += [line(columns), rule]
        lines += shownRows.map { $0.map(line) ?? "⋮ \(rows.count - Table.mostShownRows) more" }
        if !footer.isEmpty { lines += [rule] + footer.map(line) }
        return lines.joined(separator: "\n")
    }
}

extension Table: Displayable {
    public var mimeBundle: MIMEBundle { MIMEBundle(["text/html": html, "text/plain": description]) }
}
