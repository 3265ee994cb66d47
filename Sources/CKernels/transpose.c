// Transposes of blocks in vector registers: in each stage, vectors a distance apart exchange the
// halves of their groups of that size.
#include <stdint.h>
#include <string.h>

#include "gather.h"
#include "vector.h"

typedef uint32_t wide32 __attribute__((vector_size(64)));
typedef uint64_t wide64 __attribute__((vector_size(64)));

#define PAIR(Wide, i, k, low, high)                         \
    {                                                       \
        const Wide a = r[i], b = r[(i) + (k)];              \
        r[i] = __builtin_shufflevector(a, b, low);          \
        r[(i) + (k)] = __builtin_shufflevector(a, b, high); \
    }
#define LOW32_1 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30
#define HIGH32_1 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31
#define LOW32_2 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29
#define HIGH32_2 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31
#define LOW32_4 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27
#define HIGH32_4 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31
#define LOW32_8 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23
#define HIGH32_8 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31

/// 16 × 16 elements of 4 bytes.
CK_INLINE void turn_32(char *out, ptrdiff_t out_step, const char *x, ptrdiff_t x_step) {
    wide32 r[16];
    for (int i = 0; i < 16; i++) memcpy(&r[i], x + i * x_step, 64);
#define P(i, k) PAIR(wide32, i, k, LOW32_##k, HIGH32_##k)
    P(0, 1) P(2, 1) P(4, 1) P(6, 1) P(8, 1) P(10, 1) P(12, 1) P(14, 1)
    P(0, 2) P(1, 2) P(4, 2) P(5, 2) P(8, 2) P(9, 2) P(12, 2) P(13, 2)
    P(0, 4) P(1, 4) P(2, 4) P(3, 4) P(8, 4) P(9, 4) P(10, 4) P(11, 4)
    P(0, 8) P(1, 8) P(2, 8) P(3, 8) P(4, 8) P(5, 8) P(6, 8) P(7, 8)
#undef P
    for (int i = 0; i < 16; i++) memcpy(out + i * out_step, &r[i], 64);
}

#define LOW64_1 0, 8, 2, 10, 4, 12, 6, 14
#define HIGH64_1 1, 9, 3, 11, 5, 13, 7, 15
#define LOW64_2 0, 1, 8, 9, 4, 5, 12, 13
#define HIGH64_2 2, 3, 10, 11, 6, 7, 14, 15
#define LOW64_4 0, 1, 2, 3, 8, 9, 10, 11
#define HIGH64_4 4, 5, 6, 7, 12, 13, 14, 15

/// 8 × 8 elements of 8 bytes.
CK_INLINE void turn_64(char *out, ptrdiff_t out_step, const char *x, ptrdiff_t x_step) {
    wide64 r[8];
    for (int i = 0; i < 8; i++) memcpy(&r[i], x + i * x_step, 64);
#define P(i, k) PAIR(wide64, i, k, LOW64_##k, HIGH64_##k)
    P(0, 1) P(2, 1) P(4, 1) P(6, 1)
    P(0, 2) P(1, 2) P(4, 2) P(5, 2)
    P(0, 4) P(1, 4) P(2, 4) P(3, 4)
#undef P
    for (int i = 0; i < 8; i++) memcpy(out + i * out_step, &r[i], 64);
}

#define TRANSPOSE(bits, Element)                                                              \
    CK_CLONES void ck_transpose_##bits(                                                       \
        void *out, ptrdiff_t out_step, const void *x, ptrdiff_t x_step, size_t rows, size_t columns) { \
        enum { SIDE = 512 / bits };                                                           \
        const char *from = x;                                                                 \
        char *to = out;                                                                       \
        size_t i = 0;                                                                         \
        for (; i + SIDE <= rows; i += SIDE) {                                                 \
            const char *row = from + (ptrdiff_t)i * x_step;                                   \
            size_t j = 0;                                                                     \
            for (; j + SIDE <= columns; j += SIDE)                                            \
                turn_##bits(                                                                  \
                    to + (ptrdiff_t)j * out_step + i * sizeof(Element), out_step,             \
                    row + j * sizeof(Element), x_step);                                       \
            for (; j < columns; j++)                                                          \
                for (size_t l = 0; l < SIDE; l++)                                             \
                    ((Element *)(to + (ptrdiff_t)j * out_step))[i + l] =                      \
                        ((const Element *)(row + (ptrdiff_t)l * x_step))[j];                  \
        }                                                                                     \
        for (; i < rows; i++)                                                                 \
            for (size_t j = 0; j < columns; j++)                                              \
                ((Element *)(to + (ptrdiff_t)j * out_step))[i] =                              \
                    ((const Element *)(from + (ptrdiff_t)i * x_step))[j];                     \
    }
TRANSPOSE(32, uint32_t)
TRANSPOSE(64, uint64_t)
