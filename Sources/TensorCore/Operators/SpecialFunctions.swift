import Glibc

/// `torch.special`.
extension torch {
    public enum special {}
}

extension Tensor {
    /// A function of each element, computed in float64; integers give float32.
    func mapped(_ function: (Double) -> Double) -> Tensor {
        let type: DType = dtype.isIntegral ? .float32 : dtype
        check(!type.isComplex, "the function is not implemented for '\(type.scalarName)'", .notImplemented)
        if device.type == .meta { return Tensor(empty: dims, type, backend) }
        let values: [Double] = detach().array()
        return Tensor(values.map(function), shape: shape).to(type)
    }
    /// The same of two tensors that are broadcast together.
    func mapped(_ other: Tensor, _ function: (Double, Double) -> Double) -> Tensor {
        let promoted = promotedType([self, other])
        let type: DType = promoted.isIntegral ? .float32 : promoted
        check(!type.isComplex, "the function is not implemented for '\(type.scalarName)'", .notImplemented)
        let shape = broadcastDims(dims, other.dims)
        if device.type == .meta { return Tensor(empty: shape, type, backend) }
        let a: [Double] = detach().to(type).expand(shape.array).array()
        let b: [Double] = other.detach().to(type).expand(shape.array).array()
        return Tensor(zip(a, b).map { function($0, $1) }, shape: shape.array).to(type)
    }

    /// A function with its derivative, which may use the function's own result by calling it.
    private func special(
        _ name: String, _ function: (Double) -> Double, derivative: @escaping (Tensor) -> Tensor
    ) -> Tensor {
        let x = floating()
        return FormulaNode.record(name, [x]) { x.mapped(function) } gradients: { g, c in [g * derivative(c.saved[0])] }
    }

    /// The `n`-th derivative of digamma.
    public func polygamma(_ n: Int) -> Tensor {
        check(n >= 0, "polygamma(n, x) does not support negative n.")
        if n == 0 { return digamma() }
        return special("PolygammaBackward0", { SpecialValues.polygamma(n, $0) }, derivative: { $0.polygamma(n + 1) })
    }
    @discardableResult public func polygamma_(_ n: Int) -> Tensor { replace(with: clone().polygamma(n)) }
    /// The modified Bessel function I₀.
    public func i0() -> Tensor {
        special("I0Backward0", { SpecialValues.scaledI(0, $0) * Glibc.exp(Swift.abs($0)) }, derivative: { $0.i1() })
    }
    @discardableResult public func i0_() -> Tensor { replace(with: clone().i0()) }
    fileprivate func i1() -> Tensor {
        special("SpecialI1Backward0", { SpecialValues.scaledI(1, $0) * Glibc.exp(Swift.abs($0)) }) { x in
            let nonzero = x.maskedFill(x == 0, 1)
            return torch.where(x == 0, torch.fullLike(x, 0.5), x.i0() - x.i1() / nonzero)
        }
    }
    fileprivate func i0e() -> Tensor {
        special("SpecialI0EBackward0", { SpecialValues.scaledI(0, $0) }, derivative: { $0.i1e() - $0.sgn() * $0.i0e() })
    }
    fileprivate func i1e() -> Tensor {
        special("SpecialI1EBackward0", { SpecialValues.scaledI(1, $0) }) { x in
            let nonzero = x.maskedFill(x == 0, 1)
            return torch.where(x == 0, torch.fullLike(x, 0.5), x.i0e() - x.i1e() * (x.sgn() + nonzero.reciprocal()))
        }
    }
    fileprivate func erfcx() -> Tensor {
        special("SpecialErfcxBackward0", SpecialValues.erfcx) { 2 * $0 * $0.erfcx() - 1.1283791670955126 }
    }
    fileprivate func logNdtr() -> Tensor {
        special("SpecialLogNdtrBackward0", SpecialValues.logNormal) { x in
            (-0.7071067811865476 * x).erfcx().reciprocal() * 0.7978845608028654
        }
    }
    fileprivate func ndtri() -> Tensor {
        special("SpecialNdtriBackward0", SpecialValues.normalQuantile) { x in
            (x.ndtri().square() / 2).exp() * 2.5066282746310002
        }
    }
    /// The regularized incomplete gamma function P(a, x), and Q = 1 − P. The gradient is that of x.
    public func igamma(_ other: Tensor) -> Tensor { incompleteGamma("IgammaBackward0", other, upper: false) }
    public func igammac(_ other: Tensor) -> Tensor { incompleteGamma("IgammacBackward0", other, upper: true) }

    private func incompleteGamma(_ name: String, _ x: Tensor, upper: Bool) -> Tensor {
        if node != nil { fail("the derivative for '\(upper ? "igammac" : "igamma"): input' is not implemented.") }
        return FormulaNode.record(name, [x], saving: [self, x]) {
            self.mapped(x) { SpecialValues.incompleteGamma($0, $1, upper: upper) }
        } gradients: { g, c in
            let (a, x) = (c.saved[0], c.saved[1])
            let density = ((a - 1) * x.log() - x - a.lgamma()).exp()
            return [upper ? -g * density : g * density]
        }
    }
}

