// The elementwise kernels of bool.
#include "kernel.h"
#include "vector.h"

#define T uint8_t
#define FN(name) name##_bool
#define UNARY_TABLE ck_unary_bool
#define BINARY_TABLE ck_binary_bool
#define TERNARY_TABLE ck_ternary_bool
#define OPERATORS "table_bool.h"
#include "loops.h"
