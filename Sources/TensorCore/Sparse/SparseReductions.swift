/// Sums and softmax of sparse tensors.
extension Tensor {
    /// The sum of a sparse tensor over `axes`: a number if all are given or none, sparse otherwise.
    func sparseSum(_ axes: [Int], keepdim: Bool) -> Tensor {
        if axes.isEmpty {
            return FormulaNode.record("SumBackward0", [self], saving: []) { self.sparseContents!.values.sum() }
                gradients: { [dims] grad, _ in [grad.expand(dims.array)] }
        }
        check(isSparse, "sum over a dimension of a CSR matrix: use toSparse() first", .notImplemented)
        let result = summed(axes, name: "SumBackward1")
        return keepdim ? axes.map { normalized($0) }.sorted().reduce(result) { $0.unsqueeze($1) } : result
    }

    fileprivate func summed(_ axes: [Int], name: String) -> Tensor {
        let reduced = Set(axes.map { normalized($0) })
        check(reduced.count == axes.count, "dim \(axes) appears multiple times in the list of dims")
        let sparse = sparseDim()
        let keptSparse = (0..<sparse).filter { !reduced.contains($0) }
        let keptDims = (0..<dims.count).filter { !reduced.contains($0) }.map { dims[$0] }
        let denseAxes = reduced.filter { $0 >= sparse }.map { $0 - sparse + 1 }.sorted()
        let places = coordinates!.pattern(of: detach())
        return FormulaNode.record(name, [self], saving: []) {
            var values = places.values(of: self)
            if !denseAxes.isEmpty { values = values.sum(dim: denseAxes) }
            if keptSparse.isEmpty { return values.sum(0) }
            let indices = places.indices.indexSelect(0, Tensor(keptSparse, shape: [keptSparse.count]))
            return torch.sparseTensor(indices, values, keptDims).coalesce()
        } gradients: { [dims] grad, _ in
            // Each element's gradient is that of the sum it went into.
            var spread = keptSparse.isEmpty
                ? grad.unsqueeze(0).expand([places.count] + grad.shape)
                : SparsePattern.gathered(
                    grad, places.indices.indexSelect(0, Tensor(keptSparse, shape: [keptSparse.count])))
            for axis in denseAxes { spread = spread.unsqueeze(axis) }
            return [places.tensor(spread.expand([places.count] + dims.array.dropFirst(sparse)))]
        }
    }

    /// `softmax`, or its logarithm, along `dim` over the elements that are stored.
    fileprivate func sparseSoftmax(_ dim: Int, logarithm: Bool) -> Tensor {
        let parts = requireCoordinates(logarithm ? "_sparse_log_softmax" : "_sparse_softmax")
        let axis = normalized(dim)
        let places = parts.pattern(of: detach())
        let name = logarithm ? "SparseLogSoftmaxBackward0" : "SparseSoftmaxBackward0"
        if axis >= sparseDim() {
            let along = axis - sparseDim() + 1
            let values = coalesce().storedValues()
            return places.tensor(logarithm ? values.logSoftmax(along) : values.softmax(along))
        }
        // Elements that differ only in their index along `axis` belong to one softmax.
        let others = (0..<sparseDim()).filter { $0 != axis }
        let groups = CoordinateContents(
            indices: places.indices.indexSelect(0, Tensor(others, shape: [others.count])),
            values: torch.zeros([places.count]), isCoalesced: false)
        let (distinct, group) = groups.merged(Dims(others.map { dims[$0] }))
        func sums(_ x: Tensor) -> Tensor { x.addedUp(group, count: distinct.dims[1]).indexSelect(0, group) }
        let largest = GradMode.with(false) {
            let values = places.values(of: detach())
            let index = group.reshape([places.count] + Array(repeating: 1, count: values.dims.count - 1)).expandAs(values)
            return torch.full([distinct.dims[1]] + values.shape.dropFirst(), -Double.infinity, dtype: values.dtype)
                .scatterReduce(0, index, values, reduce: "amax").indexSelect(0, group)
        }
        return FormulaNode.record(name, [self]) {
            let shifted = places.values(of: self) - largest
            let total = sums(shifted.exp())
            return places.tensor(logarithm ? shifted - total.log() : shifted.exp() / total)
        } gradients: { grad, c in
            let g = places.values(of: grad)
            let raised = (places.values(of: c.saved[0]) - largest).exp()
            let p = raised / sums(raised)
            return [places.tensor(logarithm ? g - p * sums(g) : p * (g - sums(g * p)))]
        }
    }
}

extension SparsePattern {
    /// The elements of `whole` at places that need be neither in order nor different.
    static func gathered(_ whole: Tensor, _ indices: Tensor) -> Tensor {
        let places = CoordinateContents(indices: indices, values: torch.zeros([indices.dims[1]]), isCoalesced: false)
        let (merged, target) = places.merged(Dims(whole.dims.array.prefix(indices.dims[0])))
        return SparsePattern(indices: merged, dims: whole.dims).values(of: whole).indexSelect(0, target)
    }
}

extension torch.sparse {
    /// The sum of all elements of a COO tensor; its gradient has elements at the tensor's places only.
    public static func sum(_ input: Tensor, dtype: DType? = nil) -> Tensor {
        let x = dtype.map { input.to($0) } ?? input
        return x.coalesce().values().sum()
    }
    /// The sums over some dimensions: sparse, unless all sparse dimensions are summed.
    public static func sum(_ input: Tensor, dim: [Int], dtype: DType? = nil) -> Tensor {
        if input.layout == .strided { CPUBackend.failUnsupported("_indices") }
        return (dtype.map { input.to($0) } ?? input).summed(dim, name: "SparseSumBackward0")
    }
    public static func sum(_ input: Tensor, dim: Int, dtype: DType? = nil) -> Tensor { sum(input, dim: [dim], dtype: dtype) }
    public static func sum(_ input: Tensor, _ dim: Int) -> Tensor { sum(input, dim: [dim]) }

    /// `softmax` along `dim` of the elements that are stored: those that are not count as -∞.
    public static func softmax(_ input: Tensor, _ dim: Int, dtype: DType? = nil) -> Tensor {
        (dtype.map { input.to($0) } ?? input).sparseSoftmax(dim, logarithm: false)
    }
    /// The logarithm of `softmax`.
    public static func logSoftmax(_ input: Tensor, _ dim: Int, dtype: DType? = nil) -> Tensor {
        (dtype.map { input.to($0) } ?? input).sparseSoftmax(dim, logarithm: true)
    }
}
