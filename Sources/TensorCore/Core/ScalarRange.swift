extension DType {
    /// The name of the type in C++, as PyTorch's messages about numbers say it.
    package var cName: String {
        switch self {
        case .bool: "bool"
        case .uint8: "unsigned char"
        case .int8: "signed char"
        case .int16: "short int"
        case .int32: "int"
        case .int64: "long int"
        case .float16: "c10::Half"
        case .bfloat16: "c10::BFloat16"
        case .float32: "float"
        case .float64: "double"
        case .complex64: "c10::complex<float>"
        case .complex128: "c10::complex<double>"
        case .qint8, .quint8, .qint32: "c10::\(name)"
        }
    }

    /// The name in messages about numbers that do not fit.
    fileprivate var rangeName: String {
        switch self {
        case .uint8: "uint8_t"
        case .int8: "int8_t"
        case .int16: "int16_t"
        case .int64: "int64_t"
        default: cName
        }
    }
}

extension Scalar {
    /// Stops with PyTorch's message where the number lies beyond the range of `type`. Infinities
    /// and NaN fit every floating type, and everything can be a bool; an unsigned type takes
    /// negative numbers that wrap around.
    func checkFits(_ type: DType) {
        if type == .bool { return }
        var fits = type.isComplex || imaginary == 0
        for part in [double, imaginary] {
            if type.isIntegral {
                fits = fits && fitsInteger(part, type)
            } else if part.isFinite {
                fits = fits && part.magnitude <= type.real.largestFinite
            }
        }
        check(fits, "value cannot be converted to type \(type.rangeName) without overflow")
    }

    private func fitsInteger(_ value: Double, _ type: DType) -> Bool {
        if case .int = self, type == .int64 { return true }
        let high = type == .int64 ? 0x1p63 : type.highest.double + 1
        let low = type == .uint8 ? -high : (type == .int64 ? -0x1p63 - 1 : type.lowest.double - 1)
        return value.rounded(.towardZero) < high && value.rounded(.towardZero) > low
    }
}
