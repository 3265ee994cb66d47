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

/// Where a tile starts: its sample, and its first result.
typedef struct corner { int64_t sample, y, x; } corner;

static corner corner_of(const ck_tiles *t, int64_t tile) {
    const int64_t plane = t->rows * t->columns, within = tile % plane;
    return (corner){tile / plane, within / t->columns * TILE, within % t->columns * TILE};
}

/// The elements of one tile, into one lane.
CK_INLINE void load_tile(const ck_tiles *t, const float *plane, int64_t y, int64_t x, float *lane) {
    if (y >= 0 && x >= 0 && y + EDGE <= t->height && x + EDGE <= t->width) {
        for (int r = 0; r < EDGE; r++)
            for (int c = 0; c < EDGE; c++) lane[(r * EDGE + c) * CK_TILE_LANES] = plane[(y + r) * t->width + x + c];
        return;
    }
    for (int r = 0; r < EDGE; r++)
        for (int c = 0; c < EDGE; c++) {
            const bool inside = y + r >= 0 && y + r < t->height && x + c >= 0 && x + c < t->width;
            lane[(r * EDGE + c) * CK_TILE_LANES] = inside ? plane[(y + r) * t->width + x + c] : 0;
        }
}

CK_CLONES void ck_tile_inputs(
    const ck_tiles *t, const float *x, int64_t channels, int64_t first, int64_t last, float *v, int64_t step) {
    lanes d[CK_TILE_PLACES];
    corner corners[CK_TILE_LANES];
    const int64_t size = t->height * t->width;
    for (int64_t strip = first; strip < last; strip += CK_TILE_LANES) {
        const int n = last - strip < CK_TILE_LANES ? (int)(last - strip) : CK_TILE_LANES;
        for (int l = 0; l < n; l++) corners[l] = corner_of(t, strip + l);
        if (n < CK_TILE_LANES) memset(d, 0, sizeof d);
        for (int64_t c = 0; c < channels; c++) {
            for (int l = 0; l < n; l++)
                load_tile(
                    t, x + (corners[l].sample * channels + c) * size, corners[l].y - t->top, corners[l].x - t->left,
                    (float *)d + l);
            for (int i = 0; i < EDGE; i++) transform_inputs(d + i, EDGE);
            for (int i = 0; i < EDGE; i++) transform_inputs(d + i * EDGE, 1);
            for (int k = 0; k < CK_TILE_PLACES; k++)
                memcpy(v + ((int64_t)k * channels + c) * step + strip - first, d + k, sizeof *d);
        }
    }
}

CK_CLONES void ck_tile_outputs(
    const ck_tiles *t, const float *m, int64_t step, int64_t channels, int64_t first, int64_t last, const float *bias,
    float *out) {
    lanes d[CK_TILE_PLACES];
    corner corners[CK_TILE_LANES];
    const int64_t size = t->out_height * t->out_width;
    for (int64_t strip = first; strip < last; strip += CK_TILE_LANES) {
        const int n = last - strip < CK_TILE_LANES ? (int)(last - strip) : CK_TILE_LANES;
        for (int l = 0; l < n; l++) corners[l] = corner_of(t, strip + l);
        for (int64_t c = 0; c < channels; c++) {
            for (int k = 0; k < CK_TILE_PLACES; k++)
                memcpy(d + k, m + ((int64_t)k * channels + c) * step + strip - first, sizeof *d);
            for (int i = 0; i < EDGE; i++) transform_outputs(d + i, EDGE);
            for (int i = 0; i < TILE; i++) transform_outputs(d + i * EDGE, 1);
            const float added = bias ? bias[c] : 0;
            for (int l = 0; l < n; l++) {
                const corner at = corners[l];
                float *plane = out + (at.sample * channels + c) * size + at.y * t->out_width + at.x;
                const int64_t below = t->out_height - at.y, beside = t->out_width - at.x;
                const int rows = below < TILE ? (int)below : TILE, columns = beside < TILE ? (int)beside : TILE;
                const float *lane = (const float *)d + l;
                for (int r = 0; r < rows; r++)
                    for (int q = 0; q < columns; q++)
                        plane[r * t->out_width + q] = lane[(r * EDGE + q) * CK_TILE_LANES] + added;
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
