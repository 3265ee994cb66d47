// The elementwise kernels of the complex types.
#define _GNU_SOURCE
#include <complex.h>
#include <math.h>
#undef I

#include "kernel.h"
#include "vector.h"

#define N __builtin_complex((R)q.a, (R)q.b)
#define OPERATORS "table_complex.h"

#define T float _Complex
#define R float
#define FN(name) name##_c64
#define LIBM(name) name##f
#define UNARY_TABLE ck_unary_c64
#define BINARY_TABLE ck_binary_c64
#define TERNARY_TABLE ck_ternary_c64
#include "complex_helpers.h"
#include "loops.h"
#undef T
#undef R
#undef FN
#undef LIBM
#undef UNARY_TABLE
#undef BINARY_TABLE
#undef TERNARY_TABLE

#define T double _Complex
#define R double
#define FN(name) name##_c128
#define LIBM(name) name
#define UNARY_TABLE ck_unary_c128
#define BINARY_TABLE ck_binary_c128
#define TERNARY_TABLE ck_ternary_c128
#include "complex_helpers.h"
#include "loops.h"
