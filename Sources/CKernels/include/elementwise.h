/// The elementwise kernels and how they are called.
#pragma once

typedef enum ck_unary {
    // Signs and rounding: the type of the operand.
    CK_NEG, CK_ABS, CK_SIGN, CK_FLOOR, CK_CEIL, CK_ROUND, CK_TRUNC, CK_FRAC,
    // Powers and exponentials.
    CK_SQUARE, CK_SQRT, CK_RSQRT, CK_RECIPROCAL, CK_EXP, CK_EXP2, CK_EXPM1,
    CK_LOG, CK_LOG2, CK_LOG10, CK_LOG1P,
    // Trigonometry.
    CK_SIN, CK_COS, CK_TAN, CK_ASIN, CK_ACOS, CK_ATAN, CK_SINH, CK_COSH, CK_TANH,
    CK_ASINH, CK_ACOSH, CK_ATANH,
    // Special functions.
    CK_ERF, CK_ERFC, CK_ERFINV, CK_LGAMMA, CK_DIGAMMA, CK_SIGMOID,
    // Activations; parameters in order of PyTorch's arguments.
    CK_RELU, CK_LEAKY_RELU, CK_ELU, CK_GELU, CK_GELU_TANH, CK_SILU, CK_SOFTPLUS, CK_MISH, CK_LOG_SIGMOID,
    CK_HARDTANH, CK_HARDSIGMOID, CK_HARDSWISH,
    // Bounds: CLAMP takes a (low) and b (high), NaN for none.
    CK_CLAMP,
    CK_NAN_TO_NUM,
    // Powers by a number: POW_SCALAR is x to the a.
    CK_POW_SCALAR,
    // Integers and bool.
    CK_BITWISE_NOT,
    // Results are bool.
    CK_LOGICAL_NOT, CK_ISNAN, CK_ISINF, CK_ISFINITE, CK_SIGNBIT,
    // Complex.
    CK_CONJ, CK_ANGLE,
    CK_UNARY_COUNT
} ck_unary;

typedef enum ck_binary {
    // ADD is x + a·y, SUB x − a·y.
    CK_ADD, CK_SUB, CK_MUL, CK_DIV, CK_FLOOR_DIV, CK_TRUNC_DIV, CK_REMAINDER, CK_FMOD,
    CK_POW, CK_MAXIMUM, CK_MINIMUM, CK_FMAX, CK_FMIN, CK_ATAN2, CK_HYPOT, CK_COPYSIGN,
    CK_BITWISE_AND, CK_BITWISE_OR, CK_BITWISE_XOR, CK_SHIFT_LEFT, CK_SHIFT_RIGHT, CK_GCD, CK_LCM,
    CK_XLOGY, CK_LOGADDEXP,
    // Gradients of activations: grad and the input, or the result where the name says so.
    CK_RELU_BACKWARD, CK_TANH_BACKWARD_RESULT, CK_SIGMOID_BACKWARD_RESULT, CK_GELU_BACKWARD,
    CK_GELU_TANH_BACKWARD, CK_LEAKY_RELU_BACKWARD, CK_ELU_BACKWARD, CK_SILU_BACKWARD,
    CK_SOFTPLUS_BACKWARD, CK_MISH_BACKWARD, CK_LOG_SIGMOID_BACKWARD, CK_HARDTANH_BACKWARD, CK_HARDSIGMOID_BACKWARD,
    CK_HARDSWISH_BACKWARD,
    // Results are bool.
    CK_EQ, CK_NE, CK_LT, CK_LE, CK_GT, CK_GE, CK_LOGICAL_AND, CK_LOGICAL_OR, CK_LOGICAL_XOR,
    CK_BINARY_COUNT
} ck_binary;

typedef enum ck_ternary {
    // WHERE takes a bool first; ADDCMUL is x + a·y·z, ADDCDIV x + a·y/z, LERP x + z·(y − x).
    CK_WHERE, CK_ADDCMUL, CK_ADDCDIV, CK_LERP, CK_CLAMP_TENSOR,
    CK_TERNARY_COUNT
} ck_ternary;

typedef enum ck_reduce {
    CK_SUM, CK_MEAN, CK_PROD, CK_MAX, CK_MIN, CK_ANY, CK_ALL, CK_VAR, CK_NORM, CK_LOGSUMEXP, CK_NANSUM,
    CK_COUNT_NONZERO,
    CK_REDUCE_COUNT
} ck_reduce;

typedef enum ck_scan { CK_CUMSUM, CK_CUMPROD, CK_LOGCUMSUMEXP } ck_scan;

typedef enum ck_scatter {
    CK_SCATTER_SET, CK_SCATTER_ADD, CK_SCATTER_MULTIPLY, CK_SCATTER_MAX, CK_SCATTER_MIN
} ck_scatter;

/// How a call ended.
typedef enum ck_status {
    CK_OK,
    /// There is no such kernel for this type.
    CK_UNSUPPORTED,
    /// An integer was divided by zero; the result is not complete.
    CK_DIVISION_BY_ZERO,
    /// An index lies outside; which one is told beside.
    CK_OUT_OF_BOUNDS,
    /// Working memory was refused.
    CK_OUT_OF_MEMORY,
} ck_status;

enum { CK_MAX_RANK = 16, CK_MAX_OPERANDS = 4 };

/// How a kernel walks its operands, the result first. Dimension 0 is the innermost.
typedef struct ck_plan {
    int rank;
    /// The size of each dimension.
    const int64_t *sizes;
    void *const *pointers;
    /// Steps in bytes: `[operand * CK_MAX_RANK + dimension]`.
    const int64_t *steps;
} ck_plan;

/// `out[i] = kernel(a[i])` for n elements that lie one after the other; `out` may be `a`.
ck_status ck_run_unary(ck_unary kernel, const ck_params *p, ck_dtype type, const void *a, void *out, int64_t n);
/// The same for two operands, each with step 1, or 0 for one value used throughout.
ck_status ck_run_binary(
    ck_binary kernel, const ck_params *p, ck_dtype type, const void *a, int64_t a_step, const void *b,
    int64_t b_step, void *out, int64_t n);

/// The same for any strides.
ck_status ck_plan_unary(ck_unary kernel, const ck_params *p, ck_dtype type, const ck_plan *plan);
ck_status ck_plan_binary(ck_binary kernel, const ck_params *p, ck_dtype type, const ck_plan *plan);
ck_status ck_plan_ternary(ck_ternary kernel, const ck_params *p, ck_dtype type, const ck_plan *plan);
ck_status ck_plan_copy(ck_dtype to, ck_dtype from, const ck_plan *plan);

/// The type of a kernel's result for operands of a type: bool for predicates and comparisons, real
/// for the size and the angle of a complex number, else that type.
ck_dtype ck_unary_result(ck_unary kernel, ck_dtype type);
ck_dtype ck_binary_result(ck_binary kernel, ck_dtype type);

/// What PyTorch calls a kernel when it does not exist for a type.
const char *ck_unary_name(ck_unary kernel);
const char *ck_binary_name(ck_binary kernel);
const char *ck_ternary_name(ck_ternary kernel);
const char *ck_reduce_name(ck_reduce kernel);
