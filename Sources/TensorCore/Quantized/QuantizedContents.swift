import Glibc

/// How the whole numbers of a quantized tensor stand for real ones: PyTorch's `torch.qscheme`.
public enum QScheme: Sendable, CustomStringConvertible {
    /// One scale and zero point for all elements.
    case perTensorAffine
    /// One of each for every index along an axis.
    case perChannelAffine
    /// The same as the affine ones with a zero point of 0, for observers.
    case perTensorSymmetric, perChannelSymmetric

    /// PyTorch's name: `torch.per_tensor_affine`.
    public var description: String {
        switch self {
        case .perTensorAffine: "torch.per_tensor_affine"
        case .perChannelAffine: "torch.per_channel_affine"
        case .perTensorSymmetric: "torch.per_tensor_symmetric"
        case .perChannelSymmetric: "torch.per_channel_symmetric"
        }
    }
}

extension torch {
    public static let perTensorAffine = QScheme.perTensorAffine
    public static let perChannelAffine = QScheme.perChannelAffine
    public static let perTensorSymmetric = QScheme.perTensorSymmetric
    public static let perChannelSymmetric = QScheme.perChannelSymmetric
}

extension DType {
    /// The type of a quantized type's whole numbers.
    var integers: DType {
        switch self {
        case .qint8: .int8
        case .quint8: .uint8
        case .qint32: .int32
        default: fail("ScalarType \(scalarName) is not supported in new_qtensor.")
        }
    }

    /// The whole numbers that a quantized type has.
    var integerRange: ClosedRange<Int> {
        switch integers {
        case .int8: -128...127
        case .uint8: 0...255
        default: Int(Int32.min)...Int(Int32.max)
        }
    }
}

/// What the numbers of a quantized tensor stand for: `(integer - zeroPoint) · scale`.
final class QuantizedContents: StorageContents {
    static let sharedBackend = OpaqueBackend("QuantizedCPU")

    /// One, or one for each index along `axis`.
    let scales: [Double]
    let zeroPoints: [Int]
    /// The dimension that has a scale for each index; nil for one scale in all.
    let axis: Int?
    /// Where the whole numbers are.
    private let memory: Storage

    init(scales: [Double], zeroPoints: [Int], axis: Int?, memory: Storage) {
        self.scales = scales
        self.zeroPoints = zeroPoints
        self.axis = axis
        self.memory = memory
    }

    override var backend: OpaqueBackend { QuantizedContents.sharedBackend }

    /// The whole numbers of `tensor`, in its memory.
    func integers(of tensor: Tensor) -> Tensor {
        let whole = Tensor(
            storage: memory, offset: 0, dims: [], steps: [], numel: 1, dtype: tensor.dtype.integers, contiguous: true)
        return Tensor(viewing: whole, dims: tensor.dims, steps: tensor.steps, offset: tensor.storageOffset())
    }

    /// The numbers that `tensor`'s stand for.
    func dequantized(_ tensor: Tensor) -> Tensor {
        let integers = integers(of: tensor).converted(.float32)
        let (scale, zero) = parameters(rank: tensor.dims.count)
        return GradMode.with(false) { (integers - zero) * scale }
    }

    /// Scale and zero point in float32, in a shape that broadcasts to tensors of `rank` dimensions.
    private func parameters(rank: Int) -> (scale: Tensor, zero: Tensor) {
        QuantizedContents.broadcast(scales, zeroPoints, axis, rank)
    }

    static func broadcast(_ scales: [Double], _ zeroPoints: [Int], _ axis: Int?, _ rank: Int) -> (scale: Tensor, zero: Tensor) {
        var shape = Array(repeating: 1, count: rank)
        if let axis { shape[axis] = scales.count }
        return (
            Tensor(scales.map(Float.init), shape: shape), Tensor(zeroPoints.map(Float.init), shape: shape)
        )
    }

    // MARK: StorageContents

    override func checkView(of tensor: Tensor) {
        check(axis == nil, "Setting strides is possible only on uniformly quantized tensor")
    }

    override func copied(_ tensor: Tensor) -> Tensor {
        Tensor(integers: integers(of: tensor).copied(), tensor.dtype, scales: scales, zeroPoints: zeroPoints, axis: axis)
    }

