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

/// The extreme along a dimension and its first position, both without gaps. A NaN is the extreme.
ck_status ck_run_extremum(bool largest, const ck_array *x, int dim, void *values, int64_t *indices);

/// A running reduction along a dimension; `out` has no gaps and type `out_type`.
ck_status ck_run_scan(ck_scan kernel, const ck_array *x, int dim, ck_dtype out_type, void *out);
