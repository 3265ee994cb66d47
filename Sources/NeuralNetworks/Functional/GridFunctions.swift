import TensorCore

extension nn.functional {
    /// Values of `input` (N, C, H, W) or (N, C, D, H, W) at the points of `grid` (N, …, 2 or 3), whose
    /// coordinates, x first, run from -1 to 1.
    /// - Parameters:
    ///   - mode: `bilinear` (which in five dimensions is trilinear), `nearest` or `bicubic`.
    ///   - paddingMode: what lies outside: `zeros`, `border` (the edge) or `reflection`.
    ///   - alignCorners: whether -1 and 1 mean the middle of the outermost elements, not their edges.
    public static func gridSample(
        _ input: Tensor, _ grid: Tensor, mode: String = "bilinear", paddingMode: String = "zeros",
        alignCorners: Bool? = nil
    ) -> Tensor {
        guard let interpolation = ["bilinear", "nearest", "bicubic"].firstIndex(of: mode) else {
            fail(
                "nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '\(mode)'",
                .valueError)
        }
        guard let padding = ["zeros", "border", "reflection"].firstIndex(of: paddingMode) else {
            fail(
                "nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', but got: "
                    + "'\(paddingMode)'", .valueError)
        }
        return torch.gridSampler(input, grid, interpolation, padding, alignCorners ?? false)
    }

    /// The points that `theta` (N, 2, 3) or (N, 3, 4) maps those of a result of `size` (N, C, H, W) or
    /// (N, C, D, H, W) to: a grid for `gridSample`.
    public static func affineGrid(_ theta: Tensor, _ size: [Int], alignCorners: Bool? = nil) -> Tensor {
        if !theta.isFloatingPoint() {
            fail(
                "Expected theta to have floating point type, but got \(theta.dtype)", .valueError)
        }
        let rank = size.count - 2
        let text = "(\(size.map(String.init).joined(separator: ", ")))"
        if rank != 2 && rank != 3 {
            fail(
                "affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. Got size "
                    + "\(text).", .notImplemented)
        }
        if theta.ndim != 3 || theta.size(1) != rank || theta.size(2) != rank + 1 {
            let form = rank == 2 ? "Nx2x3" : "Nx3x4"
            fail(
                "Expected a batch of \(rank)D affine matrices of shape \(form) for size \(text). Got torch.Size(\(theta.shape)).",
                .valueError)
        }
        if size.contains(where: { $0 <= 0 }) {
            fail("Expected non-zero, positive output size. Got \(text)", .valueError)
        }
        if size[0] != theta.size(0) {
            fail(
                "Expected size for first two dimensions of batch2 tensor to be: [\(size[0]), \(rank + 1)] but got: "
                    + "[\(theta.size(0)), \(rank + 1)].")
        }
        let sizes = Array(size.dropFirst(2))
        let align = alignCorners ?? false
        // x runs along the last dimension, and a 1 takes the translation.
        var parts = (0..<rank).map { k -> Tensor in
            let axis = rank - 1 - k
            let count = sizes[axis]
            let places = (0..<count).map { (i: Int) -> Double in
                if count == 1 { return 0 }
                let even = -1 + 2 * Double(i) / Double(count - 1)
                return align ? even : even * Double(count - 1) / Double(count)
            }
            var shape = [Int](repeating: 1, count: rank)
            shape[axis] = count
            return Tensor(places, shape: shape).to(theta.dtype).to(theta.device).expand(sizes)
        }
        parts.append(torch.ones(sizes, dtype: theta.dtype, device: theta.device))
        let base = torch.stack(parts, dim: -1).reshape([1, -1, rank + 1]).expand([size[0], -1, rank + 1])
        return base.bmm(theta.transpose(1, 2)).reshape([size[0]] + sizes + [rank])
    }
}

