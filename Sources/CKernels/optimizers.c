#include "CKernels.h"
#include <math.h>

/// Elements that are worth a thread of their own.
enum { GRAIN = 1 << 15 };

/// The loop for this processor.
#if defined(__x86_64__)
static inline bool has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#define CHOOSE(loop) (has_avx2() ? NAME(loop##_avx2) : NAME(loop##_portable))
#define FOR_AVX2(definition) __attribute__((target("avx2,fma"))) definition
#else
#define CHOOSE(loop) NAME(loop##_portable)
#define FOR_AVX2(definition)
#endif

#define REAL float
#define NAME(name) name##_f32
#define FMA __builtin_fmaf
#define SQRT __builtin_elementwise_sqrt
#define ABS __builtin_elementwise_abs
#define MAXIMUM(a, b) ((a) > (b) || (a) != (a) ? (a) : (b))
#include "optimizer_loops.h"
#undef REAL
#undef NAME
#undef FMA
#define REAL double
#define NAME(name) name##_f64
#define FMA __builtin_fma
#include "optimizer_loops.h"
