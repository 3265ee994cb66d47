// Sums, products and extremes of memory without gaps.
#include "fold.h"

#include <math.h>

#include "vector.h"

enum {
    // Partial results side by side in a row: what fills the vector registers.
    LANES = 64,
    // Columns taken together.
    STRIP = 512,
    // Elements added to a lane before it is added to the accumulator.
    RUN = 8,
};

#define SUM(m, x) ((m) + (x))
#define PROD(m, x) ((m) * (x))
// A NaN that comes is taken, and one that is held compares false, so it stays.
#define MAX(m, x) ((x) > (m) || (x) != (x) ? (x) : (m))
#define MIN(m, x) ((x) < (m) || (x) != (x) ? (x) : (m))

/// Lane: the type of partial results; Whole: that of the accumulator.
#define FOLD(suffix, T, OP, Lane, Whole, begin)                                           \
    static CK_CLONES void row_##OP##_##suffix(const void *x, size_t n, void *accumulator) { \
        const T *v = x;                                                                   \
        Whole whole = *(Whole *)accumulator;                                              \
        size_t i = 0;                                                                     \
        if (n == 0) return;                                                               \
        while (i + LANES <= n) {                                                          \
            Lane m[LANES];                                                                \
            for (int l = 0; l < LANES; l++) m[l] = (Lane)v[i + l];                        \
            const size_t end = n - i > LANES * RUN ? i + LANES * RUN : n;                 \
            for (i += LANES; i + LANES <= end; i += LANES)                                \
                for (int l = 0; l < LANES; l++) m[l] = OP(m[l], (Lane)v[i + l]);          \
            for (int half = LANES / 2; half > 0; half /= 2)                               \
                for (int l = 0; l < half; l++) m[l] = OP(m[l], m[l + half]);              \
            whole = OP(whole, (Whole)m[0]);                                               \
        }                                                                                 \
        Lane rest = (Lane)(begin);                                                        \
        for (; i < n; i++) rest = OP(rest, (Lane)v[i]);                                   \
        whole = OP(whole, (Whole)rest);                                                   \
        *(Whole *)accumulator = whole;                                                    \
    }                                                                                     \
    static CK_CLONES void columns_##OP##_##suffix(                                        \
        const void *x, ptrdiff_t step, size_t rows, size_t n, void *accumulators) {       \
        for (size_t j = 0; j < n; j += STRIP) {                                           \
            const size_t width = n - j < STRIP ? n - j : STRIP;                           \
            Whole *whole = (Whole *)accumulators + j;                                     \
            for (size_t r = 0; r < rows;) {                                               \
                const T *v = (const T *)((const char *)x + (ptrdiff_t)r * step) + j;      \
                Lane m[STRIP];                                                            \
                for (size_t l = 0; l < width; l++) m[l] = (Lane)v[l];                     \
                const size_t end = rows - r < RUN ? rows : r + RUN;                       \
                for (r++; r < end; r++) {                                                 \
                    v = (const T *)((const char *)x + (ptrdiff_t)r * step) + j;           \
                    for (size_t l = 0; l < width; l++) m[l] = OP(m[l], (Lane)v[l]);       \
                }                                                                         \
                for (size_t l = 0; l < width; l++) whole[l] = OP(whole[l], (Whole)m[l]);  \
            }                                                                             \
        }                                                                                 \
    }

// What is left of a row starts an extreme from its last element.
#define INTEGER(suffix, T)                     \
    FOLD(suffix, T, SUM, int64_t, int64_t, 0)  \
    FOLD(suffix, T, PROD, int64_t, int64_t, 1) \
    FOLD(suffix, T, MAX, T, int64_t, v[n - 1]) \
    FOLD(suffix, T, MIN, T, int64_t, v[n - 1])
// A product of float32 in parts could overflow where the whole does not.
#define FLOATING(suffix, T)                    \
    FOLD(suffix, T, SUM, T, double, 0)         \
    FOLD(suffix, T, PROD, double, double, 1)   \
    FOLD(suffix, T, MAX, T, double, v[n - 1])  \
    FOLD(suffix, T, MIN, T, double, v[n - 1])

INTEGER(u8, uint8_t)
INTEGER(i8, int8_t)
INTEGER(i16, int16_t)
INTEGER(i32, int32_t)
INTEGER(i64, int64_t)
FLOATING(f32, float)
FLOATING(f64, double)

