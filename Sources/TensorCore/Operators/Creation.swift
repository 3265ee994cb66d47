/// Making tensors.

/// What can be written as the values of a tensor: numbers, bools, and nested arrays of them.
public protocol TensorData {
    /// The type PyTorch gives these values.
    static var elementType: DType { get }
    /// Appends all values, and adds this level's size to `shape` (the first time it is met).
    /// Stops where nested arrays differ in size.
    func append(to values: inout [Scalar], shape: inout [Int], depth: Int)
}

extension TensorData where Self: ScalarConvertible {
    public func append(to values: inout [Scalar], shape: inout [Int], depth: Int) { values.append(scalar) }
}

extension Bool: TensorData { public static var elementType: DType { .bool } }
extension Int: TensorData { public static var elementType: DType { .int64 } }
extension Float: TensorData { public static var elementType: DType { .float32 } }
// A literal such as 0.5 is a Double in Swift and a float32 in PyTorch.
extension Double: TensorData { public static var elementType: DType { .default } }
extension Int32: TensorData, ScalarConvertible {
    public static var elementType: DType { .int32 }
    public var scalar: Scalar { .int(Int(self)) }
}
extension UInt8: TensorData, ScalarConvertible {
    public static var elementType: DType { .uint8 }
    public var scalar: Scalar { .int(Int(self)) }
}

extension Array: TensorData where Element: TensorData {
    public static var elementType: DType { Element.elementType }

    public func append(to values: inout [Scalar], shape: inout [Int], depth: Int) {
        if shape.count == depth {
            shape.append(count)
        } else if shape[depth] != count {
            fail("expected sequence of length \(shape[depth]) at dim \(depth) (got \(count))", .valueError)
        }
        for element in self { element.append(to: &values, shape: &shape, depth: depth + 1) }
    }
}

extension Tensor {
    /// A tensor of these values: PyTorch's `torch.tensor`.
    convenience init(values: [Scalar], dims: Dims, dtype: DType, device: Device) {
        let host = Tensor(empty: dims, dtype)
        let pointer = host.storage.pointer!
        for (i, value) in values.enumerated() { storeNumber(value, dtype, pointer + i * dtype.size) }
        let placed = host.to(device)
        self.init(
            storage: placed.storage, offset: 0, dims: dims, steps: placed.steps, numel: placed.numel, dtype: dtype,
            contiguous: true)
    }

    /// A float32 tensor of these values (PyTorch's `torch.Tensor([1, 2])`).
    public convenience init(_ data: [some TensorData]) {
        var (values, shape) = ([Scalar](), [Int]())
        data.append(to: &values, shape: &shape, depth: 0)
        self.init(values: values, dims: Dims(shape), dtype: .default, device: .cpu)
    }

    /// A float32 tensor of this shape whose values are not set (PyTorch's `torch.Tensor(2, 3)`).
    public convenience init(_ shape: Int...) { self.init(empty: Dims(shape), .default) }

    /// A copy of this array's numbers, row by row, in the given shape.
    public convenience init(_ values: [Float], shape: [Int]) {
        self.init(copying: values, shape: shape, .float32)
    }
    public convenience init(_ values: [Double], shape: [Int]) {
        self.init(copying: values, shape: shape, .float64)
    }
    public convenience init(_ values: [Int], shape: [Int]) {
        self.init(copying: values, shape: shape, .int64)
    }
    public convenience init(_ values: [UInt8], shape: [Int]) {
        self.init(copying: values, shape: shape, .uint8)
    }

