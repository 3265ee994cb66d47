/// Elementary functions of float32 as branch-free expressions that vectorise. Errors are below
/// 2 units in the last place; the polynomials are minimax fits on the reduced range.
#pragma once
#include <math.h>
#include <stdint.h>

#include "vector.h"

CK_INLINE uint32_t bits_f32(float x) { uint32_t u; __builtin_memcpy(&u, &x, 4); return u; }
CK_INLINE float from_bits_f32(uint32_t u) { float x; __builtin_memcpy(&x, &u, 4); return x; }

/// x = n·ln 2 + r with |r| ≤ ln 2 / 2; `n` as an integer too.
CK_INLINE float exp_reduce_f32(float x, float *n, int32_t *exponent) {
    const float magic = 12582912.f;
    const float t = x * 1.44269504f + magic;
    *n = t - magic;
    *exponent = (int32_t)(bits_f32(t) - bits_f32(magic));
    // The first part of ln 2 has trailing zeros, so that its product with n is exact.
    return (x - *n * 0.693145752f) - *n * 1.42860677e-6f;
}

CK_INLINE float exp_f32(float x) {
    float n;
    int32_t e;
    // Beyond these the result is infinite or zero; a NaN passes.
    x = x > 89.f ? 89.f : x;
    x = x < -104.f ? -104.f : x;
    const float r = exp_reduce_f32(x, &n, &e);
    float p = 0.0013813145f;
    p = p * r + 0.008369419f;
    p = p * r + 0.041668456f;
    p = p * r + 0.16666515f;
    p = p * r + 0.49999994f;
    p = (p * r * r + r) + 1.f;
    // Two factors, because 2 to the n alone may not be representable.
    const int32_t half = e >> 1;
    return p * from_bits_f32((uint32_t)(half + 127) << 23) * from_bits_f32((uint32_t)(e - half + 127) << 23);
}

CK_INLINE float expm1_f32(float x) {
    float n;
    int32_t e;
    float y = x > 89.f ? 89.f : x;
    y = y < -40.f ? -40.f : y;
    const float r = exp_reduce_f32(y, &n, &e);
    float p = 0.00019915623f;
    p = p * r + 0.0013942046f;
    p = p * r + 0.00833327f;
    p = p * r + 0.041666344f;
    p = p * r + 0.16666667f;
    p = p * r + 0.5f;
    p = p * r * r + r;
    // 2 to the (n − 1), and the rest of the factor at the end.
    const float s = from_bits_f32((uint32_t)(e + 126) << 23);
    const float result = 2.f * (s * p + (s - 0.5f));
    return x == 0.f ? x : result;
}

CK_INLINE float log_f32(float x) {
    const int tiny = x < 1.17549435e-38f;
    const uint32_t u = bits_f32(tiny ? x * 8388608.f : x);
    // The significand in [√½, √2).
    const uint32_t shifted = u - 0x3f3504f3u;
    const int32_t e = (int32_t)shifted >> 23;
    const float f = from_bits_f32((shifted & 0x7fffffu) + 0x3f3504f3u) - 1.f;
    const float n = (float)e - (tiny ? 23.f : 0.f);
    float p = 0.067445874f;
    p = p * f - 0.11674819f;
    p = p * f + 0.11888589f;
    p = p * f - 0.12405753f;
    p = p * f + 0.14219521f;
    p = p * f - 0.16667986f;
    p = p * f + 0.20002119f;
    p = p * f - 0.2500001f;
    p = p * f + 0.33333313f;
    const float f2 = f * f;
    float y = n * 0.693145752f + (f - (0.5f * f2 - (p * f2 * f + n * 1.42860677e-6f)));
    y = x == INFINITY ? x : y;
    y = x == 0.f ? -INFINITY : y;
    // Negative numbers and NaN.
    return x >= 0.f ? y : NAN;
}

CK_INLINE float log1p_f32(float x) {
    const float u = 1.f + x;
    // What was lost in the sum, as a first-order correction.
    const float lost = (x - (u - 1.f)) / u;
    float y = log_f32(u) + lost;
    y = x == INFINITY ? x : y;
    y = x == -1.f ? -INFINITY : y;
    return x == 0.f ? x : y;
}

