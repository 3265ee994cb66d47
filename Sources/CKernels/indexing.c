// Reads and writes at computed positions.
#include <stdatomic.h>
#include <string.h>

#include "kernel.h"

enum { GRAIN = 16384 };

// MARK: One index along a dimension

static ck_status check_range(const int64_t *index, int64_t count, int64_t size, int64_t *bad) {
    for (int64_t k = 0; k < count; k++) {
        if (index[k] >= 0 && index[k] < size) continue;
        *bad = index[k];
        return CK_OUT_OF_BOUNDS;
    }
    return CK_OK;
}

/// Copies of pieces of `bytes`, from or to positions counted in pieces.
typedef struct pieces {
    char *to;
    const char *from;
    int64_t size, count, bytes;
    const int64_t *index;
} pieces;

static inline void copy_piece(char *to, const char *from, int64_t bytes) {
    switch (bytes) {
    case 1: *to = *from; break;
    case 2: memcpy(to, from, 2); break;
    case 4: memcpy(to, from, 4); break;
    case 8: memcpy(to, from, 8); break;
    default: memcpy(to, from, (size_t)bytes); break;
    }
}

static void select_body(void *context, int64_t begin, int64_t end) {
    const pieces *p = context;
    for (int64_t i = begin; i < end; i++) {
        const int64_t outer = i / p->count, k = i % p->count;
        copy_piece(p->to + i * p->bytes, p->from + (outer * p->size + p->index[k]) * p->bytes, p->bytes);
    }
}

static void run_pieces(void (*body)(void *, int64_t, int64_t), pieces *p, int64_t count) {
    ck_parallel(count, 4 * GRAIN / (p->bytes + 16) + 1, body, p);
}

ck_status ck_run_index_select(
    size_t width, const void *x, int64_t outer, int64_t size, int64_t inner, const int64_t *index, int64_t count,
    void *out, int64_t *bad) {
    const ck_status status = check_range(index, count, size, bad);
    if (status != CK_OK) return status;
    pieces p = {
        .to = out, .from = x, .size = size, .count = count, .bytes = inner * (int64_t)width, .index = index};
    run_pieces(select_body, &p, p.bytes == 0 ? 0 : outer * count);
    return CK_OK;
}

typedef struct addition {
    ck_dtype type;
    int64_t outer, size, inner, count;
    const int64_t *index;
    char *out;
    const char *source;
} addition;

/// Adds the columns [begin, end) of all pieces, one after the other: several may meet.
static void add_body(void *context, int64_t begin, int64_t end) {
    const addition *a = context;
    const int64_t width = (int64_t)ck_width(a->type);
    const ck_params one = {.a = 1};
    for (int64_t outer = 0; outer < a->outer; outer++) {
        for (int64_t k = 0; k < a->count; k++) {
            char *to = a->out + ((outer * a->size + a->index[k]) * a->inner + begin) * width;
            const char *from = a->source + ((outer * a->count + k) * a->inner + begin) * width;
            ck_run_binary(CK_ADD, &one, a->type, to, 1, from, 1, to, end - begin);
        }
    }
}

ck_status ck_run_index_add(
    ck_dtype type, void *out, int64_t outer, int64_t size, int64_t inner, const int64_t *index, int64_t count,
    const void *source, int64_t *bad) {
    const ck_status status = check_range(index, count, size, bad);
    if (status != CK_OK) return status;
    addition a = {type, outer, size, inner, count, index, out, source};
    const int64_t per_column = outer * count;
    const int64_t grain = GRAIN / (per_column > 0 ? per_column : 1);
    ck_parallel(inner, grain < 64 ? 64 : grain, add_body, &a);
    return CK_OK;
}

// MARK: An index for each element

typedef struct element_call {
    size_t width;
    const ck_points *points;
    const int64_t *index;
    const char *x;
    char *out;
    _Atomic(bool) failed;
    _Atomic(int64_t) bad;
} element_call;

