import CKernels

/// Attention without the whole matrix of scores: blocks of it live in the cache, one after the other.
struct BlockedAttention<Element: AttentionElement> {
    private let query: Rows, key: Rows, value: Rows
    /// Numbers to add to the scores.
    private let mask: Rows?
    private let isCausal: Bool
    private let scale: Element
    private let batches: Int

    private var blockRows: Int { 64 }
    private var blockColumns: Int { 256 }

    /// Matrices of a batch whose rows have no gaps.
    private struct Rows {
        let owner: Tensor
        let count: Int, width: Int, step: Int
        private let starts: [UnsafeMutablePointer<Element>]

        init(_ x: Tensor, _ batch: Dims) {
            let dense = x.steps[x.dims.count - 1] == 1 || x.dims[x.dims.count - 1] == 1 ? x : x.contiguous()
            owner = dense
            let rank = dense.dims.count
            (count, width, step) = (dense.dims[rank - 2], dense.dims[rank - 1], dense.steps[rank - 2])
            let first = dense.address!.assumingMemoryBound(to: Element.self)
            starts = (0..<batch.product).map { index in
                var (rest, offset) = (index, 0)
                for d in Swift.stride(from: rank - 3, through: 0, by: -1) {
                    offset += rest % dense.dims[d] * dense.steps[d]
                    rest /= dense.dims[d]
                }
                return first + offset
            }
        }

        func at(_ batch: Int, _ row: Int) -> UnsafeMutablePointer<Element> { starts[batch] + row * step }
        /// The distance of rows, as BLAS wants it.
        var stride: Int { Swift.max(step, width, 1) }
    }

    /// - Parameters:
    ///   - query: (…, L, E); key (…, S, E), value (…, S, Ev), all of one batch, none empty.
    ///   - mask: (…, L, S) of that batch, perhaps with steps of 0 in all but the last dimension.
    init(_ query: Tensor, _ key: Tensor, _ value: Tensor, _ mask: Tensor?, isCausal: Bool, scale: Double) {
        _ = singleThreadedBLAS
        let batch = Dims(query.shape.dropLast(2))
        (self.query, self.key, self.value) = (Rows(query, batch), Rows(key, batch), Rows(value, batch))
        self.mask = mask.map { Rows($0, batch) }
        self.isCausal = isCausal
        self.scale = Element(scale)
        batches = batch.product
    }

    /// The scores of a block of queries against a block of keys.
    private func scores(_ batch: Int, _ rows: Range<Int>, _ columns: Range<Int>, _ memory: UnsafeMutablePointer<Element>) -> ck_scores {
        Element.gemm(
            false, true, rows.count, columns.count, query.width, scale, query.at(batch, rows.lowerBound), query.stride,
            key.at(batch, columns.lowerBound), key.stride, false, memory, columns.count)
        return ck_scores(
            type: Element.kernelType, scores: memory, rows: Int64(rows.count), columns: Int64(columns.count),
            mask: mask.map { UnsafeRawPointer($0.at(batch, rows.lowerBound) + columns.lowerBound) },
            mask_row: Int64(mask?.step ?? 0),
            visible: Int64(isCausal ? rows.lowerBound + 1 - columns.lowerBound : columns.count))
    }

    /// Runs `body` for the blocks of keys that a block of queries sees.
    private func forEachColumns(_ rows: Range<Int>, _ body: (Range<Int>) -> Void) {
        let end = isCausal ? Swift.min(key.count, rows.upperBound) : key.count
        for start in Swift.stride(from: 0, to: end, by: blockColumns) { body(start..<Swift.min(start + blockColumns, end)) }
    }

    private func rows(_ block: Int) -> Range<Int> {
        block * blockRows..<Swift.min((block + 1) * blockRows, query.count)
    }

    private var blocks: Int { (query.count + blockRows - 1) / blockRows }

