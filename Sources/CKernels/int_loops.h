// The kernels of one integer type: the helpers, the loops, and the end of the macros.
#include "int_helpers.h"
#define OPERATORS "table_int.h"
#include "loops.h"
#undef OPERATORS
#undef T
#undef W
#undef FN
#undef TYPE_MIN
#undef TYPE_MAX
#undef UNARY_TABLE
#undef BINARY_TABLE
#undef TERNARY_TABLE
