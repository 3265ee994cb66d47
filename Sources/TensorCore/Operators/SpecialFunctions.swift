import Glibc

/// `torch.special`.
extension torch {
    public enum special {}
}

extension Tensor {
    /// A function of each element; integers give float32. It is computed in float64, or in float32
    /// by a function for that, where PyTorch's own rounding shows.
    /// - Parameters:
    ///   - kernel: PyTorch's name of the kernel, for types that it has none for.
    ///   - halves: whether float16 and bfloat16 are among those that it has.
    func mapped(
        _ kernel: String, halves: Bool = false, float: ((Float) -> Float)? = nil, _ function: (Double) -> Double
    ) -> Tensor {
        let type = mappedType(kernel, halves, dtype)
        if device.type == .meta { return Tensor(empty: dims, type, backend) }
        if let float, type != .float64 {
            let values: [Float] = detach().array()
            return Tensor(values.map(float), shape: shape).to(type)
        }
        let values: [Double] = detach().array()
        return Tensor(values.map(function), shape: shape).to(type)
    }
    /// The same of two tensors that are broadcast together.
    func mapped(
        _ kernel: String, _ other: Tensor, halves: Bool = false, float: ((Float, Float) -> Float)? = nil,
        _ function: (Double, Double) -> Double
    ) -> Tensor {
        let type = mappedType(kernel, halves, promotedType([self, other]))
        let shape = broadcastDims(dims, other.dims).array
        if device.type == .meta { return Tensor(empty: Dims(shape), type, backend) }
        let (first, second) = (detach().to(type).expand(shape), other.detach().to(type).expand(shape))
        if let float, type != .float64 {
            let (a, b): ([Float], [Float]) = (first.array(), second.array())
            return Tensor(zip(a, b).map { float($0, $1) }, shape: shape).to(type)
        }
        let (a, b): ([Double], [Double]) = (first.array(), second.array())
        return Tensor(zip(a, b).map { function($0, $1) }, shape: shape).to(type)
    }
    private func mappedType(_ kernel: String, _ halves: Bool, _ given: DType) -> DType {
        let type: DType = given.isIntegral ? .default : given
        check(
            !type.isComplex && (halves || (type != .float16 && type != .bfloat16)),
            "\"\(kernel)\" not implemented for '\(type.scalarName)'", .notImplemented)
        return type
    }

    /// A function with its derivative, which may use the function's own result by calling it.
    /// `name` is PyTorch's, from which those of the kernel and the node follow.
    private func special(
        _ name: String, halves: Bool = false, float: ((Float) -> Float)? = nil, _ function: (Double) -> Double,
        derivative: @escaping (Tensor) -> Tensor
    ) -> Tensor {
        let x = floating()
        let node = "Special" + name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined() + "Backward0"
        return FormulaNode.record(node, [x]) {
            x.mapped(name + "_cpu", halves: halves, float: float, function)
        } gradients: { g, c in [g * derivative(c.saved[0])] }
    }

