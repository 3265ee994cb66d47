/// A value that knows how to show itself in a notebook.
///
/// The last expression of a cell and `display(_:)` use it; other values show their description.
///
/// ```swift
/// struct Swatch: Displayable {
///     let color: String
///     var mimeBundle: MIMEBundle {
///         MIMEBundle(["text/plain": color, "text/html": "<b style='color:\(color)'>■</b>"])
///     }
/// }
/// ```
public protocol Displayable {
    /// The value in every form it offers; `text/plain` should be among them.
    var mimeBundle: MIMEBundle { get }
}

extension MIMEBundle: Displayable {
    public var mimeBundle: MIMEBundle { self }
}

extension MIMEBundle {
    /// What any value looks like: its own bundle where it is `Displayable`, otherwise its text,
    /// with quotes around strings; structs, dictionaries and arrays of them as a table too.
    public init(showing value: Any) {
        switch value {
        case let value as any Displayable: self = value.mimeBundle
        case let value as String: self.init(["text/plain": value.debugDescription])
        case let value as Substring: self.init(["text/plain": value.debugDescription])
        case let value as Character: self.init(["text/plain": value.debugDescription])
        default:
            self.init(["text/plain": ValueText.text(of: value)])
            if Table.suits(value) { data["text/html"] = Table(of: value).html }
        }
    }
}

/// Where displays go. A notebook's host installs one; without it displays are printed as text.
public struct DisplaySink: Sendable {
    /// Shows a bundle; with `update`, in place of the one that has the same identifier.
    public var display: @Sendable (_ bundle: MIMEBundle, _ displayID: String?, _ update: Bool) -> Void
    /// Shows the value of a cell's last expression.
    public var result: @Sendable (MIMEBundle) -> Void
    /// Shows a page in the front end's pager.
    public var page: @Sendable (MIMEBundle) -> Void
    /// Removes the cell's output, with `wait` only when new output comes.
    public var clearOutput: @Sendable (_ wait: Bool) -> Void
    /// Whether something shown can be replaced by an update, as in a notebook; otherwise what
    /// changes often is shown seldom, as text.
    public var isLive: Bool

    public init(
        display: @escaping @Sendable (MIMEBundle, String?, Bool) -> Void,
        result: @escaping @Sendable (MIMEBundle) -> Void,
        page: @escaping @Sendable (MIMEBundle) -> Void,
        clearOutput: @escaping @Sendable (Bool) -> Void,
        isLive: Bool = true
    ) {
        self.display = display
        self.result = result
        self.page = page
        self.clearOutput = clearOutput
        self.isLive = isLive
    }

    /// The sink of this process; set once, before any cell runs.
    public nonisolated(unsafe) static var current = DisplaySink(
        display: { bundle, _, _ in printText(of: bundle) },
        result: { printText(of: $0) },
        page: { printText(of: $0) },
        clearOutput: { _ in },
        isLive: false)

    private static func printText(of bundle: MIMEBundle) {
        if let text = bundle.data["text/plain"] { print(text) }
    }
}

/// Something shown that can be shown anew in the same place.
public struct DisplayHandle: Sendable {
    /// The front end's name for the place.
    public let id: String

    /// Replaces what is shown.
    public func update(_ value: Any) {
        DisplaySink.current.display(MIMEBundle(showing: value), id, true)
    }
}

/// Shows a value below the cell, richly where it is `Displayable`.
///
/// - Parameter id: a name of your own for the place; by default a new one.
/// - Returns: a handle that can replace what is shown.
@discardableResult
public func display(_ value: Any, id: String? = nil) -> DisplayHandle {
    let handle = DisplayHandle(id: id ?? newDisplayID())
    DisplaySink.current.display(MIMEBundle(showing: value), handle.id, false)
    return handle
}

/// Shows HTML below the cell.
@discardableResult
public func display(html: String, text: String? = nil) -> DisplayHandle {
    display(MIMEBundle(["text/html": html, "text/plain": text ?? html]))
}

/// Shows Markdown below the cell.
@discardableResult
public func display(markdown: String) -> DisplayHandle {
    display(MIMEBundle(["text/markdown": markdown, "text/plain": markdown]))
}

/// Shows a formula in LaTeX below the cell.
@discardableResult
public func display(latex: String) -> DisplayHandle { display(LaTeX(latex)) }

/// Shows JSON below the cell: an object as a tree that opens and closes.
@discardableResult
public func display(json: String) -> DisplayHandle { display(JSON(json)) }

/// Shows an SVG drawing below the cell.
@discardableResult
public func display(svg: String, text: String = "<SVG image>") -> DisplayHandle {
    display(MIMEBundle(["image/svg+xml": svg, "text/plain": text]))
}

/// Removes the cell's output so far.
///
/// - Parameter wait: keep it until new output comes, so that a redraw does not flicker.
public func clearOutput(wait: Bool = false) {
    DisplaySink.current.clearOutput(wait)
}

private func newDisplayID() -> String {
    var generator = SystemRandomNumberGenerator()
    let bits = (generator.next(), generator.next())
    return String(bits.0, radix: 16) + String(bits.1, radix: 16)
}
