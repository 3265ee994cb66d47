// Layer and batch normalization, forward and backward.
#include <math.h>
#include <string.h>

#include "kernel.h"
#include "vector.h"

enum {
    GRAIN = 16384,
    /// Elements that are summed in their own type before the sum goes on in float64.
    BLOCK = 512,
    /// Gradients by position are summed in so many parts at most, then these in order.
    PARTS = 16,
};

typedef struct call {
    const ck_groups *form;
    bool given;
    const void *x, *grad, *weight, *bias;
    void *mean, *variance, *out;
    void *by_weight, *by_bias;
    /// For gradients by position: `parts` times (weight, bias), and how many groups each part has.
    void *sums;
    int64_t parts, part_size;
} call;

#define NORMALIZE(suffix, T)                                                                                  \
    static CK_CLONES double sum_##suffix(const T *x, int64_t n) {                                             \
        CK_ANY_ORDER                                                                                          \
        double total = 0;                                                                                     \
        for (int64_t at = 0; at < n; at += BLOCK) {                                                           \
            const int64_t end = n - at < BLOCK ? n : at + BLOCK;                                              \
            T part = 0;                                                                                       \
            for (int64_t i = at; i < end; i++) part += x[i];                                                  \
            total += part;                                                                                    \
        }                                                                                                     \
        return total;                                                                                         \
    }                                                                                                         \
    static CK_CLONES double squares_##suffix(const T *x, T mean, int64_t n) {                                 \
        CK_ANY_ORDER                                                                                          \
        double total = 0;                                                                                     \
        for (int64_t at = 0; at < n; at += BLOCK) {                                                           \
            const int64_t end = n - at < BLOCK ? n : at + BLOCK;                                              \
            T part = 0;                                                                                       \
            for (int64_t i = at; i < end; i++) part += (x[i] - mean) * (x[i] - mean);                         \
            total += part;                                                                                    \
        }                                                                                                     \
        return total;                                                                                         \
    }                                                                                                         \
    static CK_CLONES void apply_##suffix(const T *x, T mean, T factor, T bias, int64_t n, T *out) {           \
        CK_INDEPENDENT for (int64_t i = 0; i < n; i++) out[i] = (x[i] - mean) * factor + bias;                \
    }                                                                                                         \
    static CK_CLONES void apply_by_position_##suffix(                                                         \
        const T *x, T mean, T scale, const T *weight, const T *bias, int64_t n, T *out) {                     \
        if (weight && bias) {                                                                                 \
            CK_INDEPENDENT for (int64_t i = 0; i < n; i++) out[i] = (x[i] - mean) * scale * weight[i] + bias[i]; \
        } else if (weight) {                                                                                  \
            CK_INDEPENDENT for (int64_t i = 0; i < n; i++) out[i] = (x[i] - mean) * scale * weight[i];        \
        } else {                                                                                              \
            CK_INDEPENDENT for (int64_t i = 0; i < n; i++) out[i] = (x[i] - mean) * scale + bias[i];          \
        }                                                                                                     \
    }                                                                                                         \
    static void forward_##suffix(void *context, int64_t begin, int64_t end) {                                 \
        const call *c = context;                                                                              \
        const ck_groups *f = c->form;                                                                         \
        const T *weight = c->weight, *bias = c->bias;                                                         \
        T *mean = c->mean, *variance = c->variance;                                                           \
        const double count = (double)(f->outer * f->inner);                                                   \
        for (int64_t g = begin; g < end; g++) {                                                               \
            if (!c->given) {                                                                                  \
                double total = 0, squares = 0;                                                                \
                for (int64_t o = 0; o < f->outer; o++)                                                        \
                    total += sum_##suffix((const T *)c->x + (o * f->groups + g) * f->inner, f->inner);        \
                mean[g] = (T)(total / count);                                                                 \
                for (int64_t o = 0; o < f->outer; o++)                                                        \
                    squares += squares_##suffix((const T *)c->x + (o * f->groups + g) * f->inner, mean[g], f->inner); \
                variance[g] = (T)(squares / count);                                                           \
            }                                                                                                 \
            const T scale = (T)(1 / sqrt((double)variance[g] + f->eps));                                      \
            for (int64_t o = 0; o < f->outer; o++) {                                                          \
                const int64_t at = (o * f->groups + g) * f->inner;                                            \
                const T *x = (const T *)c->x + at;                                                            \
                T *out = (T *)c->out + at;                                                                    \
                if (f->by_position && (weight || bias))                                                       \
                    apply_by_position_##suffix(x, mean[g], scale, weight, bias, f->inner, out);               \
                else                                                                                          \
                    apply_##suffix(                                                                           \
                        x, mean[g], weight ? scale * weight[g] : scale, bias ? bias[g] : 0, f->inner, out);   \
            }                                                                                                 \
        }                                                                                                     \
    }                                                                                                         \
    /* The sums of grad · weight and of grad · weight · (x − mean) go to `sums`; weight NULL stands for ones. */ \
    static CK_CLONES void slopes_##suffix(                                                                    \
        const T *grad, const T *x, const T *weight, T mean, int64_t n, double *sums) {                        \
        CK_ANY_ORDER                                                                                          \
        for (int64_t at = 0; at < n; at += BLOCK) {                                                           \
            const int64_t end = n - at < BLOCK ? n : at + BLOCK;                                              \
            T plain = 0, centered = 0;                                                                        \
            if (weight) {                                                                                     \
                for (int64_t i = at; i < end; i++) {                                                          \
                    const T g = grad[i] * weight[i];                                                          \
                    plain += g;                                                                               \
                    centered += g * (x[i] - mean);                                                            \
                }                                                                                             \
            } else {                                                                                          \
                for (int64_t i = at; i < end; i++) {                                                          \
                    plain += grad[i];                                                                         \
                    centered += grad[i] * (x[i] - mean);                                                      \
                }                                                                                             \
            }                                                                                                 \
            sums[0] += plain;                                                                                 \
            sums[1] += centered;                                                                              \
        }                                                                                                     \
    }                                                                                                         \
    static CK_CLONES void by_input_##suffix(                                                                  \
        const T *grad, const T *x, const T *weight, T mean, T factor, T plain, T centered, int64_t n, T *out) { \
        if (weight) {                                                                                         \
            CK_INDEPENDENT for (int64_t i = 0; i < n; i++)                                                    \
                out[i] = (grad[i] * weight[i] - plain - (x[i] - mean) * centered) * factor;                   \
        } else {                                                                                              \
            CK_INDEPENDENT for (int64_t i = 0; i < n; i++)                                                    \
                out[i] = (grad[i] - plain - (x[i] - mean) * centered) * factor;                               \
        }                                                                                                     \
    }                                                                                                         \
    static CK_CLONES void add_by_position_##suffix(                                                           \
        const T *grad, const T *x, T mean, T scale, int64_t n, T *by_weight, T *by_bias) {                    \
        CK_INDEPENDENT for (int64_t i = 0; i < n; i++) by_weight[i] += grad[i] * (x[i] - mean) * scale;       \
        CK_INDEPENDENT for (int64_t i = 0; i < n; i++) by_bias[i] += grad[i];                                 \
    }                                                                                                         \
    static void group_backward_##suffix(const call *c, int64_t g, T *by_weight, T *by_bias) {                 \
        const ck_groups *f = c->form;                                                                         \
        const T mean = ((const T *)c->mean)[g];                                                               \
        const T scale = (T)(1 / sqrt((double)((const T *)c->variance)[g] + f->eps));                          \
        const T *weight = f->by_position ? c->weight : NULL;                                                  \
        const T own = !f->by_position && c->weight ? ((const T *)c->weight)[g] : 1;                           \
        double sums[2] = {0, 0};                                                                              \
        for (int64_t o = 0; o < f->outer; o++) {                                                              \
            const int64_t at = (o * f->groups + g) * f->inner;                                                \
            slopes_##suffix((const T *)c->grad + at, (const T *)c->x + at, weight, mean, f->inner, sums);     \
        }                                                                                                     \
        if (!f->by_position) {                                                                                \
            if (c->by_weight) ((T *)c->by_weight)[g] = (T)(sums[1] * scale);                                  \
            if (c->by_bias) ((T *)c->by_bias)[g] = (T)sums[0];                                                \
        }                                                                                                     \
        const double count = (double)(f->outer * f->inner);                                                   \
        const T plain = (T)(sums[0] / count), centered = (T)(sums[1] / count * scale * scale);                \
        for (int64_t o = 0; o < f->outer; o++) {                                                              \
            const int64_t at = (o * f->groups + g) * f->inner;                                                \
            const T *grad = (const T *)c->grad + at, *x = (const T *)c->x + at;                               \
            if (by_weight) add_by_position_##suffix(grad, x, mean, scale, f->inner, by_weight, by_bias);      \
            if (c->out)                                                                                       \
                by_input_##suffix(grad, x, weight, mean, own * scale, plain, centered, f->inner, (T *)c->out + at); \
        }                                                                                                     \
    }                                                                                                         \
    static void backward_##suffix(void *context, int64_t begin, int64_t end) {                                \
        const call *c = context;                                                                              \
        for (int64_t g = begin; g < end; g++) group_backward_##suffix(c, g, NULL, NULL);                      \
    }                                                                                                         \
    static void parts_##suffix(void *context, int64_t begin, int64_t end) {                                   \
        const call *c = context;                                                                              \
        const int64_t n = c->form->inner;                                                                     \
        for (int64_t part = begin; part < end; part++) {                                                      \
            T *sums = (T *)c->sums + part * 2 * n;                                                            \
            memset(sums, 0, 2 * (size_t)n * sizeof(T));                                                       \
            const int64_t first = part * c->part_size;                                                        \
            const int64_t last = first + c->part_size < c->form->groups ? first + c->part_size : c->form->groups; \
            for (int64_t g = first; g < last; g++) group_backward_##suffix(c, g, sums, sums + n);             \
        }                                                                                                     \
    }                                                                                                         \
    static CK_CLONES void gather_##suffix(const call *c) {                                                    \
        const int64_t n = c->form->inner;                                                                     \
        T *const results[2] = {c->by_weight, c->by_bias};                                                     \
        for (int k = 0; k < 2; k++) {                                                                         \
            if (!results[k]) continue;                                                                        \
            memset(results[k], 0, (size_t)n * sizeof(T));                                                     \
            for (int64_t part = 0; part < c->parts; part++) {                                                 \
                const T *sums = (const T *)c->sums + (2 * part + k) * n;                                      \
                CK_INDEPENDENT for (int64_t i = 0; i < n; i++) results[k][i] += sums[i];                      \
            }                                                                                                 \
        }                                                                                                     \
    }