extension torch.special {
    public static func polygamma(_ n: Int, _ x: Tensor) -> Tensor { x.polygamma(n) }
    /// Modified Bessel functions of the first kind; the `e` forms are scaled by `exp(−|x|)`.
    public static func i0(_ x: Tensor) -> Tensor { x.i0() }
    public static func i0e(_ x: Tensor) -> Tensor { x.i0e() }
    public static func i1(_ x: Tensor) -> Tensor { x.i1() }
    public static func i1e(_ x: Tensor) -> Tensor { x.i1e() }
    public static func modifiedBesselI0(_ x: Tensor) -> Tensor { x.i0().detach() }
    public static func modifiedBesselI1(_ x: Tensor) -> Tensor { x.i1().detach() }
    /// Modified Bessel functions of the second kind; the scaled forms times `exp(x)`.
    public static func modifiedBesselK0(_ x: Tensor) -> Tensor { x.mapped { Glibc.exp(-$0) * SpecialValues.scaledK(0, $0) } }
    public static func modifiedBesselK1(_ x: Tensor) -> Tensor { x.mapped { Glibc.exp(-$0) * SpecialValues.scaledK(1, $0) } }
    public static func scaledModifiedBesselK0(_ x: Tensor) -> Tensor { x.mapped { SpecialValues.scaledK(0, $0) } }
    public static func scaledModifiedBesselK1(_ x: Tensor) -> Tensor { x.mapped { SpecialValues.scaledK(1, $0) } }
    /// Bessel functions of the first and second kind.
    public static func besselJ0(_ x: Tensor) -> Tensor { x.mapped { Glibc.j0($0) } }
    public static func besselJ1(_ x: Tensor) -> Tensor { x.mapped { Glibc.j1($0) } }
    public static func besselY0(_ x: Tensor) -> Tensor { x.mapped { $0 < 0 ? .nan : Glibc.y0($0) } }
    public static func besselY1(_ x: Tensor) -> Tensor { x.mapped { $0 < 0 ? .nan : Glibc.y1($0) } }
    /// `sin(x) / x`.
    public static func sphericalBesselJ0(_ x: Tensor) -> Tensor {
        x.mapped { $0.isInfinite ? 0 : ($0 == 0 ? 1 : Glibc.sin($0) / $0) }
    }
    /// Airy's function Ai.
    public static func airyAi(_ x: Tensor) -> Tensor { x.mapped(SpecialValues.airy) }
    /// `exp(x²) · erfc(x)`.
    public static func erfcx(_ x: Tensor) -> Tensor { x.erfcx() }
    /// `−x · log(x)`, 0 at 0, −∞ below.
    public static func entr(_ x: Tensor) -> Tensor {
        let x = x.floating()
        return torch.where(x < 0, torch.fullLike(x, -Double.infinity), -x.xlogy(x.clampMin(0)))
    }
    /// The normal distribution function, its logarithm, and its inverse.
    public static func ndtr(_ x: Tensor) -> Tensor { (-0.7071067811865476 * x.floating()).erfc() / 2 }
    public static func logNdtr(_ x: Tensor) -> Tensor { x.logNdtr() }
    public static func ndtri(_ x: Tensor) -> Tensor { x.ndtri() }
    public static func xlogy(_ x: Tensor, _ y: some TensorOperand) -> Tensor { x.xlogy(y) }
    /// `x · log(1 + y)`, 0 where x is 0.
    public static func xlog1py(_ x: Tensor, _ y: some TensorOperand) -> Tensor {
        let other = y.tensor(beside: x)
        let skips = (x == 0).logicalAnd((other <= -1).logicalOr(other == Double.infinity))
        return x * torch.where(skips, torch.zeros([], dtype: other.dtype), other).log1p()
    }
    public static func xlog1py(_ x: some ScalarConvertible, _ y: Tensor) -> Tensor {
        xlog1py(Tensor(wrapping: x.scalar, beside: y), y)
    }
    /// Hurwitz's zeta function `Σ (k + other)^(−x)`; the gradient is that of `other`.
    public static func zeta(_ x: Tensor, _ other: Tensor) -> Tensor {
        if x.node != nil { fail("the derivative for 'zeta: self' is not implemented.") }
        return FormulaNode.record("SpecialZetaBackward0", [other], saving: [x, other]) {
            x.mapped(other, SpecialValues.zeta)
        } gradients: { g, c in [g * -c.saved[0] * zeta(c.saved[0] + 1, c.saved[1])] }
    }
    public static func zeta(_ x: some ScalarConvertible, _ other: Tensor) -> Tensor { zeta(Tensor(wrapping: x.scalar, beside: other), other) }
    public static func zeta(_ x: Tensor, _ other: some ScalarConvertible) -> Tensor { zeta(x, Tensor(wrapping: other.scalar, beside: x)) }

