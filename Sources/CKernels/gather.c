// Moves of blocks between strided memory and a buffer without gaps.
#include "gather.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct { uint64_t low, high; } bits128;

static inline ptrdiff_t magnitude(ptrdiff_t s) { return s < 0 ? -s : s; }

// The dimension with the smaller step is walked inside, so that lines of the cache are used whole.
#define MOVES(bits, Type)                                                                  \
    static void gather_##bits(                                                             \
        Type *out, const char *x, ptrdiff_t s0, ptrdiff_t s1, size_t n0, size_t n1) {      \
        if (s0 == 0) {                                                                     \
            for (size_t j = 0; j < n1; j++) {                                              \
                const Type value = *(const Type *)(x + (ptrdiff_t)j * s1);                 \
                for (size_t i = 0; i < n0; i++) out[j * n0 + i] = value;                   \
            }                                                                              \
        } else if (n1 > 1 && magnitude(s1) < magnitude(s0)) {                              \
            for (size_t i = 0; i < n0; i++) {                                              \
                const char *from = x + (ptrdiff_t)i * s0;                                  \
                for (size_t j = 0; j < n1; j++) {                                          \
                    out[j * n0 + i] = *(const Type *)from;                                 \
                    from += s1;                                                            \
                }                                                                          \
            }                                                                              \
        } else {                                                                           \
            for (size_t j = 0; j < n1; j++) {                                              \
                const char *from = x + (ptrdiff_t)j * s1;                                  \
                for (size_t i = 0; i < n0; i++) {                                          \
                    out[j * n0 + i] = *(const Type *)from;                                 \
                    from += s0;                                                            \
                }                                                                          \
            }                                                                              \
        }                                                                                  \
    }                                                                                      \
    static void spread_##bits(                                                             \
        char *out, ptrdiff_t s0, ptrdiff_t s1, const Type *x, size_t n0, size_t n1) {      \
        for (size_t j = 0; j < n1; j++) {                                                  \
            char *to = out + (ptrdiff_t)j * s1;                                            \
            for (size_t i = 0; i < n0; i++) {                                              \
                *(Type *)to = x[j * n0 + i];                                               \
                to += s0;                                                                  \
            }                                                                              \
        }                                                                                  \
    }
MOVES(8, uint8_t)
MOVES(16, uint16_t)
MOVES(32, uint32_t)
MOVES(64, uint64_t)
MOVES(128, bits128)

void ck_gather(size_t width, void *out, const void *x, ptrdiff_t s0, ptrdiff_t s1, size_t n0, size_t n1) {
    if (s0 == (ptrdiff_t)width) {
        for (size_t j = 0; j < n1; j++)
            memcpy((char *)out + j * n0 * width, (const char *)x + (ptrdiff_t)j * s1, n0 * width);
        return;
    }
    const bool turned = s1 == (ptrdiff_t)width && n0 >= 8 && n1 >= 8;
    if (turned && width == 4) {
        ck_transpose_32(out, (ptrdiff_t)(n0 * width), x, s0, n0, n1);
        return;
    }
    if (turned && width == 8) {
        ck_transpose_64(out, (ptrdiff_t)(n0 * width), x, s0, n0, n1);
        return;
    }
    switch (width) {
    case 1: gather_8(out, x, s0, s1, n0, n1); break;
    case 2: gather_16(out, x, s0, s1, n0, n1); break;
    case 4: gather_32(out, x, s0, s1, n0, n1); break;
    case 8: gather_64(out, x, s0, s1, n0, n1); break;
    default: gather_128(out, x, s0, s1, n0, n1); break;
    }
}

void ck_spread(size_t width, void *out, ptrdiff_t s0, ptrdiff_t s1, const void *x, size_t n0, size_t n1) {
    if (s0 == (ptrdiff_t)width) {
        for (size_t j = 0; j < n1; j++)
            memcpy((char *)out + (ptrdiff_t)j * s1, (const char *)x + j * n0 * width, n0 * width);
        return;
    }
    switch (width) {
    case 1: spread_8(out, s0, s1, x, n0, n1); break;
    case 2: spread_16(out, s0, s1, x, n0, n1); break;
    case 4: spread_32(out, s0, s1, x, n0, n1); break;
    case 8: spread_64(out, s0, s1, x, n0, n1); break;
    default: spread_128(out, s0, s1, x, n0, n1); break;
    }
}