extension torch {
    /// `F.gridSample` for (N, C, H, W) with modes as numbers: 0 bilinear, 1 nearest, 2 bicubic; padding
    /// 0 zeros, 1 border, 2 reflection.
    public static func gridSampler2d(
        _ input: Tensor, _ grid: Tensor, _ interpolationMode: Int, _ paddingMode: Int, _ alignCorners: Bool
    ) -> Tensor { GridSampler(input, grid, interpolationMode, paddingMode, alignCorners).sampled() }

    /// The same for (N, C, D, H, W).
    public static func gridSampler3d(
        _ input: Tensor, _ grid: Tensor, _ interpolationMode: Int, _ paddingMode: Int, _ alignCorners: Bool
    ) -> Tensor { GridSampler(input, grid, interpolationMode, paddingMode, alignCorners).sampled() }

    /// The same for either.
    public static func gridSampler(
        _ input: Tensor, _ grid: Tensor, _ interpolationMode: Int, _ paddingMode: Int, _ alignCorners: Bool
    ) -> Tensor { GridSampler(input, grid, interpolationMode, paddingMode, alignCorners).sampled() }
}

/// Takes values at points between elements. Made of differentiable operators: indices are numbers
/// that no gradient flows through, weights are functions of the points.
private struct GridSampler {
    let input: Tensor
    /// The coordinates of all points, (N, P) for each spatial dimension, the last (x) first.
    let coordinates: [Tensor]
    let points: [Int]
    let mode: Int, padding: Int
    let align: Bool

    init(_ input: Tensor, _ grid: Tensor, _ mode: Int, _ padding: Int, _ align: Bool) {
        if input.device != grid.device {
            fail(
                "grid_sampler(): expected input and grid to be on same device, but input is on \(input.device) and grid is "
                    + "on \(grid.device)")
        }
        if input.ndim < 4 || input.ndim > 5 || input.ndim != grid.ndim {
            if input.size(0) == grid.size(0), grid.size(-1) == input.ndim - 2 {
                fail(
                    "grid_sampler(): expected 4D or 5D input and grid with same number of dimensions, but got input with "
                        + "sizes \(input.shape) and grid with sizes \(grid.shape)")
            }
        }
        if input.size(0) != grid.size(0) {
            fail(
                "grid_sampler(): expected grid and input to have same batch size, but got input with sizes \(input.shape) "
                    + "and grid with sizes \(grid.shape)")
        }
        let rank = input.ndim - 2
        if grid.size(-1) != rank {
            fail("grid_sampler(): expected grid to have size \(rank) in last dimension, but got grid with sizes \(grid.shape)")
        }
        if let empty = (2..<input.ndim).first(where: { input.size($0) == 0 }) {
            fail(
                "grid_sampler(): expected input to have non-empty spatial dimensions, but input has sizes \(input.shape) "
                    + "with dimension \(empty) being empty")
        }
        nn.functional.checkType(input, integers: false, "grid_sampler_\(rank)d_cpu\(rank == 2 ? "_kernel_impl" : "")")
        if grid.dtype != input.dtype {
            fail("expected scalar type \(input.dtype.scalarName) but found \(grid.dtype.scalarName)")
        }
        (self.input, self.mode, self.padding, self.align) = (input, mode, padding, align)
        points = Array(grid.shape.dropFirst().dropLast())
        let flat = grid.reshape([grid.size(0), grid.shape.dropFirst().dropLast().reduce(1, *), rank])
        coordinates = (0..<rank).map { flat.select(-1, $0) }
    }

    private var rank: Int { input.ndim - 2 }
    /// The size along a coordinate's dimension.
    private func size(_ k: Int) -> Int { input.size(input.ndim - 1 - k) }

    func sampled() -> Tensor {
        let places = coordinates.indices.map { unnormalized(coordinates[$0], size($0)) }
        let shape = [input.size(0), input.size(1)] + points
        if mode == 2 { return cubic(places).reshape(shape) }
        let inside = places.indices.map { bounded(places[$0], size($0)) }
        return (mode == 1 ? value(inside.map { $0.detach().round() }) : linear(inside)).reshape(shape)
    }