    override func converted(_ tensor: Tensor, _ type: DType) -> Tensor {
        fail("Creation of quantized tensor requires quantized dtype like torch.quint8")
    }

    override func copy(_ source: Tensor, into target: Tensor) {
        guard target.dtype.isQuantized else {
            fail(
                "Copying from quantized Tensor to non-quantized Tensor is not allowed, please use dequantize to get a "
                    + "float Tensor from a quantized Tensor")
        }
        let values = source.dtype.isQuantized ? source.dequantize() : source.detach()
        check(values.dtype == .float32, "Quantized copy only works with kFloat as source Tensor")
        let expanded = values.expand(target.shape).contiguous()
        integers(of: target).copyValues(
            from: QuantizedContents.quantized(expanded, target.dtype, scales, zeroPoints, axis))
    }

    override func fill(_ tensor: Tensor, _ value: Scalar) { copy(torch.tensor(value.double), into: tensor) }

    override func elementwise(_ op: ElementwiseOperator, _ operands: [Tensor], _ parameters: KernelParameters) -> Tensor {
        let whole = operands[0]
        if op.rule == .comparison {
            return op(whole.dequantize(), operands[1].dequantize(), parameters)
        }
        guard op.name == "relu" else { backend.failUnsupported(op.name + ".out") }
        let result = whole.clone()
        result.copyValues(from: whole.dequantize().relu())
        return result
    }

    override func description(of tensor: Tensor) -> ContentsText {
        let size = "size=(" + tensor.shape.map(String.init).joined(separator: ", ") + (tensor.ndim == 1 ? ",)" : ")")
        var suffixes = [size, "dtype=\(tensor.dtype)", "quantization_scheme=\(tensor.qscheme())"]
        if let axis {
            suffixes += ["scale=\(tensor.qPerChannelScales())", "zero_point=\(tensor.qPerChannelZeroPoints())", "axis=\(axis)"]
        } else {
            suffixes += ["scale=\(scales[0])", "zero_point=\(zeroPoints[0])"]
        }
        return ContentsText(values: dequantized(tensor).valuesText(indent: 7), suffixes: suffixes)
    }

    // MARK: Quantizing

    /// The whole numbers nearest to `x / scale + zeroPoint` that `type` has, of contiguous float32 `x`.
    /// What is not a number becomes the largest.
    static func quantized(_ x: Tensor, _ type: DType, _ scales: [Double], _ zeroPoints: [Int], _ axis: Int?) -> Tensor {
        let out = Tensor(empty: x.dims, type.integers)
        let range = type.integerRange
        let (lowest, highest) = (Double(range.lowerBound), Double(range.upperBound))
        let inner = axis.map { Dims(x.dims.array.dropFirst($0 + 1)).product } ?? Swift.max(x.numel, 1)
        func write<Integer: FixedWidthInteger & BitwiseCopyable>(_ integer: Integer.Type) {
            x.withUnsafeMutableValues(as: Float.self) { source in
                out.withUnsafeMutableValues(as: integer) { result in
                    for i in 0..<source.count {
                        let channel = axis == nil ? 0 : i / inner % scales.count
                        let nearest = Double(nearbyintf(source[i] * (1 / Float(scales[channel])))) + Double(zeroPoints[channel])
                        result[i] = Integer(nearest < lowest ? lowest : nearest < highest ? nearest : highest)
                    }
                }
            }
        }
        switch type.integers {
        case .int8: write(Int8.self)
        case .uint8: write(UInt8.self)
        default: write(Int32.self)
        }
        return out
    }
}

extension Tensor {
    /// A quantized tensor of these whole numbers.
    convenience init(integers: Tensor, _ type: DType, scales: [Double], zeroPoints: [Int], axis: Int?) {
        let contents = QuantizedContents(scales: scales, zeroPoints: zeroPoints, axis: axis, memory: integers.storage)
        self.init(
            storage: Storage(holding: contents, memory: integers.storage), offset: integers.storageOffset(),
            dims: integers.dims, steps: integers.steps, numel: integers.numel, dtype: type, contiguous: false)
    }

    /// What a quantized tensor's numbers stand for; stops with PyTorch's message for others.
    func requireQuantized(_ operation: String) -> QuantizedContents {
        guard let contents = storage.contents as? QuantizedContents else { CPUBackend.failUnsupported(operation) }
        return contents
    }
}
