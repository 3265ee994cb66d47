import CKernels

/// Filling a tensor with random numbers, in place.
extension Tensor {
    /// Numbers drawn evenly from [`from`, `to`).
    @discardableResult
    public func uniform_(_ from: Double = 0, _ to: Double = 1, generator: Generator? = nil) -> Tensor {
        checkFloating("check_uniform_bounds")
        check(
            from <= to,
            "uniform_ expects to return a [from, to) range, but found from=\(shortNumber(from)) > to=\(shortNumber(to))")
        return fillRandomly("UniformBackward0", generator) { state, target in
            target.writeUniform(state, from, to)
        }
    }

    /// Numbers of the normal distribution.
    @discardableResult
    public func normal_(_ mean: Double = 0, _ std: Double = 1, generator: Generator? = nil) -> Tensor {
        checkFloating("normal_kernel_cpu")
        check(std >= 0, "normal expects std >= 0.0, but found std \(shortNumber(std))")
        return fillRandomly("NormalBackward0", generator) { state, target in
            target.writeNormal(state, mean, std, inBlocks: self.contiguousFlag)
        }
    }

    /// 1 with probability `p`, else 0.
    @discardableResult
    public func bernoulli_(_ p: Double = 0.5, generator: Generator? = nil) -> Tensor {
        check(p >= 0 && p <= 1, "bernoulli_ expects p to be in [0, 1], but got p=\(shortNumber(p))")
        return fillRandomly("BernoulliBackward1", generator) { state, target in
            let coins = Tensor(empty: target.dims, .bool)
            ck_random_bernoulli(state, coins.bytes(as: UInt8.self), coins.numel, p)
            target.copyValues(from: coins)
        }
    }

    /// Integers from [`from`, `to`).
    @discardableResult
    public func random_(_ from: Int, _ to: Int, generator: Generator? = nil) -> Tensor {
        check(
            from < to,
            "random_ expects 'from' to be less than 'to', but got from=\(from) >= to=\(to)")
        if let (low, high) = dtype.integerBounds {
            check(from >= low, "from is out of bounds for \(dtype.cName)")
            check(to - 1 <= high, "to - 1 is out of bounds for \(dtype.cName)")
        }
        return fillRandomly("RandomBackward0", generator) { state, target in
            target.writeIntegers(state, from, UInt64(bitPattern: Int64(to &- from)))
        }
    }

    /// Integers from [0, `to`).
    @discardableResult
    public func random_(_ to: Int, generator: Generator? = nil) -> Tensor {
        random_(0, to, generator: generator)
    }

    /// Integers from 0 up to all that the type can hold (for floating-point types: exactly).
    @discardableResult
    public func random_(generator: Generator? = nil) -> Tensor {
        fillRandomly("RandomBackward0", generator) { state, target in
            let (range, wide) = target.dtype.fullRandomRange
            target.writeIntegers { wide ? Int(ck_random_next64(state) % range) : Int(UInt64(ck_random_next(state)) % range) }
        }
    }

    /// Numbers of the exponential distribution with rate `lambd`.
    @discardableResult
    public func exponential_(_ lambd: Double = 1, generator: Generator? = nil) -> Tensor {
        checkFloating("exponential_")
        check(lambd > 0, "exponential_ expects lambda > 0.0, but found lambda=\(shortNumber(lambd))")
        return fillRandomly("ExponentialBackward0", generator) { state, target in
            let wide = target.dtype == .float64 ? target : Tensor(empty: target.dims, .float64)
            ck_random_exponential(state, wide.bytes(as: Double.self), wide.numel, lambd)
            if wide !== target { target.copyValues(from: wide) }
        }
    }

    // MARK: How

    /// Lets `write` fill a contiguous tensor with this one's elements in the order of memory, which
    /// is the order in which PyTorch draws. The gradient ends here.
    func fillRandomly(
        _ nodeName: String, _ generator: Generator?, _ write: (UnsafeMutablePointer<ck_random>, Tensor) -> Void
    ) -> Tensor {
        checkInPlace()
        if address != nil, numel > 0 {
            let ordered = inMemoryOrder
            let target = ordered.contiguousFlag ? ordered : Tensor(empty: ordered.dims, dtype)
            (generator ?? torch.defaultGenerator).draw { write($0, target) }
            if target !== ordered { ordered.copyValues(from: target) }
        }
        changed(by: GradMode.isEnabled && requiresGrad ? OverwriteNode(nodeName, self) : nil)
        return self
    }

    /// A view of the same elements with the largest step outermost.
    private var inMemoryOrder: Tensor {
        if contiguousFlag { return self }
        let order = (0..<dims.count).sorted { steps[$0] > steps[$1] }
        return Tensor(viewing: self, dims: Dims(order.map { dims[$0] }), steps: Dims(order.map { steps[$0] }), offset: offset)
    }

    fileprivate func bytes<T>(as type: T.Type) -> UnsafeMutablePointer<T> {
        UnsafeMutableRawPointer(address!).assumingMemoryBound(to: type)
    }

