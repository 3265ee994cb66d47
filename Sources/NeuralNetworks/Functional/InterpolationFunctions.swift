import TensorCore

extension nn.functional {
    /// Resizes the spatial dimensions of (N, C, …) to `size` or by `scaleFactor`.
    ///
    /// `mode` is `nearest`, `nearest-exact` (which has the middle of an element in mind, not its
    /// start), `linear` (three dimensions), `bilinear` or `bicubic` (four), `trilinear` (five) or
    /// `area` (the mean).
    /// - Parameters:
    ///   - alignCorners: whether the first and last elements keep their places; linear and cubic modes.
    ///   - recomputeScaleFactor: whether the factor is taken from the sizes, once they are known.
    ///   - antialias: whether making smaller takes all elements into account; bilinear and bicubic.
    public static func interpolate(
        _ input: Tensor, _ size: (any SpatialSizes)? = nil, scaleFactor: (any ScaleFactors)? = nil,
        mode: String = "nearest", alignCorners: Bool? = nil, recomputeScaleFactor: Bool? = nil, antialias: Bool = false
    ) -> Tensor {
        let isNearest = ["nearest", "area", "nearest-exact"].contains(mode)
        if isNearest, alignCorners != nil {
            fail(
                "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | "
                    + "trilinear", .valueError)
        }
        if input.ndim < 2 { failMode(input, mode) }
        let rank = input.ndim - 2
        let sizes = Array(input.shape.dropFirst(2))
        let (wanted, factors) = target(input, rank, size, scaleFactor)
        let recompute = recomputeScaleFactor ?? false
        if recompute, size != nil {
            fail("recompute_scale_factor is not meaningful with an explicit size.", .valueError)
        }
        if antialias, !(["bilinear", "bicubic"].contains(mode) && input.ndim == 4) {
            fail("Anti-alias option is restricted to bilinear, bicubic, and lanczos modes and requires a 4-D tensor as input", .valueError)
        }
        let results = wanted ?? zip(sizes, factors!).map { size, factor in
            guard let count = Int(exactly: (Double(size) * factor).rounded(.down)) else {
                fail("value cannot be converted to type int64_t without overflow")
            }
            return count
        }
        // With sizes alone the factor follows from them.
        let scales = recompute ? nil : factors
        if mode == "area" {
            switch input.ndim {
            case 3: return adaptiveAvgPool1d(input, results)
            case 4: return adaptiveAvgPool2d(input, results)
            case 5: return adaptiveAvgPool3d(input, results)
            default: failMode(input, mode)
            }
        }
        let expected = ["linear": 3, "bilinear": 4, "bicubic": 4, "trilinear": 5][mode]
        if expected == nil && !isNearest || !(3...5).contains(input.ndim) { failMode(input, mode) }
        if let expected, expected != input.ndim { failMismatch(input, mode) }
        checkInterpolation(input, mode, sizes, results, antialias)
        let maps = (0..<rank).map { i in
            Interpolation(
                size: sizes[i], count: results[i], scale: scales?[i], alignCorners: alignCorners ?? false,
                antialias: antialias
            ).taps(mode)
        }
        return input.resampled(nodeName(mode, rank, antialias), maps)
    }

    private static func target(
        _ input: Tensor, _ rank: Int, _ size: (any SpatialSizes)?, _ scaleFactor: (any ScaleFactors)?
    ) -> (sizes: [Int]?, factors: [Double]?) {
        if size != nil && scaleFactor != nil { fail("only one of size or scale_factor should be defined", .valueError) }
        if let size {
            if let given = size.givenCount, given != rank {
                fail(
                    "Input and output must have the same number of spatial dimensions, but got input with spatial "
                        + "dimensions of \(Array(input.shape.dropFirst(2))) and output size of \(size.sizes(given)). Please "
                        + "provide input tensor in (N, C, d1, d2, ...,dK) format and output size in (o1, o2, ...,oK) format.",
                    .valueError)
            }
            return (size.sizes(rank), nil)
        }
        guard let scaleFactor else { fail("either size or scale_factor should be defined", .valueError) }
        let factors = scaleFactor.factors(rank)
        if factors.count != rank {
            fail(
                "Input and scale_factor must have the same number of spatial dimensions, but got input with spatial "
                    + "dimensions of \(Array(input.shape.dropFirst(2))) and scale_factor of shape \(factors). Please provide "
                    + "input tensor in (N, C, d1, d2, ...,dK) format and scale_factor in (s1, s2, ...,sK) format.", .valueError)
        }
        return (nil, factors)
    }

