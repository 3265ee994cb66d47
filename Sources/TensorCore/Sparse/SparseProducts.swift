/// Products of matrices of which at least one is sparse.
extension Tensor {
    /// The product, if an operand is sparse; nil for two dense ones.
    ///
    /// - Parameters:
    ///   - name: what PyTorch prints as `grad_fn`.
    ///   - masked: the gradient of the sparse operand has elements at its places only.
    func sparseProduct(_ other: Tensor, name: String, masked: Bool = false) -> Tensor? {
        if layout == .strided && other.layout == .strided { return nil }
        let (m, k, n) = (dims[0], dims[1], other.dims[1])
        if layout != .strided && other.layout != .strided { return sparseSparseProduct(other, name: name) }
        let isCsr = isSparseCsr || other.isSparseCsr
        check(
            k == other.dims[0],
            layout == .strided || isCsr
                ? "addmm: mat1 and mat2 shapes cannot be multiplied (\(m)x\(k) and \(other.dims[0])x\(n))"
                : "addmm: Argument #3 (dense): Expected dim 0 size \(k), got \(other.dims[0])")
        check(
            dtype == other.dtype,
            "addmm: Expected all inputs to have the same dtype, but got \(dtype.scalarName) and \(other.dtype.scalarName)")
        return FormulaNode.record(name, [self, other]) {
            self.layout == .strided
                ? SparseRows(other).transposed.times(self.detach().t()).t().contiguous() : SparseRows(self).times(other.detach())
        } gradients: { grad, c in Tensor.productGradients(grad, c.saved[0], c.saved[1], masked, c.needs) }
    }

    /// The gradients of the operands of `a @ b`.
    private static func productGradients(
        _ grad: Tensor, _ a: Tensor, _ b: Tensor, _ masked: Bool, _ needs: (Int) -> Bool
    ) -> [Tensor?] {
        func gradient(_ x: Tensor, _ left: Tensor, _ right: Tensor) -> Tensor {
            masked && x.layout != .strided && left.layout == .strided && right.layout == .strided
                ? x.sampledProduct(left, right) : left.mm(right)
        }
        return [
            needs(0) ? gradient(a, grad, b.matrixTranspose().conj()) : nil,
            needs(1) ? gradient(b, a.matrixTranspose().conj(), grad) : nil,
        ]
    }

    /// The transpose; of a CSR matrix in the COO layout.
    private func matrixTranspose() -> Tensor { isSparseCsr ? toSparse().t() : t() }

    /// The elements of `left @ right` at this sparse matrix's places.
    private func sampledProduct(_ left: Tensor, _ right: Tensor) -> Tensor {
        let pattern = sparseContents!.pattern(of: detach())
        let rows = left.indexSelect(0, pattern.indices.select(0, 0))
        return pattern.tensor((rows * right.t().indexSelect(0, pattern.indices.select(0, 1))).sum(1))
    }

    /// The product of two sparse matrices, which is sparse.
    private func sparseSparseProduct(_ other: Tensor, name: String) -> Tensor {
        check(
            dims[1] == other.dims[0],
            "_sparse_sparse_matmul: mat1 and mat2 shapes cannot be multiplied (\(dims[0])x\(dims[1]) and "
                + "\(other.dims[0])x\(other.dims[1]))")
        check(
            dtype == other.dtype,
            "sparse_matmul(): expected self and other to have the same dtype, but got \(dtype.scalarName) and "
                + "\(other.dtype.scalarName)")
        let isCsr = isSparseCsr && other.isSparseCsr
        return FormulaNode.record(name, [self, other]) {
            let product = SparseRows(self).times(SparseRows(other))
            return isCsr ? product.toSparseCsr() : product
        } gradients: { grad, c in
            let (a, b) = (c.saved[0], c.saved[1])
            // A dense gradient needs its elements at each sparse operand's places only.
            return [
                c.needs(0) ? grad.mm(b.matrixTranspose().conj()).sparseMask(a.detach()) : nil,
                c.needs(1) ? a.matrixTranspose().conj().mm(grad).sparseMask(b.detach()) : nil,
            ]
        }
    }

    /// The product with a vector; nil if this matrix is dense.
    func sparseProduct(vector: Tensor) -> Tensor? {
        if layout == .strided { return nil }
        return FormulaNode.record("MvBackward0", [self, vector]) {
            SparseRows(self).times(vector.detach().unsqueeze(1)).squeeze(1)
        } gradients: { grad, c in
            let (matrix, vector) = (c.saved[0], c.saved[1])
            return [
                c.needs(0) ? grad.unsqueeze(1) * vector.conj().unsqueeze(0) : nil,
                c.needs(1) ? matrix.matrixTranspose().conj().mv(grad) : nil,
            ]
        }
    }

    /// `beta · self + alpha · (mat1 @ mat2)` where a matrix is sparse; nil where none is.
    func sparseAddmm(
        _ mat1: Tensor, _ mat2: Tensor, beta: Double, alpha: Double, name: String, masked: Bool = false
    ) -> Tensor? {
        if mat1.layout == .strided && mat2.layout == .strided { return nil }
        return FormulaNode.record(name, [self, mat1, mat2]) {
            let product = mat1.sparseProduct(mat2, name: name)! * alpha
            return beta == 0 ? product : self.detach() * beta + product
        } gradients: { grad, c in
            let gradients = Tensor.productGradients(grad * alpha, c.saved[1], c.saved[2], masked, { c.needs($0 + 1) })
            return [grad * beta] + gradients
        }
    }
}

