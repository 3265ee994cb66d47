/// Products of quantized matrices: int8 numbers multiplied and added up in int32.
extension torch {
    /// PyTorch's `torch.ops`.
    public enum ops {
        /// PyTorch's `torch.ops.quantized`: operators between quantized tensors.
        public enum quantized {}
    }
}

/// The weight (`.qint8`, (out, in)) and the bias (float32) of a quantized linear layer.
public struct LinearPackedParams: Sendable {
    public let weight: Tensor
    public let bias: Tensor?
    /// The weight's whole numbers less their zero points, in int32: (in, out).
    fileprivate let factors: Tensor
    /// The scale of each output, or one of all.
    fileprivate let scales: Tensor

    fileprivate init(_ weight: Tensor, _ bias: Tensor?) {
        check(weight.dtype == .qint8, "quantized::linear_prepack: the weight must be qint8, got \(weight.dtype.name)", .valueError)
        check(
            weight.dims.count == 2,
            "The weight tensor for quantized::linear_prepack (fbgemm) should be 2-dimensional.")
        let contents = weight.requireQuantized("linear_prepack")
        check(contents.axis == nil || contents.axis == 0, "a quantized linear layer has a scale for each output, axis 0")
        if let bias {
            check(bias.dims.count == 1, "bias should be a vector (1D Tensor)")
            check(bias.dims[0] == weight.dims[0], "bias should have N elements: \(weight.dims[0])")
        }
        self.weight = weight
        self.bias = bias?.detach()
        let zeros = contents.axis == nil
            ? Tensor([contents.zeroPoints[0]], shape: []) : Tensor(contents.zeroPoints, shape: [weight.dims[0], 1])
        factors = (contents.integers(of: weight).to(.int32) - zeros.to(.int32)).t().contiguous()
        scales = Tensor(contents.scales.map(Float.init), shape: contents.axis == nil ? [] : [weight.dims[0]])
    }

    /// The product of quantized rows with the weight, in the whole numbers' units, and the scale of
    /// each unit.
    fileprivate func product(_ x: Tensor) -> (sums: Tensor, units: Tensor) {
        check(x.dtype == .quint8, "expected scalar type QUInt8 but found \(x.dtype.scalarName)")
        check(
            x.dims.count > 0 && x.size(-1) == weight.dims[1],
            "The number of rows in the packB should be equal to K: \(x.dims.count > 0 ? x.size(-1) : 1)")
        let rows = x.intRepr().to(.int32) - Int(x.qZeroPoint())
        return (rows.matmul(factors).to(.float32), scales * x.qScale())
    }
}

extension torch.ops.quantized {
    /// Brings a layer's weight and bias in the form that `linear` takes.
    public static func linearPrepack(_ weight: Tensor, _ bias: Tensor? = nil) -> LinearPackedParams {
        LinearPackedParams(weight, bias)
    }
    /// The weight and the bias that were packed.
    public static func linearUnpack(_ packed: LinearPackedParams) -> (Tensor, Tensor?) { (packed.weight, packed.bias) }

    /// `x @ weightᵀ + bias` of quantized `x` (`.quint8`), quantized again with a scale and zero point.
    public static func linear(_ x: Tensor, _ packed: LinearPackedParams, _ scale: Double, _ zeroPoint: Int) -> Tensor {
        requantizedLinear(x, packed, scale, zeroPoint, least: 0)
    }
    /// The same with what is below 0 set to 0.
    public static func linearRelu(_ x: Tensor, _ packed: LinearPackedParams, _ scale: Double, _ zeroPoint: Int) -> Tensor {
        requantizedLinear(x, packed, scale, zeroPoint, least: zeroPoint)
    }

    private static func requantizedLinear(
        _ x: Tensor, _ packed: LinearPackedParams, _ scale: Double, _ zeroPoint: Int, least: Int
    ) -> Tensor {
        let (sums, units) = packed.product(x)
        let biased = packed.bias.map { sums + $0 / units } ?? sums
        let nearest = (biased * (units / scale)).round() + zeroPoint
        let integers = nearest.clamp(min: .int(least), max: .int(255)).to(.uint8)
        return Tensor(integers: integers, .quint8, scales: [scale], zeroPoints: [zeroPoint], axis: nil)
    }

    /// `x @ weightᵀ + bias` of float32 `x`, which is quantized for the product by its own range.
    /// - Parameter reduceRange: quantize `x` to 7 bits.
    public static func linearDynamic(_ x: Tensor, _ packed: LinearPackedParams, reduceRange: Bool = false) -> Tensor {
        let (sums, units) = packed.product(torch.quantizePerTensorDynamic(x, dtype: .quint8, reduceRange: reduceRange))
        let product = sums * units
        return packed.bias.map { product + $0 } ?? product
    }

    /// The sum of two quantized tensors of one type, quantized with a scale and zero point.
    public static func add(_ a: Tensor, _ b: Tensor, _ scale: Double, _ zeroPoint: Int) -> Tensor {
        combined(a, b, scale, zeroPoint, "Add") { $0 + $1 }
    }
    public static func addRelu(_ a: Tensor, _ b: Tensor, _ scale: Double, _ zeroPoint: Int) -> Tensor {
        combined(a, b, scale, zeroPoint, "Add") { ($0 + $1).relu() }
    }
    /// The product, element by element.
    public static func mul(_ a: Tensor, _ b: Tensor, _ scale: Double, _ zeroPoint: Int) -> Tensor {
        combined(a, b, scale, zeroPoint, "Mul") { $0 * $1 }
    }

    private static func combined(
        _ a: Tensor, _ b: Tensor, _ scale: Double, _ zeroPoint: Int, _ name: String, _ operation: (Tensor, Tensor) -> Tensor
    ) -> Tensor {
        check(a.isQuantized && b.isQuantized, "\(name) operands must be quantized tensors")
        check(a.dtype == b.dtype, "\(name) operands should have same data type.")
        return torch.quantizePerTensor(
            operation(a.dequantize(), b.dequantize()), scale: scale, zeroPoint: zeroPoint, dtype: a.dtype)
    }
}
