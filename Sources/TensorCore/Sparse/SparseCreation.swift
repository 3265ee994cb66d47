/// Making sparse tensors, and their parts.
extension torch {
    /// A sparse tensor of `size` with `values[k]` at `indices[:, k]` (the COO layout); values of the
    /// same place stand for their sum.
    ///
    ///     torch.sparseCooTensor([[0, 1, 1], [2, 0, 2]], [3.0, 4, 5], [2, 3])
    ///
    /// - Parameters:
    ///   - indices: (sparse dimensions, elements), whole numbers.
    ///   - values: (elements, …); further dimensions are dense ones of the result. It is
    ///     differentiable with respect to these.
    ///   - size: the shape; by default the smallest that has all indices.
    ///   - isCoalesced: promises that the indices are in order and each occurs once.
    public static func sparseCooTensor(
        _ indices: Tensor, _ values: Tensor, _ size: [Int]? = nil, dtype: DType? = nil, requiresGrad: Bool = false,
        isCoalesced: Bool = false
    ) -> Tensor {
        check(indices.dims.count == 2, "indices must be sparse_dim x nnz, but got: \(indices.dims)")
        let places = indices.detach().to(.int64)
        check(
            values.dims.count > 0 && indices.dims[1] == values.dims[0],
            "indices and values must have same nnz, but got nnz from indices: \(indices.dims[1]), nnz from values: "
                + "\(values.dims.count > 0 ? values.dims[0] : 1)")
        let (sparse, dense) = (indices.dims[0], values.dims.count - 1)
        let shape = size ?? inferredSize(places, values)
        check(
            shape.count == sparse + dense,
            "'len(size) == sparse_dim + dense_dim' is not satisfied: len(size) = \(shape.count), sparse_dim = \(sparse), "
                + "dense_dim = \(dense)")
        checkPlaces(places, shape)
        for d in 0..<dense where values.dims[1 + d] != shape[sparse + d] {
            fail(
                "values has incorrect size, expected \(Dims([places.dims[1]] + shape.suffix(dense))), got \(values.dims)")
        }
        let result = sparseTensor(places, values.to(dtype ?? values.dtype), shape, isCoalesced: isCoalesced)
        return finished(requiresGrad ? result.detach() : result, requiresGrad)
    }
    public static func sparseCooTensor(
        _ indices: [[Int]], _ values: some TensorData, _ size: [Int]? = nil, dtype: DType? = nil,
        requiresGrad: Bool = false
    ) -> Tensor {
        sparseCooTensor(
            tensor(indices), tensor(values), size, dtype: dtype, requiresGrad: requiresGrad)
    }
    /// A sparse tensor without elements.
    public static func sparseCooTensor(size: [Int], dtype: DType = .default, requiresGrad: Bool = false) -> Tensor {
        let contents = CoordinateContents(
            indices: zeros([size.count, 0], dtype: .int64), values: zeros([0], dtype: dtype), isCoalesced: true)
        return finished(Tensor(sparse: contents, dims: Dims(size)), requiresGrad)
    }

    /// A sparse matrix in the CSR layout: `values[k]` stands in column `colIndices[k]`, and row `i`
    /// has the elements from `crowIndices[i]` up to `crowIndices[i + 1]`.
    ///
    /// Differentiable with respect to the values. `size` is by default the smallest that has all
    /// columns.
    public static func sparseCsrTensor(
        _ crowIndices: Tensor, _ colIndices: Tensor, _ values: Tensor, _ size: [Int]? = nil, dtype: DType? = nil,
        requiresGrad: Bool = false
    ) -> Tensor {
        let columns = colIndices.detach()
        let width = { columns.numel == 0 ? 0 : Int(columns.max()) + 1 }
        let shape = size ?? [crowIndices.numel - 1, width()]
        checkCompressed(crowIndices, columns, values, shape)
        let crow = crowIndices.detach()
        let kept = values.to(dtype ?? values.dtype)
        let result = FormulaNode.record("SparseCompressedTensorBackward0", [kept], saving: []) {
            Tensor(sparse: CompressedContents(crow: crow, columns: columns, values: kept.detach()), dims: Dims(shape))
        } gradients: { grad, _ in
            let places = CompressedContents(crow: crow, columns: columns, values: grad)
            return [SparsePattern(indices: stack([places.rows, columns.to(.int64)]), dims: grad.dims).values(of: grad)]
        }
        return finished(requiresGrad ? result.detach() : result, requiresGrad)
    }
    public static func sparseCsrTensor(
        _ crowIndices: [Int], _ colIndices: [Int], _ values: some TensorData, _ size: [Int]? = nil,
        dtype: DType? = nil, requiresGrad: Bool = false
    ) -> Tensor {
        sparseCsrTensor(
            tensor(crowIndices), tensor(colIndices), tensor(values), size, dtype: dtype, requiresGrad: requiresGrad)
    }

