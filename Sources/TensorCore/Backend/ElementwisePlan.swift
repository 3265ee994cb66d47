/// How a kernel walks its operands: the shape they are broadcast to and each one's byte steps.
///
/// Dimensions that all operands cross evenly are joined, so most plans have one or two. Dimension
/// 0 is the innermost. Operand 0 is the result.
struct ElementwisePlan {
    private(set) var rank = 0
    private(set) var sizes = Dims()
    private(set) var operandCount = 0
    private(set) var pointers = InlineArray<4, UnsafeMutableRawPointer?>(repeating: nil)
    /// Byte steps: `[operand * Dims.maximum + dimension]`.
    private(set) var steps = InlineArray<64, Int>(repeating: 0)

    /// The number of elements to compute.
    var count: Int { sizes.product }

    @inline(__always)
    func step(_ operand: Int, _ dimension: Int) -> Int {
        steps[unchecked: operand * Dims.maximum + dimension]
    }

    init(_ out: Tensor, _ a: Tensor) {
        self.init(shape: out.dims)
        add(out)
        add(a)
        join()
    }

    init(_ out: Tensor, _ a: Tensor, _ b: Tensor) {
        self.init(shape: out.dims)
        add(out)
        add(a)
        add(b)
        join()
    }

    init(_ out: Tensor, _ a: Tensor, _ b: Tensor, _ c: Tensor) {
        self.init(shape: out.dims)
        add(out)
        add(a)
        add(b)
        add(c)
        join()
    }

    private init(shape: Dims) {
        rank = shape.count
        for i in 0..<rank { sizes.append(shape[rank - 1 - i]) }
    }

    /// Adds an operand that broadcasts to the plan's shape.
    private mutating func add(_ t: Tensor) {
        pointers[unchecked: operandCount] = t.address
        let width = t.dtype.size
        let own = t.dims.count
        for i in 0..<own {
            let axis = own - 1 - i
            let spread = t.dims[axis] == 1 && sizes[i] != 1
            steps[unchecked: operandCount * Dims.maximum + i] = spread ? 0 : t.steps[axis] * width
        }
        operandCount += 1
    }

    /// Drops dimensions of size 1, puts the result's smallest step innermost, and joins neighbours
    /// that every operand crosses evenly.
    private mutating func join() {
        if rank == 0 {
            rank = 1
            sizes.append(1)
            return
        }
        sortBySteps()
        var kept = 0
        for i in 0..<rank where sizes[i] != 1 {
            if kept > 0, continues(kept - 1, i) {
                sizes[kept - 1] *= sizes[i]
            } else {
                sizes[kept] = sizes[i]
                for operand in 0..<operandCount { setStep(operand, kept, step(operand, i)) }
                kept += 1
            }
        }
        if kept == 0 {
            sizes[0] = 1
            for operand in 0..<operandCount { setStep(operand, 0, 0) }
            kept = 1
        }
        while sizes.count > kept { sizes.removeLast() }
        rank = kept
    }

    private func continues(_ inner: Int, _ outer: Int) -> Bool {
        for operand in 0..<operandCount
        where step(operand, outer) != step(operand, inner) * sizes[inner] { return false }
        return true
    }

    private mutating func setStep(_ operand: Int, _ dimension: Int, _ value: Int) {
        steps[unchecked: operand * Dims.maximum + dimension] = value
    }

    /// Insertion sort by the steps of the result, then of the operands; ranks are tiny.
    private mutating func sortBySteps() {
        for i in 1..<Swift.max(rank, 1) {
            var j = i
            while j > 0, isBefore(j, j - 1) {
                swapDimensions(j, j - 1)
                j -= 1
            }
        }
    }

    private func isBefore(_ a: Int, _ b: Int) -> Bool {
        for operand in 0..<operandCount {
            let (x, y) = (step(operand, a), step(operand, b))
            if x == 0 || y == 0 { continue }
            if x != y { return x < y }
            if sizes[a] != sizes[b] { return false }
        }
        return false
    }

    private mutating func swapDimensions(_ a: Int, _ b: Int) {
        let size = sizes[a]
        sizes[a] = sizes[b]
        sizes[b] = size
        for operand in 0..<operandCount {
            let value = step(operand, a)
            setStep(operand, a, step(operand, b))
            setStep(operand, b, value)
        }
    }
}
