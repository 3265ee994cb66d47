// Linear maps along one dimension, of which pooling by means and interpolation are made.
#include <string.h>

#include "CKernels.h"
#include "vector.h"

enum { GRAIN = 16384 };

typedef struct resample {
    const char *x;
    char *out;
    int64_t size, inner;
    const ck_taps *taps;
} resample;

#define RESAMPLE(suffix, T)                                                                             \
    /* Two elements a pass, so that a row of results is written half as often. */                       \
    static CK_CLONES void mix_##suffix(                                                                 \
        const ck_taps *taps, int64_t k, const T *x, int64_t inner, T *out) {                            \
        int64_t t = taps->starts[k];                                                                    \
        const int64_t end = taps->starts[k + 1];                                                        \
        if (t == end) {                                                                                 \
            memset(out, 0, (size_t)inner * sizeof(T));                                                  \
            return;                                                                                     \
        }                                                                                               \
        const T *a = x + taps->positions[t] * inner;                                                    \
        const T u = (T)taps->weights[t++];                                                              \
        for (int64_t i = 0; i < inner; i++) out[i] = u * a[i];                                          \
        for (; t + 1 < end; t += 2) {                                                                   \
            const T *b = x + taps->positions[t] * inner, *c = x + taps->positions[t + 1] * inner;       \
            const T v = (T)taps->weights[t], w = (T)taps->weights[t + 1];                               \
            for (int64_t i = 0; i < inner; i++) out[i] += v * b[i] + w * c[i];                          \
        }                                                                                               \
        if (t < end) {                                                                                  \
            const T *b = x + taps->positions[t] * inner;                                                \
            const T v = (T)taps->weights[t];                                                            \
            for (int64_t i = 0; i < inner; i++) out[i] += v * b[i];                                     \
        }                                                                                               \
    }                                                                                                   \
    static void rows_##suffix(void *context, int64_t begin, int64_t end) {                              \
        const resample *r = context;                                                                    \
        const int64_t count = r->taps->count;                                                           \
        for (int64_t unit = begin; unit < end; unit++)                                                  \
            mix_##suffix(                                                                               \
                r->taps, unit % count, (const T *)r->x + unit / count * r->size * r->inner, r->inner,   \
                (T *)r->out + unit * r->inner);                                                         \
    }                                                                                                   \
    static void single_##suffix(void *context, int64_t begin, int64_t end) {                            \
        const resample *r = context;                                                                    \
        const ck_taps *taps = r->taps;                                                                  \
        for (int64_t outer = begin; outer < end; outer++) {                                             \
            const T *x = (const T *)r->x + outer * r->size;                                             \
            T *out = (T *)r->out + outer * taps->count;                                                 \
            for (int64_t k = 0; k < taps->count; k++) {                                                 \
                double sum = 0;                                                                         \
                for (int64_t t = taps->starts[k]; t < taps->starts[k + 1]; t++)                         \
                    sum += taps->weights[t] * x[taps->positions[t]];                                    \
                out[k] = (T)sum;                                                                        \
            }                                                                                           \
        }                                                                                               \
    }
RESAMPLE(f32, float)
RESAMPLE(f64, double)

ck_status ck_run_resample(
    ck_dtype type, const void *x, int64_t outer, int64_t size, int64_t inner, const ck_taps *taps, void *out) {
    if (type != CK_FLOAT32 && type != CK_FLOAT64) return CK_UNSUPPORTED;
    if (outer == 0 || inner == 0 || taps->count == 0) return CK_OK;
    resample r = {.x = x, .out = out, .size = size, .inner = inner, .taps = taps};
    const int64_t total = taps->starts[taps->count] + taps->count;
    if (inner == 1)
        ck_parallel(outer, GRAIN / total + 1, type == CK_FLOAT32 ? single_f32 : single_f64, &r);
    else
        ck_parallel(
            outer * taps->count, GRAIN / (total / taps->count * inner + 1) + 1,
            type == CK_FLOAT32 ? rows_f32 : rows_f64, &r);
    return CK_OK;
}
