extension Calls {
    /// Operators that have no gradient, each with the reason.
    static let withoutGradient: [String: String] = {
        var reasons: [String: String] = [:]
        for (reason, names) in groups {
            for name in names { reasons[name] = reason }
        }
        return reasons
    }()

    private static let groups: [(String, [String])] = [
        ("it gives truth values", [
            "all", "allclose", "any", "bool", "eq", "equal", "ge", "gt", "isclose", "isfinite", "isin", "isinf", "isnan",
            "isneginf", "isposinf", "isreal", "le", "logical_and", "logical_not", "logical_or", "logical_xor", "lt", "ne",
            "signbit",
        ]),
        ("it gives integers", [
            "bitwise_and", "bitwise_left_shift", "bitwise_not", "bitwise_or", "bitwise_right_shift", "bitwise_xor", "__rand__", "__ror__", "__rxor__", "byte",
            "char", "count_nonzero", "gcd", "int", "lcm", "linalg.matrix_rank", "long", "nn.functional.one_hot", "short", "bincount",
        ]),
        ("it gives positions", [
            "argmax", "argmin", "argsort", "argwhere", "bucketize", "nonzero", "nonzero_static", "searchsorted", "tril_indices",
            "triu_indices", "unravel_index",
        ]),
        ("its result does not depend on the values of a tensor", [
            "arange", "eye", "full", "full_like", "linspace", "logspace", "new_full", "new_ones", "new_zeros", "ones",
            "ones_like", "scalar_tensor", "zeros", "zeros_like",
            "signal.windows.bartlett", "signal.windows.blackman", "signal.windows.cosine",
            "signal.windows.exponential", "signal.windows.gaussian", "signal.windows.general_cosine",
            "signal.windows.general_hamming", "signal.windows.hamming", "signal.windows.hann", "signal.windows.kaiser",
            "signal.windows.nuttall",
        ]),
        ("it gives plain numbers", ["broadcast_shapes", "item"]),
        ("it counts", ["histc", "histogram", "histogramdd"]),
        ("PyTorch defines no gradient for the set of values", ["unique", "unique_consecutive"]),
        ("PyTorch defines no gradient for it", [
            "floor_divide", "geqrf", "heaviside", "linalg.ldl_factor", "linalg.ldl_factor_ex", "linalg.ldl_solve", "special.airy_ai", "special.chebyshev_polynomial_t",
            "special.chebyshev_polynomial_u", "special.chebyshev_polynomial_v", "special.chebyshev_polynomial_w",
            "special.hermite_polynomial_h", "special.hermite_polynomial_he", "special.laguerre_polynomial_l",
            "special.legendre_polynomial_p", "special.scaled_modified_bessel_k0", "special.scaled_modified_bessel_k1",
            "special.shifted_chebyshev_polynomial_t", "special.shifted_chebyshev_polynomial_u",
            "special.shifted_chebyshev_polynomial_v", "special.shifted_chebyshev_polynomial_w",
            "special.spherical_bessel_j0",
        ]),
    ]
}
