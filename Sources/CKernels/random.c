#include "CKernels.h"
#include <math.h>
#include <string.h>

// MARK: mt19937

void ck_random_seed(ck_random *r, uint64_t seed) {
    r->words[0] = (uint32_t)seed;
    for (uint32_t i = 1; i < CK_RANDOM_WORDS; i++) {
        uint32_t previous = r->words[i - 1];
        r->words[i] = 1812433253u * (previous ^ (previous >> 30)) + i;
    }
    r->left = 1;
    r->next = 0;
    r->has_spare = false;
}

static inline uint32_t twist(uint32_t u, uint32_t v) {
    uint32_t mixed = (u & 0x80000000u) | (v & 0x7fffffffu);
    return (mixed >> 1) ^ ((v & 1) ? 0x9908b0dfu : 0);
}

static void renew(ck_random *r) {
    enum { N = CK_RANDOM_WORDS, M = 397 };
    uint32_t *w = r->words;
    for (int i = 0; i < N - M; i++) w[i] = w[i + M] ^ twist(w[i], w[i + 1]);
    for (int i = N - M; i < N - 1; i++) w[i] = w[i + M - N] ^ twist(w[i], w[i + 1]);
    w[N - 1] = w[M - 1] ^ twist(w[N - 1], w[0]);
    r->left = N;
    r->next = 0;
}