/// The offset of a row of points, in elements.
static int64_t row_offset(const ck_points *p, int64_t row) {
    int64_t offset = 0;
    for (int d = p->rank - 2; d >= 0; d--) {
        offset += row % p->sizes[d] * p->steps[d];
        row /= p->sizes[d];
    }
    return offset;
}

static void gather_body(void *context, int64_t begin, int64_t end) {
    element_call *c = context;
    const ck_points *p = c->points;
    const int64_t n = p->sizes[p->rank - 1], step = p->steps[p->rank - 1], width = (int64_t)c->width;
    for (int64_t row = begin; row < end; row++) {
        const int64_t base = row_offset(p, row);
        for (int64_t i = 0; i < n; i++) {
            const int64_t k = c->index[row * n + i];
            if (k < 0 || k >= p->size) {
                atomic_store(&c->bad, k);
                atomic_store(&c->failed, true);
                return;
            }
            copy_piece(c->out + (row * n + i) * width, c->x + (base + i * step + k * p->step) * width, width);
        }
    }
}

static int64_t row_count(const ck_points *p) {
    int64_t rows = 1;
    for (int d = 0; d < p->rank - 1; d++) rows *= p->sizes[d];
    return p->sizes[p->rank - 1] == 0 ? 0 : rows;
}

ck_status ck_run_gather(
    size_t width, const void *x, const ck_points *points, const int64_t *index, void *out, int64_t *bad) {
    element_call c = {.width = width, .points = points, .index = index, .x = x, .out = out};
    ck_parallel(row_count(points), GRAIN / (points->sizes[points->rank - 1] + 1) + 1, gather_body, &c);
    *bad = c.bad;
    return c.failed ? CK_OUT_OF_BOUNDS : CK_OK;
}

static ck_binary combining(ck_scatter mode) {
    switch (mode) {
    case CK_SCATTER_MULTIPLY: return CK_MUL;
    case CK_SCATTER_MAX: return CK_MAXIMUM;
    case CK_SCATTER_MIN: return CK_MINIMUM;
    default: return CK_ADD;
    }
}

ck_status ck_run_scatter(
    ck_dtype type, ck_scatter mode, void *out, const ck_points *points, const int64_t *index, const void *source,
    int64_t *bad) {
    const int64_t rows = row_count(points), width = (int64_t)ck_width(type);
    const int64_t n = points->sizes[points->rank - 1], step = points->steps[points->rank - 1];
    const ck_status status = check_range(index, rows * n, points->size, bad);
    if (status != CK_OK) return status;
    const ck_binary kernel = combining(mode);
    const ck_params one = {.a = 1};
    for (int64_t row = 0; row < rows; row++) {
        const int64_t base = row_offset(points, row);
        for (int64_t i = 0; i < n; i++) {
            const int64_t k = index[row * n + i];
            char *to = (char *)out + (base + i * step + k * points->step) * width;
            const char *from = (const char *)source + (row * n + i) * width;
            if (mode == CK_SCATTER_SET) {
                copy_piece(to, from, width);
            } else {
                const ck_status done = ck_run_binary(kernel, &one, type, to, 1, from, 1, to, 1);
                if (done != CK_OK) return done;
            }
        }
    }
    return CK_OK;
}

// MARK: Points given by several indices

/// The position of each point, counted in pieces of `inner` elements.
static ck_status positions_of(const ck_lookup *lookup, int64_t *positions, int64_t *bad, int *bad_dim) {
    memset(positions, 0, (size_t)lookup->count * sizeof *positions);
    for (int d = 0; d < lookup->rank; d++) {
        const int64_t size = lookup->sizes[d], *index = lookup->indices[d];
        for (int64_t i = 0; i < lookup->count; i++) {
            const int64_t k = index[i] < 0 ? index[i] + size : index[i];
            if (k < 0 || k >= size) {
                *bad = index[i];
                *bad_dim = d;
                return CK_OUT_OF_BOUNDS;
            }
            positions[i] = positions[i] * size + k;
        }
    }
    return CK_OK;
}

