import Charts

/// Figures show themselves as SVG: once as part of the page, whose colours they take, and once as
/// an image for front ends that show no markup.
extension Figure: Displayable {
    public var mimeBundle: MIMEBundle { MIMEBundle(drawing: svg, text: description) }
}

extension Panels: Displayable {
    public var mimeBundle: MIMEBundle { MIMEBundle(drawing: svg, text: description) }
}

extension MIMEBundle {
    /// A drawing that takes the page's colours.
    package init(drawing svg: String, text: String) {
        self.init(["text/html": svg, "image/svg+xml": svg, "text/plain": text])
    }
}

extension Raster: Displayable {
    public var mimeBundle: MIMEBundle {
        MIMEBundle(["image/png": base64(png), "text/plain": "<image of \(width) × \(height) pixels>"])
    }
}
