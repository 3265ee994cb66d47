// What the table of floating operators needs beside the elementary functions. Included with T and
// FN(name) defined.

CK_INLINE T FN(limit)(T x, T low, T high) {
    x = x < low ? low : x;
    return x > high ? high : x;
}

CK_INLINE T FN(limit_tensor)(T x, T low, T high) {
    const T y = FN(limit)(x, low, high);
    return low != low ? low : high != high ? high : y;
}

/// Python's floor division: the quotient of what is exactly divisible, as CPython computes it.
CK_INLINE T FN(floor_divide)(T x, T y) {
    if (y == 0) return x / y;
    const T rest = FN(fmod)(x, y);
    T quotient = (x - rest) / y;
    if (rest != 0 && (y < 0) != (rest < 0)) quotient -= 1;
    if (quotient == 0) return FN(copysign)(0, x / y);
    const T whole = FN(floor)(quotient);
    return quotient - whole > (T)0.5 ? whole + 1 : whole;
}

/// Python's remainder: it has the divisor's sign.
CK_INLINE T FN(remainder)(T x, T y) {
    const T rest = FN(fmod)(x, y);
    return rest != 0 && (y < 0) != (rest < 0) ? rest + y : rest;
}

#define GELU_INNER(x) ((T)(M_2_SQRTPI * M_SQRT1_2) * ((x) + (T)0.044715 * (x) * (x) * (x)))

CK_INLINE T FN(gelu_tanh_slope)(T x) {
    const T t = FN(tanh)(GELU_INNER(x));
    const T inner = (T)(M_2_SQRTPI * M_SQRT1_2) * (1 + 3 * (T)0.044715 * x * x);
    return (T)0.5 * (1 + t) + (T)0.5 * x * (1 - t * t) * inner;
}

/// tanh(log(1 + exp x)) by one exponential; 1 from where that would overflow.
CK_INLINE T FN(tanh_of_softplus)(T x) {
    const T e = FN(exp)(x < 20 ? x : 20);
    const T n = e * (e + 2);
    return x != x ? x : x < 20 ? n / (n + 2) : 1;
}

CK_INLINE T FN(mish_slope)(T x) {
    const T t = FN(tanh_of_softplus)(x);
    return t + x * FN(sigmoid)(x) * (1 - t * t);
}
