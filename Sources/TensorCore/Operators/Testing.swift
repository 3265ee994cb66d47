extension torch {
    /// PyTorch's `torch.testing`: comparisons for tests.
    public enum testing {}
}

extension torch.testing {
    /// Stops unless both tensors have the same shape and type and values that are close: `|actual − expected| ≤
    /// atol + rtol · |expected|`. Without tolerances those that fit the type are taken.
    public static func assertClose(
        _ actual: Tensor, _ expected: Tensor, rtol: Double? = nil, atol: Double? = nil, equalNan: Bool = false,
        checkDevice: Bool = true, checkDtype: Bool = true, checkLayout: Bool = true, checkStride: Bool = false,
        msg: String? = nil
    ) {
        func differ(_ attribute: String, _ a: Any, _ b: Any) {
            fail(msg ?? "The values for attribute '\(attribute)' do not match: \(a) != \(b).", .assertionError)
        }
        check(
            (rtol == nil) == (atol == nil),
            "Both 'rtol' and 'atol' must be either specified or unspecified, but got no "
                + (rtol == nil ? "rtol" : "atol") + " instead.", .valueError)
        if actual.dims != expected.dims { differ("shape", "torch.Size(\(actual.shape))", "torch.Size(\(expected.shape))") }
        if checkLayout, actual.layout != expected.layout { differ("layout", actual.layout, expected.layout) }
        if checkDevice, actual.device != expected.device { differ("device", actual.device, expected.device) }
        if checkDtype, actual.dtype != expected.dtype { differ("dtype", actual.dtype, expected.dtype) }
        if checkStride, actual.stride() != expected.stride() { differ("stride()", actual.stride(), expected.stride()) }

        let type = DType.promote(actual.dtype, expected.dtype)
        let usual = tolerances(type)
        let (rtol, atol) = (rtol ?? usual.rtol, atol ?? usual.atol)
        let (a, b) = torch.noGrad { (dense(actual).to(type), dense(expected).to(type)) }
        let close = torch.noGrad { a.isclose(b, rtol: rtol, atol: atol, equalNan: equalNan) }
        if close.all().item() { return }
        let message: String = torch.noGrad {
            let isExact = rtol == 0 && atol == 0
            let distance = (type == .bool ? a.to(.int64) - b.to(.int64) : a - b).abs()
            let difference = torch.where(close, torch.zerosLike(distance), distance)
            let relative = difference / b.abs()
            if a.ndim == 0 {
                return "Scalars are not \(isExact ? "equal" : "close")!\n\nExpected \((b.item() as Scalar).plain) but got "
                    + "\((a.item() as Scalar).plain).\n"
                    + "Absolute difference: \(difference.item() as Double)\(allowed(atol, isExact))\n"
                    + "Relative difference: \(relative.item() as Double)\(allowed(rtol, isExact))"
            }
            let wrong = close.logicalNot().sum().item() as Int
            let percent = NumberText.fixed(100 * Double(wrong) / Double(a.numel), 1)
            func greatest(_ name: String, _ values: Tensor, _ tolerance: Double) -> String {
                let place = torch.where(close, -1, values.nanToNum(nan: .infinity)).argmax()
                let index = torch.unravelIndex(place, a.shape).map { "\($0.item() as Int)" }
                let value = values.flatten()[place].item() as Double
                let text = type.isIntegral && name == "absolute" ? "\(Int(value))" : "\(value)"
                return "Greatest \(name) difference: \(text) at index (\(index.joined(separator: ", "))"
                    + (index.count == 1 ? ",)" : ")") + allowed(tolerance, isExact)
            }
            return "Tensor-likes are not \(isExact ? "equal" : "close")!\n\nMismatched elements: \(wrong) / \(a.numel) "
                + "(\(percent)%)\n" + greatest("absolute", difference, atol) + "\n" + greatest("relative", relative, rtol)
        }
        fail(msg ?? message, .assertionError)
    }

    private static func dense(_ x: Tensor) -> Tensor {
        (x.layout == .strided ? x : x.toDense()).detach()
    }

    private static func allowed(_ tolerance: Double, _ isExact: Bool) -> String {
        isExact ? "" : " (up to \(tolerance) allowed)"
    }

    private static func tolerances(_ type: DType) -> (rtol: Double, atol: Double) {
        switch type {
        case .float16: (1e-3, 1e-5)
        case .bfloat16: (1.6e-2, 1e-5)
        case .float32, .complex64: (1.3e-6, 1e-5)
        case .float64, .complex128: (1e-7, 1e-7)
        default: (0, 0)
        }
    }
}
