/// Quantized tensors: real numbers kept as small whole ones.
extension torch {
    /// The elements of float32 `input` as whole numbers `round(x / scale) + zeroPoint`, cut off to
    /// what `dtype` (`.quint8`, `.qint8` or `.qint32`) can hold. Ties go to the even number.
    ///
    ///     let q = torch.quantizePerTensor(x, scale: 0.1, zeroPoint: 10, dtype: .quint8)
    ///     q.intRepr(); q.dequantize()
    public static func quantizePerTensor(_ input: Tensor, scale: Double, zeroPoint: Int, dtype: DType) -> Tensor {
        let integers = quantizedIntegers(input, [scale], [zeroPoint], nil, dtype, "quantize_tensor_per_tensor_affine")
        return Tensor(integers: integers, dtype, scales: [scale], zeroPoints: [zeroPoint], axis: nil)
    }
    public static func quantizePerTensor(_ input: Tensor, _ scale: Double, _ zeroPoint: Int, dtype: DType) -> Tensor {
        quantizePerTensor(input, scale: scale, zeroPoint: zeroPoint, dtype: dtype)
    }

    /// The same with a scale and a zero point for each index along `axis`.
    public static func quantizePerChannel(
        _ input: Tensor, scales: Tensor, zeroPoints: Tensor, axis: Int, dtype: DType
    ) -> Tensor {
        check(scales.dims.count == 1, "scale tensor must have dimension 1")
        check(zeroPoints.dims.count == 1, "zero_points tensor must have dimension 1")
        check(scales.numel == zeroPoints.numel, "number of elements in scales and zero_points must match")
        check(zeroPoints.dtype.isIntegral, "zero points that are not whole numbers are not supported", .notImplemented)
        check(
            axis >= 0 && axis < input.dims.count,
            "Channel axis out of range in per channel affine quantization. Got: \(axis)Expected: [0, \(input.dims.count))")
        check(
            scales.numel == input.dims[axis],
            "length of scales must equal to channel, expected \(input.dims[axis]) got, \(scales.numel)")
        let (factors, zeros): ([Double], [Int]) = (scales.detach().array(), zeroPoints.detach().array())
        let integers = quantizedIntegers(input, factors, zeros, axis, dtype, "quantize_tensor_per_channel_affine")
        return Tensor(integers: integers, dtype, scales: factors, zeroPoints: zeros, axis: axis)
    }
    public static func quantizePerChannel(
        _ input: Tensor, _ scales: Tensor, _ zeroPoints: Tensor, _ axis: Int, dtype: DType
    ) -> Tensor { quantizePerChannel(input, scales: scales, zeroPoints: zeroPoints, axis: axis, dtype: dtype) }

    /// Quantized with the scale and zero point that fit the smallest and largest element.
    /// - Parameter reduceRange: use half of the whole numbers only.
    public static func quantizePerTensorDynamic(_ input: Tensor, dtype: DType, reduceRange: Bool) -> Tensor {
        let range = dtype.integerRange
        let used = reduceRange ? (range.lowerBound / 2)...(range.upperBound / 2) : range
        let (scale, zeroPoint) = QuantizationRange(input, used).parameters
        return quantizePerTensor(input, scale: scale, zeroPoint: zeroPoint, dtype: dtype)
    }

    /// A quantized tensor of given whole numbers (uint8, int8 or int32).
    public static func _makePerTensorQuantizedTensor(_ integers: Tensor, _ scale: Double, _ zeroPoint: Int) -> Tensor {
        guard let type = [DType.qint8, .quint8, .qint32].first(where: { $0.integers == integers.dtype }) else {
            fail("ScalarType \(integers.dtype.scalarName) has no quantized type")
        }
        return Tensor(
            integers: integers.detach().clone(), type, scales: [scale], zeroPoints: [zeroPoint], axis: nil)
    }

    private static func quantizedIntegers(
        _ input: Tensor, _ scales: [Double], _ zeroPoints: [Int], _ axis: Int?, _ dtype: DType, _ name: String
    ) -> Tensor {
        warn(
            "torch.quantize_per_tensor, torch.quantize_per_channel and other quantized tensor creation functions that "
                + "produce tensors with dtype torch.quint8, torch.qint8, and torch.qint32 are deprecated and will be "
                + "removed in a future PyTorch release.")
        if input.dtype.isQuantized {
            QuantizedContents.sharedBackend.failUnsupported(axis == nil ? "quantize_per_tensor" : "quantize_per_channel")
        }
        check(input.dtype == .float32, "Quantize only works on Float Tensor, got \(input.dtype.scalarName)")
        let range = dtype.integerRange
        for zero in zeroPoints {
            check(zero >= range.lowerBound, "\(name) zero_point \(zero) is below lower bound.")
            check(zero <= range.upperBound, "\(name) zero_point \(zero) is above upper bound.")
        }
        return QuantizedContents.quantized(input.detach().contiguous(), dtype, scales, zeroPoints, axis)
    }
}

