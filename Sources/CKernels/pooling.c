// The largest value of each window, with its position.
#include <string.h>

#include "kernel.h"
#include "vector.h"

enum { STRIP = 64, GRAIN = 16384 };

typedef struct pool {
    const char *x;
    char *values;
    int64_t *indices;
    const ck_windows *windows;
    /// The windows along the last dimension from `first` up to `last` all have this many positions, and
    /// start so far apart.
    int64_t first, last, width, stride;
} pool;

static int64_t width_of(const ck_windows *w, int64_t i) { return (w->ends[i] - w->starts[i] + w->step - 1) / w->step; }

/// Windows cut off at the edges differ from those inside: takes the longest run in the middle.
static void find_pattern(pool *p) {
    const ck_windows *w = p->windows + 2;
    const int64_t middle = w->count / 2;
    p->width = width_of(w, middle);
    p->stride = middle + 1 < w->count ? w->starts[middle + 1] - w->starts[middle] : 1;
    p->first = p->last = middle;
    while (p->last < w->count && width_of(w, p->last) == p->width
        && w->starts[p->last] == w->starts[middle] + (p->last - middle) * p->stride)
        p->last++;
    while (p->first > 0 && width_of(w, p->first - 1) == p->width
        && w->starts[p->first - 1] == w->starts[p->first] - p->stride)
        p->first--;
}

#define POOL(suffix, T)                                                                                     \
    CK_INLINE void take_##suffix(                                                                           \
        const T *x, int64_t stride, int64_t at, size_t n, T *held, int64_t *index) {                        \
        for (size_t i = 0; i < n; i++) {                                                                    \
            const T v = x[(int64_t)i * stride];                                                             \
            const int better = (v > held[i]) | (v != v);                                                    \
            held[i] = better ? v : held[i];                                                                 \
            index[i] = better ? at + (int64_t)i * stride : index[i];                                        \
        }                                                                                                   \
    }                                                                                                       \
    /* `n` windows of the same width beside each other, over one row of a plane. */                         \
    static CK_CLONES void row_##suffix(                                                                     \
        const T *x, int64_t stride, int64_t step, int64_t width, int64_t at, size_t n, T *held, int64_t *index) { \
        for (int64_t t = 0; t < width; t++) {                                                               \
            /* A stride known to the compiler makes a vector loop. */                                       \
            if (stride == 1) take_##suffix(x + t * step, 1, at + t * step, n, held, index);                 \
            else if (stride == 2) take_##suffix(x + t * step, 2, at + t * step, n, held, index);            \
            else take_##suffix(x + t * step, stride, at + t * step, n, held, index);                        \
        }                                                                                                   \
    }                                                                                                       \
    /* Windows of any form, over one row of a plane. */                                                     \
    static void edge_##suffix(                                                                              \
        const T *plane, const ck_windows *w, int64_t row, int64_t begin, int64_t end, T *held, int64_t *index) {\
        for (int64_t i = begin; i < end; i++)                                                               \
            for (int64_t x = w->starts[i]; x < w->ends[i]; x += w->step) {                                  \
                const T v = plane[row + x];                                                                 \
                if (v > held[i - begin] || v != v) {                                                        \
                    held[i - begin] = v;                                                                    \
                    index[i - begin] = row + x;                                                             \
                }                                                                                           \
            }                                                                                               \
    }                                                                                                       \
    static void strip_##suffix(                                                                             \
        const pool *p, const T *plane, int64_t d, int64_t h, int64_t first, size_t n, T *held, int64_t *index) { \
        const ck_windows *wd = p->windows, *wh = p->windows + 1, *ww = p->windows + 2;                      \
        const int64_t corner = (wd->starts[d] * wh->size + wh->starts[h]) * ww->size;                       \
        for (size_t i = 0; i < n; i++) {                                                                    \
            index[i] = corner + ww->starts[first + (int64_t)i];                                             \
            held[i] = plane[index[i]];                                                                      \
        }                                                                                                   \
        for (int64_t z = wd->starts[d]; z < wd->ends[d]; z += wd->step)                                     \
            for (int64_t y = wh->starts[h]; y < wh->ends[h]; y += wh->step) {                               \
                const int64_t row = (z * wh->size + y) * ww->size;                                          \
                const int64_t lo = p->first > first ? p->first - first : 0;                                 \
                const int64_t hi = p->last < first + (int64_t)n ? p->last - first : (int64_t)n;             \
                if (lo >= hi) {                                                                             \
                    edge_##suffix(plane, ww, row, first, first + (int64_t)n, held, index);                  \
                    continue;                                                                               \
                }                                                                                           \
                edge_##suffix(plane, ww, row, first, first + lo, held, index);                              \
                const int64_t at = row + ww->starts[first + lo];                                            \
                row_##suffix(                                                                               \
                    plane + at, p->stride, ww->step, p->width, at, (size_t)(hi - lo), held + lo, index + lo);\
                edge_##suffix(plane, ww, row, first + hi, first + (int64_t)n, held + hi, index + hi);       \
            }                                                                                               \
    }                                                                                                       \
    static void planes_##suffix(void *context, int64_t begin, int64_t end) {                                \
        const pool *p = context;                                                                            \
        const ck_windows *w = p->windows;                                                                   \
        const int64_t size = w[0].size * w[1].size * w[2].size, count = w[0].count * w[1].count * w[2].count; \
        for (int64_t n = begin; n < end; n++) {                                                             \
            T *values = (T *)p->values + n * count;                                                         \
            int64_t *indices = p->indices + n * count;                                                      \
            for (int64_t d = 0; d < w[0].count; d++)                                                        \
                for (int64_t h = 0; h < w[1].count; h++)                                                    \
                    for (int64_t first = 0; first < w[2].count; first += STRIP) {                           \
                        const int64_t left = w[2].count - first, at = (d * w[1].count + h) * w[2].count + first; \
                        strip_##suffix(                                                                     \
                            p, (const T *)p->x + n * size, d, h, first, (size_t)(left < STRIP ? left : STRIP), \
                            values + at, indices + at);                                                     \
                    }                                                                                       \
        }                                                                                                   \
    }
