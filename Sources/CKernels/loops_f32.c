// The elementwise kernels of float32; the half types are computed by them too.
#define _GNU_SOURCE
#include "kernel.h"
#include "math_f32.h"
#include "special.h"

#define T float
#define FN(name) name##_f32
#include "float_helpers.h"

/// Large arguments are rare and need libm; the rest goes through the vector loop.
static CK_CLONES int within_bound(const float *x, size_t n) {
    int outside = 0;
    for (size_t i = 0; i < n; i++) outside |= !(__builtin_elementwise_abs(x[i]) < CK_TRIGONOMETRY_BOUND);
    return !outside;
}
static CK_CLONES void sin_loop(const float *x, float *out, size_t n) {
    CK_INDEPENDENT for (size_t i = 0; i < n; i++) out[i] = sin_small_f32(x[i]);
}
static CK_CLONES void cos_loop(const float *x, float *out, size_t n) {
    CK_INDEPENDENT for (size_t i = 0; i < n; i++) out[i] = cos_small_f32(x[i]);
}

typedef void (*trigonometry_loop)(const float *, float *, size_t);

static void trigonometry(trigonometry_loop loop, float (*one)(float), const float *x, float *out, size_t n) {
    enum { BLOCK = 1024 };
    for (size_t i = 0; i < n; i += BLOCK) {
        const size_t m = n - i < BLOCK ? n - i : BLOCK;
        if (within_bound(x + i, m)) {
            loop(x + i, out + i, m);
        } else {
            for (size_t j = i; j < i + m; j++) out[j] = one(x[j]);
        }
    }
}
static void sin_f32_kernel(const ck_params *p, size_t n, void *out, const void *a, const void *b, const void *c) {
    (void)p, (void)b, (void)c;
    trigonometry(sin_loop, sinf, a, out, n);
}
static void cos_f32_kernel(const ck_params *p, size_t n, void *out, const void *a, const void *b, const void *c) {
    (void)p, (void)b, (void)c;
    trigonometry(cos_loop, cosf, a, out, n);
}

#define EXTRA_UNARY [CK_SIN] = sin_f32_kernel, [CK_COS] = cos_f32_kernel
#define UNARY_TABLE ck_unary_f32
#define BINARY_TABLE ck_binary_f32
#define TERNARY_TABLE ck_ternary_f32
#define OPERATORS "table_float.h"
#include "loops.h"
