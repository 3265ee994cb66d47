// What the table of complex operators needs. Included with T (the complex type), R (its parts),
// FN(name) and LIBM(name) (libm's name for this type) defined.

// The plain product: infinities are not mended afterwards, as C's own operator would.
CK_INLINE T FN(mul)(T x, T y) {
    const R a = __real__ x, b = __imag__ x, c = __real__ y, d = __imag__ y;
    return __builtin_complex(a * c - b * d, a * d + b * c);
}

/// Smith's quotient, which does not overflow on the way.
CK_INLINE T FN(div)(T x, T y) {
    const R a = __real__ x, b = __imag__ x, c = __real__ y, d = __imag__ y;
    const R ac = c < 0 ? -c : c, ad = d < 0 ? -d : d;
    if (ac == 0 && ad == 0) return __builtin_complex(a / ac, b / ad);
    if (ac >= ad) {
        const R ratio = d / c, scale = 1 / (c + d * ratio);
        return __builtin_complex((a + b * ratio) * scale, (b - a * ratio) * scale);
    }
    const R ratio = c / d, scale = 1 / (c * ratio + d);
    return __builtin_complex((a * ratio + b) * scale, (b * ratio - a) * scale);
}

CK_INLINE T FN(conj)(T x) { return __builtin_complex(__real__ x, -__imag__ x); }
CK_INLINE R FN(abs)(T x) { return (R)hypot(__real__ x, __imag__ x); }
CK_INLINE R FN(angle)(T x) { return (R)atan2(__imag__ x, __real__ x); }
CK_INLINE T FN(sign)(T x) {
    const R size = FN(abs)(x);
    return size == 0 ? 0 : __builtin_complex(__real__ x / size, __imag__ x / size);
}
CK_INLINE int FN(infinite)(T x) { return isinf(__real__ x) || isinf(__imag__ x); }
CK_INLINE int FN(finite)(T x) { return isfinite(__real__ x) && isfinite(__imag__ x); }

/// A part with a stand-in for what is no finite number.
CK_INLINE R FN(number)(R x, ck_params q) {
    return x != x ? (R)q.a : x == INFINITY ? (R)q.b : x == -INFINITY ? (R)q.c : x;
}

CK_INLINE T FN(pow)(T x, T y) {
    if (y == 0) return 1;
    if (y == 2) return FN(mul)(x, x);
    if (y == 3) return FN(mul)(FN(mul)(x, x), x);
    return LIBM(cpow)(x, y);
}

#define CK_FORWARD(name) CK_INLINE T FN(name)(T x) { return LIBM(c##name)(x); }
CK_FORWARD(sqrt) CK_FORWARD(exp) CK_FORWARD(log)
CK_FORWARD(sin) CK_FORWARD(cos) CK_FORWARD(tan) CK_FORWARD(asin) CK_FORWARD(acos) CK_FORWARD(atan)
CK_FORWARD(sinh) CK_FORWARD(cosh) CK_FORWARD(tanh) CK_FORWARD(asinh) CK_FORWARD(acosh) CK_FORWARD(atanh)
#undef CK_FORWARD

CK_INLINE T FN(silu_slope)(T x) {
    const T sigmoid = FN(div)(1, 1 + FN(exp)(-x));
    return FN(mul)(sigmoid, 1 + FN(mul)(x, 1 - sigmoid));
}