static inline uint32_t temper(uint32_t y) {
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

static inline uint32_t draw(ck_random *r) {
    if (--r->left == 0) renew(r);
    return temper(r->words[r->next++]);
}

static inline uint64_t draw64(ck_random *r) {
    uint64_t high = draw(r);
    return high << 32 | draw(r);
}

uint32_t ck_random_next(ck_random *r) { return draw(r); }
uint64_t ck_random_next64(ck_random *r) { return draw64(r); }

// MARK: uniform

static inline double fraction64(ck_random *r) {
    return (double)(draw64(r) & ((1ull << 53) - 1)) * 0x1p-53;
}

void ck_random_fractions(ck_random *r, float *out, size_t count) {
    // Whole runs of words at a time, so that the loop over them has no branch and vectorises.
    while (count > 0) {
        if (r->left == 1) {
            renew(r);
            r->left = CK_RANDOM_WORDS + 1;
        }
        size_t run = r->left - 1;
        if (run > count) run = count;
        const uint32_t *words = r->words + r->next;
        for (size_t i = 0; i < run; i++) out[i] = (float)(int32_t)(temper(words[i]) & 0xffffff) * 0x1p-24f;
        r->left -= (uint32_t)run;
        r->next += (uint32_t)run;
        out += run;
        count -= run;
    }
}

void ck_random_uniform_f32(ck_random *r, float *out, size_t count, float low, float high) {
    ck_random_fractions(r, out, count);
    float width = high - low;
    if (low == 0 && width == 1) return;
    // One rounding for product and sum, as PyTorch's build has it.
    // Where that rounds up to the open end, PyTorch takes the closed one.
    for (size_t i = 0; i < count; i++) {
        float value = fmaf(out[i], width, low);
        out[i] = value == high ? low : value;
    }
}

void ck_random_uniform_f64(ck_random *r, double *out, size_t count, double low, double high) {
    double width = high - low;
    for (size_t i = 0; i < count; i++) {
        double value = fma(fraction64(r), width, low);
        out[i] = value == high ? low : value;
    }
}

// MARK: normal

double ck_random_normal(ck_random *r) {
    if (r->has_spare) {
        r->has_spare = false;
        return r->spare;
    }
    double angle = 2 * M_PI * fraction64(r);
    double radius = sqrt(-2 * log1p(-fraction64(r)));
    r->spare = radius * sin(angle);
    r->has_spare = true;
    return radius * cos(angle);
}

// The logarithm, sine and cosine below are the polynomials of the Cephes library in single
// precision. PyTorch's vector code evaluates the same ones, so results agree to the bit, which
// libm's better rounded functions do not.

static inline float reinterpret_float(uint32_t bits) {
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

static inline uint32_t reinterpret_bits(float value) {
    uint32_t bits;
    memcpy(&bits, &value, 4);
    return bits;
}

/// The natural logarithm of x in [2⁻²⁴, 1].
static inline __attribute__((always_inline)) float cephes_log(float x) {
    uint32_t bits = reinterpret_bits(x);
    // x = mantissa · 2^exponent with the mantissa in [√½, √2).
    float exponent = (float)((int32_t)(bits >> 23) - 126);
    float mantissa = reinterpret_float((bits & 0x007fffffu) | 0x3f000000u);
    bool small = mantissa < 0.707106781186547524f;
    float e = exponent - (small ? 1.0f : 0.0f);
    float m = (mantissa - 1.0f) + (small ? mantissa : 0.0f);
    float z = m * m;
    float y = 7.0376836292e-2f;
    y = __builtin_fmaf(y, m, -1.1514610310e-1f);
    y = __builtin_fmaf(y, m, 1.1676998740e-1f);
    y = __builtin_fmaf(y, m, -1.2420140846e-1f);
    y = __builtin_fmaf(y, m, 1.4249322787e-1f);
    y = __builtin_fmaf(y, m, -1.6668057665e-1f);
    y = __builtin_fmaf(y, m, 2.0000714765e-1f);
    y = __builtin_fmaf(y, m, -2.4999993993e-1f);
    y = __builtin_fmaf(y, m, 3.3333331174e-1f);
    y = y * m;
    y = __builtin_fmaf(y, z, e * -2.12194440e-4f);
    y = __builtin_fmaf(z, -0.5f, y);
    return __builtin_fmaf(e, 0.693359375f, m + y);
}

/// Sine and cosine of x in [0, 2π].
static inline __attribute__((always_inline)) void cephes_sincos(float x, float *sine, float *cosine) {
    int32_t octant = (int32_t)(x * 1.27323954473516f);
    octant = (octant + 1) & ~1;
    float turns = (float)octant;
    x = __builtin_fmaf(turns, -0.78515625f, x);
    x = __builtin_fmaf(turns, -2.4187564849853515625e-4f, x);
    x = __builtin_fmaf(turns, -3.77489497744594108e-8f, x);
    float z = x * x;
    float c = 2.443315711809948e-5f;
    c = __builtin_fmaf(c, z, -1.388731625493765e-3f);
    c = __builtin_fmaf(c, z, 4.166664568298827e-2f);
    c = c * z;
    c = __builtin_fmaf(c, z, z * -0.5f) + 1.0f;
    float s = -1.9515295891e-4f;
    s = __builtin_fmaf(s, z, 8.3321608736e-3f);
    s = __builtin_fmaf(s, z, -1.6666654611e-1f);
    s = s * z;
    s = __builtin_fmaf(s, x, x);
    bool swapped = (octant & 2) != 0;
    float sine_sign = (octant & 4) ? -1.0f : 1.0f;
    float cosine_sign = ((octant - 2) & 4) ? 1.0f : -1.0f;
    *sine = sine_sign * (swapped ? c : s);
    *cosine = cosine_sign * (swapped ? s : c);
}

static inline __attribute__((always_inline)) void normal_block(float *x, float mean, float deviation) {
    float cosines[8], sines[8];
#pragma clang loop vectorize(enable) vectorize_width(8) interleave(disable)
    for (int i = 0; i < 8; i++) {
        float radius = __builtin_elementwise_sqrt(-2.0f * cephes_log(1.0f - x[i]));
        float angle = (float)(2 * M_PI) * x[i + 8];
        float s, c;
        cephes_sincos(angle, &s, &c);
        cosines[i] = __builtin_fmaf(radius * c, deviation, mean);
        sines[i] = __builtin_fmaf(radius * s, deviation, mean);
    }
    memcpy(x, cosines, sizeof cosines);
    memcpy(x + 8, sines, sizeof sines);
}

static void normal_blocks_portable(float *x, size_t blocks, float mean, float deviation) {
    for (size_t i = 0; i < blocks; i++) normal_block(x + 16 * i, mean, deviation);
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma")))
static void normal_blocks_avx2(float *x, size_t blocks, float mean, float deviation) {
    for (size_t i = 0; i < blocks; i++) normal_block(x + 16 * i, mean, deviation);
}
#endif

static void normal_blocks(float *x, size_t blocks, float mean, float deviation) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        normal_blocks_avx2(x, blocks, mean, deviation);
        return;
    }
#endif
    normal_blocks_portable(x, blocks, mean, deviation);
}

void ck_random_normal_f32(ck_random *r, float *out, size_t count, float mean, float deviation) {
    ck_random_fractions(r, out, count);
    normal_blocks(out, count / 16, mean, deviation);
    if (count % 16 != 0) {
        ck_random_fractions(r, out + count - 16, 16);
        normal_blocks(out + count - 16, 1, mean, deviation);
    }
}

static void normal_block_f64(double *x, double mean, double deviation) {
    for (int i = 0; i < 8; i++) {
        double radius = sqrt(-2 * log(1 - x[i]));
        double angle = 2 * M_PI * x[i + 8];
        x[i] = fma(radius * cos(angle), deviation, mean);
        x[i + 8] = fma(radius * sin(angle), deviation, mean);
    }
}

void ck_random_normal_f64(ck_random *r, double *out, size_t count, double mean, double deviation) {
    for (size_t i = 0; i < count; i++) out[i] = fraction64(r);
    for (size_t i = 0; i + 16 <= count; i += 16) normal_block_f64(out + i, mean, deviation);
    if (count % 16 != 0) {
        double *last = out + count - 16;
        for (int i = 0; i < 16; i++) last[i] = fraction64(r);
        normal_block_f64(last, mean, deviation);
    }
}

void ck_random_normal_blocks(ck_random *r, float *out, size_t count, float mean, float deviation) {
    for (size_t i = 0; i + 16 <= count; i += 16) ck_random_normal_f32(r, out + i, 16, mean, deviation);
    if (count % 16 != 0) ck_random_normal_f32(r, out + count - 16, 16, mean, deviation);
}

// MARK: others

void ck_random_bernoulli(ck_random *r, uint8_t *out, size_t count, double p) {
    for (size_t i = 0; i < count; i++) out[i] = fraction64(r) < p;
}

void ck_random_exponential(ck_random *r, double *out, size_t count, double lambda) {
    for (size_t i = 0; i < count; i++) {
        double u = fraction64(r);
        // The logarithm of a number that rounds to 1 must not become 0.
        double logarithm = u >= 1 - 0x1p-53 ? -0x1p-53 : log1p(-u);
        out[i] = -logarithm / lambda;
    }
}

void ck_random_integers(ck_random *r, int64_t *out, size_t count, int64_t low, uint64_t range) {
    // PyTorch draws 64 bits where the remainder of 32 would favour small numbers noticeably.
    if (range >= 1ull << 28) {
        for (size_t i = 0; i < count; i++) out[i] = low + (int64_t)(draw64(r) % range);
    } else {
        uint32_t small = (uint32_t)range;
        for (size_t i = 0; i < count; i++) out[i] = low + (int64_t)(draw(r) % small);
    }
}

void ck_random_permutation(ck_random *r, int64_t *out, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = (int64_t)i;
    bool large = count >= UINT32_MAX / 20;
    for (size_t i = 0; i + 1 < count; i++) {
        uint64_t z = (large ? draw64(r) : draw(r)) % (count - i);
        int64_t kept = out[i];
        out[i] = out[i + z];
        out[i + z] = kept;
    }
}