// Complex numbers are few: one loop over columns serves both forms.
#undef PROD
#define PROD(m, x) __builtin_complex(                                  \
    __real__(m) * __real__(x) - __imag__(m) * __imag__(x),             \
    __real__(m) * __imag__(x) + __imag__(m) * __real__(x))
#define COMPLEX(suffix, T, OP)                                                            \
    static void columns_##OP##_##suffix(                                                  \
        const void *x, ptrdiff_t step, size_t rows, size_t n, void *accumulators) {       \
        double _Complex *whole = accumulators;                                            \
        for (size_t r = 0; r < rows; r++) {                                               \
            const T *v = (const T *)((const char *)x + (ptrdiff_t)r * step);              \
            for (size_t l = 0; l < n; l++) {                                              \
                const double _Complex y = v[l];                                           \
                whole[l] = OP(whole[l], y);                                               \
            }                                                                             \
        }                                                                                 \
    }                                                                                     \
    static void row_##OP##_##suffix(const void *x, size_t n, void *accumulator) {         \
        columns_##OP##_##suffix(x, sizeof(T), n, 1, accumulator);                         \
    }
COMPLEX(c64, float _Complex, SUM)
COMPLEX(c64, float _Complex, PROD)
COMPLEX(c128, double _Complex, SUM)
COMPLEX(c128, double _Complex, PROD)

#define TABLE(form, OP)                                                                   \
    [CK_FOLD_##OP] = {                                                                    \
        [CK_BOOL] = form##_##OP##_u8, [CK_UINT8] = form##_##OP##_u8, [CK_INT8] = form##_##OP##_i8, \
        [CK_INT16] = form##_##OP##_i16, [CK_INT32] = form##_##OP##_i32,                   \
        [CK_INT64] = form##_##OP##_i64, [CK_FLOAT32] = form##_##OP##_f32,                 \
        [CK_FLOAT64] = form##_##OP##_f64

static const ck_fold_row row_folds[CK_FOLD_COUNT][CK_DTYPE_COUNT] = {
    TABLE(row, SUM), [CK_COMPLEX64] = row_SUM_c64, [CK_COMPLEX128] = row_SUM_c128},
    TABLE(row, PROD), [CK_COMPLEX64] = row_PROD_c64, [CK_COMPLEX128] = row_PROD_c128},
    TABLE(row, MAX)},
    TABLE(row, MIN)},
};
static const ck_fold_columns columns_folds[CK_FOLD_COUNT][CK_DTYPE_COUNT] = {
    TABLE(columns, SUM), [CK_COMPLEX64] = columns_SUM_c64, [CK_COMPLEX128] = columns_SUM_c128},
    TABLE(columns, PROD), [CK_COMPLEX64] = columns_PROD_c64, [CK_COMPLEX128] = columns_PROD_c128},
    TABLE(columns, MAX)},
    TABLE(columns, MIN)},
};

ck_fold_row ck_row_fold(ck_fold fold, ck_dtype type) { return row_folds[fold][type]; }
ck_fold_columns ck_columns_fold(ck_fold fold, ck_dtype type) { return columns_folds[fold][type]; }

ck_dtype ck_fold_type(ck_dtype type) {
    if (type >= CK_COMPLEX64) return CK_COMPLEX128;
    return type >= CK_FLOAT16 ? CK_FLOAT64 : CK_INT64;
}

void ck_fold_begin(ck_fold fold, ck_dtype type, void *accumulators, size_t count) {
    static const double reals[CK_FOLD_COUNT] = {0, 1, -INFINITY, INFINITY};
    static const int64_t integers[CK_FOLD_COUNT] = {0, 1, INT64_MIN, INT64_MAX};
    // `any` of nothing is false, `all` of nothing is true.
    static const int64_t truths[CK_FOLD_COUNT] = {0, 1, 0, 1};
    const ck_dtype whole = ck_fold_type(type);
    for (size_t i = 0; i < count; i++) {
        if (type == CK_BOOL) ((int64_t *)accumulators)[i] = truths[fold];
        else if (whole == CK_INT64) ((int64_t *)accumulators)[i] = integers[fold];
        else if (whole == CK_FLOAT64) ((double *)accumulators)[i] = reals[fold];
        else ((double _Complex *)accumulators)[i] = reals[fold];
    }
}