    /// From -1 … 1 to elements.
    private func unnormalized(_ x: Tensor, _ size: Int) -> Tensor {
        align ? (x + 1) * (Double(size - 1) / 2) : ((x + 1) * Double(size) - 1) / 2
    }

    /// The place that padding takes a value from.
    private func bounded(_ x: Tensor, _ size: Int) -> Tensor {
        switch padding {
        case 1: return clipped(x, size)
        case 2: return clipped(reflected(x, size), size)
        default: return x
        }
    }

    /// At the edge itself there is no gradient.
    private func clipped(_ x: Tensor, _ size: Int) -> Tensor {
        let outside = (x <= 0).logicalOr(x >= Double(size - 1)).logicalOr(x.isnan())
        let bound = x.detach().nanToNum(nan: 0).clamp(min: .float(0), max: .float(Double(size - 1)))
        return torch.where(outside, bound, x)
    }

    private func reflected(_ x: Tensor, _ size: Int) -> Tensor {
        let (low, high) = align ? (0, Double(size - 1)) : (-0.5, Double(size) - 0.5)
        let span = high - low
        if span == 0 { return x * 0 }
        let distance = torch.where(x < low, low - x, x - low)
        let flips = (distance.detach() / span).floor()
        let rest = distance - flips * span
        return torch.where((flips / 2).frac() == 0, rest + low, high - rest)
    }

    private func linear(_ places: [Tensor]) -> Tensor {
        let first = places.map { $0.detach().floor() }
        let parts = zip(places, first).map { $0 - $1 }
        return total((0..<(1 << rank)).map { corner -> Tensor in
            var weight: Tensor?
            for k in 0..<rank {
                let own = corner >> k & 1 == 1 ? parts[k] : 1 - parts[k]
                weight = weight.map { $0 * own } ?? own
            }
            return value((0..<rank).map { first[$0] + Double(corner >> $0 & 1) }) * weight!.unsqueeze(1)
        })
    }

    private func cubic(_ places: [Tensor]) -> Tensor {
        let first = places.map { $0.detach().floor() }
        let weights = zip(places, first).map { cubicWeights($0 - $1) }
        // From the outermost dimension inwards: the sum over x is innermost.
        func sum(_ k: Int, _ inner: [Tensor]) -> Tensor {
            total((0..<4).map { i -> Tensor in
                let place = [bounded(first[k] + Double(i - 1), size(k))] + inner
                return (k == 0 ? value(place) : sum(k - 1, place)) * weights[k][i].unsqueeze(1)
            })
        }
        return sum(rank - 1, [])
    }

    private func cubicWeights(_ t: Tensor) -> [Tensor] {
        let a = -0.75
        func near(_ x: Tensor) -> Tensor { ((x * (a + 2)) - (a + 3)) * x * x + 1 }
        func far(_ x: Tensor) -> Tensor { ((x * a - 5 * a) * x + 8 * a) * x - 4 * a }
        return [far(t + 1), near(t), near(1 - t), far(2 - t)]
    }

    /// The values at whole places, (N, C, P); zero outside.
    private func value(_ places: [Tensor]) -> Tensor {
        var flat: Tensor?
        var inside: Tensor?
        for k in (0..<rank).reversed() {
            let limit = Double(size(k) - 1)
            let valid = (places[k] >= 0).logicalAnd(places[k] <= limit)
            let place = places[k].detach().nanToNum(nan: 0).clamp(min: .float(0), max: .float(limit)).to(.int64)
            flat = flat.map { $0 * size(k) + place } ?? place
            inside = inside.map { $0.logicalAnd(valid) } ?? valid
        }
        let (n, c) = (input.size(0), input.size(1))
        let index = flat!.unsqueeze(1).expand([n, c, -1])
        let values = input.flatten(2, -1).gather(-1, index)
        return torch.where(inside!.unsqueeze(1), values, torch.zerosLike(values))
    }
}

private func total(_ parts: [Tensor]) -> Tensor { parts.dropFirst().reduce(parts[0]) { $0 + $1 } }
