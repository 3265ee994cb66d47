// The transforms of Winograd's minimal filtering, sixteen tiles at a time.
#include <string.h>

#include "CKernels.h"
#include "vector.h"

typedef float lanes __attribute__((vector_size(CK_TILE_LANES * sizeof(float))));

enum { EDGE = 6, TILE = 4 };

CK_INLINE void transform_inputs(lanes *d, int step) {
    const lanes d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step], d5 = d[5 * step];
    const lanes a = d4 - 4 * d2, b = d3 - 4 * d1, c = d4 - d2, e = 2 * (d3 - d1);
    d[0] = 4 * d0 - 5 * d2 + d4;
    d[step] = a + b;
    d[2 * step] = a - b;
    d[3 * step] = c + e;
    d[4 * step] = c - e;
    d[5 * step] = 4 * d1 - 5 * d3 + d5;
}

CK_INLINE void transform_outputs(lanes *m, int step) {
    const lanes sum = m[step] + m[2 * step], difference = m[step] - m[2 * step];
    const lanes wide = m[3 * step] + m[4 * step], steep = m[3 * step] - m[4 * step];
    m[0] = m[0] + sum + wide;
    m[step] = difference + 2 * steep;
    m[2 * step] = sum + 4 * wide;
    m[3 * step] = difference + 8 * steep + m[5 * step];
}

/// The transpose of `transform_outputs`: six values of four.
CK_INLINE void transform_gradients(lanes *y, int step) {
    const lanes first = y[0], last = y[3 * step], even = y[0] + y[2 * step], odd = y[step] + last;
    const lanes wide = first + 4 * y[2 * step], steep = 2 * y[step] + 8 * last;
    y[step] = even + odd;
    y[2 * step] = even - odd;
    y[3 * step] = wide + steep;
    y[4 * step] = wide - steep;
    y[5 * step] = last;
}

// A choice of four elements, the same in each quarter of a vector.
#define QUARTERS(a, b, c, d) a, b, c, d, (a) + 4, (b) + 4, (c) + 4, (d) + 4, (a) + 8, (b) + 8, (c) + 8, (d) + 8, \
    (a) + 12, (b) + 12, (c) + 12, (d) + 12

/// Turns 4 × 4 elements in each quarter: element i of vector j becomes element j of vector i.
CK_INLINE void turn_quarters(lanes *t) {
    const lanes a = __builtin_shufflevector(t[0], t[1], QUARTERS(0, 16, 1, 17));
    const lanes b = __builtin_shufflevector(t[0], t[1], QUARTERS(2, 18, 3, 19));
    const lanes c = __builtin_shufflevector(t[2], t[3], QUARTERS(0, 16, 1, 17));
    const lanes d = __builtin_shufflevector(t[2], t[3], QUARTERS(2, 18, 3, 19));
    t[0] = __builtin_shufflevector(a, c, QUARTERS(0, 1, 16, 17));
    t[1] = __builtin_shufflevector(a, c, QUARTERS(2, 3, 18, 19));
    t[2] = __builtin_shufflevector(b, d, QUARTERS(0, 1, 16, 17));
    t[3] = __builtin_shufflevector(b, d, QUARTERS(2, 3, 18, 19));
}

/// A tile's place in a plane, and where the planes of its sample begin.
typedef struct corner { int64_t planes, y, x; } corner;

static corner corner_of(const ck_tiles *t, int64_t tile, int64_t sample_size) {
    const int64_t plane = t->rows * t->columns, within = tile % plane;
    return (corner){tile / plane * sample_size, within / t->columns * TILE, within % t->columns * TILE};
}

/// The planes that tiles are read from: squares of `edge`, in rows of which `read` elements are read.
typedef struct planes { int64_t height, width, top, left; int edge, read; } planes;

enum { READ = 8 };

