/// Quantization that stays in floating point, to train a model that will be quantized.
extension torch {
    /// The values that quantizing and dequantizing `input` would give. The gradient passes straight
    /// through, except where a value was cut off to `quantMin` or `quantMax`.
    public static func fakeQuantizePerTensorAffine(
        _ input: Tensor, _ scale: Double, _ zeroPoint: Int, _ quantMin: Int, _ quantMax: Int
    ) -> Tensor {
        fakeQuantized(
            input, [scale], [zeroPoint], nil, quantMin, quantMax, "FakeQuantizePerTensorAffineCachemaskBackward0")
    }
    /// The same with scale and zero point in tensors of one element.
    public static func fakeQuantizePerTensorAffine(
        _ input: Tensor, _ scale: Tensor, _ zeroPoint: Tensor, _ quantMin: Int, _ quantMax: Int
    ) -> Tensor {
        fakeQuantized(
            input, [scale.detach().item()], [zeroPoint.item()], nil, quantMin, quantMax,
            "FakeQuantizePerTensorAffineCachemaskTensorQparamsBackward0")
    }

    /// The same with a scale (float32) and a zero point (int32) for each index along `axis`.
    public static func fakeQuantizePerChannelAffine(
        _ input: Tensor, _ scale: Tensor, _ zeroPoint: Tensor, _ axis: Int, _ quantMin: Int, _ quantMax: Int
    ) -> Tensor {
        check(scale.dtype == .float32 || scale.dtype == .bfloat16, "Scale must be Float or BFloat16, found \(scale.dtype.scalarName)")
        check(
            [.int32, .float32, .float16].contains(zeroPoint.dtype),
            "Zero-point must be Int32, Float or Half, found \(zeroPoint.dtype.scalarName)")
        check(scale.dims.count == 1, "scale should be a 1-D tensor")
        check(zeroPoint.dims.count == 1, "zero point should be a 1-D tensor")
        check(scale.numel == zeroPoint.numel, "scale and zero-point need to have the same dimensions")
        check(axis >= 0 && axis < input.dims.count, "`axis` must be between 0 and number of dimensions of input")
        check(scale.numel == input.dims[axis], "dimensions of scale and zero-point are not consistent with input tensor")
        return fakeQuantized(
            input, scale.detach().array(), zeroPoint.array(), axis, quantMin, quantMax,
            "FakeQuantizePerChannelAffineCachemaskBackward0")
    }

    private static func fakeQuantized(
        _ input: Tensor, _ scales: [Double], _ zeroPoints: [Int], _ axis: Int?, _ quantMin: Int, _ quantMax: Int,
        _ name: String
    ) -> Tensor {
        check(quantMin <= quantMax, "`quant_min` should be less than or         equal to `quant_max`.")
        check(
            zeroPoints.allSatisfy { $0 >= quantMin && $0 <= quantMax },
            "`zero_point` must be between `quant_min` and `quant_max`.")
        let (scale, zero) = QuantizedContents.broadcast(scales, zeroPoints, axis, axis == nil ? 0 : input.dims.count)
        let type = input.dtype
        let (integers, isInside) = GradMode.with(false) {
            let x = input.detach().to(type == .float64 ? .float64 : .float32)
            let nearest = (x * (1 / scale)).round() + zero
            let (least, largest) = (Double(quantMin), Double(quantMax))
            return (nearest.clamp(min: .float(least), max: .float(largest)), nearest.ge(least).logicalAnd(nearest.le(largest)))
        }
        return FormulaNode.record(name, [input], saving: []) { ((integers - zero) * scale).to(type) } gradients: { grad, _ in
            [grad * isInside]
        }
    }
}