    private static func failMode(_ input: Tensor, _ mode: String) -> Never {
        fail(
            "Input Error: Only 3D, 4D and 5D input Tensors supported (got \(input.ndim)D) for the modes: nearest | linear | "
                + "bilinear | bicubic | trilinear | lanczos | area | nearest-exact (got \(mode))", .notImplemented)
    }

    private static func failMismatch(_ input: Tensor, _ mode: String) -> Never {
        let needed = ["linear": "3D", "bilinear": "4D", "trilinear": "5D"]
        guard let form = needed[mode] else { failMode(input, mode) }
        fail("Got \(input.ndim)D input, but \(mode) mode needs \(form) input", .notImplemented)
    }

    private static func checkInterpolation(
        _ input: Tensor, _ mode: String, _ sizes: [Int], _ results: [Int], _ antialias: Bool
    ) {
        let rank = sizes.count
        if (sizes + results).contains(where: { $0 <= 0 }) {
            func listed(_ values: [Int]) -> String {
                if rank == 1 { return "W: \(values[0])" }
                return zip(["D", "H", "W"].suffix(rank), values).map { "\($0): \($1)" }.joined(separator: ", ")
            }
            fail(
                "Input and output sizes should be greater than 0, but got input (\(listed(sizes))) \(rank == 1 ? "and " : "")output "
                    + "(\(listed(results)))")
        }
        if input.shape.dropFirst().contains(0) {
            fail("Non-empty \(input.ndim)D data tensor expected but got a tensor with sizes \(input.shape)")
        }
        let isByte = input.dtype == .uint8 && !["linear", "trilinear"].contains(mode)
        let isHalf = input.dtype.isHalf
        if input.dtype.isFloatingPoint && !(isHalf && antialias) || isByte { return }
        let kernel =
            if antialias {
                "compute_index_ranges_weights"
            } else if mode.hasPrefix("nearest") {
                rank == 2 ? "upsample_nearest2d_channels_last" : "compute_indices_weights_nearest"
            } else if mode == "bilinear" {
                "upsample_bilinear2d_channels_last"
            } else {
                mode == "bicubic" ? "compute_indices_weights_cubic" : "compute_indices_weights_linear"
            }
        fail("\"\(kernel)\" not implemented for '\(input.dtype.scalarName)'", .notImplemented)
    }

    private static func nodeName(_ mode: String, _ rank: Int, _ antialias: Bool) -> String {
        switch mode {
        case "nearest": "UpsampleNearest\(rank)DBackward0"
        case "nearest-exact": "UpsampleNearestExact\(rank)DBackward0"
        case "linear": "UpsampleLinear1DBackward0"
        case "trilinear": "UpsampleTrilinear3DBackward0"
        default: "Upsample\(mode == "bilinear" ? "Bilinear" : "Bicubic")2D\(antialias ? "Aa" : "")Backward0"
        }
    }

    /// `interpolate`, by its old name.
    public static func upsample(
        _ input: Tensor, _ size: (any SpatialSizes)? = nil, scaleFactor: (any ScaleFactors)? = nil,
        mode: String = "nearest", alignCorners: Bool? = nil
    ) -> Tensor { interpolate(input, size, scaleFactor: scaleFactor, mode: mode, alignCorners: alignCorners) }
    /// `interpolate` with `nearest`.
    public static func upsampleNearest(
        _ input: Tensor, _ size: (any SpatialSizes)? = nil, scaleFactor: (any ScaleFactors)? = nil
    ) -> Tensor { interpolate(input, size, scaleFactor: scaleFactor, mode: "nearest") }
    /// `interpolate` with `bilinear` and aligned corners.
    public static func upsampleBilinear(
        _ input: Tensor, _ size: (any SpatialSizes)? = nil, scaleFactor: (any ScaleFactors)? = nil
    ) -> Tensor { interpolate(input, size, scaleFactor: scaleFactor, mode: "bilinear", alignCorners: true) }
}

