#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

typedef struct number { double re, im; } number;

// Factors up to this are transformed directly; a size with a larger prime factor goes by Bluestein.
enum { LARGEST_RADIX = 61 };

static number times(number a, number b) {
    return (number){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

static number plus(number a, number b) { return (number){a.re + b.re, a.im + b.im}; }

static int64_t smallest_factor(int64_t n) {
    for (int64_t p = 2; p * p <= n; p++) {
        if (n % p == 0) { return p; }
    }
    return n;
}

static bool is_smooth(int64_t n) {
    while (n > 1) {
        int64_t p = smallest_factor(n);
        if (p > LARGEST_RADIX) { return false; }
        n /= p;
    }
    return true;
}

// The powers of exp(-2πi / n), or of its conjugate.
static void fill_roots(number *roots, int64_t n, bool inverse) {
    for (int64_t i = 0; i < n; i++) {
        double angle = 2 * M_PI * (double)i / (double)n;
        roots[i] = (number){cos(angle), inverse ? sin(angle) : -sin(angle)};
    }
}

// Transforms n numbers `step` apart into `out`; `roots` are those of size n · step.
static void transform(const number *in, number *out, int64_t n, int64_t step, const number *roots) {
    if (n == 1) {
        out[0] = in[0];
        return;
    }
    int64_t radix = n % 4 == 0 ? 4 : smallest_factor(n);
    int64_t part = n / radix, whole = n * step;
    for (int64_t k = 0; k < radix; k++) { transform(in + k * step, out + k * part, part, step * radix, roots); }
    number terms[LARGEST_RADIX];
    for (int64_t j = 0; j < part; j++) {
        for (int64_t k = 0; k < radix; k++) { terms[k] = times(out[k * part + j], roots[j * k * step]); }
        if (radix == 2) {
            out[j] = plus(terms[0], terms[1]);
            out[part + j] = (number){terms[0].re - terms[1].re, terms[0].im - terms[1].im};
            continue;
        }
        for (int64_t q = 0; q < radix; q++) {
            number sum = terms[0];
            for (int64_t k = 1; k < radix; k++) { sum = plus(sum, times(terms[k], roots[q * k % radix * (whole / radix)])); }
            out[q * part + j] = sum;
        }
    }
}

// What Bluestein's algorithm prepares once for a size: a convolution of a size that is a power of 2.
typedef struct chirp {
    int64_t size;
    number *turns, *filter, *roots, *inverse_roots, *a, *b;
} chirp;

static void prepare_chirp(chirp *c, number *room, int64_t n, bool inverse) {
    int64_t size = c->size;
    c->roots = room;
    c->inverse_roots = room + size;
    c->filter = room + 2 * size;
    c->a = room + 3 * size;
    c->b = room + 4 * size;
    c->turns = room + 5 * size;
    fill_roots(c->roots, size, false);
    fill_roots(c->inverse_roots, size, true);
    memset(c->a, 0, (size_t)size * sizeof(number));
    for (int64_t i = 0; i < n; i++) {
        // i² modulo 2n keeps the angle exact for large i.
        double angle = M_PI * (double)((__int128)i * i % (2 * n)) / (double)n;
        c->turns[i] = (number){cos(angle), inverse ? sin(angle) : -sin(angle)};
        number conjugate = {c->turns[i].re, -c->turns[i].im};
        c->a[i] = conjugate;
        if (i > 0) { c->a[size - i] = conjugate; }
    }
    transform(c->a, c->filter, size, 1, c->roots);
}

static void transform_chirp(chirp *c, number *row, int64_t n) {
    memset(c->a, 0, (size_t)c->size * sizeof(number));
    for (int64_t i = 0; i < n; i++) { c->a[i] = times(row[i], c->turns[i]); }
    transform(c->a, c->b, c->size, 1, c->roots);
    for (int64_t i = 0; i < c->size; i++) { c->b[i] = times(c->b[i], c->filter[i]); }
    transform(c->b, c->a, c->size, 1, c->inverse_roots);
    for (int64_t i = 0; i < n; i++) {
        number value = times(c->a[i], c->turns[i]);
        row[i] = (number){value.re / (double)c->size, value.im / (double)c->size};
    }
}

ck_status ck_fft(double *data, int64_t rows, int64_t n, bool inverse) {
    number *values = (number *)data;
    if (n <= 1) { return CK_OK; }
    if (is_smooth(n)) {
        number *room = malloc((size_t)n * 2 * sizeof(number));
        if (!room) { return CK_OUT_OF_MEMORY; }
        fill_roots(room, n, inverse);
        for (int64_t r = 0; r < rows; r++) {
            transform(values + r * n, room + n, n, 1, room);
            memcpy(values + r * n, room + n, (size_t)n * sizeof(number));
        }
        free(room);
        return CK_OK;
    }
    chirp c = {.size = 1};
    while (c.size < 2 * n - 1) { c.size *= 2; }
    number *room = malloc((size_t)(5 * c.size + n) * sizeof(number));
    if (!room) { return CK_OUT_OF_MEMORY; }
    prepare_chirp(&c, room, n, inverse);
    for (int64_t r = 0; r < rows; r++) { transform_chirp(&c, values + r * n, n); }
    free(room);
    return CK_OK;
}
