import Charts

/// HTML as a value: the last expression of a cell, or for `display(_:)`.
public struct HTML: Displayable, Sendable {
    public let source: String
    /// What is shown where there is no HTML.
    public let text: String

    public init(_ source: String, text: String? = nil) {
        self.source = source
        self.text = text ?? source
    }
    public var mimeBundle: MIMEBundle { MIMEBundle(["text/html": source, "text/plain": text]) }
}

/// Markdown as a value.
public struct Markdown: Displayable, Sendable {
    public let source: String

    public init(_ source: String) { self.source = source }
    public var mimeBundle: MIMEBundle { MIMEBundle(["text/markdown": source, "text/plain": source]) }
}

/// A formula in LaTeX as a value: `LaTeX(#"\nabla_\theta L"#)`.
public struct LaTeX: Displayable, Sendable {
    public let source: String

    /// - Parameter source: mathematics; dollar signs around it are added where they are missing.
    public init(_ source: String) { self.source = source }
    public var mimeBundle: MIMEBundle {
        let isComplete = source.hasPrefix("$") || source.hasPrefix(#"\["#) || source.hasPrefix(#"\begin"#)
        return MIMEBundle(["text/latex": isComplete ? source : "$\\displaystyle \(source)$", "text/plain": source])
    }
}

/// An SVG drawing as a value.
public struct SVG: Displayable, Sendable {
    public let source: String
    public let text: String

    public init(_ source: String, text: String = "<SVG image>") {
        self.source = source
        self.text = text
    }
    public var mimeBundle: MIMEBundle { MIMEBundle(["image/svg+xml": source, "text/plain": text]) }
}

/// JSON as a value; front ends show it as a tree that opens and closes.
public struct JSON: Displayable, Sendable {
    public let source: String

    /// - Parameter source: a JSON text. Front ends show objects; others are shown as text.
    public init(_ source: String) { self.source = source }
    public var mimeBundle: MIMEBundle {
        let isObject = source.utf8.first { !" \n\t\r".utf8.contains($0) } == UInt8(ascii: "{")
        return MIMEBundle(
            (isObject ? ["application/json": source] : [:]).merging(["text/plain": source]) { $1 })
    }
}

/// A Vega-Lite specification, which JupyterLab draws itself; elsewhere a figure is shown.
///
/// ```swift
/// VegaLite(specification, fallback: Figure().bar(names, counts))
/// ```
public struct VegaLite: Displayable, Sendable {
    public let specification: String
    public let fallback: Figure?

    /// - Parameters:
    ///   - specification: JSON by the schema of Vega-Lite 5.
    ///   - fallback: for front ends without Vega, and for exported pages.
    public init(_ specification: String, fallback: Figure? = nil) {
        self.specification = specification
        self.fallback = fallback
    }

    public var mimeBundle: MIMEBundle {
        var data = ["application/vnd.vegalite.v5+json": specification, "text/plain": "<Vega-Lite chart>"]
        if let fallback {
            data["image/svg+xml"] = fallback.svg
            data["text/plain"] = fallback.description
        }
        return MIMEBundle(data)
    }
}
