import Flambeau

extension Calls {
    /// Special functions, complex parts and the rarer pointwise operators.
    static let special: [String: Call] = {
        var calls: [String: Call] = [:]
        for (name, function) in ofOne { calls[name] = { a in function(try a.input) } }
        for (name, function) in ofTwo { calls[name] = { a in try function(a.input, a.tensor(1, "other")) } }
        for (name, function) in polynomials {
            calls["special." + name] = { a in
                if let x = a.value(0, "x")?.scalar { return try function(torch.scalarTensor(x), a.tensor(1, "n")) }
                return try function(a.input, a.operand(1, "n"))
            }
        }
        calls["copysign"] = { a in try torch.copysign(a.input, a.operand(1, "other")) }
        calls["xlogy"] = { a in try torch.xlogy(a.input, a.operand(1, "other")) }
        calls["special.xlog1py"] = { a in try torch.special.xlog1py(a.input, a.operand(1, "other")) }
        calls["bitwise_left_shift"] = { a in try torch.bitwiseLeftShift(a.input, a.operand(1, "other")) }
        calls["bitwise_right_shift"] = { a in try torch.bitwiseRightShift(a.input, a.operand(1, "other")) }
        calls["float_power"] = { a in try torch.floatPower(a.input, a.operand(1, "exponent")) }
        calls["rsub"] = { a in
            try torch.rsub(a.input, a.operand(1, "other"), alpha: a.double(9, "alpha", default: 1))
        }
        calls["clamp"] = { a in
            let (low, high) = (a.value(1, "min"), a.value(2, "max"))
            if low?.tensor != nil || high?.tensor != nil {
                return try torch.clamp(a.input, min: low?.tensor, max: high?.tensor)
            }
            return try torch.clamp(a.input, min: low?.scalar, max: high?.scalar)
        }
        calls["clamp_min"] = { a in try torch.clampMin(a.input, a.operand(1, "min")) }
        calls["clamp_max"] = { a in try torch.clampMax(a.input, a.operand(1, "max")) }
        calls["fill"] = { a in try torch.fill(a.input, a.operand(1, "value")) }
        calls["frexp"] = { a in
            let (mantissa, exponent) = torch.frexp(try a.input)
            return [mantissa, exponent]
        }
        calls["logit"] = { a in try torch.logit(a.input, eps: a.optionalDouble(1, "eps")) }
        calls["nan_to_num"] = { a in
            try torch.nanToNum(
                a.input, nan: a.double(1, "nan", default: 0), posinf: a.optionalDouble(2, "posinf"),
                neginf: a.optionalDouble(3, "neginf"))
        }
        calls["round"] = { a in
            guard let decimals = try a.optionalInt(9, "decimals") else { return try torch.round(a.input) }
            return try torch.round(a.input, decimals: decimals)
        }
        // The database calls it as x.polygamma(n).
        calls["polygamma"] = { a in try torch.polygamma(a.int(1, "n"), a.input) }
        calls["special.polygamma"] = { a in try torch.special.polygamma(a.int(1, "n"), a.input) }
        calls["mvlgamma"] = { a in try torch.mvlgamma(a.input, a.int(1, "p")) }
        return calls
    }()