    /// The `n`-th derivative of digamma.
    public func polygamma(_ n: Int) -> Tensor {
        check(n >= 0, "polygamma(n, x) does not support negative n.")
        if n == 0 { return digamma() }
        let x = floating()
        return FormulaNode.record("PolygammaBackward0", [x]) {
            x.mapped(
                "polygamma", halves: true, float: n == 1 ? SpecialValues.trigamma : nil, { SpecialValues.polygamma(n, $0) })
        } gradients: { g, c in [g * c.saved[0].polygamma(n + 1)] }
    }
    @discardableResult public func polygamma_(_ n: Int) -> Tensor { replace(with: clone().polygamma(n)) }
    /// The modified Bessel function I₀.
    public func i0() -> Tensor {
        let x = floating()
        return FormulaNode.record("I0Backward0", [x]) {
            x.mapped("i0_vml_cpu", halves: true, SpecialValues.I0)
        } gradients: { g, c in [g * c.saved[0].i1()] }
    }
    @discardableResult public func i0_() -> Tensor { replace(with: clone().i0()) }
    fileprivate func i1() -> Tensor {
        special("i1", halves: true, SpecialValues.I1) { x in x.nextOrder(x.i0(), x.i1()) }
    }
    fileprivate func i0e() -> Tensor {
        special("i0e", halves: true, { SpecialValues.scaledI(0, $0) }, derivative: { $0.i1e() - $0.sgn() * $0.i0e() })
    }
    fileprivate func i1e() -> Tensor {
        special("i1e", halves: true, { SpecialValues.scaledI(1, $0) }) { x in
            let nonzero = x.maskedFill(x == 0, 1)
            return torch.where(x == 0, torch.fullLike(x, 0.5), x.i0e() - x.i1e() * (x.sgn() + nonzero.reciprocal()))
        }
    }
    fileprivate func erfcx() -> Tensor {
        special("erfcx", SpecialValues.erfcx) { 2 * $0 * $0.erfcx() - 1.1283791670955126 }
    }
    fileprivate func logNdtr() -> Tensor {
        special("log_ndtr", float: SpecialValues.logNormal, SpecialValues.logNormal) { x in
            0.3989422804014327 * (-(x.logNdtr() + x.square() / 2)).exp()
        }
    }
    fileprivate func ndtri() -> Tensor {
        special("ndtri", SpecialValues.normalQuantile) { x in
            (x.ndtri().square() / 2).exp() * 2.5066282746310002
        }
    }
    /// The derivative of a function of order 1 that falls from one of order 0: `order0 − order1 / x`,
    /// which is ½ at 0.
    private func nextOrder(_ order0: Tensor, _ order1: Tensor) -> Tensor {
        let nonzero = maskedFill(self == 0, 1)
        return torch.where(self == 0, torch.fullLike(self, 0.5), order0 - order1 / nonzero)
    }
    fileprivate func besselJ0() -> Tensor { special("bessel_j0", { $0.isInfinite ? .nan : Glibc.j0($0) }, derivative: { -$0.besselJ1() }) }
    fileprivate func besselJ1() -> Tensor {
        special("bessel_j1", { $0.isInfinite ? .nan : Glibc.j1($0) }, derivative: { $0.nextOrder($0.besselJ0(), $0.besselJ1()) })
    }
    fileprivate func besselY0() -> Tensor {
        special("bessel_y0", { $0 < 0 || $0.isInfinite ? .nan : Glibc.y0($0) }, derivative: { -$0.besselY1() })
    }
    fileprivate func besselY1() -> Tensor {
        special("bessel_y1", { $0 < 0 || $0.isInfinite ? .nan : Glibc.y1($0) }, derivative: { $0.besselY0() - $0.besselY1() / $0 })
    }
    fileprivate func modifiedBesselI0() -> Tensor {
        special("modified_bessel_i0", SpecialValues.I0, derivative: { $0.modifiedBesselI1() })
    }
    fileprivate func modifiedBesselI1() -> Tensor {
        special("modified_bessel_i1", SpecialValues.I1, derivative: { $0.nextOrder($0.modifiedBesselI0(), $0.modifiedBesselI1()) })
    }
    fileprivate func modifiedBesselK0() -> Tensor {
        special("modified_bessel_k0", { Glibc.exp(-$0) * SpecialValues.scaledK(0, $0) }, derivative: { -$0.modifiedBesselK1() })
    }
    fileprivate func modifiedBesselK1() -> Tensor {
        special("modified_bessel_k1", { Glibc.exp(-$0) * SpecialValues.scaledK(1, $0) }) {
            -$0.modifiedBesselK0() - $0.modifiedBesselK1() / $0
        }
    }

    /// The regularized incomplete gamma function P(a, x), and Q = 1 − P. The gradient is that of x.
    public func igamma(_ other: Tensor) -> Tensor { incompleteGamma("IgammaBackward0", other, upper: false) }
    public func igammac(_ other: Tensor) -> Tensor { incompleteGamma("IgammacBackward0", other, upper: true) }

