// Planes filtered one by one: convolutions in which each channel has its own kernel.
#include <string.h>

#include "CKernels.h"
#include "vector.h"

enum { LANES = 16, TOGETHER = 4, CHUNK = LANES * TOGETHER };
typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

static int64_t padded_height(const ck_filter *f) { return f->out_height + (f->rows - 1) * f->row_step; }
static int64_t padded_width(const ck_filter *f) { return f->out_width + (f->columns - 1) * f->column_step; }

// A chunk reaches beyond the last result, and reads beyond the last element for it.
int64_t ck_filter_room(const ck_filter *f) {
    return (padded_height(f) + f->out_height) * padded_width(f) + 2 * CHUNK;
}

/// A plane with its zeros around it. Only what the zeros do not cover is written.
CK_INLINE void place(const ck_filter *f, const float *x, float *padded) {
    const int64_t height = padded_height(f), width = padded_width(f);
    const int64_t free = width - f->left, count = f->width < free ? f->width : free;
    for (int64_t y = 0; y < f->height && y + f->top < height; y++)
        memcpy(padded + (y + f->top) * width + f->left, x + y * f->width, (size_t)(count > 0 ? count : 0) * sizeof *x);
}

CK_CLONES void ck_filter_planes(
    const ck_filter *f, const float *x, const float *weight, bool turned, const float *bias, int64_t channels,
    int64_t first, int64_t last, float *room, float *out) {
    const int64_t width = padded_width(f), places = f->rows * f->columns;
    // Results are computed as wide as the padded rows, so that one loop runs through all of them.
    const int64_t count = f->out_height * width;
    float *padded = room, *wide = room + padded_height(f) * width + CHUNK;
    memset(room, 0, (size_t)(wide - room) * sizeof *room);
    int64_t offsets[CK_FILTER_PLACES];
    for (int64_t p = 0; p < places; p++)
        offsets[p] = p / f->columns * f->row_step * width + p % f->columns * f->column_step;
    for (int64_t plane = first; plane < last; plane++) {
        const float *own = weight + plane % channels * places;
        place(f, x + plane * f->height * f->width, padded);
        const lanes start = (lanes){} + (bias ? bias[plane % channels] : 0);
        for (int64_t q = 0; q < count; q += CHUNK) {
            lanes sums[TOGETHER];
            for (int i = 0; i < TOGETHER; i++) sums[i] = start;
            for (int64_t p = 0; p < places; p++) {
                const float w = own[turned ? places - 1 - p : p];
                for (int i = 0; i < TOGETHER; i++) {
                    lanes v;
                    memcpy(&v, padded + q + offsets[p] + i * LANES, sizeof v);
                    sums[i] += w * v;
                }
            }
            memcpy(wide + q, sums, sizeof sums);
        }
        float *result = out + plane * f->out_height * f->out_width;
        for (int64_t y = 0; y < f->out_height; y++)
            memcpy(result + y * f->out_width, wide + y * width, (size_t)f->out_width * sizeof *out);
    }
}
