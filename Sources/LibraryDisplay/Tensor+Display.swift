import Charts
import NotebookDisplay
import TensorCore

/// A tensor as the value of a cell: the text that `print` gives, and a page with its kind, its
/// statistics, a picture and its values.
extension Tensor: Displayable {
    public var mimeBundle: MIMEBundle {
        MIMEBundle(["text/plain": description, "text/html": TensorPage(self).html])
    }
}

/// What is shown of a tensor.
struct TensorPage {
    private let tensor: Tensor
    /// The values that are looked at: the stored ones of a sparse tensor; nil where there are none.
    private let sample: TensorSample?

    init(_ tensor: Tensor) {
        self.tensor = tensor.detach()
        gradient = tensor.gradFn.map { "grad_fn &lt;\(escapedMarkup($0.name))&gt;" }
            ?? (tensor.requiresGrad ? "requires_grad" : nil)
        isParameter = tensor.isParameter
        if tensor.device.type == .meta || tensor.numel == 0 {
            sample = nil
        } else {
            let values = tensor.layout == .strided ? self.tensor : self.tensor._values()
            sample = values.numel == 0 ? nil : TensorSample(values)
        }
    }
    private let gradient: String?
    private let isParameter: Bool

    var html: String {
        let style = "font-family:var(--jp-code-font-family,monospace);font-size:12px;margin-bottom:4px"
        var html = "<div><div style=\"\(style)\">\(kind)</div>"
        if let sample { html += "<div style=\"\(style);opacity:0.8\">\(statistics(sample))</div>" }
        html += "<div style=\"display:flex;flex-wrap:wrap;align-items:flex-start;gap:16px\">"
        if let picture { html += "<div>\(picture)</div>" }
        if let table = TensorTable(tensor)?.html { html += table }
        return html + "</div></div>"
    }

    /// Shape, type, device and the like.
    private var kind: String {
        let shape = "(" + tensor.shape.map { NumberText.grouped($0) }.joined(separator: ", ") + (tensor.ndim == 1 ? ",)" : ")")
        var parts = ["<b>\(isParameter ? "Parameter" : "Tensor")</b> \(shape)", tensor.dtype.name, tensor.device.description]
        if let gradient { parts.append(gradient) }
        if tensor.layout != .strided {
            let stored = tensor._nnz()
            let share = tensor.numel == 0 ? 0 : Double(tensor._values().numel) / Double(tensor.numel) * 100
            parts.append("\(tensor.isSparseCsr ? "sparse_csr" : "sparse_coo"), nnz \(NumberText.grouped(stored))")
            parts.append("\(NumberText.short(share, 3)) % stored")
        } else {
            parts.append(NumberText.counted(tensor.numel, "element"))
            parts.append(NumberText.bytes(tensor.nbytes))
        }
        if tensor.isQuantized {
            if tensor.qscheme() == .perTensorAffine {
                parts.append("scale \(NumberText.short(tensor.qScale())), zero point \(tensor.qZeroPoint())")
            } else {
                parts.append("scale and zero point per channel of dimension \(tensor.qPerChannelAxis())")
            }
        }
        return parts.joined(separator: " · ")
    }

    private func statistics(_ sample: TensorSample) -> String {
        let statistics = sample.statistics
        var parts: [String] = []
        if statistics.count > 0 {
            let of = tensor.isComplex() ? " abs" : ""
            parts = [
                "min\(of) \(NumberText.short(statistics.minimum, 5))", "max\(of) \(NumberText.short(statistics.maximum, 5))",
                "mean\(of) \(NumberText.short(statistics.mean, 5))",
            ]
        }
        if tensor.isFloatingPoint() || tensor.isComplex() { parts.append("NaN \(NumberText.grouped(statistics.nanCount))") }
        if statistics.infiniteCount > 0 { parts.append("inf \(NumberText.grouped(statistics.infiniteCount))") }
        if !sample.isComplete { parts.append("from a sample of \(NumberText.grouped(sample.values.count)) values") }
        return parts.joined(separator: " · ")
    }

    // MARK: The picture

    private var picture: String? {
        guard let sample else { return nil }
        if tensor.layout != .strided { return tensor.ndim == 2 ? places?.svg : distribution(sample)?.svg }
        if let image = TensorImage(detectedIn: tensor, sample) {
            let raster = image.raster
            return "<img src=\"\(raster.dataURI)\" width=\"\(raster.width)\" height=\"\(raster.height)\" alt=\"image\">"
        }
        if tensor.ndim == 2, tensor.size(0) > 1, tensor.size(1) > 1 { return heatmap(sample)?.svg }
        return distribution(sample)?.svg
    }

    private static let frame = Figure(width: 300, height: 200)

    private func heatmap(_ sample: TensorSample) -> Figure? {
        // More cells than this are not told apart.
        let most = 128
        let rowDistance = (sample.shape[0] + most - 1) / most, columnDistance = (sample.shape[1] + most - 1) / most
        let rows = stride(from: 0, to: sample.shape[0], by: rowDistance).map { $0 }
        let columns = stride(from: 0, to: sample.shape[1], by: columnDistance).map { $0 }
        let values = rows.flatMap { row in columns.map { sample.values[row * sample.shape[1] + $0] } }
        guard values.contains(where: \.isFinite) else { return nil }
        let grid = Grid(rows: rows.count, columns: columns.count, values: values)
        let distances = (sample.distances[0] * rowDistance, sample.distances[1] * columnDistance)
        func label(_ name: String, _ distance: Int) -> String { distance == 1 ? "" : "\(name), 1 of \(distance)" }
        return TensorPage.frame.heatmap(grid).xlabel(label("columns", distances.1)).ylabel(label("rows", distances.0))
    }

    /// How often which values come; few values one by one.
    private func distribution(_ sample: TensorSample) -> Figure? {
        let finite = sample.values.filter(\.isFinite)
        guard finite.count > 1 else { return nil }
        if sample.values.count < 16 {
            let places = 0..<sample.values.count
            return TensorPage.frame.bar(places, sample.values).xlim(-0.7, Double(places.count) - 0.3)
                .xticks(places.map(String.init)).ylabel(tensor.isComplex() ? "abs" : "")
        }
        return TensorPage.frame.hist(finite, bins: finite.count < 1000 ? nil : 40).xlabel(tensor.isComplex() ? "abs" : "")
    }

    /// Where a sparse matrix has elements.
    private var places: Figure? {
        let coordinates = tensor.isSparse ? tensor._indices() : tensor.toSparse()._indices()
        let count = coordinates.size(1)
        guard coordinates.size(0) == 2, count > 0 else { return nil }
        let most = 3000
        let shown = count > most ? coordinates.indexSelect(1, torch.arange(0, count, (count + most - 1) / most)) : coordinates
        let (rows, columns) = (Double(tensor.size(0)), Double(tensor.size(1)))
        // About the size of a cell, as long as that can be seen and a few can be told apart.
        let cell = min(TensorPage.frame.width / columns, TensorPage.frame.height / rows) * 0.7
        let size = min(12, max(cell, count < 100 ? 5 : 3))
        return TensorPage.frame
            .scatter(shown.select(0, 1), shown.select(0, 0), size: size)
            .xlim(-0.5, columns - 0.5).ylim(-0.5, rows - 0.5).invertYAxis().countedAxes()
            .xlabel("column").ylabel("row")
    }
}
