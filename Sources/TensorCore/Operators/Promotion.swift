/// How operands of different types, shapes and devices come together.

/// The type that PyTorch computes in: tensors with dimensions decide first, then 0-d tensors,
/// then numbers; a lower kind only counts where it is of a higher category (bool, integer,
/// floating, complex).
func promotedType(_ tensors: [Tensor]) -> DType {
    var dimensioned: DType?
    var zeroDimensional: DType?
    var wrapped: DType?
    for t in tensors {
        if t.isWrappedNumber {
            wrapped = wrapped.map { DType.promote($0, t.dtype) } ?? t.dtype
        } else if t.dims.isEmpty {
            zeroDimensional = zeroDimensional.map { DType.promote($0, t.dtype) } ?? t.dtype
        } else {
            dimensioned = dimensioned.map { DType.promote($0, t.dtype) } ?? t.dtype
        }
    }
    return combineCategories(dimensioned, combineCategories(zeroDimensional, wrapped))!
}

private func combineCategories(_ higher: DType?, _ lower: DType?) -> DType? {
    guard let higher else { return lower }
    guard let lower else { return higher }
    if higher.isComplex { return higher }
    if higher.isFloatingPoint { return lower.isComplex ? higher.complex : higher }
    if higher == .bool || !lower.isIntegral { return DType.promote(higher, lower) }
    return higher
}

extension torch {
    /// The type an operation on both gives (`torch.result_type`).
    public static func resultType(_ a: Tensor, _ b: Tensor) -> DType { promotedType([a, b]) }
    public static func resultType(_ a: Tensor, _ b: some ScalarConvertible) -> DType {
        promotedType([a, Tensor(wrapping: b.scalar, beside: a)])
    }

    /// The type both can be converted to (`torch.promote_types`).
    public static func promoteTypes(_ a: DType, _ b: DType) -> DType { DType.promote(a, b) }

    /// Whether a value of one type may be stored as the other (`torch.can_cast`).
    public static func canCast(_ from: DType, _ to: DType) -> Bool { TensorCore.canCast(from, to: to) }
}

func canCast(_ from: DType, to: DType) -> Bool {
    if from.isComplex && !to.isComplex { return false }
    if from.isFloatingPoint && to.isIntegral { return false }
    if from != .bool && to == .bool { return false }
    return true
}

/// The shape both broadcast to. Stops with PyTorch's message where there is none.
@inline(__always)
func broadcastDims(_ a: Dims, _ b: Dims) -> Dims {
    if a == b { return a }
    let (long, short) = a.count >= b.count ? (a, b) : (b, a)
    var result = long
    let lead = long.count - short.count
    for i in 0..<short.count {
        let (x, y) = (long[lead + i], short[i])
        if x == y { continue }
        if x == 1 {
            result[lead + i] = y
        } else if y != 1 {
            failBroadcast(a, b)
        }
    }
    return result
}

@inline(never)
private func failBroadcast(_ a: Dims, _ b: Dims) -> Never {
    let rank = Swift.max(a.count, b.count)
    var i = rank - 1
    while i >= 0 {
        let (x, y) = (i - (rank - a.count), i - (rank - b.count))
        if x >= 0, y >= 0, a[x] != b[y], a[x] != 1, b[y] != 1 {
            fail(
                "The size of tensor a (\(a[x])) must match the size of tensor b (\(b[y])) at non-singleton "
                    + "dimension \(i)")
        }
        i -= 1
    }
    fail("shapes \(a) and \(b) cannot be broadcast")
}

/// The backend that all operands live on; 0-d CPU tensors go along with any.
func commonBackend(_ tensors: [Tensor]) -> Backend {
    var backend = tensors[0].backend
    for t in tensors.dropFirst() where t.backend !== backend {
        if t.dims.isEmpty && t.device == .cpu { continue }
        if backend.device == .cpu, tensors[0].dims.isEmpty {
            backend = t.backend
            continue
        }
        for tensor in tensors { tensor.storage.contents?.backend.failUnsupported() }
        fail(
            "Expected all tensors to be on the same device, but found at least two devices, "
                + "\(backend.device) and \(t.device)!")
    }
    return backend
}

extension Tensor {
    /// Stops unless every other tensor lives where this one does: a kernel reads their memory.
    func checkSameDevice(_ others: Tensor...) {
        for other in others where other.backend !== backend {
            fail("Expected all tensors to be on the same device, but found at least two devices, \(device) and \(other.device)!")
        }
    }

    /// A 0-d tensor standing for a number in an operation with `other`, of the type the operation
    /// will have as far as the number decides it.
    @inline(__always)
    convenience init(wrapping number: Scalar, beside other: Tensor) {
        var type = number.dtype
        // Beside float16 and bfloat16 a number is not rounded yet: an operator may take it as it is.
        switch number {
        case .bool: if other.dtype != .bool { type = other.dtype }
        case .int: if other.dtype != .bool { type = other.dtype.isHalf ? .float32 : other.dtype }
        case .float: if !other.dtype.isIntegral { type = other.dtype.isHalf ? .float32 : other.dtype }
        case .complex: type = other.dtype.complex
        }
        let storage = Storage(byteCount: type.size, backend: CPUBackend.shared)
        storeNumber(number, type, storage.pointer!)
        self.init(
            storage: storage, offset: 0, dims: Dims(), steps: Dims(), numel: 1, dtype: type, contiguous: true,
            wrapped: true)
    }

