import CKernels
internal import COpenBLAS

extension CPUBackend {
    func matmul(_ a: Tensor, _ b: Tensor, accumulate: Bool, _ out: Tensor) {
        if out.numel == 0 { return }
        if a.dims[2] == 0 {
            if !accumulate { fill(out, .int(0)) }
            return
        }
        switch out.dtype {
        case .float32: MatrixProduct<Float>(a, b, out, accumulate, self).run(self)
        case .float64: MatrixProduct<Double>(a, b, out, accumulate, self).run(self)
        case .complex64: MatrixProduct<ComplexFloat>(a, b, out, accumulate, self).run(self)
        case .complex128: MatrixProduct<ComplexDouble>(a, b, out, accumulate, self).run(self)
        case .float16, .bfloat16:
            // Computed in float32 and rounded once.
            let wide = accumulate ? denseCopy(out, .float32) : Tensor(empty: out.dims, .float32, self)
            matmul(denseCopy(a, .float32), denseCopy(b, .float32), accumulate: accumulate, wide)
            copy(to: out.dtype, from: .float32, ElementwisePlan(out, wide))
        default: integerMatmul(a, b, accumulate: accumulate, out)
        }
    }

    private func integerMatmul(_ a: Tensor, _ b: Tensor, accumulate: Bool, _ out: Tensor) {
        let (m, n, width) = (out.dims[1], out.dims[2], out.dtype.size)
        for batch in 0..<out.dims[0] {
            var matrices = ck_matrices(
                type: out.dtype.kernel, accumulate: accumulate, a: a.address! + batch * a.steps[0] * width,
                b: b.address! + batch * b.steps[0] * width, a_row: Int64(a.steps[1]), a_column: Int64(a.steps[2]),
                b_row: Int64(b.steps[1]), b_column: Int64(b.steps[2]), out: out.address! + batch * m * n * width,
                n: Int64(n), k: Int64(a.dims[2]))
            finish(ck_integer_matmul(&matrices, Int64(m)), out.dtype, "addmm_impl_cpu_")
        }
    }
}

/// A batch of matrices as BLAS reads it: rows `stride` elements apart, perhaps standing for the
/// transposed matrix.
private struct Matrices<Element> {
    let data: UnsafePointer<Element>
    let transposed: Bool
    let stride: Int
    let batchStep: Int
    /// What `data` points into.
    let owner: Tensor

    init(_ x: Tensor, _ backend: CPUBackend) {
        let (rows, columns) = (x.dims[1], x.dims[2])
        var source = x
        let transposed: Bool
        let stride: Int
        if columns == 1 || x.steps[2] == 1, rows == 1 || x.steps[1] >= columns {
            (transposed, stride) = (false, rows == 1 ? columns : x.steps[1])
        } else if rows == 1 || x.steps[1] == 1, columns == 1 || x.steps[2] >= rows {
            (transposed, stride) = (true, columns == 1 ? rows : x.steps[2])
        } else {
            source = backend.denseCopy(x)
            (transposed, stride) = (false, columns)
        }
        self.transposed = transposed
        self.stride = stride
        data = UnsafePointer(source.address!.assumingMemoryBound(to: Element.self))
        batchStep = source.steps[0]
        owner = source
    }

    /// The address of a row (or, if `byColumns`, of a column) of one matrix.
    func at(_ batch: Int, _ index: Int, byColumns: Bool) -> UnsafePointer<Element> {
        data + batch * batchStep + index * (byColumns == transposed ? stride : 1)
    }
}

/// One product of batches, shared among threads by batches or by a dimension of the result.
private struct MatrixProduct<Element: BLASElement> {
    private let a: Matrices<Element>, b: Matrices<Element>
    private let out: UnsafeMutablePointer<Element>
    private let accumulate: Bool
    private var batches: Int, m: Int
    private let n: Int, k: Int

    init(_ a: Tensor, _ b: Tensor, _ out: Tensor, _ accumulate: Bool, _ backend: CPUBackend) {
        _ = singleThreadedBLAS
        self.a = Matrices(a, backend)
        self.b = Matrices(b, backend)
        self.out = out.address!.assumingMemoryBound(to: Element.self)
        self.accumulate = accumulate
        (batches, m, n, k) = (out.dims[0], out.dims[1], out.dims[2], a.dims[2])
        // One matrix on the right for the whole batch: the batch is more rows of the left one.
        if batches > 1, self.b.batchStep == 0, !self.a.transposed, self.a.batchStep == m * self.a.stride {
            m *= batches
            batches = 1
        }
    }

