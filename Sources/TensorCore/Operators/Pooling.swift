/// Pooling: the largest or the mean value of each window.
package enum Pooling {
    /// How many windows lie along each size, those that reach beyond the end included if `ceil`.
    package static func counts(
        _ sizes: [Int], _ kernel: [Int], _ stride: [Int], _ padding: [Int], _ dilation: [Int], ceil: Bool
    ) -> [Int] {
        sizes.indices.map { i in
            let free = sizes[i] + 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1
            var count = (free + (ceil ? stride[i] - 1 : 0)) / stride[i] + 1
            // A window starts inside the input or the padding before it.
            if ceil, (count - 1) * stride[i] >= sizes[i] + padding[i] { count -= 1 }
            return count
        }
    }

    /// The positions that each window along one dimension has.
    package static func regular(
        _ size: Int, count: Int, kernel: Int, stride: Int, padding: Int, dilation: Int
    ) -> [[Int]] {
        (0..<count).map { window in
            (0..<kernel).map { window * stride - padding + $0 * dilation }.filter { 0..<size ~= $0 }
        }
    }

    /// The positions of windows that share out a size among `count` of them.
    package static func adaptive(_ size: Int, count: Int) -> [[Int]] {
        (0..<count).map { Array(($0 * size / count)..<(($0 + 1) * size + count - 1) / count) }
    }

    /// The largest elements and where they are in the flattened last dimensions; `positions` lists
    /// each dimension's windows.
    package static func max(_ x: Tensor, _ positions: [[[Int]]]) -> (values: Tensor, indices: Tensor) {
        let rank = positions.count
        let sizes = Array(x.shape.suffix(rank))
        let lead = Array(x.shape.dropLast(rank))
        let counts = positions.map { $0.count }
        // All windows' flat positions; short windows repeat their first, which changes no maximum.
        var all: [[Int]] = [[0]]
        for (axis, windows) in positions.enumerated() {
            all = all.flatMap { start in
                windows.map { window in start.flatMap { base in window.map { base * sizes[axis] + $0 } } }
            }
        }
        let width = all.map(\.count).max() ?? 0
        let flat = all.flatMap { $0 + [Int](repeating: $0.first ?? 0, count: width - $0.count) }
        let places = Tensor(flat, shape: [flat.count]).to(x.device)
        let indices = GradMode.with(false) {
            let candidates = x.flatten(-rank, -1).indexSelect(-1, places).reshape(lead + [all.count, width])
            let best = candidates.max(dim: -1).indices
            let table = places.reshape([all.count, width]).expand(lead + [all.count, width])
            return table.gather(-1, best.unsqueeze(-1)).squeeze(-1)
        }
        let values = x.flatten(-rank, -1).gather(-1, indices)
        return (values.reshape(lead + counts), indices.reshape(lead + counts))
    }

    /// The means over windows given by their sizes, divided by `divisor` or by the number of
    /// elements (of the padding too, if it counts).
    package static func mean(
        _ x: Tensor, kernel: [Int], stride: [Int], padding: [Int], ceil: Bool, countsPadding: Bool, divisor: Int?
    ) -> Tensor {
        let rank = kernel.count
        let ones = [Int](repeating: 1, count: rank)
        let sizes = Array(x.shape.suffix(rank))
        let counts = counts(sizes, kernel, stride, padding, ones, ceil: ceil)
        let windows = Windows(kernel, stride: stride, dilation: ones)
        let after = (0..<rank).map { (i: Int) -> Int in
            let reach: Int = (counts[i] - 1) * stride[i] + kernel[i]
            return Swift.max(reach - sizes[i] - padding[i], 0)
        }
        func sums(_ x: Tensor) -> Tensor {
            var view = windows.view(x.zeroPadded(before: padding, after: after))
            for i in 0..<rank { view = view.narrow(view.ndim - 2 * rank + i, 0, counts[i]) }
            return view.sum(dim: Array(-rank..<0))
        }
        if let divisor { return sums(x) / divisor }
        let isWhole = padding.allSatisfy { $0 == 0 } && !ceil
        if isWhole { return sums(x) / kernel.reduce(1, *) }
        // How many elements count along each dimension; a window's number is their product.
        var weight = torch.ones([Int](repeating: 1, count: rank), dtype: x.dtype, device: x.device)
        for i in 0..<rank {
            let lengths = (0..<counts[i]).map { window -> Double in
                let start = window * stride[i] - padding[i]
                let end = Swift.min(start + kernel[i], sizes[i] + padding[i])
                return Double(countsPadding ? end - start : Swift.min(end, sizes[i]) - Swift.max(start, 0))
            }
            var shape = [Int](repeating: 1, count: rank)
            shape[i] = counts[i]
            weight = weight * Tensor(lengths, shape: shape).to(x.dtype).to(x.device)
        }
        return sums(x) / weight
    }

    /// The means over windows that share out each dimension: one product with a matrix for each.
    package static func adaptiveMean(_ x: Tensor, _ counts: [Int]) -> Tensor {
        let rank = counts.count
        var result = x
        for (i, count) in counts.enumerated() {
            let axis = x.ndim - rank + i
            let size = x.size(axis)
            if size == count { continue }
            var weights = [Double](repeating: 0, count: count * size)
            for (window, positions) in adaptive(size, count: count).enumerated() {
                for position in positions { weights[position * count + window] = 1 / Double(positions.count) }
            }
            let matrix = Tensor(weights, shape: [size, count]).to(x.dtype).to(x.device)
            result = result.transpose(axis, -1).matmul(matrix).transpose(axis, -1)
        }
        return result.contiguous()
    }
}
