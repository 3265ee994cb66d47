/// Kernels of the CPU backend. Each computes on plain memory; shapes and types are settled above.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Element types, in the order of Swift's `DType`.
typedef enum ck_dtype {
    CK_BOOL, CK_UINT8, CK_INT8, CK_INT16, CK_INT32, CK_INT64,
    CK_FLOAT16, CK_BFLOAT16, CK_FLOAT32, CK_FLOAT64, CK_COMPLEX64, CK_COMPLEX128,
    CK_DTYPE_COUNT
} ck_dtype;

/// Numbers that a kernel takes beside its operands.
typedef struct ck_params {
    double a, b, c;
    // Bit i: operand i of a call in float16 or bfloat16 is a float32, a number that is not rounded first.
    uint32_t wide;
} ck_params;

#include <stdbool.h>
#include "elementwise.h"
#include "reduce.h"
#include "rows.h"
#include "attention.h"
#include "fft.h"
#include "fill.h"
#include "indexing.h"
#include "threads.h"
#include "escape.h"
#include "matrices.h"
#include "memory.h"
#include "recurrent.h"
#include "state.h"
#include "random.h"
#include "optimizers.h"
#include "spatial.h"
#include "normalization.h"
