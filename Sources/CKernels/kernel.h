/// The form of every elementwise kernel, and the tables of them.
#pragma once
#include "CKernels.h"

/// Computes `n` results from operands that lie one after the other. The result may be an operand.
typedef void (*ck_kernel)(
    const ck_params *p, size_t n, void *out, const void *a, const void *b, const void *c);

/// Kernels that callers reach through `CK_ADD` and `CK_SUB` with a factor other than 1.
enum { CK_ADD_SCALED = CK_BINARY_COUNT, CK_BINARY_TABLE_COUNT };

#define CK_TABLES(suffix)                                              \
    extern const ck_kernel ck_unary_##suffix[CK_UNARY_COUNT];          \
    extern const ck_kernel ck_binary_##suffix[CK_BINARY_TABLE_COUNT];  \
    extern const ck_kernel ck_ternary_##suffix[CK_TERNARY_COUNT];
CK_TABLES(bool)
CK_TABLES(u8)
CK_TABLES(i8)
CK_TABLES(i16)
CK_TABLES(i32)
CK_TABLES(i64)
CK_TABLES(f32)
CK_TABLES(f64)
CK_TABLES(c64)
CK_TABLES(c128)
#undef CK_TABLES

/// `ck_cast_kernel(to, from)` converts; NULL for the half types to or from anything but float32,
/// which go through float32.
ck_kernel ck_cast_kernel(ck_dtype to, ck_dtype from);
/// Copies and selects elements of a size, whatever they mean.
ck_kernel ck_copy_kernel(size_t width);
ck_kernel ck_where_kernel(size_t width);
/// Bytes per element.
size_t ck_width(ck_dtype type);