    /// A COO tensor of parts that fit together.
    static func sparseTensor(_ indices: Tensor, _ values: Tensor, _ size: [Int], isCoalesced: Bool = false) -> Tensor {
        let dims = Dims(size)
        let name = "SparseCooTensorWithDimsAndTensorsBackward0"
        return FormulaNode.record(name, [values], saving: []) {
            let contents = CoordinateContents(indices: indices, values: values.detach(), isCoalesced: isCoalesced)
            return Tensor(sparse: contents, dims: dims)
        } gradients: { grad, _ in
            if isCoalesced { return [SparsePattern(indices: indices, dims: dims).values(of: grad)] }
            let places = CoordinateContents(indices: indices, values: values, isCoalesced: false)
            let (merged, target) = places.merged(Dims(size.prefix(indices.dims[0])))
            return [SparsePattern(indices: merged, dims: dims).values(of: grad).indexSelect(0, target)]
        }
    }

    /// The smallest shape that has all places.
    private static func inferredSize(_ indices: Tensor, _ values: Tensor) -> [Int] {
        let sizes: [Int]
        if indices.dims[1] == 0 {
            sizes = Array(repeating: 0, count: indices.dims[0])
        } else {
            for i in 0..<indices.dims[0] {
                let least = Int(indices.select(0, i).min())
                check(least >= 0, "found negative index \(least) for dim \(i)")
            }
            sizes = (0..<indices.dims[0]).map { Int(indices.select(0, $0).max()) + 1 }
        }
        return sizes + values.shape.dropFirst()
    }

    /// Stops for an index outside of the shape: it would be read and written outside of memory.
    private static func checkPlaces(_ indices: Tensor, _ size: [Int]) {
        guard indices.dims[1] > 0 else { return }
        for d in 0..<indices.dims[0] {
            let row = indices.select(0, d)
            let (least, largest) = (Int(row.min()), Int(row.max()))
            check(least >= 0, "found negative index \(least) for dim \(d)")
            check(
                largest < size[d],
                "size is inconsistent with indices: for dim \(d), size is \(size[d]) but found index \(largest)")
        }
    }

    private static func checkCompressed(_ crow: Tensor, _ columns: Tensor, _ values: Tensor, _ size: [Int]) {
        check(
            size.count == 2 && crow.dims.count == 1 && columns.dims.count == 1 && values.dims.count == 1,
            "a matrix in the CSR layout has vectors of indices and values, but got crow_indices of \(crow.dims), "
                + "col_indices of \(columns.dims), values of \(values.dims) and size \(size)")
        check(
            [crow, columns].allSatisfy { $0.dtype == .int64 || $0.dtype == .int32 } && crow.dtype == columns.dtype,
            "crow_indices and col_indices dtype must be Int or Long, but got \(crow.dtype.scalarName)")
        check(
            crow.numel == size[0] + 1,
            "crow_indices.shape[-1] must be equal to the number of rows + 1 (=\(size[0] + 1)), but got \(crow.numel)")
        check(
            columns.numel == values.numel,
            "col_indices.shape[-1] must be equal to nnz (=\(values.numel)) as defined by values.shape[0], but got "
                + "\(columns.numel)")
        let starts: [Int] = crow.array()
        check(starts[0] == 0, "`crow_indices[..., 0] == 0` is not satisfied.")
        check(starts[starts.count - 1] == columns.numel, "`crow_indices[..., -1] == nnz` is not satisfied.")
        for (start, end) in zip(starts, starts.dropFirst()) where end < start || end - start > size[1] {
            fail("`0 <= crow_indices[..., 1:] - crow_indices[..., :-1] <= ncols` is not satisfied.")
        }
        let places: [Int] = columns.array()
        check(places.allSatisfy { $0 >= 0 && $0 < size[1] }, "`0 <= col_indices < ncols` is not satisfied.")
        for (start, end) in zip(starts, starts.dropFirst()) {
            for k in (start + 1)..<Swift.max(end, start + 1) where places[k] <= places[k - 1] {
                fail("`col_indices[..., crow_indices[..., i - 1]:crow_indices[..., i]] for all i = 1, ..., nrows are "
                    + "sorted and distinct along the last dimension values` is not satisfied.")
            }
        }
    }
}

