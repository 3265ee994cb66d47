import Charts
import NotebookDisplay
import TensorCore

/// A tensor as a picture, a batch as a grid of pictures.
///
/// ```swift
/// image(batch, columns: 8)
/// ```
///
/// - Parameters:
///   - tensor: `(H, W)`, `(1, H, W)`, `(3, H, W)`, `(4, H, W)`, `(H, W, 3)`, `(H, W, 4)`, or a batch `(N, …)` of
///     those with channels. Bytes from 0 to 255, or numbers from 0 to 1; what goes beyond is fitted
///     to that range by its smallest and largest.
///   - columns: how many pictures of a batch stand in a row.
///   - scale: how many times larger than a pixel each is drawn; by default so that small pictures
///     can be seen.
public func image(_ tensor: Tensor, columns: Int? = nil, scale: Int? = nil) -> Raster {
    guard let image = TensorImage(tensor, columns: columns, scale: scale) else {
        fail("image needs a tensor of shape (H, W), (C, H, W), (H, W, C) or a batch of those, but got \(tensor.shape)", .valueError)
    }
    return image.raster
}

/// How a tensor is laid out as pictures.
struct TensorImage {
    private static let mostPictures = 64
    private static let mostUnaskedPixels = 1 << 17

    /// (N, C, H, W) of 1, 3 or 4 channels.
    private let batch: Tensor
    private let columns: Int?
    private let scale: Int?

    /// Nil if the shape is not that of pictures.
    init?(_ tensor: Tensor, columns: Int? = nil, scale: Int? = nil) {
        guard let batch = TensorImage.batch(tensor.detach()), batch.numel > 0 else { return nil }
        self.batch = batch.size(0) > TensorImage.mostPictures ? batch.narrow(0, 0, TensorImage.mostPictures) : batch
        self.columns = columns
        self.scale = scale
    }

    /// A tensor that nobody called a picture but that looks like one: the shape of one with
    /// channels, and bytes or numbers from 0 to 1.
    init?(detectedIn tensor: Tensor, _ sample: TensorSample) {
        guard tensor.ndim == 3 || tensor.ndim == 4, tensor.dtype == .uint8 || tensor.isFloatingPoint() else { return nil }
        guard let batch = TensorImage.batch(tensor), batch.size(2) >= 8, batch.size(3) >= 8 else { return nil }
        if tensor.isFloatingPoint() {
            let statistics = sample.statistics
            guard statistics.nanCount == 0, statistics.minimum >= 0, statistics.maximum <= 1,
                statistics.maximum > statistics.minimum
            else { return nil }
        }
        // Large ones are shown by every so many pixels: nobody asked for a picture, so it must be quick.
        let pixels = batch.size(2) * batch.size(3)
        let count = min(batch.size(0), max(16, min(TensorImage.mostPictures, TensorImage.mostUnaskedPixels / pixels)))
        let step = Int((Double(count * pixels) / Double(TensorImage.mostUnaskedPixels)).squareRoot().rounded(.up))
        self.init(batch.narrow(0, 0, count)[.all, .all, Slice(step: step), Slice(step: step)])
    }

    private static func batch(_ tensor: Tensor) -> Tensor? {
        let channels = [1, 3, 4]
        switch tensor.ndim {
        case 2: return tensor.unsqueeze(0).unsqueeze(0)
        case 3 where channels.contains(tensor.size(0)): return tensor.unsqueeze(0)
        case 3 where channels.contains(tensor.size(2)): return tensor.permute(2, 0, 1).unsqueeze(0)
        case 4 where channels.contains(tensor.size(1)): return tensor
        case 4 where channels.contains(tensor.size(3)): return tensor.permute(0, 3, 1, 2)
        default: return nil
        }
    }

    /// The pictures side by side, two pixels apart.
    var raster: Raster {
        let (count, channels, height, width) = (batch.size(0), batch.size(1), batch.size(2), batch.size(3))
        let columns = min(count, columns ?? (count <= 4 ? count : Int(Double(count).squareRoot().rounded(.up))))
        let rows = (count + columns - 1) / columns
        let scale = scale ?? max(1, min(8, (count == 1 ? 224 : 480) / max(1, width * columns)))
        let bytes = bytes
        let gap = count > 1 ? 2 : 0
        let outerWidth = columns * (width * scale + gap) - gap, outerHeight = rows * (height * scale + gap) - gap
        var rgba = [UInt8](repeating: 0, count: outerWidth * outerHeight * 4)
        for picture in 0..<count {
            let left = picture % columns * (width * scale + gap), top = picture / columns * (height * scale + gap)
            let start = picture * channels * height * width
            for y in 0..<height * scale {
                let source = start + y / scale * width
                var target = ((top + y) * outerWidth + left) * 4
                for x in 0..<width * scale {
                    let pixel = source + x / scale
                    for channel in 0..<3 {
                        rgba[target + channel] = bytes[pixel + (channels == 1 ? 0 : channel) * height * width]
                    }
                    rgba[target + 3] = channels == 4 ? bytes[pixel + 3 * height * width] : 255
                    target += 4
                }
            }
        }
        return Raster(width: outerWidth, height: outerHeight, rgba: rgba)
    }

    /// Brightnesses from 0 to 255.
    private var bytes: [UInt8] {
        if batch.dtype == .uint8 { return batch.to(Device.cpu).array() }
        let values = batch.displayValues
        var low = 0.0, high = batch.isFloatingPoint() || batch.dtype == .bool ? 1.0 : 255
        let finite = values.filter(\.isFinite)
        if let smallest = finite.min(), let largest = finite.max(), smallest < low || largest > high {
            (low, high) = (smallest, largest)
        }
        let span = high > low ? high - low : 1
        return values.map { $0.isFinite ? UInt8(min(max(($0 - low) / span * 255, 0), 255).rounded()) : 0 }
    }
}
