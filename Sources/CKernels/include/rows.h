/// Kernels over the rows of a matrix without gaps, and index kernels.
#pragma once

/// The softmax of each of `rows` rows of n elements, or its logarithm; floating types.
ck_status ck_run_softmax(ck_dtype type, bool logarithm, const void *x, int64_t rows, int64_t n, void *out);
/// Its gradient, from the result and the result's gradient.
ck_status ck_run_softmax_backward(
    ck_dtype type, bool logarithm, const void *grad, const void *result, int64_t rows, int64_t n, void *out);

/// Sorts each row, keeping the order of equal values; a NaN is larger than all. Gives the first `count` of each.
ck_status ck_run_sort(
    ck_dtype type, bool descending, const void *x, int64_t rows, int64_t n, int64_t count, void *values,
    int64_t *indices);

/// Two matrices of integers and their product, which has no gaps; steps in elements.
typedef struct ck_matrices {
    ck_dtype type;
    bool accumulate;
    const void *a, *b;
    int64_t a_row, a_column, b_row, b_column;
    void *out;
    int64_t n, k;
} ck_matrices;
ck_status ck_integer_matmul(const ck_matrices *matrices, int64_t rows);