    private convenience init<Element: BitwiseCopyable>(copying values: [Element], shape: [Int], _ dtype: DType) {
        let dims = Dims(shape)
        check(
            dims.product == values.count,
            "shape '\(dims)' is invalid for input of size \(values.count)")
        self.init(empty: dims, dtype)
        values.withUnsafeBytes { storage.pointer!.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(storage.pointer!), byteCount: $0.count) }
    }

    private func filled(_ value: Scalar) -> Tensor {
        backend.fill(self, value)
        return self
    }

    /// Tensors of this one's type and device.
    public func newZeros(_ size: Int..., dtype: DType? = nil) -> Tensor { newZeros(size, dtype: dtype) }
    public func newZeros(_ size: [Int], dtype: DType? = nil) -> Tensor {
        torch.zeros(size, dtype: dtype ?? self.dtype, device: device)
    }
    public func newOnes(_ size: Int..., dtype: DType? = nil) -> Tensor { newOnes(size, dtype: dtype) }
    public func newOnes(_ size: [Int], dtype: DType? = nil) -> Tensor {
        torch.ones(size, dtype: dtype ?? self.dtype, device: device)
    }
    public func newFull(_ size: [Int], _ value: some ScalarConvertible, dtype: DType? = nil) -> Tensor {
        torch.full(size, value, dtype: dtype ?? self.dtype, device: device)
    }
    public func newEmpty(_ size: Int..., dtype: DType? = nil) -> Tensor { newEmpty(size, dtype: dtype) }
    public func newEmpty(_ size: [Int], dtype: DType? = nil) -> Tensor {
        torch.empty(size, dtype: dtype ?? self.dtype, device: device)
    }
    public func newTensor(_ data: some TensorData, dtype: DType? = nil, requiresGrad: Bool = false) -> Tensor {
        torch.tensor(data, dtype: dtype ?? self.dtype, device: device, requiresGrad: requiresGrad)
    }
}

extension torch {
    /// A tensor of these values. Whole numbers give int64, others float32, unless `dtype` says so.
    public static func tensor(
        _ data: some TensorData, dtype: DType? = nil, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        var (values, shape) = ([Scalar](), [Int]())
        data.append(to: &values, shape: &shape, depth: 0)
        let type = dtype ?? Swift.type(of: data).elementType
        return finished(Tensor(values: values, dims: Dims(shape), dtype: type, device: device), requiresGrad)
    }

    /// A copy without history.
    public static func tensor(_ data: Tensor, dtype: DType? = nil, requiresGrad: Bool = false) -> Tensor {
        warn(
            "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() or "
                + "sourceTensor.detach().clone().requires_grad_(True), rather than torch.tensor(sourceTensor).")
        return finished(data.detach().clone().to(dtype ?? data.dtype), requiresGrad)
    }

    public static func asTensor(_ data: some TensorData, dtype: DType? = nil) -> Tensor { tensor(data, dtype: dtype) }
    public static func asTensor(_ data: Tensor, dtype: DType? = nil) -> Tensor { data.to(dtype ?? data.dtype) }