NORMALIZE(f32, float)
NORMALIZE(f64, double)

static bool is_supported(const ck_groups *f) { return f->type == CK_FLOAT32 || f->type == CK_FLOAT64; }

ck_status ck_run_normalize(
    const ck_groups *f, bool given, const void *x, const void *weight, const void *bias, void *mean, void *variance,
    void *out) {
    if (!is_supported(f)) return CK_UNSUPPORTED;
    call c = {
        .form = f, .given = given, .x = x, .weight = weight, .bias = bias, .mean = mean, .variance = variance, .out = out};
    ck_parallel(
        f->groups, GRAIN / (f->outer * f->inner + 1) + 1, f->type == CK_FLOAT32 ? forward_f32 : forward_f64, &c);
    return CK_OK;
}

ck_status ck_run_normalize_backward(
    const ck_groups *f, const void *grad, const void *x, const void *weight, const void *mean, const void *variance,
    void *by_x, void *by_weight, void *by_bias) {
    if (!is_supported(f)) return CK_UNSUPPORTED;
    const bool single = f->type == CK_FLOAT32;
    call c = {
        .form = f, .grad = grad, .x = x, .weight = weight, .mean = (void *)mean, .variance = (void *)variance, .out = by_x,
        .by_weight = by_weight, .by_bias = by_bias};
    if (!f->by_position || (!by_weight && !by_bias)) {
        ck_parallel(f->groups, GRAIN / (f->outer * f->inner + 1) + 1, single ? backward_f32 : backward_f64, &c);
        return CK_OK;
    }
    c.part_size = (f->groups + PARTS - 1) / PARTS;
    c.parts = c.part_size ? (f->groups + c.part_size - 1) / c.part_size : 0;
    const size_t bytes = (size_t)(c.parts * 2 * f->inner) * ck_width(f->type);
    c.sums = ck_allocate(bytes);
    if (!c.sums) return CK_OUT_OF_MEMORY;
    ck_parallel(c.parts, GRAIN / (c.part_size * f->outer * f->inner + 1) + 1, single ? parts_f32 : parts_f64, &c);
    if (single) gather_f32(&c);
    else gather_f64(&c);
    ck_deallocate(c.sums, bytes);
    return CK_OK;
}
