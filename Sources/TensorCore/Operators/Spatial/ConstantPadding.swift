extension torch {
    /// Adds elements of one value at both ends of dimensions. `pad` holds pairs of counts, the last
    /// dimension's first; a negative count cuts off.
    public static func constantPadNd(_ input: Tensor, _ pad: [Int], _ value: some ScalarConvertible = 0) -> Tensor {
        if pad.count % 2 != 0 { fail("Length of pad must be even but instead it equals \(pad.count)") }
        if pad.count / 2 > input.ndim {
            fail(
                "Length of pad should be no more than twice the number of dimensions of the input. Pad length is "
                    + "\(pad.count)while the input has \(input.ndim)dimensions.")
        }
        let shape = (0..<input.ndim).map { (dim: Int) -> Int in
            let i = input.ndim - 1 - dim
            if 2 * i >= pad.count { return input.size(dim) }
            let size = input.size(dim) + pad[2 * i] + pad[2 * i + 1]
            if size < 0 { fail("narrow(): length must be non-negative.") }
            return size
        }
        /// What of `x`, whose ends were cut off (or of the result's, added), both have.
        func common(_ x: Tensor, _ amount: (Int) -> Int) -> Tensor {
            (0..<pad.count / 2).reduce(x) { part, i in
                let dim = input.ndim - 1 - i
                let start = Swift.max(amount(2 * i), 0)
                return part.narrow(dim, start, Swift.max(part.size(dim) - start - Swift.max(amount(2 * i + 1), 0), 0))
            }
        }
        let value = value.scalar
        return FormulaNode.record("ConstantPadNdBackward0", [input], saving: []) {
            let out = torch.full(shape, value, dtype: input.dtype, device: input.device)
            common(out) { pad[$0] }.copy_(common(input) { -pad[$0] })
            return out
        } gradients: { g, _ in [torch.constantPadNd(g, pad.map { -$0 })] }
    }
}
