// The extreme along a dimension, with its position.
#include <string.h>

#include "kernel.h"
#include "vector.h"

enum { COLUMNS = 128, GRAIN = 16384 };

// One row of several columns at a time; a column keeps the first of its extremes. A NaN that comes
// is taken unless one is held already.
#define EXTREMUM(suffix, T)                                                                       \
    static CK_CLONES void largest_##suffix(const void *x, int64_t row, size_t n, void *held, int64_t *index) { \
        const T *v = x;                                                                           \
        T *m = held;                                                                              \
        for (size_t i = 0; i < n; i++) {                                                          \
            const int better = (v[i] > m[i]) | ((v[i] != v[i]) & (m[i] == m[i]));                 \
            m[i] = better ? v[i] : m[i];                                                          \
            index[i] = better ? row : index[i];                                                   \
        }                                                                                         \
    }                                                                                             \
    static CK_CLONES void smallest_##suffix(const void *x, int64_t row, size_t n, void *held, int64_t *index) { \
        const T *v = x;                                                                           \
        T *m = held;                                                                              \
        for (size_t i = 0; i < n; i++) {                                                          \
            const int better = (v[i] < m[i]) | ((v[i] != v[i]) & (m[i] == m[i]));                 \
            m[i] = better ? v[i] : m[i];                                                          \
            index[i] = better ? row : index[i];                                                   \
        }                                                                                         \
    }                                                                                             \
    /* The position of the first extreme of a row. */                                             \
    static CK_CLONES size_t along_##suffix(bool largest, const void *x, size_t n) {               \
        enum { LANES = 64 };                                                                      \
        const T *v = x;                                                                           \
        T m[LANES];                                                                               \
        T best = v[0];                                                                            \
        size_t i = 0;                                                                             \
        if (n >= LANES) {                                                                         \
            for (int l = 0; l < LANES; l++) m[l] = v[l];                                          \
            for (i = LANES; i + LANES <= n; i += LANES)                                           \
                for (int l = 0; l < LANES; l++) {                                                 \
                    const T y = v[i + l];                                                         \
                    const int better = (largest ? y > m[l] : y < m[l]) | (y != y);                \
                    m[l] = better ? y : m[l];                                                     \
                }                                                                                 \
            best = m[0];                                                                          \
            for (int l = 1; l < LANES; l++)                                                       \
                best = (largest ? m[l] > best : m[l] < best) || m[l] != m[l] ? m[l] : best;       \
        }                                                                                         \
        for (; i < n; i++) best = (largest ? v[i] > best : v[i] < best) || v[i] != v[i] ? v[i] : best; \
        for (i = 0; i + LANES <= n; i += LANES) {                                                 \
            int found = 0;                                                                        \
            for (int l = 0; l < LANES; l++) found |= (v[i + l] == best) | (v[i + l] != v[i + l]); \
            if (found) break;                                                                     \
        }                                                                                         \
        while (v[i] != best && v[i] == v[i]) i++;                                                 \
        return i;                                                                                 \
    }
EXTREMUM(u8, uint8_t)
EXTREMUM(i8, int8_t)
EXTREMUM(i16, int16_t)
EXTREMUM(i32, int32_t)
EXTREMUM(i64, int64_t)
EXTREMUM(f32, float)
EXTREMUM(f64, double)

typedef void (*columns_step)(const void *x, int64_t row, size_t n, void *held, int64_t *index);
typedef size_t (*row_search)(bool largest, const void *x, size_t n);

static const struct { columns_step largest, smallest; row_search along; } kernels[CK_DTYPE_COUNT] = {
    [CK_BOOL] = {largest_u8, smallest_u8, along_u8}, [CK_UINT8] = {largest_u8, smallest_u8, along_u8},
    [CK_INT8] = {largest_i8, smallest_i8, along_i8}, [CK_INT16] = {largest_i16, smallest_i16, along_i16},
    [CK_INT32] = {largest_i32, smallest_i32, along_i32}, [CK_INT64] = {largest_i64, smallest_i64, along_i64},
    [CK_FLOAT32] = {largest_f32, smallest_f32, along_f32}, [CK_FLOAT64] = {largest_f64, smallest_f64, along_f64},
};

typedef struct extremum {
    ck_dtype stored, type;
    bool largest;
    const char *x;
    int64_t size, inner;
    char *values;
    int64_t *indices;
} extremum;

/// A strip of one row in the type of comparison.
static const void *widened(const extremum *e, const char *row, size_t n, void *buffer) {
    if (e->stored == e->type) return row;
    ck_cast_kernel(e->type, e->stored)(NULL, n, buffer, row, NULL, NULL);
    return buffer;
}

static void columns_body(void *context, int64_t begin, int64_t end) {
    const extremum *e = context;
    _Alignas(64) char held[COLUMNS * 8], buffer[COLUMNS * 8];
    const columns_step step = e->largest ? kernels[e->type].largest : kernels[e->type].smallest;
    const int64_t strips = (e->inner + COLUMNS - 1) / COLUMNS, width = (int64_t)ck_width(e->stored);
    for (int64_t unit = begin; unit < end; unit++) {
        const int64_t outer = unit / strips, column = unit % strips * COLUMNS;
        const size_t n = e->inner - column < COLUMNS ? (size_t)(e->inner - column) : COLUMNS;
        const char *x = e->x + (outer * e->size * e->inner + column) * width;
        const int64_t output = outer * e->inner + column;
        memcpy(held, widened(e, x, n, buffer), n * ck_width(e->type));
        memset(e->indices + output, 0, n * sizeof(int64_t));
        for (int64_t row = 1; row < e->size; row++)
            step(widened(e, x + row * e->inner * width, n, buffer), row, n, held, e->indices + output);
        ck_cast_kernel(e->stored, e->type)(NULL, n, e->values + output * width, held, NULL, NULL);
    }
}

static void rows_body(void *context, int64_t begin, int64_t end) {
    const extremum *e = context;
    const size_t width = ck_width(e->type);
    for (int64_t row = begin; row < end; row++) {
        const char *x = e->x + row * e->size * (int64_t)width;
        const size_t at = kernels[e->type].along(e->largest, x, (size_t)e->size);
        e->indices[row] = (int64_t)at;
        memcpy(e->values + row * (int64_t)width, x + at * width, width);
    }
}

ck_status ck_run_extremum(
    ck_dtype type, bool largest, const void *x, int64_t outer, int64_t size, int64_t inner, void *values,
    int64_t *indices) {
    const bool half = type == CK_FLOAT16 || type == CK_BFLOAT16;
    extremum e = {
        .stored = type, .type = half ? CK_FLOAT32 : type, .largest = largest, .x = x, .size = size, .inner = inner,
        .values = values, .indices = indices};
    if (!kernels[e.type].along) return CK_UNSUPPORTED;
    if (outer == 0 || inner == 0 || size == 0) return CK_OK;
    if (inner == 1 && !half) {
        ck_parallel(outer, GRAIN / size + 1, rows_body, &e);
    } else {
        const int64_t strips = (inner + COLUMNS - 1) / COLUMNS;
        const int64_t per_unit = size * (inner < COLUMNS ? inner : COLUMNS);
        ck_parallel(outer * strips, GRAIN / per_unit + 1, columns_body, &e);
    }
    return CK_OK;
}