    private func checkFloating(_ kernel: String) {
        check(dtype.isDifferentiable, "\"\(kernel)\" not implemented for '\(dtype.scalarName)'", .notImplemented)
    }

    // The tensors below are contiguous.

    private func writeUniform(_ state: UnsafeMutablePointer<ck_random>, _ low: Double, _ high: Double) {
        switch dtype {
        case .float32: ck_random_uniform_f32(state, bytes(as: Float.self), numel, Float(low), Float(high))
        case .float64: ck_random_uniform_f64(state, bytes(as: Double.self), numel, low, high)
        case .complex64: ck_random_uniform_f32(state, bytes(as: Float.self), 2 * numel, Float(low), Float(high))
        case .complex128: ck_random_uniform_f64(state, bytes(as: Double.self), 2 * numel, low, high)
        default:
            let wide = Tensor(empty: dims, .float32)
            ck_random_uniform_f32(state, wide.bytes(as: Float.self), numel, Float(low), Float(high))
            copyValues(from: wide)
            // What rounded up to the open end becomes the closed one.
            let encode = dtype == .float16 ? HalfFloat.bits : BrainFloat.bits
            let (closed, open) = (encode(Float(low)), encode(Float(high)))
            let values = bytes(as: UInt16.self)
            for i in 0..<numel where values[i] == open { values[i] = closed }
        }
    }

    private func writeNormal(
        _ state: UnsafeMutablePointer<ck_random>, _ mean: Double, _ std: Double, inBlocks: Bool
    ) {
        switch dtype {
        case .float32 where inBlocks && numel >= 16:
            ck_random_normal_f32(state, bytes(as: Float.self), numel, Float(mean), Float(std))
        case .float64 where inBlocks && numel >= 16:
            ck_random_normal_f64(state, bytes(as: Double.self), numel, mean, std)
        case .complex64, .complex128:
            // Both parts with the same mean, as PyTorch has it, each with half of the variance.
            let parts = Tensor(
                storage: storage, offset: 2 * offset, dims: [2 * numel], steps: [1], numel: 2 * numel,
                dtype: dtype.real, contiguous: true)
            parts.writeNormal(state, mean, std * 0.5.squareRoot(), inBlocks: inBlocks)
        case .float16 where inBlocks && numel >= 16, .bfloat16 where inBlocks && numel >= 16:
            let wide = Tensor(empty: dims, .float32)
            ck_random_normal_blocks(state, wide.bytes(as: Float.self), numel, Float(mean), Float(std))
            copyValues(from: wide)
        default:
            for i in 0..<numel {
                storeNumber(.float(ck_random_normal(state) * std + mean), dtype, address! + i * dtype.size)
            }
        }
    }

    private func writeIntegers(_ state: UnsafeMutablePointer<ck_random>, _ low: Int, _ range: UInt64) {
        let wide = dtype == .int64 ? self : Tensor(empty: dims, .int64)
        ck_random_integers(state, wide.bytes(as: Int64.self), numel, Int64(low), range)
        if wide !== self { copyValues(from: wide) }
    }

    private func writeIntegers(_ next: () -> Int) {
        for i in 0..<numel { storeNumber(.int(next()), dtype, address! + i * dtype.size) }
    }
}

/// The history of a tensor whose values were all replaced: no gradient goes further back.
final class OverwriteNode: Node {
    private let ownName: String
    private let dims: Dims
    private let type: DType

    init(_ name: String, _ overwritten: Tensor) {
        ownName = name
        dims = overwritten.dims
        type = overwritten.dtype
        super.init()
        connect(0, overwritten)
    }

    override var name: String { ownName }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        if run.wants(self, 0) { run.send(torch.zerosLike(grad), to: 0, of: self) }
    }
}

/// A number as C++ streams print it: no fraction where there is none.
private func shortNumber(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
}

extension DType {
    /// The least and the largest value of an integer type; nil for the others.
    var integerBounds: (Int, Int)? {
        switch self {
        case .bool: (0, 1)
        case .uint8: (0, 255)
        case .int8: (-128, 127)
        case .int16: (-32768, 32767)
        case .int32: (Int(Int32.min), Int(Int32.max))
        case .int64: (Int.min, Int.max)
        default: nil
        }
    }

    /// How many values `random_()` chooses from, and whether it takes 64 bits for it.
    fileprivate var fullRandomRange: (UInt64, wide: Bool) {
        switch self {
        case .bool: (2, false)
        case .uint8: (1 << 8, false)
        case .int8: (1 << 7, false)
        case .int16: (1 << 15, false)
        case .int32: (1 << 31, false)
        case .int64: (1 << 63, true)
        case .float16: (1 << 11 + 1, false)
        case .bfloat16: (1 << 8 + 1, false)
        case .float32, .complex64: (1 << 24 + 1, false)
        case .float64, .complex128: (1 << 53 + 1, true)
        case .qint8, .quint8, .qint32: QuantizedContents.sharedBackend.failUnsupported("random_")
        }
    }
}