    /// A tensor whose values are not set.
    public static func empty(
        _ size: [Int], dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        for dim in size where dim < 0 {
            fail("Trying to create tensor with negative dimension \(dim): \(size)")
        }
        return finished(Tensor(empty: Dims(size), dtype, device.backend), requiresGrad)
    }
    public static func empty(
        _ size: Int..., dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor { empty(size, dtype: dtype, device: device, requiresGrad: requiresGrad) }

    /// A tensor with every element the same; the type follows the value unless given.
    public static func full(
        _ size: [Int], _ value: some ScalarConvertible, dtype: DType? = nil, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        let out = empty(size, dtype: dtype ?? value.scalar.dtype, device: device)
        if out.dtype.isIntegral { value.scalar.checkFits(out.dtype) }
        out.backend.fill(out, value.scalar)
        return finished(out, requiresGrad)
    }
    public static func zeros(
        _ size: [Int], dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        check(size.allSatisfy { $0 >= 0 }, "zeros: Dimension size must be non-negative.")
        return full(size, 0, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func zeros(
        _ size: Int..., dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor { zeros(size, dtype: dtype, device: device, requiresGrad: requiresGrad) }
    public static func ones(
        _ size: [Int], dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor { full(size, 1, dtype: dtype, device: device, requiresGrad: requiresGrad) }
    public static func ones(
        _ size: Int..., dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor { ones(size, dtype: dtype, device: device, requiresGrad: requiresGrad) }

    /// Tensors of another one's shape, type and device.
    public static func zerosLike(_ x: Tensor, dtype: DType? = nil, requiresGrad: Bool = false) -> Tensor {
        if x.isSparse { return sparseCooTensor(size: x.shape, dtype: dtype ?? x.dtype, requiresGrad: requiresGrad) }
        return zeros(x.shape, dtype: dtype ?? x.dtype, device: x.device, requiresGrad: requiresGrad)
    }
    public static func onesLike(_ x: Tensor, dtype: DType? = nil, requiresGrad: Bool = false) -> Tensor {
        ones(x.shape, dtype: dtype ?? x.dtype, device: x.device, requiresGrad: requiresGrad)
    }
    public static func emptyLike(_ x: Tensor, dtype: DType? = nil, requiresGrad: Bool = false) -> Tensor {
        empty(x.shape, dtype: dtype ?? x.dtype, device: x.device, requiresGrad: requiresGrad)
    }
    public static func fullLike(_ x: Tensor, _ value: some ScalarConvertible, dtype: DType? = nil, requiresGrad: Bool = false) -> Tensor {
        full(x.shape, value, dtype: dtype ?? x.dtype, device: x.device, requiresGrad: requiresGrad)
    }

    /// The numbers from `start` up to but not including `end`. Whole numbers give int64.
    public static func arange(
        _ start: some ScalarConvertible, _ end: some ScalarConvertible, _ step: some ScalarConvertible = 1,
        dtype: DType? = nil, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        let (start, end, step) = (start.scalar, end.scalar, step.scalar)
        let bounds = [start, end, step]
        let isFloat = bounds.contains { if case .float = $0 { true } else { false } }
        let type = dtype ?? (isFloat ? .default : .int64)
        check(step.double != 0, "step must be nonzero")
        check(
            start.double.isFinite && end.double.isFinite,
            "unsupported range: \(rangeText(start)) -> \(rangeText(end))")
        check(
            (end.double - start.double) * step.double >= 0,
            "upper bound and lower bound inconsistent with step sign")
        let count = Int(((end.double - start.double) / step.double).rounded(.up))
        // Whole elements take whole steps: arange(0.5, 3, dtype: .int64) is 0, 1, 2.
        let isWhole = !isFloat || type.isIntegral
        let values: [Scalar] = (0..<count).map { i in
            isWhole ? .int(start.int + i * step.int) : .float(start.double + Double(i) * step.double)
        }
        return finished(Tensor(values: values, dims: [count], dtype: type, device: device), requiresGrad)
    }
    /// A bound as C++ writes it.
    private static func rangeText(_ bound: Scalar) -> String {
        let value = bound.double
        return value == value.rounded() && value.magnitude < 1e6 ? "\(Int(value))" : "\(value)"
    }
    public static func arange(
        _ end: some ScalarConvertible, dtype: DType? = nil, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        arange(0, end, 1, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }

    /// The identity matrix.
    public static func eye(
        _ n: Int, _ m: Int? = nil, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        check(n >= 0, "n must be greater or equal to 0, got \(n)")
        check(m ?? 0 >= 0, "m must be greater or equal to 0, got \(m ?? 0)")
        let out = zeros([n, m ?? n], dtype: dtype, device: device)
        if out.numel > 0 { out.diagonal().fill_(1) }
        return finished(out, requiresGrad)
    }

    static func finished(_ tensor: Tensor, _ requiresGrad: Bool) -> Tensor {
        requiresGrad ? tensor.madeToRequireGrad(true) : tensor
    }
}

/// PyTorch's former wrapper for tensors that take part in autograd: the tensor itself.
@available(*, deprecated, message: "Variable is a Tensor since PyTorch 0.4: use the tensor with requiresGrad: true")
public func Variable(_ data: Tensor, requiresGrad: Bool = false) -> Tensor {
    requiresGrad ? data.requiresGrad_() : data
}