    public static func gammaln(_ x: Tensor) -> Tensor { x.lgamma() }
    public static func psi(_ x: Tensor) -> Tensor { x.digamma() }
    public static func digamma(_ x: Tensor) -> Tensor { x.digamma() }
    public static func multigammaln(_ x: Tensor, _ p: Int) -> Tensor { x.mvlgamma(p) }
    public static func gammainc(_ a: Tensor, _ x: Tensor) -> Tensor { a.igamma(x) }
    public static func gammaincc(_ a: Tensor, _ x: Tensor) -> Tensor { a.igammac(x) }
    public static func expit(_ x: Tensor) -> Tensor { x.sigmoid() }
    public static func logit(_ x: Tensor, eps: Double? = nil) -> Tensor { x.logit(eps: eps) }
    public static func sinc(_ x: Tensor) -> Tensor { x.sinc() }
    public static func erf(_ x: Tensor) -> Tensor { x.erf() }
    public static func erfc(_ x: Tensor) -> Tensor { x.erfc() }
    public static func erfinv(_ x: Tensor) -> Tensor { x.erfinv() }
    public static func exp2(_ x: Tensor) -> Tensor { x.exp2() }
    public static func expm1(_ x: Tensor) -> Tensor { x.expm1() }
    public static func log1p(_ x: Tensor) -> Tensor { x.log1p() }
    public static func round(_ x: Tensor) -> Tensor { x.round() }
    public static func softmax(_ x: Tensor, dim: Int, dtype: DType? = nil) -> Tensor { x.softmax(dim, dtype: dtype) }
    public static func logSoftmax(_ x: Tensor, dim: Int, dtype: DType? = nil) -> Tensor { x.logSoftmax(dim, dtype: dtype) }
    public static func logsumexp(_ x: Tensor, dim: Int, keepdim: Bool = false) -> Tensor { x.logsumexp(dim: dim, keepdim: keepdim) }
}

/// Orthogonal polynomials of degree `n` at `x`, a tensor or a number each; no gradients.
extension torch.special {
    private static func polynomial(
        _ x: Tensor, _ n: some TensorOperand, _ value: (Double, Int) -> Double
    ) -> Tensor { x.mapped(n.tensor(beside: x)) { $1.isNaN ? .nan : value($0, Int($1)) } }

    /// Chebyshev's four kinds differ in the polynomial of degree 1.
    private static func chebyshev(_ x: Tensor, _ n: some TensorOperand, shifted: Bool, _ first: @escaping (Double) -> Double) -> Tensor {
        polynomial(x, n) { value, degree in
            let y = shifted ? 2 * value - 1 : value
            return SpecialValues.polynomial(degree, first(y)) { _, now, before in 2 * y * now - before }
        }
    }
    public static func chebyshevPolynomialT(_ x: Tensor, _ n: some TensorOperand) -> Tensor { chebyshev(x, n, shifted: false) { $0 } }
    public static func chebyshevPolynomialU(_ x: Tensor, _ n: some TensorOperand) -> Tensor { chebyshev(x, n, shifted: false) { 2 * $0 } }
    public static func chebyshevPolynomialV(_ x: Tensor, _ n: some TensorOperand) -> Tensor { chebyshev(x, n, shifted: false) { 2 * $0 - 1 } }
    public static func chebyshevPolynomialW(_ x: Tensor, _ n: some TensorOperand) -> Tensor { chebyshev(x, n, shifted: false) { 2 * $0 + 1 } }
    public static func shiftedChebyshevPolynomialT(_ x: Tensor, _ n: some TensorOperand) -> Tensor { chebyshev(x, n, shifted: true) { $0 } }
    public static func shiftedChebyshevPolynomialU(_ x: Tensor, _ n: some TensorOperand) -> Tensor { chebyshev(x, n, shifted: true) { 2 * $0 } }
    public static func shiftedChebyshevPolynomialV(_ x: Tensor, _ n: some TensorOperand) -> Tensor { chebyshev(x, n, shifted: true) { 2 * $0 - 1 } }
    public static func shiftedChebyshevPolynomialW(_ x: Tensor, _ n: some TensorOperand) -> Tensor { chebyshev(x, n, shifted: true) { 2 * $0 + 1 } }
    public static func hermitePolynomialH(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        polynomial(x, n) { x, n in SpecialValues.polynomial(n, 2 * x) { 2 * x * $1 - 2 * $0 * $2 } }
    }
    public static func hermitePolynomialHe(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        polynomial(x, n) { x, n in SpecialValues.polynomial(n, x) { x * $1 - $0 * $2 } }
    }
    public static func laguerrePolynomialL(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        polynomial(x, n) { x, n in SpecialValues.polynomial(n, 1 - x) { ((2 * $0 + 1 - x) * $1 - $0 * $2) / ($0 + 1) } }
    }
    public static func legendrePolynomialP(_ x: Tensor, _ n: some TensorOperand) -> Tensor {
        polynomial(x, n) { x, n in SpecialValues.polynomial(n, x) { ((2 * $0 + 1) * x * $1 - $0 * $2) / ($0 + 1) } }
    }
}
