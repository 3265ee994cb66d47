// Softmax of rows: each row is read, exponentiated and scaled while it is in the cache.
#include <math.h>

#include "fold.h"
#include "kernel.h"
#include "math_f32.h"
#include "math_f64.h"

enum { GRAIN = 8192 };

#define SOFTMAX(suffix, T)                                                                   \
    /* The exponentials of x − shift; returns their sum. */                                  \
    static CK_CLONES T exponentials_##suffix(const T *x, T shift, T *out, size_t n) {        \
        CK_ANY_ORDER                                                                         \
        T sum = 0;                                                                           \
        CK_INDEPENDENT for (size_t i = 0; i < n; i++) {                                      \
            const T y = exp_##suffix(x[i] - shift);                                          \
            out[i] = y;                                                                      \
            sum += y;                                                                        \
        }                                                                                    \
        return sum;                                                                          \
    }                                                                                        \
    static CK_CLONES T sum_of_exponentials_##suffix(const T *x, T shift, size_t n) {         \
        CK_ANY_ORDER                                                                         \
        T sum = 0;                                                                           \
        for (size_t i = 0; i < n; i++) sum += exp_##suffix(x[i] - shift);                    \
        return sum;                                                                          \
    }                                                                                        \
    static CK_CLONES void scale_##suffix(T *x, T factor, size_t n) {                         \
        CK_INDEPENDENT for (size_t i = 0; i < n; i++) x[i] *= factor;                        \
    }                                                                                        \
    static CK_CLONES void subtract_##suffix(const T *x, T shift, T *out, size_t n) {         \
        CK_INDEPENDENT for (size_t i = 0; i < n; i++) out[i] = x[i] - shift;                 \
    }                                                                                        \
    static void softmax_##suffix(bool logarithm, const T *x, size_t n, T *out) {             \
        double most;                                                                         \
        const ck_dtype type = sizeof(T) == 4 ? CK_FLOAT32 : CK_FLOAT64;                      \
        ck_fold_begin(CK_FOLD_MAX, type, &most, 1);                                          \
        ck_row_fold(CK_FOLD_MAX, type)(x, n, &most);                                         \
        const T shift = (T)most;                                                             \
        if (logarithm) {                                                                     \
            const T total = sum_of_exponentials_##suffix(x, shift, n);                       \
            /* In two steps: the sum of both could lose digits of the row. */                \
            subtract_##suffix(x, shift, out, n);                                             \
            subtract_##suffix(out, log_##suffix(total), out, n);                             \
        } else {                                                                             \
            const T total = exponentials_##suffix(x, shift, out, n);                         \
            scale_##suffix(out, 1 / total, n);                                               \
        }                                                                                    \
    }                                                                                        \
    static CK_CLONES T weighted_sum_##suffix(bool logarithm, const T *grad, const T *result, size_t n) { \
        CK_ANY_ORDER                                                                         \
        T sum = 0;                                                                           \
        if (logarithm) for (size_t i = 0; i < n; i++) sum += grad[i];                        \
        else for (size_t i = 0; i < n; i++) sum += grad[i] * result[i];                      \
        return sum;                                                                          \
    }                                                                                        \
    static CK_CLONES void backward_##suffix(                                                 \
        bool logarithm, const T *grad, const T *result, size_t n, T *out) {                  \
        const T sum = weighted_sum_##suffix(logarithm, grad, result, n);                     \
        if (logarithm) {                                                                     \
            CK_INDEPENDENT for (size_t i = 0; i < n; i++) out[i] = grad[i] - exp_##suffix(result[i]) * sum; \
        } else {                                                                             \
            CK_INDEPENDENT for (size_t i = 0; i < n; i++) out[i] = (grad[i] - sum) * result[i]; \
        }                                                                                    \
    }
SOFTMAX(f32, float)
SOFTMAX(f64, double)

typedef struct rows_call {
    ck_dtype type;
    bool logarithm, backward;
    const char *a, *b;
    char *out;
    size_t n;
    bool failed;
} rows_call;

static void row(const rows_call *c, ck_dtype type, const void *a, const void *b, void *out) {
    if (type == CK_FLOAT32) {
        if (c->backward) backward_f32(c->logarithm, a, b, c->n, out);
        else softmax_f32(c->logarithm, a, c->n, out);
    } else {
        if (c->backward) backward_f64(c->logarithm, a, b, c->n, out);
        else softmax_f64(c->logarithm, a, c->n, out);
    }
}

static void half_rows(rows_call *c, int64_t begin, int64_t end) {
    const size_t bytes = 3 * c->n * sizeof(float);
    float *wide = ck_allocate(bytes);
    if (!wide) {
        c->failed = true;
        return;
    }
    const ck_kernel widen = ck_cast_kernel(CK_FLOAT32, c->type), narrow = ck_cast_kernel(c->type, CK_FLOAT32);
    for (int64_t i = begin; i < end; i++) {
        const size_t at = (size_t)i * c->n * 2;
        widen(NULL, c->n, wide, c->a + at, NULL, NULL);
        if (c->backward) widen(NULL, c->n, wide + c->n, c->b + at, NULL, NULL);
        row(c, CK_FLOAT32, wide, wide + c->n, wide + 2 * c->n);
        narrow(NULL, c->n, c->out + at, wide + 2 * c->n, NULL, NULL);
    }
    ck_deallocate(wide, bytes);
}

static void rows_body(void *context, int64_t begin, int64_t end) {
    rows_call *c = context;
    if (c->type == CK_FLOAT16 || c->type == CK_BFLOAT16) {
        half_rows(c, begin, end);
        return;
    }
    const size_t width = ck_width(c->type);
    for (int64_t i = begin; i < end; i++) {
        const size_t at = (size_t)i * c->n * width;
        row(c, c->type, c->a + at, c->b ? c->b + at : NULL, c->out + at);
    }
}

static ck_status run(rows_call *c, int64_t rows) {
    if (c->type < CK_FLOAT16 || c->type > CK_FLOAT64) return CK_UNSUPPORTED;
    if (c->n == 0) return CK_OK;
    ck_parallel(rows, GRAIN / (int64_t)c->n + 1, rows_body, c);
    return c->failed ? CK_OUT_OF_MEMORY : CK_OK;
}

ck_status ck_run_softmax(ck_dtype type, bool logarithm, const void *x, int64_t rows, int64_t n, void *out) {
    rows_call c = {.type = type, .logarithm = logarithm, .a = x, .out = out, .n = (size_t)n};
    return run(&c, rows);
}

ck_status ck_run_softmax_backward(
    ck_dtype type, bool logarithm, const void *grad, const void *result, int64_t rows, int64_t n, void *out) {
    rows_call c = {
        .type = type, .logarithm = logarithm, .backward = true, .a = grad, .b = result, .out = out, .n = (size_t)n};
    return run(&c, rows);
}
