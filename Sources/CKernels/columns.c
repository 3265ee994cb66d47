// The windows of a convolution laid out as the columns of a matrix, and added up from them.
#include <string.h>

#include "CKernels.h"
#include "vector.h"

/// Calls `DO(column, row, from, to)` for each part of an output row that lies in the range and meets
/// row `row` of the plane; `SKIP(column, count)` for parts that meet the padding alone.
#define EACH_ROW(SKIP, DO)                                                                            \
    int64_t from = first % s->counts[2], h = first / s->counts[2] % s->counts[1];                     \
    int64_t d = first / (s->counts[2] * s->counts[1]);                                                \
    for (int64_t p = first; p < last;) {                                                              \
        const int64_t left = last - p, all = s->counts[2] - from;                                     \
        const int64_t to = from + (left < all ? left : all);                                          \
        const int64_t z = d * s->stride[0] - s->padding[0] + kd * s->dilation[0];                     \
        const int64_t y = h * s->stride[1] - s->padding[1] + kh * s->dilation[1];                     \
        if (z < 0 || z >= s->sizes[0] || y < 0 || y >= s->sizes[1]) SKIP(p - first, to - from);       \
        else DO(p - first, (z * s->sizes[1] + y) * s->sizes[2], from, to);                            \
        p += to - from;                                                                               \
        from = 0;                                                                                     \
        if (++h == s->counts[1]) h = 0, d++;                                                          \
    }

#define EACH_KERNEL_PLACE                                                            \
    for (int64_t c = 0; c < channels; c++)                                           \
        for (int64_t kd = 0; kd < s->kernel[0]; kd++)                                \
            for (int64_t kh = 0; kh < s->kernel[1]; kh++)                            \
                for (int64_t kw = 0; kw < s->kernel[2]; kw++)

/// The windows whose element `place` lies inside: from the first of them to before the last.
static void inside(const ck_sliding *s, int64_t kw, int64_t *begin, int64_t *end) {
    const int64_t start = s->padding[2] - kw * s->dilation[2], stride = s->stride[2];
    *begin = start > 0 ? (start + stride - 1) / stride : 0;
    const int64_t reach = s->sizes[2] + start;
    *end = reach > 0 ? (reach + stride - 1) / stride : 0;
}

static int64_t clamped(int64_t x, int64_t low, int64_t high) { return x < low ? low : x > high ? high : x; }

typedef struct { double re, im; } pair;

