/// Convolution as a matrix product with each window's elements.
package struct Convolution: Sendable {
    private let windows: Windows
    private let groups: Int
    private let before: [Int], after: [Int]

    package init(
        kernel: [Int], stride: [Int], padding: (before: [Int], after: [Int]), dilation: [Int], groups: Int
    ) {
        windows = Windows(kernel, stride: stride, dilation: dilation)
        (before, after) = padding
        self.groups = groups
    }

    private var rank: Int { windows.kernel.count }

    /// (N, C, sizes) with a weight (O, C / groups, kernel) to (N, O, counts).
    package func callAsFunction(_ x: Tensor, _ weight: Tensor) -> Tensor {
        FormulaNode.record("ConvolutionBackward0", [x, weight]) {
            let columns = self.columns(x)
            let counts = self.windows.counts(self.paddedSizes(x.shape))
            let shape = [x.size(0)] + counts
            return self.unbatched(self.rows(weight).bmm(columns), shape)
        } gradients: { g, c in
            let (x, weight) = (c.saved[0], c.saved[1])
            return [
                c.needs(0) ? self.transposed(g, weight, sizes: Array(x.shape.suffix(self.rank))) : nil,
                c.needs(1) ? self.batched(g).bmm(self.columns(x).mT).reshape(weight.shape) : nil,
            ]
        }
    }

    /// The transposed map, from (N, O, counts) to (N, C, sizes).
    package func transposed(_ x: Tensor, _ weight: Tensor, sizes: [Int]) -> Tensor {
        let counts = Array(x.shape.suffix(rank))
        let columns = rows(weight).mT.bmm(batched(x))
        // (groups, C / groups · kernel, N · counts) to (N, C, counts, kernel).
        let channels = weight.size(1) * groups
        let spread = columns.reshape([channels] + windows.kernel + [x.size(0)] + counts)
        let order = [rank + 1, 0] + (0..<rank).map { rank + 2 + $0 } + (0..<rank).map { 1 + $0 }
        var result = windows.folded(spread.permute(order), paddedSizes(sizes))
        for i in 0..<rank { result = result.narrow(2 + i, before[i], sizes[i]) }
        return result
    }

    private func paddedSizes(_ shape: [Int]) -> [Int] {
        let sizes = Array(shape.suffix(rank))
        return sizes.indices.map { before[$0] + sizes[$0] + after[$0] }
    }

    /// (O, C / groups, kernel) to (groups, O / groups, C / groups · kernel).
    private func rows(_ weight: Tensor) -> Tensor {
        weight.reshape([groups, weight.size(0) / groups, weight.shape.dropFirst().reduce(1, *)])
    }

    /// The windows' elements as (groups, C / groups · kernel, N · counts).
    private func columns(_ x: Tensor) -> Tensor {
        let view = windows.view(x.zeroPadded(before: before, after: after))
        let order = [1] + (0..<rank).map { 2 + rank + $0 } + [0] + (0..<rank).map { 2 + $0 }
        let depth = x.size(1) / groups * windows.kernel.reduce(1, *)
        let count = x.size(0) * windows.counts(paddedSizes(x.shape)).reduce(1, *)
        return view.permute(order).reshape([groups, depth, count])
    }

    /// (N, O, counts) to (groups, O / groups, N · counts).
    private func batched(_ x: Tensor) -> Tensor {
        x.transpose(0, 1).reshape([groups, x.size(1) / groups, x.size(0) * x.shape.dropFirst(2).reduce(1, *)])
    }

    /// (groups, O / groups, N · counts) to (N, O, counts).
    private func unbatched(_ x: Tensor, _ shape: [Int]) -> Tensor {
        x.reshape([x.size(0) * x.size(1)] + shape).transpose(0, 1).contiguous()
    }
}