CK_INLINE float tanh_f32(float x) {
    const float a = fabsf(x), z = x * x;
    float p = -0.0057049864f;
    p = p * z + 0.020639086f;
    p = p * z - 0.053739715f;
    p = p * z + 0.13331442f;
    p = p * z - 0.3333328f;
    const float small = x + x * z * p;
    const float large = copysignf(1.f - 2.f / (exp_f32(2.f * (a > 10.f ? 10.f : a)) + 1.f), x);
    return a < 0.625f ? small : large;
}

CK_INLINE float sigmoid_f32(float x) { return 1.f / (1.f + exp_f32(-x)); }

CK_INLINE float erf_f32(float x) {
    const float a = fabsf(x), z = x * x;
    float p = 8.316775e-05f;
    p = p * z - 0.00081300124f;
    p = p * z + 0.005199907f;
    p = p * z - 0.02685894f;
    p = p * z + 0.112836875f;
    p = p * z - 0.37612632f;
    p = p * z + 0.12837917f;
    const float small = x + x * p;
    // −ln erfc(a) as a polynomial; erf is 1 from 4 on.
    const float t = a > 4.f ? 4.f : a;
    float q = 2.082853e-05f;
    q = q * t - 0.0004313926f;
    q = q * t + 0.0041562505f;
    q = q * t - 0.025080606f;
    q = q * t + 0.10822037f;
    q = q * t + 0.63340086f;
    q = q * t + 1.1294883f;
    q = q * t - 0.00016920394f;
    const float large = copysignf(1.f - exp_f32(-q), x);
    return a < 0.93f ? small : large;
}

/// The same to 3 units in the last place, in half the time: x times a quotient of polynomials in x²,
/// fitted so that the largest relative error in [−3.92, 3.92] is least; beyond, erf is ±1.
CK_INLINE float erf_quick_f32(float x) {
    const float c = x > 3.92f ? 3.92f : x < -3.92f ? -3.92f : x, z = c * c;
    float p = 2.0500938e-06f;
    p = p * z + 0.0002848795f;
    p = p * z + 0.00376551f;
    p = p * z + 0.052748386f;
    p = p * z + 0.19040409f;
    p = p * z + 1.1283791f;
    float q = 3.8091617e-05f;
    q = q * z + 0.0011625082f;
    q = q * z + 0.014969001f;
    q = q * z + 0.11410811f;
    q = q * z + 0.50207394f;
    q = q * z + 1.f;
    const float y = c * p / q;
    return y > 1.f ? 1.f : y < -1.f ? -1.f : y;
}

/// Where `sin_small_f32` and `cos_small_f32` hold; larger arguments need libm's reduction.
#define CK_TRIGONOMETRY_BOUND 100000.f

/// The sine of x for quarter 0, the cosine for quarter 1. The reduction is done in double.
CK_INLINE float sin_quarter_f32(float x, int32_t quarter) {
    const double magic = 6755399441055744.0;
    const double t = (double)x * 0.63661977236758138 + magic;
    const double n = t - magic;
    uint64_t u;
    __builtin_memcpy(&u, &t, 8);
    const uint32_t k = (uint32_t)u + (uint32_t)quarter;
    const double r = ((double)x - n * 1.5707963267341256) - n * 6.0771005065061922e-11;
    const double z = r * r;
    double s = 2.7175644949392445e-06;
    s = s * z - 0.00019839256639255258;
    s = s * z + 0.008333329143937918;
    s = s * z - 0.16666666639558156;
    s = s * z * r + r;
    double c = -2.719862791732792e-07;
    c = c * z + 2.479937272751578e-05;
    c = c * z - 0.0013888883163448156;
    c = c * z + 0.04166666661550914;
    c = (c * z - 0.5) * z + 1.0;
    const double y = k & 1 ? c : s;
    return (float)(k & 2 ? -y : y);
}

CK_INLINE float sin_small_f32(float x) { return x == 0.f ? x : sin_quarter_f32(x, 0); }
CK_INLINE float cos_small_f32(float x) { return sin_quarter_f32(x, 1); }

