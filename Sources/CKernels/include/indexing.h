/// Reads and writes at computed positions. Memory has no gaps; `outer`, `size` and `inner` are the
/// elements before, along and after the dimension. An index outside is told through `bad`.
#pragma once

/// `out[o, k, i] = x[o, index[k], i]` for `count` indices.
ck_status ck_run_index_select(
    size_t width, const void *x, int64_t outer, int64_t size, int64_t inner, const int64_t *index, int64_t count,
    void *out, int64_t *bad);
/// `out[o, index[k], i] += source[o, k, i]`.
ck_status ck_run_index_add(
    ck_dtype type, void *out, int64_t outer, int64_t size, int64_t inner, const int64_t *index, int64_t count,
    const void *source, int64_t *bad);

/// The shape of an index, and for each of its points the offset in the operand that it is applied
/// to: its steps there, with 0 along the indexed dimension, whose step and size stand apart.
typedef struct ck_points {
    int rank;
    const int64_t *sizes, *steps;
    int64_t size, step;
} ck_points;

/// `out[p] = x[p with index[p] along the dimension]`; steps in elements.
ck_status ck_run_gather(
    size_t width, const void *x, const ck_points *points, const int64_t *index, void *out, int64_t *bad);
/// `out[p with index[p]] = source[p]`, or combined by `mode`.
ck_status ck_run_scatter(
    ck_dtype type, ck_scatter mode, void *out, const ck_points *points, const int64_t *index, const void *source,
    int64_t *bad);

enum { CK_MAX_INDICES = 16 };

/// Points given by one index for each of the leading `rank` dimensions, of `sizes`; negative ones
/// count from the end. Each point holds `inner` elements.
typedef struct ck_lookup {
    int rank;
    const int64_t *sizes;
    const int64_t *const *indices;
    int64_t count, inner;
} ck_lookup;

/// Reads the points of `x`; `bad` is the index, `bad_dim` its dimension.
ck_status ck_run_index(
    size_t width, const void *x, const ck_lookup *lookup, void *out, int64_t *bad, int *bad_dim);
/// Writes them, or adds to what is there.
ck_status ck_run_index_put(
    ck_dtype type, bool accumulate, void *out, const ck_lookup *lookup, const void *values, int64_t *bad,
    int *bad_dim);

/// The number of elements that are not zero.
int64_t ck_count_nonzero(ck_dtype type, const void *x, int64_t n);
/// Their positions.
void ck_run_nonzero(ck_dtype type, const void *x, int64_t n, int64_t *positions);