    /// - Parameters:
    ///   - out: (B, L, Ev), contiguous.
    ///   - logSums: (B, L), the logarithm of each row's sum of exponentials, minus infinity where nothing was seen.
    func forward(_ out: Tensor, _ logSums: Tensor) {
        let result = out.address!.assumingMemoryBound(to: Element.self)
        let most = logSums.address!.assumingMemoryBound(to: Element.self)
        let width = value.width
        CPUBackend.shared.parallel(batches * blocks) { range in
            let memory = UnsafeMutablePointer<Element>.allocate(capacity: blockRows * (blockColumns + 1))
            defer { memory.deallocate() }
            let total = memory + blockRows * blockColumns
            for index in range {
                let (batch, rows) = (index / blocks, rows(index % blocks))
                let place = batch * query.count + rows.lowerBound
                let (target, largest) = (result + place * width, most + place)
                target.update(repeating: 0, count: rows.count * width)
                largest.update(repeating: -.infinity, count: rows.count)
                total.update(repeating: 0, count: rows.count)
                forEachColumns(rows) { columns in
                    var block = scores(batch, rows, columns, memory)
                    ck_attention_fold(&block, largest, total, target, Int64(width))
                    Element.gemm(
                        false, false, rows.count, width, columns.count, 1, memory, columns.count,
                        value.at(batch, columns.lowerBound), value.stride, true, target, width)
                }
                ck_attention_finish(Element.kernelType, Int64(rows.count), largest, total, target, Int64(width))
            }
        }
    }

    /// The gradients of query, key and value, all contiguous and zero.
    /// - Parameters:
    ///   - grad: (B, L, Ev), contiguous.
    ///   - slopes: (B, L): Σ grad · out of each row.
    func backward(
        _ grad: Tensor, _ logSums: Tensor, _ slopes: Tensor, _ queryGrad: Tensor, _ keyGrad: Tensor, _ valueGrad: Tensor
    ) {
        func start(_ x: Tensor) -> UnsafeMutablePointer<Element> { x.address!.assumingMemoryBound(to: Element.self) }
        let (grads, sums, slope) = (start(grad), start(logSums), start(slopes))
        let (dq, dk, dv) = (start(queryGrad), start(keyGrad), start(valueGrad))
        let (width, depth) = (value.width, query.width)
        CPUBackend.shared.parallel(batches) { range in
            let memory = UnsafeMutablePointer<Element>.allocate(capacity: 2 * blockRows * blockColumns)
            defer { memory.deallocate() }
            let weightGrad = memory + blockRows * blockColumns
            for batch in range {
                for block in 0..<blocks {
                    let rows = rows(block)
                    let place = batch * query.count + rows.lowerBound
                    forEachColumns(rows) { columns in
                        let (m, n, stride) = (rows.count, columns.count, columns.count)
                        let source = batch * key.count + columns.lowerBound
                        var block = scores(batch, rows, columns, memory)
                        Element.gemm(
                            false, true, m, n, width, 1, grads + place * width, width,
                            value.at(batch, columns.lowerBound), value.stride, false, weightGrad, stride)
                        ck_attention_slopes(&block, sums + place, slope + place, Double(scale), weightGrad)
                        Element.gemm(
                            true, false, n, width, m, 1, memory, stride, grads + place * width, width, true,
                            dv + source * width, width)
                        Element.gemm(
                            false, false, m, depth, n, 1, weightGrad, stride, key.at(batch, columns.lowerBound), key.stride, true,
                            dq + place * depth, depth)
                        Element.gemm(
                            true, false, n, depth, m, 1, weightGrad, stride, query.at(batch, rows.lowerBound), query.stride, true,
                            dk + source * depth, depth)
                    }
                }
            }
        }
    }
}

/// The types that blocked attention computes in.
protocol AttentionElement: BinaryFloatingPoint, BLASElement {
    static var kernelType: ck_dtype { get }
}

extension Float: AttentionElement {
    static var kernelType: ck_dtype { CK_FLOAT32 }
}

extension Double: AttentionElement {
    static var kernelType: ck_dtype { CK_FLOAT64 }
}
