/// Pooling: the largest or the mean value of each window.
package enum Pooling {
    /// How many windows lie along a size, one that reaches beyond the end included if `ceil`.
    package static func count(
        _ size: Int, kernel: Int, stride: Int, padding: Int, dilation: Int, ceil: Bool
    ) -> Int {
        // Sizes near Int.max wrap, as in PyTorch.
        let free = size &+ 2 &* padding &- dilation &* (kernel &- 1) &- 1 &+ (ceil ? stride - 1 : 0)
        let count = (free >= 0 ? free / stride : free / stride - (free % stride == 0 ? 0 : 1)) + 1
        // A window starts inside the input or the padding before it.
        return ceil && (count - 1) &* stride >= size + padding ? count - 1 : count
    }

    /// The largest elements of windows over the last dimensions, and where they are in these
    /// flattened.
    package static func max(_ x: Tensor, _ windows: [WindowSpans], _ name: String) -> (values: Tensor, indices: Tensor) {
        let shape = Dims(x.shape.dropLast(windows.count) + windows.map(\.count))
        let indices = Tensor(empty: shape, .int64, x.backend)
        let rank = windows.count
        let values = FormulaNode.record(name, [x], saving: [indices]) {
            let values = Tensor(empty: shape, x.dtype, x.backend)
            if values.numel > 0 { x.backend.maxPool(x.contiguous(), windows, values, indices) }
            return values
        } gradients: { [sizes = Array(x.shape.suffix(rank))] g, c in
            [scattered(g, c.saved[0], sizes)]
        }
        return (values, indices)
    }

    /// Adds values to zeros of the given spatial sizes, at positions in these flattened: the gradient
    /// of pooling by maximum.
    package static func scattered(_ values: Tensor, _ indices: Tensor, _ sizes: [Int]) -> Tensor {
        let rank = sizes.count
        let lead = Array(values.shape.dropLast(rank))
        return FormulaNode.record("MaxPoolWithIndicesBackwardBackward0", [values], saving: [indices]) {
            let planes = lead.reduce(1, *)
            let out = torch.empty([planes, sizes.reduce(1, *)], dtype: values.dtype, device: values.device)
            if out.numel > 0 {
                let count = values.numel / planes
                let (values, indices) = (values.reshape([planes, count]), indices.reshape([planes, count]))
                values.backend.planeScatter(
                    values.contiguous(), indices.contiguous(),
                    out)
            }
            return out.reshape(lead + sizes)
        } gradients: { g, c in
            [gathered(g, c.saved[0], rank)]
        }
    }

    /// The values at positions in the flattened last `rank` dimensions.
    package static func gathered(_ x: Tensor, _ indices: Tensor, _ rank: Int) -> Tensor {
        x.flatten(-rank, -1).gather(-1, indices.flatten(-rank, -1)).reshape(indices.shape)
    }

    /// The means over windows of a size, divided by `divisor` or by the number of elements (of the
    /// padding too, if it counts).
    package static func mean(
        _ x: Tensor, kernel: [Int], stride: [Int], padding: [Int], counts: [Int], countsPadding: Bool, divisor: Int?,
        _ name: String
    ) -> Tensor {
        let rank = kernel.count
        let sizes = Array(x.shape.suffix(rank))
        let windows = (0..<rank).map {
            WindowSpans(
                regular: sizes[$0], count: counts[$0], kernel: kernel[$0], stride: stride[$0], padding: padding[$0],
                dilation: 1)
        }
        // How many elements count for each window along each dimension.
        let lengths = (0..<rank).map { i in
            (0..<counts[i]).map { window -> Double in
                let start = window * stride[i] - padding[i]
                let end = Swift.min(start + kernel[i], sizes[i] + padding[i])
                return Double(countsPadding ? end - start : Swift.min(end, sizes[i]) - Swift.max(start, 0))
            }
        }
        return mean(x, windows, divisor.map { d in kernel.map { _ in [Double]() } + [[Double(d)]] } ?? lengths, name)
    }

    /// The means over windows that share out each dimension.
    package static func adaptiveMean(_ x: Tensor, _ counts: [Int], _ name: String) -> Tensor {
        let rank = counts.count
        let windows = (0..<rank).map { WindowSpans(adaptive: x.size(x.ndim - rank + $0), count: counts[$0]) }
        return mean(x, windows, windows.map { w in (0..<w.count).map { Double(w.ends[$0] - w.starts[$0]) } }, name)
    }

    /// Sums over windows divided by the product of `lengths`: those of each dimension's windows, or
    /// last one number for all.
    private static func mean(_ x: Tensor, _ windows: [WindowSpans], _ lengths: [[Double]], _ name: String) -> Tensor {
        let rank = windows.count
        let maps = windows.map { Taps(sums: $0) }
        // One divisor for all windows, or one for each.
        let isEven = lengths.allSatisfy { list in list.allSatisfy { $0 == list[0] } }
        let only = lengths.compactMap(\.first).reduce(1, *)
        func divided(_ x: Tensor) -> Tensor {
            let wide = x.dtype.isFloatingPoint ? x : x.to(.float64)
            if isEven { return wide / only }
            return (0..<rank).reduce(wide) { result, i in
                var shape = [Int](repeating: 1, count: rank)
                shape[i] = lengths[i].count
                return result / Tensor(lengths[i], shape: shape).to(x.dtype).to(x.device)
            }
        }
        return FormulaNode.record(name, [x], saving: []) {
            // The half types are rounded once, integers cut off once, at the end.
            let wide: DType = x.dtype.isIntegral ? .float64 : x.dtype == .float64 ? .float64 : .float32
            return divided(x.converted(wide).resampled(name, maps)).converted(x.dtype)
        } gradients: { g, _ in
            [divided(g).resampled(name, maps.map(\.transposed))]
        }
    }
}

extension torch {
    /// The gradient of `F.maxPool2dWithIndices` for an input: `grad` added to zeros where the indices
    /// say. The windows' form is the indices' business.
    public static func maxPool2dWithIndicesBackward(
        _ gradOutput: Tensor, _ input: Tensor, _ kernelSize: [Int], stride: [Int]? = nil, padding: [Int] = [0],
        dilation: [Int] = [1], ceilMode: Bool = false, _ indices: Tensor
    ) -> Tensor {
        // The input has no part in the values, but it decides whether a gradient is asked for.
        FormulaNode.record("MaxPool2DWithIndicesBackwardBackward0", [gradOutput, input], saving: [indices]) {
            Pooling.scattered(gradOutput, indices, Array(input.shape.suffix(2)))
        } gradients: { g, c in
            [Pooling.gathered(g, c.saved[0], 2), nil]
        }
    }
}
