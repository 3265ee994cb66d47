// Attention block by block (Dao et al., 2022): softmax over keys that come in blocks, rescaled as larger scores appear.
#include <math.h>
#include <string.h>

#include "kernel.h"
#include "math_f32.h"
#include "math_f64.h"
#include "vector.h"

#define ATTENTION(suffix, T)                                                                          \
    /* The largest of x + mask; x holds the sums afterwards. */                                       \
    static CK_CLONES T masked_most_##suffix(T *x, const T *mask, int64_t n) {                         \
        CK_ANY_ORDER                                                                                  \
        T most = -INFINITY;                                                                           \
        if (mask) CK_INDEPENDENT for (int64_t i = 0; i < n; i++) x[i] += mask[i];                     \
        for (int64_t i = 0; i < n; i++) most = x[i] > most || x[i] != x[i] ? x[i] : most;             \
        return most;                                                                                  \
    }                                                                                                 \
    static CK_CLONES T weights_##suffix(T *x, T shift, int64_t n) {                                   \
        CK_ANY_ORDER                                                                                  \
        T sum = 0;                                                                                    \
        CK_INDEPENDENT for (int64_t i = 0; i < n; i++) {                                              \
            const T y = exp_##suffix(x[i] - shift);                                                   \
            x[i] = y;                                                                                 \
            sum += y;                                                                                 \
        }                                                                                             \
        return sum;                                                                                   \
    }                                                                                                 \
    static CK_CLONES void rescale_##suffix(T *x, T factor, int64_t n) {                               \
        CK_INDEPENDENT for (int64_t i = 0; i < n; i++) x[i] *= factor;                                \
    }                                                                                                 \
    static CK_CLONES void slopes_row_##suffix(const T *weights, T *grad, T slope, T scale, int64_t n) { \
        CK_INDEPENDENT for (int64_t i = 0; i < n; i++) grad[i] = weights[i] * (grad[i] - slope) * scale; \
    }                                                                                                 \
    static int64_t seen_##suffix(const ck_scores *c, int64_t row) {                                   \
        const int64_t seen = c->visible + row;                                                        \
        return seen < 0 ? 0 : seen < c->columns ? seen : c->columns;                                  \
    }                                                                                                 \
    static void fold_##suffix(const ck_scores *c, T *most, T *total, T *out, int64_t width) {         \
        for (int64_t i = 0; i < c->rows; i++) {                                                       \
            T *x = (T *)c->scores + i * c->columns;                                                   \
            const T *mask = c->mask ? (const T *)c->mask + i * c->mask_row : NULL;                    \
            const int64_t seen = seen_##suffix(c, i);                                                 \
            memset(x + seen, 0, (size_t)(c->columns - seen) * sizeof(T));                             \
            const T here = masked_most_##suffix(x, mask, seen);                                       \
            if (here == -INFINITY) {                                                                  \
                memset(x, 0, (size_t)seen * sizeof(T));                                               \
                continue;                                                                             \
            }                                                                                         \
            const T shift = most[i] > here ? most[i] : here;                                          \
            const T factor = most[i] == shift ? 1 : exp_##suffix(most[i] - shift);                    \
            total[i] = total[i] * factor + weights_##suffix(x, shift, seen);                          \
            if (factor != 1) rescale_##suffix(out + i * width, factor, width);                        \
            most[i] = shift;                                                                          \
        }                                                                                             \
    }                                                                                                 \
    static void finish_##suffix(int64_t rows, T *most, const T *total, T *out, int64_t width) {       \
        for (int64_t i = 0; i < rows; i++) {                                                          \
            if (total[i] == 0) continue;                                                              \
            rescale_##suffix(out + i * width, 1 / total[i], width);                                   \
            most[i] += log_##suffix(total[i]);                                                        \
        }                                                                                             \
    }                                                                                                 \
    static void slopes_##suffix(const ck_scores *c, const T *log_sum, const T *slope, T scale, T *grad) { \
        for (int64_t i = 0; i < c->rows; i++) {                                                       \
            T *x = (T *)c->scores + i * c->columns, *g = grad + i * c->columns;                       \
            const T *mask = c->mask ? (const T *)c->mask + i * c->mask_row : NULL;                    \
            const int64_t seen = log_sum[i] == -INFINITY ? 0 : seen_##suffix(c, i);                   \
            memset(x + seen, 0, (size_t)(c->columns - seen) * sizeof(T));                             \
            memset(g + seen, 0, (size_t)(c->columns - seen) * sizeof(T));                             \
            masked_most_##suffix(x, mask, seen);                                                      \
            weights_##suffix(x, log_sum[i], seen);                                                    \
            slopes_row_##suffix(x, g, slope[i], scale, seen);                                         \
        }                                                                                             \
    }
ATTENTION(f32, float)
ATTENTION(f64, double)

void ck_attention_fold(const ck_scores *block, void *most, void *total, void *out, int64_t width) {
    if (block->type == CK_FLOAT32) fold_f32(block, most, total, out, width);
    else fold_f64(block, most, total, out, width);
}

void ck_attention_finish(ck_dtype type, int64_t rows, void *most, const void *total, void *out, int64_t width) {
    if (type == CK_FLOAT32) finish_f32(rows, most, total, out, width);
    else finish_f64(rows, most, total, out, width);
}

void ck_attention_slopes(const ck_scores *block, const void *log_sum, const void *slope, double scale, void *grad) {
    if (block->type == CK_FLOAT32) slopes_f32(block, log_sum, slope, (float)scale, grad);
    else slopes_f64(block, log_sum, slope, scale, grad);
}
