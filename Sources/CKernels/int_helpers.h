// What the table of integer operators needs. Included with T, W, FN(name), TYPE_MIN and TYPE_MAX
// defined.

/// A parameter as this type; beyond its range, the nearest value.
CK_INLINE T FN(saturate)(double x) {
    if (!(x > (double)TYPE_MIN)) return TYPE_MIN;
    if (x >= (double)TYPE_MAX) return TYPE_MAX;
    return (T)x;
}
/// A parameter that multiplies: a factor of −2 wraps, also where the type has no negative numbers.
CK_INLINE W FN(factor)(double x) {
    if (!(x > (double)INT64_MIN)) return (W)INT64_MIN;
    if (x >= (double)INT64_MAX) return (W)INT64_MAX;
    return (W)(int64_t)x;
}
/// Bounds of a clamp, NaN for none.
CK_INLINE T FN(low)(double x) { return x != x ? TYPE_MIN : FN(saturate)(x); }
CK_INLINE T FN(high)(double x) { return x != x ? TYPE_MAX : FN(saturate)(x); }

CK_INLINE T FN(limit)(T x, T low, T high) {
    x = x < low ? low : x;
    return x > high ? high : x;
}

// The smallest number divided by −1 overflows, which traps on some processors.
CK_INLINE T FN(divide)(T x, T y) { return TYPE_MIN < 0 && y == (T)-1 ? (T)(0 - (W)x) : (T)(x / y); }
CK_INLINE T FN(modulo)(T x, T y) { return TYPE_MIN < 0 && y == (T)-1 ? 0 : (T)(x % y); }

CK_INLINE T FN(remainder)(T x, T y) {
    const T rest = FN(modulo)(x, y);
    return rest != 0 && (rest < 0) != (y < 0) ? (T)(rest + y) : rest;
}
CK_INLINE T FN(floor_divide)(T x, T y) {
    const T quotient = FN(divide)(x, y), rest = FN(modulo)(x, y);
    return rest != 0 && (rest < 0) != (y < 0) ? (T)(quotient - 1) : quotient;
}

CK_INLINE T FN(pow)(T x, T y) {
    // The fraction that a negative exponent gives is cut to an integer.
    if (y < 0) return x == 1 ? 1 : x == (T)-1 ? (y & 1 ? (T)-1 : 1) : 0;
    W result = 1, base = (W)x;
    for (T e = y; e > 0; e = (T)(e >> 1)) {
        if (e & 1) result *= base;
        base *= base;
    }
    return (T)result;
}

CK_INLINE T FN(shift_left)(T x, T y) {
    return y < 0 || y >= (T)(sizeof(T) * 8) ? 0 : (T)((W)x << y);
}
CK_INLINE T FN(shift_right)(T x, T y) {
    // All bits but the sign are shifted out.
    const T last = (T)(sizeof(T) * 8 - 1);
    return y < 0 || y > last ? (T)(x < 0 ? -1 : 0) : (T)(x >> y);
}

CK_INLINE T FN(gcd)(T x, T y) {
    while (y != 0) {
        const T rest = FN(modulo)(x, y);
        x = y;
        y = rest;
    }
    return x < 0 ? (T)(0 - (W)x) : x;
}
CK_INLINE T FN(lcm)(T x, T y) {
    const T divisor = FN(gcd)(x, y);
    if (divisor == 0) return 0;
    const W product = (W)FN(divide)(x, divisor) * (W)y;
    return (T)(product >> (sizeof(W) * 8 - 1) ? 0 - product : product);
}
