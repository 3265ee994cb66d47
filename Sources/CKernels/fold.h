/// Sums, products and extremes of memory without gaps.
#pragma once
#include "CKernels.h"

typedef enum ck_fold { CK_FOLD_SUM, CK_FOLD_PROD, CK_FOLD_MAX, CK_FOLD_MIN, CK_FOLD_COUNT } ck_fold;

/// Folds are kept as float64 for floating types, int64 for integers and bool, and complex128 for
/// complex types: a long sum of float32 loses no more than one rounding.
ck_dtype ck_fold_type(ck_dtype type);
/// Puts the value of an empty fold into `count` accumulators.
void ck_fold_begin(ck_fold fold, ck_dtype type, void *accumulators, size_t count);

/// Folds n elements into one accumulator.
typedef void (*ck_fold_row)(const void *x, size_t n, void *accumulator);
/// Folds rows, `step` bytes apart, into n accumulators side by side.
typedef void (*ck_fold_columns)(const void *x, ptrdiff_t step, size_t rows, size_t n, void *accumulators);

/// NULL where the fold has no meaning (extremes of complex numbers) and for the half types.
ck_fold_row ck_row_fold(ck_fold fold, ck_dtype type);
ck_fold_columns ck_columns_fold(ck_fold fold, ck_dtype type);
