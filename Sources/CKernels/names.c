// The names of kernels in messages: PyTorch's.
#include "CKernels.h"

static const char *const unary_names[CK_UNARY_COUNT] = {
    [CK_NEG] = "neg_cpu", [CK_ABS] = "abs_cpu", [CK_SIGN] = "sign_cpu", [CK_FLOOR] = "floor_vml_cpu", [CK_CEIL] = "ceil_vml_cpu",
    [CK_ROUND] = "round_vml_cpu", [CK_TRUNC] = "trunc_vml_cpu", [CK_FRAC] = "frac_cpu", [CK_SQUARE] = "pow",
    [CK_SQRT] = "sqrt", [CK_RSQRT] = "rsqrt_cpu", [CK_RECIPROCAL] = "reciprocal_cpu", [CK_EXP] = "exp",
    [CK_EXP2] = "exp2", [CK_EXPM1] = "expm1", [CK_LOG] = "log", [CK_LOG2] = "log2", [CK_LOG10] = "log10",
    [CK_LOG1P] = "log1p", [CK_SIN] = "sin", [CK_COS] = "cos", [CK_TAN] = "tan", [CK_ASIN] = "asin",
    [CK_ACOS] = "acos", [CK_ATAN] = "atan", [CK_SINH] = "sinh_cpu", [CK_COSH] = "cosh_cpu", [CK_TANH] = "tanh",
    [CK_ASINH] = "asinh_cpu", [CK_ACOSH] = "acosh_cpu", [CK_ATANH] = "atanh_cpu", [CK_ERF] = "erf_vml_cpu",
    [CK_ERFC] = "erfc_vml_cpu", [CK_ERFINV] = "erfinv_vml_cpu", [CK_LGAMMA] = "lgamma_vml_cpu", [CK_DIGAMMA] = "digamma",
    [CK_SIGMOID] = "sigmoid_cpu", [CK_RELU] = "clamp_min_scalar_cpu", [CK_LEAKY_RELU] = "leaky_relu_cpu",
    [CK_ELU] = "elu_cpu", [CK_GELU] = "GeluKernelImpl", [CK_GELU_TANH] = "GeluKernelImpl",
    [CK_SILU] = "silu_cpu", [CK_SOFTPLUS] = "softplus_cpu", [CK_MISH] = "mish_cpu",
    [CK_LOG_SIGMOID] = "log_sigmoid_cpu", [CK_HARDTANH] = "hardtanh", [CK_HARDSIGMOID] = "hardsigmoid_cpu",
    [CK_HARDSWISH] = "hardswish_cpu",
    [CK_CLAMP] = "clamp_scalar_cpu", [CK_NAN_TO_NUM] = "nan_to_num", [CK_POW_SCALAR] = "pow",
    [CK_BITWISE_NOT] = "bitwise_not_cpu", [CK_LOGICAL_NOT] = "logical_not_cpu", [CK_ISNAN] = "isnan",
    [CK_ISINF] = "isinf", [CK_ISFINITE] = "isfinite", [CK_SIGNBIT] = "signbit_cpu", [CK_CONJ] = "conj_cpu",
    [CK_ANGLE] = "angle_cpu",
};

static const char *const binary_names[CK_BINARY_COUNT] = {
    [CK_ADD] = "add_stub", [CK_SUB] = "sub_stub", [CK_MUL] = "mul_cpu", [CK_DIV] = "div_cpu",
    [CK_FLOOR_DIV] = "div_floor_cpu", [CK_TRUNC_DIV] = "div_trunc_cpu", [CK_REMAINDER] = "remainder_cpu",
    [CK_FMOD] = "fmod_cpu", [CK_POW] = "pow", [CK_MAXIMUM] = "maximum_cpu", [CK_MINIMUM] = "minimum_cpu",
    [CK_FMAX] = "fmax_cpu", [CK_FMIN] = "fmin_cpu", [CK_ATAN2] = "atan2_cpu", [CK_HYPOT] = "hypot_cpu",
    [CK_COPYSIGN] = "copysign_cpu", [CK_BITWISE_AND] = "bitwise_and_cpu", [CK_BITWISE_OR] = "bitwise_or_cpu",
    [CK_BITWISE_XOR] = "bitwise_xor_cpu", [CK_SHIFT_LEFT] = "lshift_cpu", [CK_SHIFT_RIGHT] = "rshift_cpu",
    [CK_GCD] = "gcd_cpu", [CK_LCM] = "lcm_cpu", [CK_XLOGY] = "xlogy_cpu", [CK_LOGADDEXP] = "logaddexp_cpu",
    [CK_RELU_BACKWARD] = "threshold_cpu", [CK_TANH_BACKWARD_RESULT] = "tanh_backward_cpu",
    [CK_SIGMOID_BACKWARD_RESULT] = "sigmoid_backward_cpu", [CK_GELU_BACKWARD] = "GeluBackwardKernelImpl",
    [CK_GELU_TANH_BACKWARD] = "GeluBackwardKernelImpl", [CK_LEAKY_RELU_BACKWARD] = "leaky_relu_backward_cpu",
    [CK_ELU_BACKWARD] = "elu_backward_cpu", [CK_SILU_BACKWARD] = "silu_backward_cpu",
    [CK_SOFTPLUS_BACKWARD] = "softplus_backward_cpu", [CK_HARDTANH_BACKWARD] = "hardtanh_backward",
    [CK_MISH_BACKWARD] = "mish_backward_cpu", [CK_LOG_SIGMOID_BACKWARD] = "log_sigmoid_backward_cpu",
    [CK_HARDSIGMOID_BACKWARD] = "hardsigmoid_backward", [CK_HARDSWISH_BACKWARD] = "hardswish_backward_cpu",
    [CK_EQ] = "eq_cpu", [CK_NE] = "ne_cpu", [CK_LT] = "lt_cpu", [CK_LE] = "le_cpu", [CK_GT] = "gt_cpu",
    [CK_GE] = "ge_cpu", [CK_LOGICAL_AND] = "logical_and_cpu", [CK_LOGICAL_OR] = "logical_or_cpu",
    [CK_LOGICAL_XOR] = "logical_xor_cpu",
};

static const char *const ternary_names[CK_TERNARY_COUNT] = {
    [CK_WHERE] = "where_cpu", [CK_ADDCMUL] = "addcmul_cpu_out", [CK_ADDCDIV] = "addcdiv_cpu_out",
    [CK_LERP] = "lerp_cpu", [CK_CLAMP_TENSOR] = "clamp_tensor_cpu",
};

static const char *const reduce_names[CK_REDUCE_COUNT] = {
    [CK_SUM] = "sum_cpu", [CK_MEAN] = "mean_cpu", [CK_PROD] = "prod_cpu", [CK_MAX] = "max_all",
    [CK_MIN] = "min_all", [CK_ANY] = "or_kernel", [CK_ALL] = "and_kernel", [CK_VAR] = "std_cpu",
    [CK_NORM] = "norm", [CK_LOGSUMEXP] = "logsumexp", [CK_NANSUM] = "nansum_cpu",
    [CK_COUNT_NONZERO] = "count_nonzero_cpu",
};

const char *ck_unary_name(ck_unary kernel) { return unary_names[kernel]; }
const char *ck_binary_name(ck_binary kernel) { return binary_names[kernel]; }
const char *ck_ternary_name(ck_ternary kernel) { return ternary_names[kernel]; }
const char *ck_reduce_name(ck_reduce kernel) { return reduce_names[kernel]; }
