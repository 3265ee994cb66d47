/// Other arrangements of sparse tensors. Unlike those of dense tensors they are tensors of their
/// own: the values may be shared, the places are not.
extension Tensor {
    /// The dimensions in another order; recorded as `node`. Sparse dimensions stay among themselves.
    func sparsePermuted(_ axes: [Int], _ node: @autoclosure () -> Node) -> Tensor {
        guard let parts = coordinates else {
            fail("the transpose of a CSR matrix has the CSC layout, which is not supported: use toSparse().t()", .notImplemented)
        }
        let sparse = sparseDim()
        let own = axes.prefix(sparse)
        check(
            own.allSatisfy { $0 < sparse },
            "transpose(): cannot transpose sparse and dense dimensions of a sparse tensor: \(axes)")
        let dense = axes.dropFirst(sparse).map { $0 - sparse + 1 }
        let isUnchanged = Array(own) == Array(0..<sparse)
        let result = GradMode.with(false) {
            Tensor(
                sparse: CoordinateContents(
                    indices: parts.indices.indexSelect(0, Tensor(Array(own), shape: [sparse])),
                    values: parts.values.permute([0] + dense), isCoalesced: isUnchanged && parts.isCoalesced),
                dims: Dims(axes.map { dims[$0] }))
        }
        if self.node != nil, GradMode.isEnabled { node().produces(result) }
        return result
    }

    /// The part at `index` of sparse dimension `axis`: sparse, or dense if no sparse dimension is left.
    func sparseSelected(_ axis: Int, _ index: Int) -> Tensor {
        let parts = requireCoordinates("select")
        check(axis < sparseDim(), "select() along a dense dimension of a sparse tensor is not supported", .notImplemented)
        let rest = (0..<sparseDim()).filter { $0 != axis }
        var shape = shape
        shape.remove(at: axis)
        /// Which of the places are in the part, and where they are in it.
        func chosen(_ indices: Tensor) -> (elements: Tensor, indices: Tensor) {
            let rows: [Int] = indices.select(0, axis).array()
            let found = rows.indices.filter { rows[$0] == index }
            let elements = Tensor(found, shape: [found.count])
            return (elements, indices.indexSelect(0, Tensor(rest, shape: [rest.count])).indexSelect(1, elements))
        }
        let whole = detach()
        return FormulaNode.record("SelectBackward0", [self], saving: []) {
            let (elements, indices) = chosen(parts.indices)
            let values = parts.values.indexSelect(0, elements)
            return rest.isEmpty
                ? values.sum(0) : torch.sparseTensor(indices, values, shape, isCoalesced: parts.isCoalesced)
        } gradients: { grad, _ in
            let places = parts.pattern(of: whole)
            let (elements, indices) = chosen(places.indices)
            let values = rest.isEmpty
                ? grad.unsqueeze(0).expand([elements.numel] + grad.shape)
                : SparsePattern(indices: indices, dims: grad.dims).values(of: grad)
            return [places.tensor(values.addedUp(elements, count: places.count))]
        }
    }

    /// One more sparse dimension of size 1 before `axis`.
    func sparseUnsqueezed(_ axis: Int) -> Tensor {
        let parts = requireCoordinates("unsqueeze")
        check(axis <= sparseDim(), "unsqueeze() among the dense dimensions of a sparse tensor is not supported", .notImplemented)
        var shape = shape
        shape.insert(1, at: axis)
        return FormulaNode.record("UnsqueezeBackward0", [self], saving: []) {
            let rows = parts.indices
            let zeros = torch.zeros([1, parts.nnz], dtype: .int64)
            let indices = torch.cat([rows.narrow(0, 0, axis), zeros, rows.narrow(0, axis, rows.dims[0] - axis)])
            return torch.sparseTensor(indices, parts.values, shape, isCoalesced: parts.isCoalesced)
        } gradients: { grad, _ in [grad.select(axis, 0)] }
    }
}

extension torch {
    /// COO tensors one after the other along `axis`.
    static func sparseCat(_ tensors: [Tensor], _ axis: Int) -> Tensor {
        let first = tensors[0]
        var shape = first.shape
        shape[axis] = 0
        var starts: [Int] = []
        for t in tensors {
            check(
                t.sparseDim() == first.sparseDim() && t.dims.count == first.dims.count,
                "All tensors must have the same shape: \(first.dims) (except in the concatenating dimension), but found "
                    + "shape: \(t.dims)")
            for d in 0..<shape.count where d != axis && t.dims[d] != first.dims[d] {
                fail("All tensors must have the same shape: \(first.dims) (except in the concatenating dimension), but "
                    + "found shape: \(t.dims)")
            }
            starts.append(shape[axis])
            shape[axis] += t.dims[axis]
        }
        check(
            axis < first.sparseDim(), "cat along a dense dimension of sparse tensors is not supported", .notImplemented)
        let type = tensors.dropFirst().reduce(first.dtype) { DType.promote($0, $1.dtype) }
        func shifted(_ indices: Tensor, _ start: Int) -> Tensor {
            let result = indices.clone()
            result.select(0, axis).add_(start)
            return result
        }
        return FormulaNode.record("CatBackward0", tensors, saving: []) {
            let parts = tensors.map { $0.coordinates! }
            let indices = cat(zip(parts, starts).map { shifted($0.indices, $1) }, dim: 1)
            return sparseTensor(indices, cat(parts.map { $0.values.to(type) }), shape)
        } gradients: { grad, _ in
            zip(tensors, starts).map { tensor, start in
                let places = tensor.coordinates!.pattern(of: tensor.detach())
                let whole = SparsePattern(indices: shifted(places.indices, start), dims: grad.dims)
                return places.tensor(whole.values(of: grad))
            }
        }
    }
}
