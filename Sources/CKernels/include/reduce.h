/// Reductions and scans of strided memory.
#pragma once

/// A tensor's memory: sizes, and steps in bytes, outermost first.
typedef struct ck_array {
    ck_dtype type;
    int rank;
    const int64_t *sizes, *steps;
    void *data;
} ck_array;

/// Reduces the dimensions of `x` whose flag is set. `out` has no gaps and its kept dimensions in
/// the order of x; `out_type` is any real type, or a complex one for complex sums.
/// `parameter`: the correction of VAR, the exponent of NORM.
ck_status ck_run_reduce(
    ck_reduce kernel, const ck_array *x, const bool *reduced, double parameter, ck_dtype out_type, void *out);

/// The extreme along a dimension and its first position; a NaN is the extreme. Memory has no gaps;
/// `outer`, `size` and `inner` are the elements before, along and after the dimension.
ck_status ck_run_extremum(
    ck_dtype type, bool largest, const void *x, int64_t outer, int64_t size, int64_t inner, void *values,
    int64_t *indices);

/// A running reduction along a dimension, likewise.
ck_status ck_run_scan(
    ck_scan kernel, ck_dtype type, const void *x, int64_t outer, int64_t size, int64_t inner, ck_dtype out_type,
    void *out);
