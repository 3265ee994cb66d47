/// Elementary functions of float64 under the names that the tables use: libm's.
#pragma once
#include <math.h>

#include "vector.h"

#define CK_LIBM(name) CK_INLINE double name##_f64(double x) { return name(x); }
CK_LIBM(exp) CK_LIBM(exp2) CK_LIBM(expm1) CK_LIBM(log) CK_LIBM(log2) CK_LIBM(log10) CK_LIBM(log1p)
CK_LIBM(sin) CK_LIBM(cos) CK_LIBM(tan) CK_LIBM(asin) CK_LIBM(acos) CK_LIBM(atan)
CK_LIBM(sinh) CK_LIBM(cosh) CK_LIBM(tanh) CK_LIBM(asinh) CK_LIBM(acosh) CK_LIBM(atanh)
CK_LIBM(erf) CK_LIBM(erfc)
#undef CK_LIBM

CK_INLINE double erf_quick_f64(double x) { return erf(x); }
CK_INLINE double sigmoid_f64(double x) { return 1 / (1 + exp(-x)); }
CK_INLINE double sqrt_f64(double x) { return __builtin_elementwise_sqrt(x); }
CK_INLINE double abs_f64(double x) { return __builtin_elementwise_abs(x); }
CK_INLINE double floor_f64(double x) { return __builtin_elementwise_floor(x); }
CK_INLINE double ceil_f64(double x) { return __builtin_elementwise_ceil(x); }
CK_INLINE double round_f64(double x) { return __builtin_elementwise_roundeven(x); }
CK_INLINE double trunc_f64(double x) { return __builtin_elementwise_trunc(x); }
CK_INLINE double copysign_f64(double x, double y) { return __builtin_elementwise_copysign(x, y); }
CK_INLINE double pow_f64(double x, double y) { return pow(x, y); }
CK_INLINE double fmod_f64(double x, double y) { return fmod(x, y); }
CK_INLINE double atan2_f64(double y, double x) { return atan2(y, x); }
CK_INLINE double hypot_f64(double x, double y) { return hypot(x, y); }
