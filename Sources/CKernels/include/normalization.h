/// Normalization of groups of elements to mean 0 and variance 1.
#pragma once

/// How elements form groups. Memory is (outer, groups, inner); a group's elements are those of all `outer` segments.
typedef struct ck_groups {
    ck_dtype type;
    int64_t outer, groups, inner;
    /// Each position in a segment has a weight and a bias of its own; if not, each group has.
    bool by_position;
    /// Added to the variance.
    double eps;
} ck_groups;

/// out = (x − mean) / √(variance + eps) · weight + bias. With `given`, mean and variance (one for each group) are read, else
/// computed; the variance is that without correction. `weight` and `bias` may be NULL. float32 and float64.
ck_status ck_run_normalize(
    const ck_groups *groups, bool given, const void *x, const void *weight, const void *bias, void *mean, void *variance,
    void *out);

/// The gradients by x, weight and bias, where mean and variance were computed; NULL for what is not wanted. The sums do not
/// depend on the number of threads.
ck_status ck_run_normalize_backward(
    const ck_groups *groups, const void *grad, const void *x, const void *weight, const void *mean, const void *variance,
    void *by_x, void *by_weight, void *by_bias);
