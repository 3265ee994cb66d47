import Charts
import DataLoading
import NotebookDisplay
import TensorCore

/// The first samples of a dataset: pictures as pictures, anything else as text.
///
/// ```swift
/// try preview(MNIST("data"))
/// ```
///
/// Throws what reading a sample throws.
public func preview(_ dataset: any Dataset, count: Int = 12) throws -> HTML {
    let samples = try firstSamples(of: dataset, count)
    let cards = samples.map { sample in
        "<div style=\"text-align:center\">" + parts(of: sample).map(card).joined(separator: "<br>") + "</div>"
    }
    let heading = "\(type(of: dataset)): \(NumberText.counted(dataset.count, "sample"))"
    let texts = samples.enumerated().map { i, sample in "[\(i)] " + parts(of: sample).map(text).joined(separator: ", ") }
    return HTML(
        "<div>\(escapedMarkup(heading))</div><div style=\"display:flex;flex-wrap:wrap;gap:12px\">\(cards.joined())</div>",
        text: ([heading] + texts).joined(separator: "\n"))
}

private func firstSamples<D: Dataset>(of dataset: D, _ count: Int) throws -> [Any] {
    try (0..<min(count, dataset.count)).map { try dataset[$0] }
}

/// The parts of a tuple; of anything else the thing itself.
private func parts(of sample: Any) -> [Any] {
    let mirror = Mirror(reflecting: sample)
    return mirror.displayStyle == .tuple ? mirror.children.map(\.value) : [sample]
}

private func text(_ part: Any) -> String {
    guard let tensor = part as? Tensor else { return String(describing: part) }
    return tensor.numel <= 8 ? "\(tensor.tolist())" : "\(tensor.shape) \(tensor.dtype.name)"
}

private func card(_ part: Any) -> String {
    if let tensor = part as? Tensor, (2...3).contains(tensor.ndim), tensor.numel >= 64,
        let picture = TensorImage(tensor)?.raster
    {
        return "<img src=\"\(picture.dataURI)\" style=\"height:96px;image-rendering:pixelated\" alt=\"image\">"
    }
    return escapedMarkup(text(part))
}
