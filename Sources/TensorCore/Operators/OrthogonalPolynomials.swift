/// Orthogonal polynomials of degree `n` at `x`, a tensor or a number each; no gradients.
///
/// They are computed by their recurrences in the type of the result, with the one rounding of
/// product and difference that PyTorch's build has.
extension torch.special {
    private static func polynomial(
        _ name: String, _ x: Tensor, _ n: some TensorOperand, float: @escaping (Float, Int) -> Float,
        double: (Double, Int) -> Double
    ) -> Tensor {
        // A degree that no integer holds, or none, counts as negative.
        x.mapped(
            name + "_cpu", n.tensor(beside: x), float: { float($0, Int(exactly: $1.rounded(.towardZero)) ?? -1) },
            { double($0, Int(exactly: $1.rounded(.towardZero)) ?? -1) })
    }

    /// Chebyshev's four kinds differ in the polynomial of degree 1: `slope · x + start`.
    private static func chebyshev(
        _ kind: String, _ x: Tensor, _ n: some TensorOperand, shifted: Bool, slope: Int, start: Int = 0
    ) -> Tensor {
        func value<Number: BinaryFloatingPoint>(_ x: Number, _ degree: Int) -> Number {
            let y = shifted ? 2 * x - 1 : x
            return SpecialValues.polynomial(degree, Number(slope) * y + Number(start)) { _, now, before in
                (-before).addingProduct(y + y, now)
            }
        }
        let name = (shifted ? "shifted_" : "") + "chebyshev_polynomial_" + kind
        return polynomial(name, x, n, float: value, double: value)
    }
    public static func chebyshevPolynomialT(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        chebyshev("t", x, n, shifted: false, slope: 1)
    }
    public static func chebyshevPolynomialU(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        chebyshev("u", x, n, shifted: false, slope: 2)
    }
    public static func chebyshevPolynomialV(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        chebyshev("v", x, n, shifted: false, slope: 2, start: -1)
    }
    public static func chebyshevPolynomialW(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        chebyshev("w", x, n, shifted: false, slope: 2, start: 1)
    }
    public static func shiftedChebyshevPolynomialT(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        chebyshev("t", x, n, shifted: true, slope: 1)
    }
    public static func shiftedChebyshevPolynomialU(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        chebyshev("u", x, n, shifted: true, slope: 2)
    }
    public static func shiftedChebyshevPolynomialV(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        chebyshev("v", x, n, shifted: true, slope: 2, start: -1)
    }
    public static func shiftedChebyshevPolynomialW(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        chebyshev("w", x, n, shifted: true, slope: 2, start: 1)
    }
    public static func hermitePolynomialH(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        func value<Number: BinaryFloatingPoint>(_ x: Number, _ n: Int) -> Number {
            SpecialValues.polynomial(n, 2 * x) { (k: Number, now: Number, before: Number) -> Number in
                (-(k + k) * before).addingProduct(x + x, now)
            }
        }
        return polynomial("hermite_polynomial_h", x, n, float: value, double: value)
    }
    public static func hermitePolynomialHe(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        func value<Number: BinaryFloatingPoint>(_ x: Number, _ n: Int) -> Number {
            SpecialValues.polynomial(n, x) { (k: Number, now: Number, before: Number) -> Number in
                (-k * before).addingProduct(x, now)
            }
        }
        return polynomial("hermite_polynomial_he", x, n, float: value, double: value)
    }
    public static func laguerrePolynomialL(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        func value<Number: BinaryFloatingPoint>(_ x: Number, _ n: Int) -> Number {
            SpecialValues.polynomial(n, 1 - x) { (k: Number, now: Number, before: Number) -> Number in
                let factor: Number = k + k + (1 - x)
                return (-k * before).addingProduct(factor, now) / (k + 1)
            }
        }
        return polynomial("laguerre_polynomial_l", x, n, float: value, double: value)
    }
    public static func legendrePolynomialP(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        func value<Number: BinaryFloatingPoint>(_ x: Number, _ n: Int) -> Number {
            SpecialValues.polynomial(n, x) { (k: Number, now: Number, before: Number) -> Number in
                let factor: Number = (k + k + 1) * x
                return (-k * before).addingProduct(factor, now) / (k + 1)
            }
        }
        return polynomial("legendre_polynomial_p", x, n, float: value, double: value)
    }
}

/// The same of one number at degrees in a tensor.
extension torch.special {
    public static func chebyshevPolynomialT(_ x: some ScalarConvertible, _ n: Tensor) -> Tensor {
        chebyshevPolynomialT(Tensor(wrapping: x.scalar, beside: n), n)
    }
    public static func chebyshevPolynomialU(_ x: some ScalarConvertible, _ n: Tensor) -> Tensor {
        chebyshevPolynomialU(Tensor(wrapping: x.scalar, beside: n), n)
    }
    public static func chebyshevPolynomialV(_ x: some ScalarConvertible, _ n: Tensor) -> Tensor {
        chebyshevPolynomialV(Tensor(wrapping: x.scalar, beside: n), n)
    }
    public static func chebyshevPolynomialW(_ x: some ScalarConvertible, _ n: Tensor) -> Tensor {
        chebyshevPolynomialW(Tensor(wrapping: x.scalar, beside: n), n)
    }
    public static func shiftedChebyshevPolynomialT(_ x: some ScalarConvertible, _ n: Tensor) -> Tensor {
        shiftedChebyshevPolynomialT(Tensor(wrapping: x.scalar, beside: n), n)
    }
    public static func shiftedChebyshevPolynomialU(_ x: some ScalarConvertible, _ n: Tensor) -> Tensor {
        shiftedChebyshevPolynomialU(Tensor(wrapping: x.scalar, beside: n), n)
    }
    public static func shiftedChebyshevPolynomialV(_ x: some ScalarConvertible, _ n: Tensor) -> Tensor {
        shiftedChebyshevPolynomialV(Tensor(wrapping: x.scalar, beside: n), n)
    }
    public static func shiftedChebyshevPolynomialW(_ x: some ScalarConvertible, _ n: Tensor) -> Tensor {
        shiftedChebyshevPolynomialW(Tensor(wrapping: x.scalar, beside: n), n)
    }
    public static func hermitePolynomialH(_ x: some ScalarConvertible, _ n: Tensor) -> Tensor {
        hermitePolynomialH(Tensor(wrapping: x.scalar, beside: n), n)
    }
    public static func hermitePolynomialHe(_ x: some ScalarConvertible, _ n: Tensor) -> Tensor {
        hermitePolynomialHe(Tensor(wrapping: x.scalar, beside: n), n)
    }
    public static func laguerrePolynomialL(_ x: some ScalarConvertible, _ n: Tensor) -> Tensor {
        laguerrePolynomialL(Tensor(wrapping: x.scalar, beside: n), n)
    }
    public static func legendrePolynomialP(_ x: some ScalarConvertible, _ n: Tensor) -> Tensor {
        legendrePolynomialP(Tensor(wrapping: x.scalar, beside: n), n)
    }
}