/// How many times larger the spatial dimensions become: one number, or one for each.
public protocol ScaleFactors {
    func factors(_ rank: Int) -> [Double]
}
extension Double: ScaleFactors {
    public func factors(_ rank: Int) -> [Double] { [Double](repeating: self, count: rank) }
}
extension Int: ScaleFactors {
    public func factors(_ rank: Int) -> [Double] { [Double](repeating: Double(self), count: rank) }
}
extension Array: ScaleFactors where Element == Double {
    public func factors(_ rank: Int) -> [Double] { self }
}

/// Interpolation along one dimension.
private struct Interpolation {
    let size: Int, count: Int
    /// The factor that was asked for; without one the sizes tell it.
    let scale: Double?
    let alignCorners: Bool, antialias: Bool

    typealias Entry = (position: Int, weight: Double)

    func taps(_ mode: String) -> Taps {
        let results: [[Entry]]
        switch mode {
        case "nearest": results = nearest(shift: 0)
        case "nearest-exact": results = nearest(shift: 0.5)
        case "bicubic": results = antialias ? smoothed(radius: 2, cubicSmooth) : cubic()
        default: results = antialias ? smoothed(radius: 1) { Swift.max(1 - abs($0), 0) } : linear()
        }
        return Taps(size: size, results)
    }

    /// How many elements of the input one of the result stands for. PyTorch computes in float32.
    private var step: Float {
        if let scale, scale > 0 { return Float(1 / scale) }
        return Float(size) / Float(count)
    }

    private func nearest(shift: Float) -> [[Entry]] {
        (0..<count).map { i in
            let place = Int(((Float(i) + shift) * step).rounded(.down))
            return [(Swift.min(place, size - 1), 1)]
        }
    }

    /// Where an element of the result lies among those of the input.
    private func source(_ i: Int, cubic: Bool) -> Double {
        if alignCorners { return count > 1 ? Double(i) * Double(size - 1) / Double(count - 1) : 0 }
        let step = scale.map { $0 > 0 ? 1 / $0 : Double(size) / Double(count) } ?? Double(size) / Double(count)
        let place = step * (Double(i) + 0.5) - 0.5
        return cubic ? place : Swift.max(place, 0)
    }

    private func linear() -> [[Entry]] {
        (0..<count).map { i in
            if size == count { return [(i, 1)] }
            let place = source(i, cubic: false)
            let first = Swift.min(Int(place), size - 1)
            let part = Swift.min(Swift.max(place - Double(first), 0), 1)
            return [(first, 1 - part), (Swift.min(first + 1, size - 1), part)]
        }
    }

    private func cubic() -> [[Entry]] {
        // Keys' kernel, as in OpenCV.
        let a = -0.75
        func near(_ x: Double) -> Double { ((a + 2) * x - (a + 3)) * x * x + 1 }
        func far(_ x: Double) -> Double { ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
        return (0..<count).map { i in
            let place = source(i, cubic: true)
            let first = Int(place.rounded(.down))
            let t = place - Double(first)
            let weights = [far(t + 1), near(t), near(1 - t), far(2 - t)]
            return weights.enumerated().map { (Swift.min(Swift.max(first - 1 + $0, 0), size - 1), $1) }
        }
    }

    /// Keys' kernel with the parameter of antialiasing filters.
    private func cubicSmooth(_ x: Double) -> Double {
        let (x, a) = (abs(x), -0.5)
        if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
    }

    /// A filter as wide as the elements it makes one of.
    private func smoothed(radius: Double, _ filter: (Double) -> Double) -> [[Entry]] {
        let step =
            alignCorners
            ? (count > 1 ? Double(size - 1) / Double(count - 1) : 0)
            : scale.map { $0 > 0 ? 1 / $0 : Double(size) / Double(count) } ?? Double(size) / Double(count)
        let support = step >= 1 ? radius * step : radius
        let sharpness = step >= 1 ? 1 / step : 1
        return (0..<count).map { i in
            let center = step * (Double(i) + 0.5)
            let first = Swift.max(Int(center - support + 0.5), 0)
            let end = Swift.min(Int(center + support + 0.5), size)
            let weights = (first..<Swift.max(end, first)).map { filter((Double($0) - center + 0.5) * sharpness) }
            let total = weights.reduce(0, +)
            return weights.enumerated().map { (first + $0, total != 0 ? $1 / total : $1) }
        }
    }
}
