/// Between dense tensors and the sparse layouts.
extension Tensor {
    /// All elements, with zeros where a sparse tensor has none; a dense tensor itself.
    ///
    /// The gradient of a sparse tensor has elements at its places only, as in PyTorch.
    public func toDense() -> Tensor {
        guard let contents = sparseContents else { return self }
        let sparseDims = Dims(dims.array.prefix(sparseDim()))
        let places = detach()
        return FormulaNode.record("ToDenseBackward0", [self], saving: []) {
            let indices = self.coordinates?.indices ?? contents.pattern(of: self).indices
            let positions = SparsePattern.positions(indices, sparseDims)
            return contents.values.addedUp(positions, count: sparseDims.product).reshape(self.dims)
        } gradients: { grad, _ in
            let pattern = contents.pattern(of: places)
            return [pattern.tensor(pattern.values(of: grad))]
        }
    }

    /// The elements that are not zero, in the COO layout.
    /// - Parameter sparseDim: how many of the dimensions are sparse; the rest is dense. All unless given.
    public func toSparse(_ sparseDim: Int? = nil) -> Tensor {
        if isSparse { return self }
        let isDense = layout == .strided
        let name = sparseDim == nil ? "ToSparseBackward1" : "ToSparseBackward0"
        let count = sparseDim ?? dims.count
        check(
            count >= 0 && count <= dims.count,
            "dense_to_sparse: sparse_dim argument must be in [0,\(dims.count)] range, but \(count) is given")
        check(count > 0 || dims.isEmpty, "dense_to_sparse: sparse_dim argument must be in >0 when self.dim()>0")
        return FormulaNode.record(name, [self], saving: []) {
            if let contents = self.sparseContents {
                return contents.pattern(of: self).tensor(contents.values)
            }
            var isFilled = self.detach() != 0
            if count < self.dims.count { isFilled = isFilled.flatten(count, -1).any(dim: -1) }
            let indices = isFilled.nonzero().t().contiguous()
            let pattern = SparsePattern(indices: indices, dims: self.dims)
            return pattern.tensor(pattern.values(of: self.detach()))
        } gradients: { grad, _ in [isDense ? grad.toDense() : grad] }
    }
    /// The elements that are not zero, in the given layout.
    public func toSparse(layout: Layout) -> Tensor {
        switch layout {
        case .sparseCoo: toSparse()
        case .sparseCsr: toSparseCsr()
        case .strided: toDense()
        }
    }

    /// The elements of a matrix that are not zero, in the CSR layout.
    public func toSparseCsr() -> Tensor {
        if isSparseCsr { return self }
        check(
            dims.count == 2,
            "Only tensors with two dimensions can be converted to the SparseCsr layout but got self with "
                + "\(dims.count) dimension(s).")
        let isDense = layout == .strided
        return FormulaNode.record("ToSparseCsrBackward0", [self], saving: []) {
            let parts = (self.isSparse ? self.detach() : self.detach().toSparse()).coalesce().coordinates!
            var starts = [Int](repeating: 0, count: self.dims[0] + 1)
            for row in parts.indices.select(0, 0).array() as [Int] { starts[row + 1] += 1 }
            for row in 0..<self.dims[0] { starts[row + 1] += starts[row] }
            let contents = CompressedContents(
                crow: Tensor(starts, shape: [starts.count]), columns: parts.indices.select(0, 1).clone(),
                values: parts.values)
            return Tensor(sparse: contents, dims: self.dims)
        } gradients: { grad, _ in [isDense ? grad.toDense() : grad] }
    }

    /// The elements of this tensor at the places of sparse `mask`.
    public func sparseMask(_ mask: Tensor) -> Tensor {
        guard let places = mask.sparseContents else { CPUBackend.failUnsupported("sparse_mask") }
        check(
            dims == mask.dims,
            "sparse_mask(): operands have incompatible sizes; self has size \(dims) but mask has size \(mask.dims)")
        let pattern = places.pattern(of: mask)
        let isDense = layout == .strided
        return FormulaNode.record("SparseMaskBackward0", [self], saving: []) {
            pattern.tensor(pattern.values(of: self))
        } gradients: { grad, _ in [isDense ? grad.toDense() : grad] }
    }

    /// The sum of two gradients of one tensor, of which either may be sparse.
    static func gradientSum(_ a: Tensor, _ b: Tensor) -> Tensor {
        a.layout != .strided && b.layout == .strided ? b + a : a + b
    }
}
