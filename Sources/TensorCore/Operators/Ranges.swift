import Glibc

/// Numbers at even distances, in values or in exponents.
extension torch {
    /// `steps` numbers evenly from `start` to `end`, both included.
    ///
    /// They are computed from both ends, as PyTorch does, so that the last value is exactly `end`;
    /// in float32 for that type. Integer types cut towards zero.
    public static func linspace(
        _ start: Double, _ end: Double, _ steps: Int, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        check(steps >= 0, "number of steps must be non-negative")
        let places: [Scalar]
        if dtype == .float32 {
            places = even(Float(start), Float(end), steps).map { .float(Double($0)) }
        } else if dtype.isIntegral {
            places = even(start.rounded(.towardZero), end.rounded(.towardZero), steps).map { .float($0) }
        } else {
            places = even(start, end, steps).map { .float($0) }
        }
        return finished(Tensor(values: places, dims: [steps], dtype: dtype, device: device), requiresGrad)
    }
    /// `steps` powers of `base` with exponents evenly from `start` to `end`, both included.
    ///
    /// For integer types the exponents' ends are cut towards zero first.
    public static func logspace(
        _ start: Double, _ end: Double, _ steps: Int, base: Double = 10, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        check(steps >= 0, "number of steps must be non-negative")
        let exponents = dtype.isIntegral
            ? even(start.rounded(.towardZero), end.rounded(.towardZero), steps) : even(start, end, steps)
        let values: [Scalar] = exponents.map { .float(Glibc.pow(base, $0)) }
        return finished(Tensor(values: values, dims: [steps], dtype: dtype, device: device), requiresGrad)
    }

    private static func even<Number: BinaryFloatingPoint>(_ start: Number, _ end: Number, _ steps: Int) -> [Number] {
        if steps == 1 { return [start] }
        let step = (end - start) / Number(steps - 1)
        return (0..<steps).map {
            $0 < steps / 2 ? start + step * Number($0) : end - step * Number(steps - 1 - $0)
        }
    }

    /// The same between ends of which one or both are 0-d tensors, on their device.
    public static func linspace(
        _ start: some TensorOperand, _ end: some TensorOperand, _ steps: Int, dtype: DType = .default, device: Device? = nil
    ) -> Tensor {
        let ends = (RangeEnd(start), RangeEnd(end))
        checkEnds("linspace", ends.0.tensor, ends.1.tensor)
        return linspace(ends.0.number, ends.1.number, steps, dtype: dtype, device: device ?? RangeEnd.device(ends.0, ends.1))
    }
    public static func logspace(
        _ start: some TensorOperand, _ end: some TensorOperand, _ steps: Int, base: Double = 10, dtype: DType = .default,
        device: Device? = nil
    ) -> Tensor {
        let ends = (RangeEnd(start), RangeEnd(end))
        checkEnds("logspace", ends.0.tensor, ends.1.tensor)
        return logspace(
            ends.0.number, ends.1.number, steps, base: base, dtype: dtype, device: device ?? RangeEnd.device(ends.0, ends.1))
    }

    private static func checkEnds(_ name: String, _ start: Tensor?, _ end: Tensor?) {
        if (start?.ndim ?? 0) == 0 && (end?.ndim ?? 0) == 0 { return }
        let parts = [start.map { "start with \($0.ndim) dimension(s)" }, end.map { "end with \($0.ndim) dimension(s)" }]
        fail("\(name) only supports 0-dimensional start and end tensors, but got \(parts.compactMap { $0 }.joined(separator: " and ")).")
    }

    /// A 0-d tensor of a number.
    public static func scalarTensor(
        _ value: some ScalarConvertible, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor { full([], value, dtype: dtype, device: device, requiresGrad: requiresGrad) }
}

/// Where a range starts or ends: a number, or a 0-d tensor of one.
private struct RangeEnd {
    let tensor: Tensor?
    private let scalar: Scalar

    init(_ operand: some TensorOperand) {
        tensor = operand as? Tensor
        scalar = (operand as? any ScalarConvertible)?.scalar ?? .float(0)
    }

    /// The number; 0 where there is no data.
    var number: Double {
        guard let tensor else { return scalar.double }
        return tensor.device.type == .meta ? 0 : tensor.item()
    }

    static func device(_ start: RangeEnd, _ end: RangeEnd) -> Device { start.tensor?.device ?? end.tensor?.device ?? .cpu }
}
