/// Optimizer steps: one pass over a parameter, its gradient and its state.
///
/// Each rule has its options, whose factors are those of the step at hand, and up to three arrays of
/// state; what a rule does without is NULL.
#pragma once
#include <stdbool.h>
#include <stddef.h>

typedef struct ck_sgd {
    double lr, momentum, dampening, weight_decay;
    bool nesterov, maximize;
    /// The momentum buffer holds nothing yet.
    bool first;
} ck_sgd;

typedef struct ck_adam {
    double lr, beta1, beta2, eps, weight_decay;
    /// The number of this step, from 1.
    double step;
    /// Weight decay acts on the parameter (AdamW), not on the gradient.
    bool decoupled;
    bool maximize;
} ck_adam;

typedef struct ck_adadelta {
    double lr, rho, eps, weight_decay;
    bool maximize;
} ck_adadelta;

typedef struct ck_adagrad {
    /// The learning rate after its decay.
    double lr;
    double eps, weight_decay;
    bool maximize;
} ck_adagrad;

typedef struct ck_adamax {
    /// The learning rate, corrected for the mean's start from zero.
    double lr;
    double beta1, beta2, eps, weight_decay;
    bool maximize;
} ck_adamax;

typedef struct ck_nadam {
    double lr, beta1, beta2, eps, weight_decay;
    /// What the square's mean is divided by.
    double correction;
    /// The factors of the gradient and of its mean in the step.
    double grad_factor, mean_factor;
    bool decoupled, maximize;
} ck_nadam;

typedef struct ck_radam {
    double lr, beta1, beta2, eps, weight_decay;
    /// What the mean is divided by, and what the root of the square's mean divides.
    double mean_correction, root_correction;
    /// The rectification; 0 while the variance cannot be told, when the step is not scaled.
    double rectification;
    bool decoupled, maximize;
} ck_radam;

typedef struct ck_rmsprop {
    double lr, alpha, eps, weight_decay, momentum;
    bool maximize;
} ck_rmsprop;

typedef struct ck_rprop {
    double eta_minus, eta_plus, smallest, largest;
    bool maximize;
} ck_rprop;

typedef struct ck_asgd {
    /// The step's size, the decay of the parameter, and the share of the parameter in its average.
    double eta, lambd, mu, weight_decay;
    bool maximize;
} ck_asgd;

#define CK_RULE(rule)                                                                                    \
    void rule##_f32(                                                                                     \
        const rule *_Nonnull o, size_t n, float *_Nonnull param, const float *_Nonnull grad,             \
        float *_Nullable const *_Nonnull states);                                                        \
    void rule##_f64(                                                                                     \
        const rule *_Nonnull o, size_t n, double *_Nonnull param, const double *_Nonnull grad,           \
        double *_Nullable const *_Nonnull states);

/// State: the momentum buffer, unless there is no momentum.
CK_RULE(ck_sgd)
/// State: the means of the gradient and of its square; with amsgrad the largest such square.
CK_RULE(ck_adam)
/// State: the means of the gradient's square and of the step's square.
CK_RULE(ck_adadelta)
/// State: the sum of the gradient's squares.
CK_RULE(ck_adagrad)
/// State: the gradient's mean and its decaying maximum.
CK_RULE(ck_adamax)
/// State: the means of the gradient and of its square.
CK_RULE(ck_nadam)
/// State: the means of the gradient and of its square.
CK_RULE(ck_radam)
/// State: the mean of the gradient's square; with momentum its buffer; centered, the gradient's mean.
CK_RULE(ck_rmsprop)
/// State: the last gradient and the step sizes.
CK_RULE(ck_rprop)
/// State: the parameter's average.
CK_RULE(ck_asgd)
#undef CK_RULE
