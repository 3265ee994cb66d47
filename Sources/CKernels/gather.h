/// Moves of blocks between strided memory and a buffer without gaps.
#pragma once
#include <stddef.h>

/// Reads n1 rows of n0 elements, whose steps are s0 and s1 bytes, into `out`.
void ck_gather(size_t width, void *out, const void *x, ptrdiff_t s0, ptrdiff_t s1, size_t n0, size_t n1);
/// Writes them from `x`.
void ck_spread(size_t width, void *out, ptrdiff_t s0, ptrdiff_t s1, const void *x, size_t n0, size_t n1);
