/// Windows over the last dimensions of a tensor, which convolutions and pooling are made of.
package struct Windows: Sendable {
    package let kernel: [Int], stride: [Int], dilation: [Int]

    package init(_ kernel: [Int], stride: [Int], dilation: [Int]) {
        (self.kernel, self.stride, self.dilation) = (kernel, stride, dilation)
    }

    var rank: Int { kernel.count }

    /// How many windows fit along each of the given sizes.
    package func counts(_ sizes: [Int]) -> [Int] {
        (0..<rank).map { i in
            let reach = dilation[i] * (kernel[i] - 1) + 1
            return sizes[i] < reach ? 0 : (sizes[i] - reach) / stride[i] + 1
        }
    }

    /// All positions inside a window, the last dimension fastest.
    private var offsets: [[Int]] {
        kernel.reduce([[]]) { all, size in all.flatMap { start in (0..<size).map { start + [$0] } } }
    }

    /// Each window's elements: (*, sizes) to (*, counts, kernel), without copying.
    package func view(_ x: Tensor) -> Tensor {
        let lead = x.ndim - rank
        let sizes = Array(x.shape.suffix(rank))
        return FormulaNode.record("WindowsBackward0", [x], saving: []) {
            var (dims, steps) = (Dims(x.shape.prefix(lead)), Dims(x.stride().prefix(lead)))
            for (i, count) in self.counts(sizes).enumerated() {
                dims.append(count)
                steps.append(x.steps[lead + i] * self.stride[i])
            }
            for i in 0..<self.rank {
                dims.append(self.kernel[i])
                steps.append(x.steps[lead + i] * self.dilation[i])
            }
            return Tensor(viewing: x, dims: dims, steps: steps, offset: x.offset)
        } gradients: { g, _ in [self.folded(g, sizes)] }
    }

    /// Adds up the windows' elements where they came from: (*, counts, kernel) to (*, sizes).
    package func folded(_ x: Tensor, _ sizes: [Int]) -> Tensor {
        let lead = x.ndim - 2 * rank
        let counts = (0..<rank).map { x.size(lead + $0) }
        return FormulaNode.record("FoldBackward0", [x], saving: []) {
            let out = torch.zeros(Array(x.shape.prefix(lead)) + sizes, dtype: x.dtype, device: x.device)
            for offset in self.offsets {
                var (target, part) = (out, x)
                for i in 0..<self.rank {
                    let start = offset[i] * self.dilation[i]
                    target = target.slice(lead + i, start, start + (counts[i] - 1) * self.stride[i] + 1, self.stride[i])
                }
                for i in (0..<self.rank).reversed() { part = part.select(lead + self.rank + i, offset[i]) }
                if part.numel > 0 { target.add_(part) }
            }
            return out
        } gradients: { g, _ in [self.view(g)] }
    }
}

extension Tensor {
    /// With so many zeros before and after each of the last dimensions.
    package func zeroPadded(before: [Int], after: [Int]) -> Tensor {
        if before.allSatisfy({ $0 == 0 }), after.allSatisfy({ $0 == 0 }) { return self }
        let lead = ndim - before.count
        let sizes = Array(shape.suffix(before.count))
        func inner(_ x: Tensor) -> Tensor {
            before.indices.reduce(x) { $0.narrow(lead + $1, before[$1], sizes[$1]) }
        }
        return FormulaNode.record("ConstantPadNdBackward0", [self], saving: []) {
            let padded = sizes.indices.map { before[$0] + sizes[$0] + after[$0] }
            let out = torch.zeros(Array(self.shape.prefix(lead)) + padded, dtype: self.dtype, device: self.device)
            inner(out).copy_(self)
            return out
        } gradients: { g, _ in [inner(g)] }
    }
}