ck_status ck_run_index(
    size_t width, const void *x, const ck_lookup *lookup, void *out, int64_t *bad, int *bad_dim) {
    const size_t bytes = (size_t)lookup->count * sizeof(int64_t);
    int64_t *positions = ck_allocate(bytes);
    if (!positions) return CK_OUT_OF_MEMORY;
    const ck_status status = positions_of(lookup, positions, bad, bad_dim);
    if (status == CK_OK) {
        pieces p = {
            .to = out, .from = x, .count = lookup->count, .bytes = lookup->inner * (int64_t)width,
            .index = positions};
        run_pieces(select_body, &p, p.bytes == 0 ? 0 : lookup->count);
    }
    ck_deallocate(positions, bytes);
    return status;
}

ck_status ck_run_index_put(
    ck_dtype type, bool accumulate, void *out, const ck_lookup *lookup, const void *values, int64_t *bad,
    int *bad_dim) {
    const size_t bytes = (size_t)lookup->count * sizeof(int64_t);
    int64_t *positions = ck_allocate(bytes);
    if (!positions) return CK_OUT_OF_MEMORY;
    ck_status status = positions_of(lookup, positions, bad, bad_dim);
    if (status == CK_OK) {
        const int64_t piece = lookup->inner * (int64_t)ck_width(type);
        if (accumulate) {
            int64_t size = 1;
            for (int d = 0; d < lookup->rank; d++) size *= lookup->sizes[d];
            status = ck_run_index_add(
                type, out, 1, size, lookup->inner, positions, lookup->count, values, bad);
        } else {
            // In order: of several writes to one place, the last stays.
            for (int64_t i = 0; i < lookup->count && piece > 0; i++)
                copy_piece((char *)out + positions[i] * piece, (const char *)values + i * piece, piece);
        }
    }
    ck_deallocate(positions, bytes);
    return status;
}

// MARK: Positions of what is not zero

enum { BLOCK = 4096 };

/// Marks up to BLOCK elements as 0 or 1.
static const uint8_t *marks(ck_dtype type, const char *x, size_t n, uint8_t *buffer) {
    if (type == CK_BOOL) return (const uint8_t *)x;
    // A half number is zero when all its bits but the sign are.
    const bool half = type == CK_FLOAT16 || type == CK_BFLOAT16;
    if (half) {
        const uint16_t *h = (const uint16_t *)x;
        for (size_t i = 0; i < n; i++) buffer[i] = (h[i] & 0x7fff) != 0;
    } else {
        ck_cast_kernel(CK_BOOL, type)(NULL, n, buffer, x, NULL, NULL);
    }
    return buffer;
}

int64_t ck_count_nonzero(ck_dtype type, const void *x, int64_t n) {
    uint8_t buffer[BLOCK];
    int64_t count = 0;
    for (int64_t i = 0; i < n; i += BLOCK) {
        const size_t m = n - i < BLOCK ? (size_t)(n - i) : BLOCK;
        const uint8_t *mark = marks(type, (const char *)x + i * (int64_t)ck_width(type), m, buffer);
        for (size_t j = 0; j < m; j++) count += mark[j];
    }
    return count;
}

void ck_run_nonzero(ck_dtype type, const void *x, int64_t n, int64_t *positions) {
    uint8_t buffer[BLOCK];
    for (int64_t i = 0; i < n; i += BLOCK) {
        const size_t m = n - i < BLOCK ? (size_t)(n - i) : BLOCK;
        const uint8_t *mark = marks(type, (const char *)x + i * (int64_t)ck_width(type), m, buffer);
        for (size_t j = 0; j < m; j++)
            if (mark[j]) *positions++ = i + (int64_t)j;
    }
}
