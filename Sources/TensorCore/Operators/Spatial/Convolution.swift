import CKernels

/// A convolution, its transposed map and the gradient of its weight: three maps that are linear in
/// both operands, of which each is the gradient of the others.
package struct Convolution: Sendable {
    private let kernel: [Int], stride: [Int], dilation: [Int]
    private let before: [Int], after: [Int]
    private let groups: Int

    /// - Parameter padding: the zeros before and after each spatial dimension.
    package init(
        kernel: [Int], stride: [Int], padding: (before: [Int], after: [Int]), dilation: [Int], groups: Int
    ) {
        (self.kernel, self.stride, self.dilation, self.groups) = (kernel, stride, dilation, groups)
        (before, after) = padding
    }

    private var rank: Int { kernel.count }

    /// (N, C, sizes) with a weight (O, C / groups, kernel) and a bias (O) to (N, O, counts).
    package func callAsFunction(_ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
        FormulaNode.record("ConvolutionBackward0", [x, weight] + (bias.map { [$0] } ?? []), saving: [x, weight]) {
            let sizes = Array(x.shape.suffix(self.rank))
            let out = self.empty(x, [x.size(0), weight.size(0)] + self.counts(sizes))
            let (x, weight, bias) = (x.contiguous(), weight.contiguous(), bias.map { $0.contiguous() })
            x.backend.convolve(x, weight, bias, self.sliding(sizes), groups: self.groups, out)
            return out
        } gradients: { g, c in
            let (x, weight) = (c.saved[0], c.saved[1])
            return [
                c.needs(0) ? self.transposed(g, weight.conj(), sizes: Array(x.shape.suffix(self.rank))) : nil,
                c.needs(1) ? self.weightGradient(x.conj(), g, channels: weight.size(1)) : nil,
                c.needs(2) ? self.biasGradient(g) : nil,
            ]
        }
    }

    /// The transposed map, from (N, O, counts) to (N, C, sizes), with a bias (C).
    package func transposed(_ y: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, sizes: [Int]) -> Tensor {
        FormulaNode.record("ConvolutionBackward0", [y, weight] + (bias.map { [$0] } ?? []), saving: [y, weight]) {
            let out = self.empty(y, [y.size(0), weight.size(1) * self.groups] + sizes)
            let (y, weight, bias) = (y.contiguous(), weight.contiguous(), bias.map { $0.contiguous() })
            let counts = Array(y.shape.suffix(self.rank))
            y.backend.convolveTransposed(y, weight, bias, self.sliding(sizes, counts), groups: self.groups, out)
            return out
        } gradients: { g, c in
            let (y, weight) = (c.saved[0], c.saved[1])
            return [
                c.needs(0) ? self(g, weight.conj()).cut(to: Array(y.shape.suffix(self.rank))) : nil,
                c.needs(1) ? self.weightGradient(g, y.conj(), channels: weight.size(1)) : nil,
                c.needs(2) ? self.biasGradient(g) : nil,
            ]
        }
    }

    /// (N, C, sizes) and (N, O, counts) to (O, C / groups, kernel).
    private func weightGradient(_ x: Tensor, _ y: Tensor, channels: Int) -> Tensor {
        FormulaNode.record("ConvolutionBackwardBackward0", [x, y]) {
            let out = self.empty(x, [y.size(1), channels] + self.kernel)
            let (x, y) = (x.contiguous(), y.contiguous())
            let (sizes, counts) = (Array(x.shape.suffix(self.rank)), Array(y.shape.suffix(self.rank)))
            x.backend.convolutionWeight(x, y, self.sliding(sizes, counts), groups: self.groups, out)
            return out
        } gradients: { g, c in
            let (x, y) = (c.saved[0], c.saved[1])
            return [
                c.needs(0) ? self.transposed(y.conj(), g, sizes: Array(x.shape.suffix(self.rank))) : nil,
                c.needs(1) ? self(x.conj(), g).cut(to: Array(y.shape.suffix(self.rank))) : nil,
            ]
        }
    }

    private func biasGradient(_ g: Tensor) -> Tensor { g.sum(dim: [0] + Array(2..<g.ndim)) }

    private func empty(_ x: Tensor, _ shape: [Int]) -> Tensor { Tensor(empty: Dims(shape), x.dtype, x.backend) }

    /// How many places the kernel has along each size.
    private func counts(_ sizes: [Int]) -> [Int] {
        (0..<rank).map { (i: Int) -> Int in
            let free = sizes[i] + before[i] + after[i] - dilation[i] * (kernel[i] - 1) - 1
            return free < 0 ? 0 : free / stride[i] + 1
        }
    }

    private func sliding(_ sizes: [Int], _ counts: [Int]? = nil) -> ck_sliding {
        func triple(_ values: [Int], _ filler: Int) -> (Int64, Int64, Int64) {
            let all = [Int](repeating: filler, count: 3 - rank) + values
            return (Int64(all[0]), Int64(all[1]), Int64(all[2]))
        }
        return ck_sliding(
            sizes: triple(sizes, 1), counts: triple(counts ?? self.counts(sizes), 1), kernel: triple(kernel, 1),
            stride: triple(stride, 1), padding: triple(before, 0), dilation: triple(dilation, 1))
    }
}

extension Tensor {
    /// The first so many places of each spatial dimension: a size that the stride leaves open can have
    /// room for more places of the kernel than there are values.
    fileprivate func cut(to counts: [Int]) -> Tensor {
        counts.enumerated().reduce(self) { result, entry in
            let dim = ndim - counts.count + entry.offset
            return result.size(dim) == entry.element ? result : result.narrow(dim, 0, entry.element)
        }
    }
}
