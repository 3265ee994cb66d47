// The elementwise kernels of float64.
#define _GNU_SOURCE
#include "kernel.h"
#include "math_f64.h"
#include "special.h"

#define T double
#define FN(name) name##_f64
#include "float_helpers.h"

#define ELEMENTWISE_LIBM(name)                                                          \
    static void name##_f64_kernel(                                                      \
        const ck_params *p, size_t n, void *out, const void *a, const void *b, const void *c) { \
        (void)p, (void)b, (void)c;                                                      \
        const double *x = a;                                                            \
        double *r = out;                                                                \
        for (size_t i = 0; i < n; i++) r[i] = name(x[i]);                               \
    }
ELEMENTWISE_LIBM(sin)
ELEMENTWISE_LIBM(cos)

#define EXTRA_UNARY [CK_SIN] = sin_f64_kernel, [CK_COS] = cos_f64_kernel
#define UNARY_TABLE ck_unary_f64
#define BINARY_TABLE ck_binary_f64
#define TERNARY_TABLE ck_ternary_f64
#define OPERATORS "table_float.h"
#include "loops.h"