    /// The values in another type, without history.
    @inline(__always)
    func converted(_ type: DType) -> Tensor { dtype == type ? self : convertedCopy(type) }

    @inline(never)
    private func convertedCopy(_ type: DType) -> Tensor {
        if let contents = storage.contents { return contents.converted(self, type) }
        let out = Tensor(empty: dims, type, backend)
        backend.copy(to: type, from: dtype, ElementwisePlan(out, self))
        return out
    }

    /// A contiguous copy without history.
    func copied() -> Tensor {
        if let contents = storage.contents { return contents.copied(self) }
        let out = Tensor(empty: dims, dtype, backend)
        out.copyValues(from: self)
        return out
    }

    /// Overwrites the values, converting and broadcasting, without history.
    func copyValues(from source: Tensor) {
        if let contents = storage.contents ?? source.storage.contents {
            contents.copy(source, into: self)
            return
        }
        backend.copy(to: dtype, from: source.dtype, ElementwisePlan(self, source))
    }

    /// The step with which this operand runs along contiguous `out`: 1, or 0 for one value.
    @inline(__always)
    func flatStep(over out: Tensor) -> Int? {
        if !contiguousFlag { return nil }
        return numel == 1 ? 0 : dims == out.dims ? 1 : nil
    }

    /// A gradient in the shape and type of what it belongs to: broadcast dimensions are summed, a
    /// complex gradient of something real keeps its real part.
    @inline(__always)
    func conformed(to dims: Dims, _ type: DType) -> Tensor {
        if self.dims == dims && dtype == type { return self }
        return conformedCopy(to: dims, type)
    }

    @inline(never)
    private func conformedCopy(to dims: Dims, _ type: DType) -> Tensor {
        var result = self
        if self.dims != dims { result = result.sumToSize(dims) }
        if result.dtype.isComplex, !type.isComplex { result = result.real.contiguous() }
        return result.dtype == type ? result : result.to(type)
    }
}

/// Writes a number in the form of `type`.
func storeNumber(_ number: Scalar, _ type: DType, _ pointer: UnsafeMutableRawPointer) {
    switch type {
    case .bool: pointer.storeBytes(of: number.bool, as: Bool.self)
    case .uint8: pointer.storeBytes(of: UInt8(truncatingIfNeeded: number.int), as: UInt8.self)
    case .int8: pointer.storeBytes(of: Int8(truncatingIfNeeded: number.int), as: Int8.self)
    case .int16: pointer.storeBytes(of: Int16(truncatingIfNeeded: number.int), as: Int16.self)
    case .int32: pointer.storeBytes(of: Int32(truncatingIfNeeded: number.int), as: Int32.self)
    case .int64: pointer.storeBytes(of: number.int, as: Int.self)
    case .float16: pointer.storeBytes(of: HalfFloat.bits(Float(number.double)), as: UInt16.self)
    case .bfloat16: pointer.storeBytes(of: BrainFloat.bits(Float(number.double)), as: UInt16.self)
    case .float32: pointer.storeBytes(of: Float(number.double), as: Float.self)
    case .float64: pointer.storeBytes(of: number.double, as: Double.self)
    case .complex64:
        pointer.storeBytes(of: Float(number.double), as: Float.self)
        pointer.storeBytes(of: Float(number.imaginary), toByteOffset: 4, as: Float.self)
    case .complex128:
        pointer.storeBytes(of: number.double, as: Double.self)
        pointer.storeBytes(of: number.imaginary, toByteOffset: 8, as: Double.self)
    case .qint8, .quint8, .qint32: fail("store_scalar: invalid type")
    }
}

/// Reads a number in the form of `type`.
func loadNumber(_ type: DType, _ pointer: UnsafeRawPointer) -> Scalar {
    switch type {
    case .bool: .bool(pointer.load(as: UInt8.self) != 0)
    case .uint8: .int(Int(pointer.load(as: UInt8.self)))
    case .int8: .int(Int(pointer.load(as: Int8.self)))
    case .int16: .int(Int(pointer.load(as: Int16.self)))
    case .int32: .int(Int(pointer.load(as: Int32.self)))
    case .int64: .int(pointer.load(as: Int.self))
    case .float16: .float(Double(HalfFloat.value(pointer.load(as: UInt16.self))))
    case .bfloat16: .float(Double(BrainFloat.value(pointer.load(as: UInt16.self))))
    case .float32: .float(Double(pointer.load(as: Float.self)))
    case .float64: .float(pointer.load(as: Double.self))
    case .complex64:
        .complex(Double(pointer.load(as: Float.self)), Double(pointer.load(fromByteOffset: 4, as: Float.self)))
    case .complex128:
        .complex(pointer.load(as: Double.self), pointer.load(fromByteOffset: 8, as: Double.self))
    case .qint8, .quint8, .qint32: fail("load_scalar: invalid type")
    }
}
