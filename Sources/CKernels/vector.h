/// How vector loops are written: plain loops over contiguous memory, compiled for several
/// instruction sets of which the loader picks one.
#pragma once

#if defined(__x86_64__) && defined(__ELF__)
#define CK_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CK_CLONES
#endif

#define CK_INLINE static inline __attribute__((always_inline, unused))

// Loops that call libm stay scalar, which is what their table asks for.
#pragma clang diagnostic ignored "-Wpass-failed"

/// Before a loop whose turns do not depend on each other, though a result may be an operand.
#define CK_INDEPENDENT _Pragma("clang loop vectorize(assume_safety) interleave(enable)")

/// First in a function body: sums may be taken in any order.
#define CK_ANY_ORDER _Pragma("clang fp reassociate(on)")