/// x to the y through the logarithm to base 2, both in double: |x| = 2ⁿ·m with m in [√½, √2), and
/// log2 m is an odd series in (m − 1) / (m + 1).
CK_INLINE float pow_f32(float x, float y) {
    const double a = (double)fabsf(x);
    uint64_t u;
    __builtin_memcpy(&u, &a, 8);
    const uint64_t shifted = u - 0x3fe6a09e667f3bcdull;
    const double n = (double)((int32_t)(shifted >> 52 << 20) >> 20);
    const uint64_t mantissa = (shifted & 0xfffffffffffffull) + 0x3fe6a09e667f3bcdull;
    double m;
    __builtin_memcpy(&m, &mantissa, 8);
    const double s = (m - 1) / (m + 1), z = s * s;
    double p = 0.2829311592881956;
    p = p * z + 0.3199035892012808;
    p = p * z + 0.4122093022349329;
    p = p * z + 0.5770779418862293;
    p = p * z + 0.9617966941149458;
    p = p * z + 2.885390081777849;
    double e = (n + s * p) * (double)y;
    e = e > 160 ? 160 : e;
    e = e < -160 ? -160 : e;
    // 2 to the e: the whole part goes into the exponent.
    const double magic = 6755399441055744.0;
    const double t = e + magic, r = e - (t - magic);
    uint64_t bits;
    __builtin_memcpy(&bits, &t, 8);
    double q = 0.00015476424497964329;
    q = q * r + 0.0013400368933724205;
    q = q * r + 0.009618003479001536;
    q = q * r + 0.05550327576497008;
    q = q * r + 0.24022651348895865;
    q = q * r + 0.6931472063134264;
    q = q * r + 1.0;
    const uint64_t scale = (bits + 1023) << 52;
    double factor;
    __builtin_memcpy(&factor, &scale, 8);
    float result = (float)(q * factor);
    // Zeros and infinities, whose logarithm the series does not give.
    const float size = fabsf(x);
    const int falls = (size < 1.f) == (y > 0.f);
    result = size == 0.f || size == INFINITY || fabsf(y) == INFINITY ? (falls ? 0.f : INFINITY) : result;
    // A negative number has powers to whole numbers only, and odd ones are negative.
    const float half = y * 0.5f;
    const int whole = __builtin_elementwise_trunc(y) == y, odd = whole && __builtin_elementwise_trunc(half) != half;
    const int negative = bits_f32(x) >> 31 != 0;
    result = negative && odd ? -result : result;
    result = x < 0.f && !whole && size != INFINITY ? NAN : result;
    result = x != x || y != y ? NAN : result;
    return y == 0.f || x == 1.f || (x == -1.f && fabsf(y) == INFINITY) ? 1.f : result;
}

// The rest is libm's, under the names that the tables use.
CK_INLINE float sqrt_f32(float x) { return __builtin_elementwise_sqrt(x); }
CK_INLINE float abs_f32(float x) { return __builtin_elementwise_abs(x); }
CK_INLINE float floor_f32(float x) { return __builtin_elementwise_floor(x); }
CK_INLINE float ceil_f32(float x) { return __builtin_elementwise_ceil(x); }
CK_INLINE float round_f32(float x) { return __builtin_elementwise_roundeven(x); }
CK_INLINE float trunc_f32(float x) { return __builtin_elementwise_trunc(x); }
CK_INLINE float copysign_f32(float x, float y) { return __builtin_elementwise_copysign(x, y); }
CK_INLINE float exp2_f32(float x) { return exp2f(x); }
CK_INLINE float log2_f32(float x) { return log2f(x); }
CK_INLINE float log10_f32(float x) { return log10f(x); }
CK_INLINE float sin_f32(float x) { return sinf(x); }
CK_INLINE float cos_f32(float x) { return cosf(x); }
CK_INLINE float tan_f32(float x) { return tanf(x); }
CK_INLINE float asin_f32(float x) { return asinf(x); }
CK_INLINE float acos_f32(float x) { return acosf(x); }
CK_INLINE float atan_f32(float x) { return atanf(x); }
CK_INLINE float sinh_f32(float x) { return sinhf(x); }
CK_INLINE float cosh_f32(float x) { return coshf(x); }
CK_INLINE float asinh_f32(float x) { return asinhf(x); }
CK_INLINE float acosh_f32(float x) { return acoshf(x); }
CK_INLINE float atanh_f32(float x) { return atanhf(x); }
CK_INLINE float erfc_f32(float x) { return erfcf(x); }
CK_INLINE float fmod_f32(float x, float y) { return fmodf(x, y); }
CK_INLINE float atan2_f32(float y, float x) { return atan2f(y, x); }
CK_INLINE float hypot_f32(float x, float y) { return hypotf(x, y); }