POOL(u8, uint8_t)
POOL(i8, int8_t)
POOL(i16, int16_t)
POOL(i32, int32_t)
POOL(i64, int64_t)
POOL(f32, float)
POOL(f64, double)

static void (*const kernels[CK_DTYPE_COUNT])(void *, int64_t, int64_t) = {
    [CK_UINT8] = planes_u8, [CK_INT8] = planes_i8, [CK_INT16] = planes_i16, [CK_INT32] = planes_i32,
    [CK_INT64] = planes_i64, [CK_FLOAT32] = planes_f32, [CK_FLOAT64] = planes_f64,
};

ck_status ck_run_max_pool(
    ck_dtype type, const void *x, int64_t planes, const ck_windows windows[CK_SPATIAL_RANK], void *values,
    int64_t *indices) {
    if (!kernels[type]) return CK_UNSUPPORTED;
    const int64_t count = windows[0].count * windows[1].count * windows[2].count;
    if (planes == 0 || count == 0) return CK_OK;
    pool p = {.x = x, .values = values, .indices = indices, .windows = windows};
    find_pattern(&p);
    ck_parallel(planes, GRAIN / count + 1, kernels[type], &p);
    return CK_OK;
}

typedef struct plane_scatter {
    const char *grad;
    const int64_t *indices;
    int64_t count, size;
    char *out;
} plane_scatter;

#define SCATTER(suffix, T)                                                                       \
    static void scatter_##suffix(void *context, int64_t begin, int64_t end) {                    \
        const plane_scatter *s = context;                                                        \
        memset((T *)s->out + begin * s->size, 0, (size_t)((end - begin) * s->size) * sizeof(T)); \
        for (int64_t n = begin; n < end; n++) {                                                  \
            const T *grad = (const T *)s->grad + n * s->count;                                   \
            const int64_t *indices = s->indices + n * s->count;                                  \
            T *out = (T *)s->out + n * s->size;                                                  \
            for (int64_t i = 0; i < s->count; i++) out[indices[i]] += grad[i];                   \
        }                                                                                        \
    }
SCATTER(f32, float)
SCATTER(f64, double)

ck_status ck_run_plane_scatter(
    ck_dtype type, const void *grad, const int64_t *indices, int64_t planes, int64_t count, int64_t size, void *out) {
    if (type != CK_FLOAT32 && type != CK_FLOAT64) return CK_UNSUPPORTED;
    plane_scatter s = {.grad = grad, .indices = indices, .count = count, .size = size, .out = out};
    ck_parallel(planes, GRAIN / (size + 1) + 1, type == CK_FLOAT32 ? scatter_f32 : scatter_f64, &s);
    return CK_OK;
}
