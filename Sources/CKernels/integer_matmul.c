// Products of integer matrices, which no BLAS computes.
#include <string.h>

#include "kernel.h"
#include "vector.h"

#define MULTIPLY(suffix, T, W)                                                                \
    static CK_CLONES void rows_##suffix(const ck_matrices *m, int64_t begin, int64_t end) {   \
        const T *a = m->a, *b = m->b;                                                         \
        for (int64_t i = begin; i < end; i++) {                                               \
            T *out = (T *)m->out + i * m->n;                                                  \
            if (!m->accumulate) memset(out, 0, (size_t)m->n * sizeof(T));                     \
            for (int64_t k = 0; k < m->k; k++) {                                              \
                const W x = (W)a[i * m->a_row + k * m->a_column];                             \
                const T *row = b + k * m->b_row;                                              \
                if (m->b_column == 1) {                                                       \
                    CK_INDEPENDENT for (int64_t j = 0; j < m->n; j++) out[j] = (T)((W)out[j] + x * (W)row[j]); \
                } else {                                                                      \
                    for (int64_t j = 0; j < m->n; j++) out[j] = (T)((W)out[j] + x * (W)row[j * m->b_column]); \
                }                                                                             \
            }                                                                                 \
        }                                                                                     \
    }
MULTIPLY(u8, uint8_t, uint32_t)
MULTIPLY(i8, int8_t, uint32_t)
MULTIPLY(i16, int16_t, uint32_t)
MULTIPLY(i32, int32_t, uint32_t)
MULTIPLY(i64, int64_t, uint64_t)

static void body(void *context, int64_t begin, int64_t end) {
    const ck_matrices *m = context;
    switch (m->type) {
    case CK_UINT8: rows_u8(m, begin, end); break;
    case CK_INT8: rows_i8(m, begin, end); break;
    case CK_INT16: rows_i16(m, begin, end); break;
    case CK_INT32: rows_i32(m, begin, end); break;
    default: rows_i64(m, begin, end); break;
    }
}

ck_status ck_integer_matmul(const ck_matrices *matrices, int64_t rows) {
    if (matrices->type < CK_UINT8 || matrices->type > CK_INT64) return CK_UNSUPPORTED;
    const int64_t per_row = matrices->n * matrices->k;
    ck_parallel(rows, 32768 / (per_row > 0 ? per_row : 1) + 1, body, (void *)matrices);
    return CK_OK;
}
