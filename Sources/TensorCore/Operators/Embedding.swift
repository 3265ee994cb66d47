/// Rows of a table.
extension Tensor {
    /// The rows of a table (self, `(number, width)`) at integer positions of any shape.
    ///
    /// - Parameters:
    ///   - paddingIndex: the row that gets no gradient.
    ///   - scalesByFrequency: whether a row's gradient is divided by how often the row is read.
    ///   - isSparse: whether the gradient is a sparse tensor of the rows that were read.
    package func embedding(
        _ positions: Tensor, paddingIndex: Int?, scalesByFrequency: Bool = false, isSparse: Bool = false
    ) -> Tensor {
        check(ndim == 2, "'weight' must be 2-D")
        check(
            positions.dtype == .int64 || positions.dtype == .int32,
            "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got "
                + "torch.\(positions.dtype.scalarName)Tensor instead (while checking arguments for embedding)")
        let index = positions.to(.int64).contiguous().reshape([positions.numel])
        let (rows, width) = (size(0), size(1))
        if index.device.type == .cpu {
            let values = UnsafeBufferPointer(
                start: index.address!.assumingMemoryBound(to: Int.self), count: index.numel)
            for value in values where !(0..<rows).contains(value) { fail("index out of range in self", .indexError) }
        }
        return FormulaNode.record("EmbeddingBackward0", [self], saving: []) {
            self.indexSelect(0, index).reshape(positions.shape + [width])
        } gradients: { grad, _ in
            var each = grad.reshape([index.numel, width])
            if isSparse {
                check(!scalesByFrequency, "embedding_backward: scale_grad_by_freq not supported with sparse gradients")
                var read = index
                if let paddingIndex {
                    let isTrained = index != paddingIndex
                    (each, read) = (each[isTrained], index[isTrained])
                }
                return [torch.sparseCooTensor(read.unsqueeze(0), each, [rows, width])]
            }
            if let paddingIndex { each = each * (index != paddingIndex).unsqueeze(1).to(each.dtype) }
            if scalesByFrequency {
                let ones = torch.ones([index.numel], dtype: grad.dtype, device: grad.device)
                let counts = torch.zeros([rows], dtype: grad.dtype, device: grad.device).indexAdd_(0, index, ones)
                each = each / counts.indexSelect(0, index).unsqueeze(1)
            }
            return [Tensor.computedWide(each) { given in
                torch.zeros([rows, width], dtype: given[0]!.dtype, device: grad.device).indexAdd_(0, index, given[0]!)
            }]
        }
    }
}