/// The elements of a sparse matrix row by row.
private struct SparseRows {
    private let starts: [Int]
    private let columns: [Int]
    private let values: Tensor
    private let height: Int
    private let width: Int

    init(_ matrix: Tensor) {
        check(matrix.denseDim() == 0 && matrix.dims.count == 2, "matrices expected, got \(matrix.dims.count)D tensors")
        let csr = matrix.detach().toSparseCsr()
        starts = csr.crowIndices().array()
        columns = csr.colIndices().array()
        values = csr._values().contiguous()
        (height, width) = (matrix.dims[0], matrix.dims[1])
    }

    private init(starts: [Int], columns: [Int], values: Tensor, height: Int, width: Int) {
        (self.starts, self.columns, self.values) = (starts, columns, values)
        (self.height, self.width) = (height, width)
    }

    var transposed: SparseRows {
        var begins = [Int](repeating: 0, count: width + 1)
        for column in columns { begins[column + 1] += 1 }
        for i in 0..<width { begins[i + 1] += begins[i] }
        var next = begins
        var rows = columns
        var order = columns
        for row in 0..<height {
            for k in starts[row]..<starts[row + 1] {
                let place = next[columns[k]]
                next[columns[k]] += 1
                rows[place] = row
                order[place] = k
            }
        }
        let reordered = values.indexSelect(0, Tensor(order, shape: [order.count]))
        return SparseRows(starts: begins, columns: rows, values: reordered, height: width, width: height)
    }

    /// The product with a dense matrix.
    func times(_ dense: Tensor) -> Tensor {
        let matrix = dense.contiguous()
        let out = torch.zeros([height, matrix.dims[1]], dtype: matrix.dtype)
        switch matrix.dtype {
        case .float32: multiply(matrix, out, as: Float.self)
        case .float64: multiply(matrix, out, as: Double.self)
        default:
            let rows = zip(0..., zip(starts, starts.dropFirst())).flatMap { row, ends in
                Array(repeating: row, count: ends.1 - ends.0)
            }
            let parts = matrix.indexSelect(0, Tensor(columns, shape: [columns.count])) * values.unsqueeze(1)
            out.indexAdd_(0, Tensor(rows, shape: [rows.count]), parts)
        }
        return out
    }

    private func multiply<Number: BinaryFloatingPoint & BitwiseCopyable>(
        _ matrix: Tensor, _ out: Tensor, as type: Number.Type
    ) {
        let n = matrix.dims[1]
        matrix.withUnsafeMutableValues(as: type) { source in
            values.withUnsafeMutableValues(as: type) { factors in
                out.withUnsafeMutableValues(as: type) { result in
                    for row in 0..<height {
                        for k in starts[row]..<starts[row + 1] {
                            let (factor, from, to) = (factors[k], columns[k] * n, row * n)
                            for j in 0..<n { result[to + j] += factor * source[from + j] }
                        }
                    }
                }
            }
        }
    }

    /// The product with a sparse matrix: a COO tensor of all places that some product falls on.
    func times(_ other: SparseRows) -> Tensor {
        var (left, right, rows, places) = ([Int](), [Int](), [Int](), [Int]())
        for row in 0..<height {
            for k in starts[row]..<starts[row + 1] {
                for l in other.starts[columns[k]]..<other.starts[columns[k] + 1] {
                    left.append(k)
                    right.append(l)
                    rows.append(row)
                    places.append(other.columns[l])
                }
            }
        }
        let count = left.count
        let products = values.indexSelect(0, Tensor(left, shape: [count]))
            * other.values.indexSelect(0, Tensor(right, shape: [count]))
        return torch.sparseTensor(Tensor(rows + places, shape: [2, count]), products, [height, other.width]).coalesce()
    }
}

extension torch.sparse {
    /// The product of a sparse matrix and a dense or sparse one. Unlike `torch.mm`, the gradient of
    /// the sparse matrix has elements at its places only.
    public static func mm(_ sparse: Tensor, _ dense: Tensor) -> Tensor {
        checkMatrices(sparse, dense)
        let isProductOfSparse = sparse.layout != .strided && dense.layout != .strided
        let name = isProductOfSparse ? "SparseSparseMatmulBackward0" : "SparseAddmmBackward0"
        return sparse.sparseProduct(dense, name: name, masked: true) ?? sparse.mm(dense)
    }

    /// `beta · input + alpha · (sparse @ dense)`.
    public static func addmm(
        _ input: Tensor, _ sparse: Tensor, _ dense: Tensor, beta: Double = 1, alpha: Double = 1
    ) -> Tensor {
        checkMatrices(sparse, dense)
        let result = input.sparseAddmm(sparse, dense, beta: beta, alpha: alpha, name: "SparseAddmmBackward0", masked: true)
        return result ?? input.addmm(sparse, dense, beta: beta, alpha: alpha)
    }

    private static func checkMatrices(_ a: Tensor, _ b: Tensor) {
        check(
            a.dims.count == 2 && b.dims.count == 2,
            "addmm: 2D tensors expected, got \(a.dims.count)D and \(b.dims.count)D tensors")
    }
}
