/// Products of float32 matrices on processors with AVX-512.
#pragma once

/// `c = alpha · op(a) op(b)`, added to `c` if `accumulate`, for op(a) of m × k and op(b) of k × n; rows
/// lie `lda`, `ldb` and `ldc` elements apart, and `op` transposes what is stored where the flag says so.
/// On one thread; an element's sum does not depend on which part of the result is asked for.
/// False, with nothing done, where the processor lacks the instructions.
bool ck_sgemm(
    bool transposes_a, bool transposes_b, int64_t m, int64_t n, int64_t k, float alpha, const float *a, int64_t lda,
    const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc);