    private static let ofOne: [(String, (Tensor) -> Any)] = [
        ("lgamma", { torch.lgamma($0) }), ("digamma", { torch.digamma($0) }), ("sinc", { torch.sinc($0) }),
        ("deg2rad", { torch.deg2rad($0) }), ("rad2deg", { torch.rad2deg($0) }), ("signbit", { torch.signbit($0) }),
        ("isneginf", { torch.isneginf($0) }), ("isposinf", { torch.isposinf($0) }), ("isreal", { torch.isreal($0) }),
        ("positive", { torch.positive($0) }), ("i0", { torch.i0($0) }), ("real", { torch.real($0) }),
        ("imag", { torch.imag($0) }), ("angle", { torch.angle($0) }), ("view_as_real", { torch.viewAsReal($0) }),
        ("view_as_complex", { torch.viewAsComplex($0) }), ("conj_physical", { torch.conjPhysical($0) }),
        ("resolve_conj", { torch.resolveConj($0) }), ("resolve_neg", { torch.resolveNeg($0) }),
        ("special.i0e", { torch.special.i0e($0) }), ("special.i1", { torch.special.i1($0) }),
        ("special.i1e", { torch.special.i1e($0) }),
        ("special.modified_bessel_i0", { torch.special.modifiedBesselI0($0) }),
        ("special.modified_bessel_i1", { torch.special.modifiedBesselI1($0) }),
        ("special.modified_bessel_k0", { torch.special.modifiedBesselK0($0) }),
        ("special.modified_bessel_k1", { torch.special.modifiedBesselK1($0) }),
        ("special.scaled_modified_bessel_k0", { torch.special.scaledModifiedBesselK0($0) }),
        ("special.scaled_modified_bessel_k1", { torch.special.scaledModifiedBesselK1($0) }),
        ("special.bessel_j0", { torch.special.besselJ0($0) }), ("special.bessel_j1", { torch.special.besselJ1($0) }),
        ("special.bessel_y0", { torch.special.besselY0($0) }), ("special.bessel_y1", { torch.special.besselY1($0) }),
        ("special.spherical_bessel_j0", { torch.special.sphericalBesselJ0($0) }),
        ("special.airy_ai", { torch.special.airyAi($0) }), ("special.erfcx", { torch.special.erfcx($0) }),
        ("special.entr", { torch.special.entr($0) }), ("special.ndtr", { torch.special.ndtr($0) }),
        ("special.log_ndtr", { torch.special.logNdtr($0) }), ("special.ndtri", { torch.special.ndtri($0) }),
    ]

    private static let ofTwo: [(String, (Tensor, Tensor) -> Tensor)] = [
        ("hypot", { torch.hypot($0, $1) }), ("fmax", { torch.fmax($0, $1) }), ("fmin", { torch.fmin($0, $1) }),
        ("logaddexp", { torch.logaddexp($0, $1) }), ("logaddexp2", { torch.logaddexp2($0, $1) }),
        ("heaviside", { torch.heaviside($0, $1) }), ("ldexp", { torch.ldexp($0, $1) }),
        ("gcd", { torch.gcd($0, $1) }), ("lcm", { torch.lcm($0, $1) }), ("nextafter", { torch.nextafter($0, $1) }),
        ("igamma", { torch.igamma($0, $1) }), ("igammac", { torch.igammac($0, $1) }),
        ("complex", { torch.complex($0, $1) }), ("polar", { torch.polar($0, $1) }),
        ("special.zeta", { torch.special.zeta($0, $1) }),
    ]

    private static let polynomials: [(String, (Tensor, any TensorOperand) -> Tensor)] = [
        ("chebyshev_polynomial_t", { torch.special.chebyshevPolynomialT($0, $1) }),
        ("chebyshev_polynomial_u", { torch.special.chebyshevPolynomialU($0, $1) }),
        ("chebyshev_polynomial_v", { torch.special.chebyshevPolynomialV($0, $1) }),
        ("chebyshev_polynomial_w", { torch.special.chebyshevPolynomialW($0, $1) }),
        ("shifted_chebyshev_polynomial_t", { torch.special.shiftedChebyshevPolynomialT($0, $1) }),
        ("shifted_chebyshev_polynomial_u", { torch.special.shiftedChebyshevPolynomialU($0, $1) }),
        ("shifted_chebyshev_polynomial_v", { torch.special.shiftedChebyshevPolynomialV($0, $1) }),
        ("shifted_chebyshev_polynomial_w", { torch.special.shiftedChebyshevPolynomialW($0, $1) }),
        ("hermite_polynomial_h", { torch.special.hermitePolynomialH($0, $1) }),
        ("hermite_polynomial_he", { torch.special.hermitePolynomialHe($0, $1) }),
        ("laguerre_polynomial_l", { torch.special.laguerrePolynomialL($0, $1) }),
        ("legendre_polynomial_p", { torch.special.legendrePolynomialP($0, $1) }),
    ]
}