/// Where the elements of sixteen tiles are in one channel.
typedef struct strip {
    /// Their first elements, how far their rows are apart, and how far the next channel is.
    const float *at[CK_TILE_LANES];
    int64_t steps[CK_TILE_LANES], hops[CK_TILE_LANES];
    /// The tiles that overlap the plane's edge, or lie so near its end that nothing can be read beyond, are
    /// read from copies with zeros outside the plane.
    float copies[CK_TILE_LANES][EDGE * READ];
    corner corners[CK_TILE_LANES];
    int copied[CK_TILE_LANES], copy_count;
} strip;

CK_INLINE void begin_strip(
    strip *s, const ck_tiles *t, const planes *p, const float *x, int64_t channels, int64_t first, int64_t last) {
    const int64_t size = p->height * p->width;
    s->copy_count = 0;
    for (int l = 0; l < CK_TILE_LANES; l++) {
        s->at[l] = s->copies[l];
        s->steps[l] = p->read;
        s->hops[l] = 0;
        memset(s->copies[l], 0, sizeof s->copies[l]);
        if (first + l >= last) continue;
        corner own = corner_of(t, first + l, channels * size);
        own.y -= p->top, own.x -= p->left;
        const bool inside = own.y >= 0 && own.x >= 0 && own.y + p->edge <= p->height && own.x + p->edge <= p->width;
        if (inside && (own.y + p->edge - 1) * p->width + own.x + p->read <= size) {
            s->at[l] = x + own.planes + own.y * p->width + own.x;
            s->steps[l] = p->width;
            s->hops[l] = size;
        } else {
            s->corners[l] = own;
            s->copied[s->copy_count++] = l;
        }
    }
}

CK_INLINE void copy_tile(const planes *p, const float *plane, int64_t y, int64_t x, float *tile) {
    const int64_t left = x < 0 ? -x : 0, top = y < 0 ? -y : 0;
    const int64_t right = p->width - x < p->edge ? p->width - x : p->edge;
    const int64_t bottom = p->height - y < p->edge ? p->height - y : p->edge;
    const float *from = plane + (y + top) * p->width + x;
    for (int64_t r = top; r < bottom; r++, from += p->width)
        if (right - left == p->edge) memcpy(tile + r * p->read, from, (size_t)p->edge * sizeof *tile);
        else for (int64_t c = left; c < right; c++) tile[r * p->read + c] = from[c];
}

/// Makes the copies for a channel.
CK_INLINE void begin_channel(strip *s, const planes *p, const float *x, int64_t channel) {
    for (int i = 0; i < s->copy_count; i++) {
        const int l = s->copied[i];
        const corner own = s->corners[l];
        copy_tile(p, x + own.planes + channel * p->height * p->width, own.y, own.x, s->copies[l]);
    }
}

CK_INLINE void end_channel(strip *s) {
    for (int l = 0; l < CK_TILE_LANES; l++) s->at[l] += s->hops[l];
}

typedef float eight __attribute__((vector_size(8 * sizeof(float))));
typedef float four __attribute__((vector_size(4 * sizeof(float))));