/// The scale and zero point with which all numbers from `least` to `largest` can be told apart best.
struct QuantizationRange {
    private var least: Double
    private var largest: Double
    private let integers: ClosedRange<Int>

    /// For the elements of `x`, and 0, in these whole numbers.
    init(_ x: Tensor, _ integers: ClosedRange<Int>) {
        least = x.numel == 0 ? 0 : Swift.min(x.detach().min().item(), 0)
        largest = x.numel == 0 ? 0 : Swift.max(x.detach().max().item(), 0)
        self.integers = integers
    }

    /// 0 is always told exactly.
    var parameters: (scale: Double, zeroPoint: Int) {
        let (low, high) = (Double(integers.lowerBound), Double(integers.upperBound))
        var (least, largest) = (least, largest)
        var scale = (largest - least) / (high - low)
        if Float(scale) == 0 || (1 / Float(scale)).isInfinite { scale = 0.1 }
        // Smaller scales lose their precision where they are multiplied.
        let smallest = Double(Float(6.1e-5))
        if scale < smallest {
            let amplifier = smallest / scale
            scale = smallest
            (least, largest) = (least * amplifier, largest * amplifier)
        }
        let (fromLeast, fromLargest) = (low - least / scale, high - largest / scale)
        let leastIsNearer = low.magnitude - (least / scale).magnitude < high.magnitude - (largest / scale).magnitude
        let nearest = (leastIsNearer ? fromLeast : fromLargest).rounded(.toNearestOrEven)
        return (scale, Int(Swift.min(Swift.max(nearest, low), high)))
    }
}

extension Tensor {
    /// Whether the elements are whole numbers that stand for real ones.
    public var isQuantized: Bool { dtype.isQuantized }

    /// The real numbers that a quantized tensor's stand for, in float32; a float32 tensor itself.
    public func dequantize() -> Tensor {
        guard let contents = storage.contents as? QuantizedContents else { return to(.float32) }
        return contents.dequantized(self)
    }

    /// A copy of the whole numbers: int8, uint8 or int32.
    public func intRepr() -> Tensor { requireQuantized("int_repr").integers(of: self).copied() }

    /// How the whole numbers stand for real ones.
    public func qscheme() -> QScheme { requireQuantized("qscheme").axis == nil ? .perTensorAffine : .perChannelAffine }

    /// The scale of a tensor that has one in all.
    public func qScale() -> Double { uniform("q_scale").scales[0] }
    /// The whole number that stands for 0.
    public func qZeroPoint() -> Int { uniform("q_zero_point").zeroPoints[0] }

    /// The scales along the axis, float64.
    public func qPerChannelScales() -> Tensor {
        let scales = perChannel("q_per_channel_scales").scales
        return Tensor(scales, shape: [scales.count])
    }
    /// The whole numbers that stand for 0 along the axis, int64.
    public func qPerChannelZeroPoints() -> Tensor {
        let zeros = perChannel("q_per_channel_zero_points").zeroPoints
        return Tensor(zeros, shape: [zeros.count])
    }
    /// The dimension that has a scale for each index.
    public func qPerChannelAxis() -> Int { perChannel("q_per_channel_axis").axis! }

    private func uniform(_ operation: String) -> QuantizedContents {
        let contents = requireQuantized(operation)
        check(contents.axis == nil, Tensor.unexpected("quantizer->qscheme() == kPerTensorAffine"))
        return contents
    }

    private func perChannel(_ operation: String) -> QuantizedContents {
        let contents = requireQuantized(operation)
        let condition = "quantizer->qscheme() == kPerChannelAffine || quantizer->qscheme() == kPerChannelAffineFloatQParams"
        check(contents.axis != nil, Tensor.unexpected(condition))
        return contents
    }

    private static func unexpected(_ condition: String) -> String {
        "Expected \(condition) to be true, but got false.  (Could this error message be improved?  If so, please "
            + "report an enhancement request to PyTorch.)"
    }
}

extension torch {
    public static func dequantize(_ x: Tensor) -> Tensor { x.dequantize() }
    public static func intRepr(_ x: Tensor) -> Tensor { x.intRepr() }
    public static func qScale(_ x: Tensor) -> Double { x.qScale() }
    public static func qZeroPoint(_ x: Tensor) -> Int { x.qZeroPoint() }
    public static func qPerChannelScales(_ x: Tensor) -> Tensor { x.qPerChannelScales() }
    public static func qPerChannelZeroPoints(_ x: Tensor) -> Tensor { x.qPerChannelZeroPoints() }
    public static func qPerChannelAxis(_ x: Tensor) -> Int { x.qPerChannelAxis() }
}
