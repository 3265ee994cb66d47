/// Moves of blocks between strided memory and a buffer without gaps.
#pragma once
#include <stddef.h>

/// Reads n1 rows of n0 elements, whose steps are s0 and s1 bytes, into `out`.
void ck_gather(size_t width, void *out, const void *x, ptrdiff_t s0, ptrdiff_t s1, size_t n0, size_t n1);
/// Writes them from `x`.
void ck_spread(size_t width, void *out, ptrdiff_t s0, ptrdiff_t s1, const void *x, size_t n0, size_t n1);

/// Transposes `rows` rows of `columns` elements of 32 or 64 bits: element [j, i] of `out` is
/// element [i, j] of `x`. Steps between rows are in bytes.
void ck_transpose_32(void *out, ptrdiff_t out_step, const void *x, ptrdiff_t x_step, size_t rows, size_t columns);
void ck_transpose_64(void *out, ptrdiff_t out_step, const void *x, ptrdiff_t x_step, size_t rows, size_t columns);