/// The parts.
extension Tensor {
    /// Where the elements of a coalesced COO tensor are: (sparse dimensions, elements).
    public func indices() -> Tensor {
        let parts = requireCoordinates("indices")
        check(parts.isCoalesced, "Cannot get indices on an uncoalesced tensor, please call .coalesce() first")
        return parts.indices
    }
    /// The same for a tensor that need not be coalesced.
    public func _indices() -> Tensor { requireCoordinates("_indices").indices }

    /// The elements that are stored, of a coalesced COO tensor or of a CSR matrix.
    public func values() -> Tensor {
        check(sparseContents != nil, "values expected sparse tensor layout but got Strided")
        check(
            coordinates?.isCoalesced ?? true,
            "Cannot get values on an uncoalesced tensor, please call .coalesce() first")
        return storedValues()
    }
    /// The stored elements of a tensor that need not be coalesced; without history.
    public func _values() -> Tensor {
        guard let sparseContents else { CPUBackend.failUnsupported("_values") }
        return sparseContents.values.detach()
    }

    /// The stored elements, with this tensor's history.
    func storedValues() -> Tensor {
        let contents = sparseContents!
        let places = detach()
        return FormulaNode.record("ValuesBackward0", [self], saving: []) { contents.values.detach() } gradients: {
            grad, _ in
            [contents.pattern(of: places).tensor(grad)]
        }
    }

    /// The number of stored elements.
    public func _nnz() -> Int {
        guard let sparseContents else { CPUBackend.failUnsupported("_nnz") }
        return sparseContents.nnz
    }
    /// Whether the places of a COO tensor are in order and each is named once.
    public func isCoalesced() -> Bool { requireCoordinates("is_coalesced").isCoalesced }

    /// The same tensor with places in order, each named once: values of one place are added up.
    public func coalesce() -> Tensor {
        let parts = requireCoordinates("coalesce")
        if parts.isCoalesced { return self }
        let sparseDims = Dims(dims.array.prefix(sparseDim()))
        return FormulaNode.record("CoalesceBackward0", [self], saving: []) {
            let (indices, target) = parts.merged(sparseDims)
            return Tensor(
                sparse: CoordinateContents(
                    indices: indices, values: parts.values.addedUp(target, count: indices.dims[1]), isCoalesced: true),
                dims: self.dims)
        } gradients: { grad, _ in [grad] }
    }

    /// The rows of this tensor added up: row `i` goes to row `target[i]` of `count`.
    func addedUp(_ target: Tensor, count: Int) -> Tensor {
        let shape = [count] + self.shape.dropFirst()
        // True and true is true, not two.
        if dtype == .bool { return to(.int64).addedUp(target, count: count).to(.bool) }
        return torch.zeros(shape, dtype: dtype).indexAdd_(0, target, self)
    }

    /// Where each row of a CSR matrix begins: (rows + 1).
    public func crowIndices() -> Tensor { requireCompressed("crow_indices").crow }
    /// The column of each element of a CSR matrix.
    public func colIndices() -> Tensor { requireCompressed("col_indices").columns }
}

extension CPUBackend {
    /// Stops with PyTorch's message for an operator that only tensors of other layouts have.
    static func failUnsupported(_ operation: String) -> Never {
        fail(
            "Could not run 'aten::\(operation)' with arguments from the 'CPU' backend. This could be because the "
                + "operator doesn't exist for this backend, or was omitted during the selective/custom build process "
                + "(if using custom build).", .notImplemented)
    }
}