    func run(_ backend: CPUBackend) {
        let work = m * n * k
        withExtendedLifetime((a.owner, b.owner)) {
            if batches == 1, m == 1, n == 1 {
                sumProducts(backend)
                return
            }
            if batches == 1, work < MatrixProduct.shareable {
                multiply(0, rows: 0..<m, columns: 0..<n)
                return
            }
            let threads = Int(ck_thread_count())
            if batches >= threads || work < MatrixProduct.shareable {
                backend.parallel(batches, grain: Swift.max(1, MatrixProduct.shareable / Swift.max(work, 1))) { range in
                    for batch in range { multiply(batch, rows: 0..<m, columns: 0..<n) }
                }
                return
            }
            // As many parts as threads: each packs the other operand anew.
            let byRows = m >= n
            let size = byRows ? m : n
            let parts = Swift.min(threads, (size + 15) / 16)
            let part = ((size + parts - 1) / parts + 15) / 16 * 16
            for batch in 0..<batches {
                backend.parallel(parts) { range in
                    let span = Swift.min(range.lowerBound * part, size)..<Swift.min(range.upperBound * part, size)
                    if span.isEmpty { return }
                    multiply(batch, rows: byRows ? span : 0..<m, columns: byRows ? 0..<n : span)
                }
            }
        }
    }

    /// The product of a row and a column, in blocks: their sums do not depend on the number of threads.
    private func sumProducts(_ backend: CPUBackend) {
        let (left, right) = (a.at(0, 0, byColumns: false), b.at(0, 0, byColumns: true))
        let (leftStep, rightStep) = (a.transposed ? a.stride : 1, b.transposed ? 1 : b.stride)
        let size = 1 << 15
        var sums = [Element](repeating: .zero, count: (k + size - 1) / size)
        sums.withUnsafeMutableBufferPointer { sums in
            let sums = sums
            backend.parallel(sums.count, grain: 2) { range in
                for block in range {
                    let first = block * size
                    sums[block] = Element.dot(
                        Int32(Swift.min(size, k - first)), left + first * leftStep, Int32(leftStep), right + first * rightStep,
                        Int32(rightStep))
                }
            }
            if !accumulate { out.pointee = .zero }
            for block in sums.indices { Element.add(out, sums.baseAddress! + block, 1) }
        }
    }

    /// Multiplications below which threads do not pay.
    private static var shareable: Int { 1 << 17 }

    private func multiply(_ batch: Int, rows: Range<Int>, columns: Range<Int>) {
        let left = a.at(batch, rows.lowerBound, byColumns: false)
        let right = b.at(batch, columns.lowerBound, byColumns: true)
        let result = out + batch * m * n + rows.lowerBound * n + columns.lowerBound
        if m == 1 || n == 1 {
            // A vector's elements lie a row or a column of its matrix apart.
            if !accumulate { result.update(repeating: .zero, count: rows.count * columns.count) }
            if m == 1 {
                let step = a.transposed ? a.stride : 1
                vector(b, !b.transposed, k, columns.count, right, left, step, result)
            } else {
                let step = b.transposed ? 1 : b.stride
                vector(a, a.transposed, k, rows.count, left, right, step, result)
            }
            return
        }
        Element.gemm(
            a.transposed, b.transposed, rows.count, columns.count, k, .one, left, a.stride, right, b.stride, accumulate,
            result, n)
    }

    /// `result[i] += Σ matrix[i, k] · x[k]`; `across` tells that i runs along the rows in memory.
    private func vector(
        _ matrix: Matrices<Element>, _ across: Bool, _ k: Int, _ count: Int, _ data: UnsafePointer<Element>,
        _ x: UnsafePointer<Element>, _ step: Int, _ result: UnsafeMutablePointer<Element>
    ) {
        let (rows, columns) = across ? (k, count) : (count, k)
        Element.gemv(
            across ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), data, Int32(matrix.stride), x,
            Int32(step), result)
    }
}