    private func incompleteGamma(_ name: String, _ x: Tensor, upper: Bool) -> Tensor {
        checkFloatingKernel(upper ? "igammac_cpu" : "igamma_cpu", x)
        if node != nil { fail("the derivative for '\(upper ? "igammac" : "igamma"): input' is not implemented.") }
        return FormulaNode.record(name, [x], saving: [self, x]) {
            self.mapped(upper ? "igammac_cpu" : "igamma_cpu", x, halves: true) { SpecialValues.incompleteGamma($0, $1, upper: upper) }
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
    public static func modifiedBesselI0(_ x: Tensor) -> Tensor { x.modifiedBesselI0() }
    public static func modifiedBesselI1(_ x: Tensor) -> Tensor { x.modifiedBesselI1() }
    /// Modified Bessel functions of the second kind; the scaled forms times `exp(x)`.
    public static func modifiedBesselK0(_ x: Tensor) -> Tensor { x.modifiedBesselK0() }
    public static func modifiedBesselK1(_ x: Tensor) -> Tensor { x.modifiedBesselK1() }
    public static func scaledModifiedBesselK0(_ x: Tensor) -> Tensor { x.mapped("scaled_modified_bessel_k0_cpu") { SpecialValues.scaledK(0, $0) } }
    public static func scaledModifiedBesselK1(_ x: Tensor) -> Tensor { x.mapped("scaled_modified_bessel_k1_cpu") { SpecialValues.scaledK(1, $0) } }
    /// Bessel functions of the first and second kind.
    public static func besselJ0(_ x: Tensor) -> Tensor { x.besselJ0() }
    public static func besselJ1(_ x: Tensor) -> Tensor { x.besselJ1() }
    public static func besselY0(_ x: Tensor) -> Tensor { x.besselY0() }
    public static func besselY1(_ x: Tensor) -> Tensor { x.besselY1() }
    /// `sin(x) / x`.
    public static func sphericalBesselJ0(_ x: Tensor) -> Tensor {
        x.mapped("spherical_bessel_j0_cpu") { $0.isInfinite ? 0 : ($0 == 0 ? 1 : Glibc.sin($0) / $0) }
    }
    /// Airy's function Ai.
    public static func airyAi(_ x: Tensor) -> Tensor { x.mapped("airy_ai_cpu", SpecialValues.airy) }
    /// `exp(x²) · erfc(x)`.
    public static func erfcx(_ x: Tensor) -> Tensor { x.erfcx() }
    /// `−x · log(x)`, 0 at 0, −∞ below.
    public static func entr(_ x: Tensor) -> Tensor {
        check(!x.dtype.isComplex, "\"entr_cpu\" not implemented for '\(x.dtype.scalarName)'", .notImplemented)
        return FormulaNode.record("SpecialEntrBackward0", [x.floating()]) {
            let x = x.floating()
            return torch.where(x < 0, torch.fullLike(x, -Double.infinity), -x.xlogy(x.clampMin(0)))
        } gradients: { g, c in [g * (-c.saved[0].log() - 1)] }
    }
    /// The normal distribution function, its logarithm, and its inverse.
    public static func ndtr(_ x: Tensor) -> Tensor { (-0.7071067811865476 * x.floating()).erfc() / 2 }
    public static func logNdtr(_ x: Tensor) -> Tensor { x.logNdtr() }
    public static func ndtri(_ x: Tensor) -> Tensor { x.ndtri() }
    public static func xlogy(_ x: Tensor, _ y: some TensorOperand) -> Tensor { x.xlogy(y) }
    /// `x · log(1 + y)`, 0 where x is 0.
    public static func xlog1py(_ x: Tensor, _ y: some TensorOperand) -> Tensor {
        let other = y.tensor(beside: x)
        (x.dtype.isComplex ? x : other)
            .refuseComplex("\"xlog1py_cpu\" not implemented for '\(promotedType([x, other]).scalarName)'")
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
            x.mapped("zeta_cpu", other, SpecialValues.zeta)
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