#define COLUMNS(width, T)                                                                             \
    /* Rows are often short: a call of memcpy would take longer than the copy. */                     \
    CK_INLINE void copy_##width(T *out, const T *in, int64_t n) {                                     \
        if (n >= 64) {                                                                                \
            memcpy(out, in, (size_t)n * sizeof(T));                                                   \
        } else if (n >= 8) {                                                                          \
            for (int64_t i = 0; i < n - 8; i += 8) __builtin_memcpy(out + i, in + i, 8 * sizeof(T));  \
            __builtin_memcpy(out + n - 8, in + n - 8, 8 * sizeof(T));                                 \
        } else if (n >= 4) {                                                                          \
            __builtin_memcpy(out, in, 4 * sizeof(T));                                                 \
            __builtin_memcpy(out + n - 4, in + n - 4, 4 * sizeof(T));                                 \
        } else if (n > 0) {                                                                           \
            out[0] = in[0];                                                                           \
            out[n / 2] = in[n / 2];                                                                   \
            out[n - 1] = in[n - 1];                                                                   \
        }                                                                                             \
    }                                                                                                 \
    static CK_CLONES void columns_##width(                                                            \
        const ck_sliding *s, const T *x, int64_t channels, int64_t first, int64_t last, T *columns, int64_t step) { \
        const int64_t plane = s->sizes[0] * s->sizes[1] * s->sizes[2], stride = s->stride[2];         \
        EACH_KERNEL_PLACE {                                                                           \
            T *row = columns;                                                                         \
            columns += step;                                                                          \
            int64_t begin, end;                                                                       \
            inside(s, kw, &begin, &end);                                                              \
            const int64_t start = kw * s->dilation[2] - s->padding[2];                                \
            EACH_ROW(ZEROS, COPY_##width)                                                             \
        }                                                                                             \
    }
#define ZEROS(column, count) memset(row + (column), 0, (size_t)(count) * sizeof *row)
#define COPY(width, T, column, line, from, to)                                                               \
    do {                                                                                              \
        const int64_t a = clamped(begin, from, to), b = clamped(end, a, to);                          \
        T *out = row + (column) - (from);                                                             \
        const T *in = x + c * plane + (line) + start;                                                 \
        if (a > (from)) memset(out + (from), 0, (size_t)(a - (from)) * sizeof(T));                    \
        if (b < (to)) memset(out + b, 0, (size_t)((to) - b) * sizeof(T));                             \
        if (stride == 1) copy_##width(out + a, in + a, b - a);                                        \
        else for (int64_t i = a; i < b; i++) out[i] = in[i * stride];                                 \
    } while (0)
#define COPY_4(...) COPY(4, uint32_t, __VA_ARGS__)
#define COPY_8(...) COPY(8, uint64_t, __VA_ARGS__)
#define COPY_16(...) COPY(16, pair, __VA_ARGS__)
COLUMNS(4, uint32_t)
COLUMNS(8, uint64_t)
COLUMNS(16, pair)

void ck_columns(
    size_t width, const ck_sliding *s, const void *x, int64_t channels, int64_t first, int64_t last, void *columns,
    int64_t step) {
    if (width == 4) columns_4(s, x, channels, first, last, columns, step);
    else if (width == 8) columns_8(s, x, channels, first, last, columns, step);
    else columns_16(s, x, channels, first, last, columns, step);
}

#define NOTHING(column, count) (void)0
// `parts` real numbers make an element.
#define ADD(column, line, from, to)                                                                   \
    do {                                                                                              \
        const int64_t a = clamped(begin, from, to), b = clamped(end, a, to);                          \
        if (stride == 1) {                                                                            \
            const int64_t shift = (line) + start;                                                     \
            const int64_t offset = (column) - (from);                                                 \
            for (int64_t i = a * parts; i < b * parts; i++) out[shift * parts + i] += row[offset * parts + i]; \
        } else {                                                                                      \
            for (int64_t i = a; i < b; i++)                                                           \
                for (int64_t q = 0; q < parts; q++)                                                   \
                    out[((line) + start + i * stride) * parts + q] += row[((column) - (from) + i) * parts + q]; \
        }                                                                                             \
    } while (0)
#define ADD_COLUMNS(suffix, T)                                                                        \
    static CK_CLONES void add_##suffix(                                                               \
        const ck_sliding *s, const T *columns, int64_t step, int64_t channels, int64_t first, int64_t last, T *x, \
        int64_t parts) {                                                                              \
        const int64_t plane = s->sizes[0] * s->sizes[1] * s->sizes[2], stride = s->stride[2];         \
        EACH_KERNEL_PLACE {                                                                           \
            const T *row = columns;                                                                   \
            columns += step * parts;                                                                  \
            T *out = x + c * plane * parts;                                                           \
            int64_t begin, end;                                                                       \
            inside(s, kw, &begin, &end);                                                              \
            const int64_t start = kw * s->dilation[2] - s->padding[2];                                \
            EACH_ROW(NOTHING, ADD)                                                                    \
        }                                                                                             \
    }
ADD_COLUMNS(f32, float)
ADD_COLUMNS(f64, double)

void ck_add_columns(
    ck_dtype type, const ck_sliding *s, const void *columns, int64_t step, int64_t channels, int64_t first,
    int64_t last, void *x) {
    const int64_t parts = type >= CK_COMPLEX64 ? 2 : 1;
    if (type == CK_FLOAT32 || type == CK_COMPLEX64) add_f32(s, columns, step, channels, first, last, x, parts);
    else add_f64(s, columns, step, channels, first, last, x, parts);
}
