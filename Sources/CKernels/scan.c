// Running sums and products, carried in float64, int64 or complex128.
#include <math.h>
#include <string.h>

#include "fold.h"
#include "kernel.h"

enum { STRIP = 256, GRAIN = 8192 };

/// A part of one row: its columns are neighbours in memory, or it is a single column.
typedef struct scan {
    ck_scan kernel;
    ck_dtype type, whole, out_type;
    const char *x;
    char *out;
    int64_t size, inner;
} scan;

static double log_add(double x, double y) {
    if (isnan(x) || isnan(y)) return NAN;
    const double most = x > y ? x : y, least = x > y ? y : x;
    return isinf(most) ? most : most + log1p(exp(least - most));
}

/// `held` becomes held ∘ x, for n columns.
static void advance(const scan *s, void *held, const void *x, size_t n) {
    if (s->whole == CK_INT64) {
        uint64_t *h = held;
        const uint64_t *v = x;
        if (s->kernel == CK_CUMSUM) for (size_t i = 0; i < n; i++) h[i] += v[i];
        else for (size_t i = 0; i < n; i++) h[i] *= v[i];
    } else if (s->whole == CK_FLOAT64) {
        double *h = held;
        const double *v = x;
        if (s->kernel == CK_CUMSUM) for (size_t i = 0; i < n; i++) h[i] += v[i];
        else if (s->kernel == CK_CUMPROD) for (size_t i = 0; i < n; i++) h[i] *= v[i];
        else for (size_t i = 0; i < n; i++) h[i] = log_add(h[i], v[i]);
    } else {
        // The same kernels as for tensors of this type.
        const ck_params none = {0};
        const ck_binary step = s->kernel == CK_CUMSUM ? CK_ADD : s->kernel == CK_CUMPROD ? CK_MUL : CK_LOGADDEXP;
        ck_binary_c128[step](&none, n, held, held, x, NULL);
    }
}

static void convert(ck_dtype to, ck_dtype from, size_t n, void *out, const void *x) {
    const ck_kernel direct = ck_cast_kernel(to, from);
    if (direct) {
        direct(NULL, n, out, x, NULL, NULL);
        return;
    }
    float middle[STRIP];
    ck_cast_kernel(CK_FLOAT32, from)(NULL, n, middle, x, NULL, NULL);
    ck_cast_kernel(to, CK_FLOAT32)(NULL, n, out, middle, NULL, NULL);
}

/// All rows of a strip of columns.
static void scan_columns(const scan *s, int64_t first, size_t n) {
    _Alignas(64) char held[STRIP * 16], wide[STRIP * 16];
    const int64_t width = (int64_t)ck_width(s->type), out_width = (int64_t)ck_width(s->out_type);
    for (int64_t row = 0; row < s->size; row++) {
        const int64_t at = first + row * s->inner;
        if (row == 0) {
            convert(s->whole, s->type, n, held, s->x + at * width);
        } else {
            convert(s->whole, s->type, n, wide, s->x + at * width);
            advance(s, held, wide, n);
        }
        convert(s->out_type, s->whole, n, s->out + at * out_width, held);
    }
}

/// The running sums of a block, which go on from `last`; NULL at a row's start.
static void sum_along(double *x, size_t n, const double *last) {
    double held = last ? *last + x[0] : x[0];
    x[0] = held;
    for (size_t j = 1; j < n; j++) x[j] = held += x[j];
}

/// One row along itself, in blocks.
static void scan_row(const scan *s, int64_t first) {
    _Alignas(64) char wide[STRIP * 16];
    const int64_t width = (int64_t)ck_width(s->type), out_width = (int64_t)ck_width(s->out_type);
    const size_t step = ck_width(s->whole);
    _Alignas(16) char last[16];
    for (int64_t i = 0; i < s->size; i += STRIP) {
        const size_t n = s->size - i < STRIP ? (size_t)(s->size - i) : STRIP;
        convert(s->whole, s->type, n, wide, s->x + (first + i) * width);
        if (s->kernel == CK_CUMSUM && s->whole == CK_FLOAT64) {
            sum_along((double *)wide, n, i == 0 ? NULL : (const double *)last);
        } else {
            for (size_t j = i == 0 ? 1 : 0; j < n; j++) {
                char held[16];
                memcpy(held, j == 0 ? last : wide + (j - 1) * step, step);
                advance(s, held, wide + j * step, 1);
                memcpy(wide + j * step, held, step);
            }
        }
        memcpy(last, wide + (n - 1) * step, step);
        convert(s->out_type, s->whole, n, s->out + (first + i) * out_width, wide);
    }
}

static void body(void *context, int64_t begin, int64_t end) {
    const scan *s = context;
    const int64_t strips = (s->inner + STRIP - 1) / STRIP;
    for (int64_t unit = begin; unit < end; unit++) {
        const int64_t outer = unit / strips, column = unit % strips * STRIP;
        const int64_t first = outer * s->size * s->inner + column;
        if (s->inner == 1) scan_row(s, first);
        else scan_columns(s, first, s->inner - column < STRIP ? (size_t)(s->inner - column) : STRIP);
    }
}

ck_status ck_run_scan(
    ck_scan kernel, ck_dtype type, const void *x, int64_t outer, int64_t size, int64_t inner, ck_dtype out_type,
    void *out) {
    scan s = {
        .kernel = kernel, .type = type, .whole = ck_fold_type(type), .out_type = out_type, .x = x, .out = out,
        .size = size, .inner = inner};
    if (s.whole == CK_INT64 && out_type >= CK_FLOAT16) s.whole = ck_fold_type(out_type);
    if (kernel == CK_LOGCUMSUMEXP && s.whole == CK_INT64) return CK_UNSUPPORTED;
    if (outer == 0 || size == 0 || inner == 0) return CK_OK;
    const int64_t strips = (inner + STRIP - 1) / STRIP;
    ck_parallel(outer * strips, GRAIN / (size * (inner < STRIP ? inner : STRIP)) + 1, body, &s);
    return CK_OK;
}
