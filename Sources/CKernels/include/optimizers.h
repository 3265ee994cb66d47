/// Optimizer steps: one pass over a parameter, its gradient and its state.
#pragma once
#include <stdbool.h>
#include <stddef.h>

typedef struct ck_sgd {
    double lr, momentum, dampening, weight_decay;
    bool nesterov, maximize;
    /// The momentum buffer holds nothing yet.
    bool first;
} ck_sgd;

/// `buffer` is NULL without momentum.
void ck_sgd_f32(const ck_sgd *o, size_t n, float *param, const float *grad, float *buffer);
void ck_sgd_f64(const ck_sgd *o, size_t n, double *param, const double *grad, double *buffer);

typedef struct ck_adam {
    double lr, beta1, beta2, eps, weight_decay;
    /// The number of this step, from 1.
    double step;
    /// Weight decay acts on the parameter (AdamW), not on the gradient.
    bool decoupled;
    bool maximize;
} ck_adam;

/// `largest` is NULL without amsgrad.
void ck_adam_f32(
    const ck_adam *o, size_t n, float *param, const float *grad, float *mean, float *square, float *largest);
void ck_adam_f64(
    const ck_adam *o, size_t n, double *param, const double *grad, double *mean, double *square, double *largest);