/// Six rows of six elements: a tile to a lane.
CK_INLINE void gather_inputs(const strip *s, lanes *d) {
    for (int r = 0; r < EDGE; r++) {
        lanes t[READ];
        for (int l = 0; l < READ; l++) {
            eight low, high;
            memcpy(&low, s->at[l] + r * s->steps[l], sizeof low);
            memcpy(&high, s->at[l + 8] + r * s->steps[l + 8], sizeof high);
            t[l] = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        }
        turn_quarters(t);
        turn_quarters(t + 4);
        for (int c = 0; c < 4; c++)
            d[r * EDGE + c] = __builtin_shufflevector(t[c], t[c + 4], 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27);
        for (int c = 0; c < 2; c++)
            d[r * EDGE + 4 + c] =
                __builtin_shufflevector(t[c], t[c + 4], 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
    }
}

/// Four rows of four elements: a tile to a lane.
CK_INLINE void gather_gradients(const strip *s, lanes *d) {
    for (int r = 0; r < TILE; r++) {
        for (int i = 0; i < TILE; i++) {
            four quarters[4];
            for (int q = 0; q < 4; q++) memcpy(quarters + q, s->at[4 * q + i] + r * s->steps[4 * q + i], sizeof *quarters);
            const eight low = __builtin_shufflevector(quarters[0], quarters[1], 0, 1, 2, 3, 4, 5, 6, 7);
            const eight high = __builtin_shufflevector(quarters[2], quarters[3], 0, 1, 2, 3, 4, 5, 6, 7);
            d[r * EDGE + i] = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        }
        turn_quarters(d + r * EDGE);
    }
}

/// Gathers and transforms tiles: of the input, or, with `gradients`, of the result's gradient.
CK_INLINE void transform_tiles(
    const ck_tiles *t, const planes *p, bool gradients, const float *x, int64_t channels, int64_t first, int64_t last,
    float *out, int64_t step) {
    const int64_t place = ck_tile_place(channels, step);
    strip s;
    lanes d[CK_TILE_PLACES];
    for (int64_t tile = first; tile < last; tile += CK_TILE_LANES) {
        begin_strip(&s, t, p, x, channels, tile, last);
        for (int64_t c = 0; c < channels; c++) {
            begin_channel(&s, p, x, c);
            if (gradients) {
                gather_gradients(&s, d);
                for (int i = 0; i < TILE; i++) transform_gradients(d + i, EDGE);
                for (int i = 0; i < EDGE; i++) transform_gradients(d + i * EDGE, 1);
            } else {
                gather_inputs(&s, d);
                for (int i = 0; i < EDGE; i++) transform_inputs(d + i, EDGE);
                for (int i = 0; i < EDGE; i++) transform_inputs(d + i * EDGE, 1);
            }
            end_channel(&s);
            for (int k = 0; k < CK_TILE_PLACES; k++) memcpy(out + k * place + c * step + tile - first, d + k, sizeof *d);
        }
    }
}

CK_CLONES void ck_tile_inputs(
    const ck_tiles *t, const float *x, int64_t channels, int64_t first, int64_t last, float *v, int64_t step) {
    const planes p = {t->height, t->width, t->top, t->left, EDGE, READ};
    transform_tiles(t, &p, false, x, channels, first, last, v, step);
}

CK_CLONES void ck_tile_gradients(
    const ck_tiles *t, const float *y, int64_t channels, int64_t first, int64_t last, float *z, int64_t step) {
    const planes p = {t->out_height, t->out_width, 0, 0, TILE, TILE};
    transform_tiles(t, &p, true, y, channels, first, last, z, step);
}

CK_CLONES void ck_tile_outputs(
    const ck_tiles *t, const float *m, int64_t step, int64_t channels, int64_t first, int64_t last, const float *bias,
    float *out) {
    lanes d[CK_TILE_PLACES];
    corner corners[CK_TILE_LANES];
    const int64_t size = t->out_height * t->out_width, place = ck_tile_place(channels, step);
    for (int64_t tile = first; tile < last; tile += CK_TILE_LANES) {
        const int n = last - tile < CK_TILE_LANES ? (int)(last - tile) : CK_TILE_LANES;
        for (int l = 0; l < n; l++) corners[l] = corner_of(t, tile + l, channels * size);
        for (int64_t c = 0; c < channels; c++) {
            for (int k = 0; k < CK_TILE_PLACES; k++) memcpy(d + k, m + k * place + c * step + tile - first, sizeof *d);
            for (int i = 0; i < EDGE; i++) transform_outputs(d + i, EDGE);
            const float added = bias ? bias[c] : 0;
            for (int r = 0; r < TILE; r++) {
                transform_outputs(d + r * EDGE, 1);
                for (int q = 0; q < TILE; q++) d[r * EDGE + q] += added;
                // Quarter q of vector i is then a row of tile 4q + i.
                turn_quarters(d + r * EDGE);
            }
            for (int l = 0; l < n; l++) {
                const corner at = corners[l];
                float *plane = out + at.planes + c * size + at.y * t->out_width + at.x;
                const float *rows = (const float *)(d + l % 4) + l / 4 * 4;
                const int64_t below = t->out_height - at.y, beside = t->out_width - at.x;
                if (below >= TILE && beside >= TILE) {
                    for (int r = 0; r < TILE; r++)
                        memcpy(plane + r * t->out_width, rows + r * EDGE * CK_TILE_LANES, TILE * sizeof *plane);
                    continue;
                }
                for (int r = 0; r < TILE && r < below; r++)
                    for (int q = 0; q < TILE && q < beside; q++)
                        plane[r * t->out_width + q] = rows[r * EDGE * CK_TILE_LANES + q];
            }
        }
    }
}

/// Six values of three.
CK_INLINE void transform_weights(const lanes *g, int step, lanes *out, int out_step) {
    const lanes even = g[0] + g[2 * step], wide = g[0] * (1 / 24.0f) + g[2 * step] * (1 / 6.0f);
    const lanes odd = g[step] * (1 / 12.0f);
    out[0] = g[0] * 0.25f;
    out[out_step] = (even + g[step]) * (-1 / 6.0f);
    out[2 * out_step] = (g[step] - even) * (1 / 6.0f);
    out[3 * out_step] = wide + odd;
    out[4 * out_step] = wide - odd;
    out[5 * out_step] = g[2 * step];
}

CK_CLONES void ck_tile_weights(
    const float *w, int64_t outputs, int64_t inputs, bool turned, int64_t first, int64_t last, float *u) {
    lanes g[9] = {}, rows[EDGE * 3], all[CK_TILE_PLACES];
    for (int64_t o = first; o < last; o++)
        for (int64_t c = 0; c < inputs; c += CK_TILE_LANES) {
            const int n = inputs - c < CK_TILE_LANES ? (int)(inputs - c) : CK_TILE_LANES;
            for (int l = 0; l < n; l++) {
                const float *own = w + (turned ? (c + l) * outputs + o : o * inputs + c + l) * 9;
                for (int i = 0; i < 9; i++) ((float *)g)[i * CK_TILE_LANES + l] = own[turned ? 8 - i : i];
            }
            for (int i = 0; i < 3; i++) transform_weights(g + i, 3, rows + i, 3);
            for (int i = 0; i < EDGE; i++) transform_weights(rows + i * 3, 1, all + i * EDGE, 1);
            for (int k = 0; k < CK_TILE_PLACES; k++)
                memcpy(u + ((int64_t)k * outputs + o) * inputs + c, all + k, (size_t)n * sizeof *u);
        }
}

/// The transpose of `transform_weights`: three values of six.
CK_INLINE void sum_weights(const lanes *u, int step, lanes *out, int out_step) {
    const lanes sum = u[step] + u[2 * step], difference = u[2 * step] - u[step];
    const lanes wide = u[3 * step] + u[4 * step], steep = u[3 * step] - u[4 * step];
    out[0] = u[0] * 0.25f - sum * (1 / 6.0f) + wide * (1 / 24.0f);
    out[out_step] = difference * (1 / 6.0f) + steep * (1 / 12.0f);
    out[2 * out_step] = u[5 * step] + (wide - sum) * (1 / 6.0f);
}

CK_CLONES void ck_tile_weight_sums(
    const float *u, int64_t outputs, int64_t inputs, int64_t first, int64_t last, float *w) {
    lanes all[CK_TILE_PLACES], rows[EDGE * 3], g[9];
    memset(all, 0, sizeof all);
    for (int64_t o = first; o < last; o++)
        for (int64_t c = 0; c < inputs; c += CK_TILE_LANES) {
            const int n = inputs - c < CK_TILE_LANES ? (int)(inputs - c) : CK_TILE_LANES;
            for (int k = 0; k < CK_TILE_PLACES; k++)
                memcpy(all + k, u + ((int64_t)k * outputs + o) * inputs + c, (size_t)n * sizeof *u);
            for (int i = 0; i < EDGE; i++) sum_weights(all + i * EDGE, 1, rows + i * 3, 1);
            for (int i = 0; i < 3; i++) sum_weights(rows + i, 3, g + i, 3);
            for (int l = 0; l < n; l++)
                for (int i = 0; i < 9; i++) w[(o * inputs + c + l) * 9 + i] = ((float *)g)[i * CK_TILE_LANES + l];
        }
}
