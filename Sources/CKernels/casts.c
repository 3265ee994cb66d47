// Conversions between element types, and copies and selections by size.
#include <string.h>

#include "half.h"
#include "kernel.h"
#include "vector.h"

#define ARGUMENTS \
    const ck_params *p, size_t n, void *out, const void *a, const void *b, const void *c

#define LOOP(name, To, From, expression)                                      \
    static CK_CLONES void name(ARGUMENTS) {                                   \
        (void)p, (void)b, (void)c;                                            \
        const From *xs = a;                                                   \
        To *r = out;                                                          \
        CK_INDEPENDENT for (size_t i = 0; i < n; i++) {                       \
            const From x = xs[i];                                             \
            r[i] = (To)(expression);                                          \
        }                                                                     \
    }

LOOP(f16_to_f32, float, uint16_t, ck_f16_to_f32(x))
LOOP(f32_to_f16, uint16_t, float, ck_f32_to_f16(x))
LOOP(bf16_to_f32, float, uint16_t, ck_bf16_to_f32(x))
LOOP(f32_to_bf16, uint16_t, float, ck_f32_to_bf16(x))

// An integer wider than the target is cut, a float goes through int64, a complex number gives its
// real part.
#define TO_SMALL(to, To, from, From) LOOP(from##_to_##to, To, From, (int64_t)x)
#define TO_PLAIN(to, To, from, From) LOOP(from##_to_##to, To, From, x)
#define TO_BOOL(from, From) LOOP(from##_to_bool, uint8_t, From, x != 0)

#define FROM(from, From)              \
    TO_BOOL(from, From)               \
    TO_SMALL(u8, uint8_t, from, From) \
    TO_SMALL(i8, int8_t, from, From)  \
    TO_SMALL(i16, int16_t, from, From) \
    TO_PLAIN(i32, int32_t, from, From) \
    TO_PLAIN(i64, int64_t, from, From) \
    TO_PLAIN(f32, float, from, From)  \
    TO_PLAIN(f64, double, from, From) \
    TO_PLAIN(c64, float _Complex, from, From) \
    TO_PLAIN(c128, double _Complex, from, From)

FROM(u8, uint8_t)
FROM(i8, int8_t)
FROM(i16, int16_t)
FROM(i32, int32_t)
FROM(i64, int64_t)
FROM(f32, float)
FROM(f64, double)
FROM(c64, float _Complex)
FROM(c128, double _Complex)

#define ROW(from)                                                                    \
    {[CK_BOOL] = from##_to_bool, [CK_UINT8] = from##_to_u8, [CK_INT8] = from##_to_i8, \
     [CK_INT16] = from##_to_i16, [CK_INT32] = from##_to_i32, [CK_INT64] = from##_to_i64, \
     [CK_FLOAT32] = from##_to_f32, [CK_FLOAT64] = from##_to_f64,                     \
     [CK_COMPLEX64] = from##_to_c64, [CK_COMPLEX128] = from##_to_c128}

static const ck_kernel casts[CK_DTYPE_COUNT][CK_DTYPE_COUNT] = {
    [CK_BOOL] = ROW(u8), [CK_UINT8] = ROW(u8), [CK_INT8] = ROW(i8), [CK_INT16] = ROW(i16),
    [CK_INT32] = ROW(i32), [CK_INT64] = ROW(i64), [CK_FLOAT32] = ROW(f32), [CK_FLOAT64] = ROW(f64),
    [CK_COMPLEX64] = ROW(c64), [CK_COMPLEX128] = ROW(c128),
};

ck_kernel ck_cast_kernel(ck_dtype to, ck_dtype from) {
    if (to == from) return ck_copy_kernel(ck_width(to));
    if (from == CK_FLOAT16) return to == CK_FLOAT32 ? f16_to_f32 : NULL;
    if (from == CK_BFLOAT16) return to == CK_FLOAT32 ? bf16_to_f32 : NULL;
    if (to == CK_FLOAT16) return from == CK_FLOAT32 ? f32_to_f16 : NULL;
    if (to == CK_BFLOAT16) return from == CK_FLOAT32 ? f32_to_bf16 : NULL;
    return casts[from][to];
}

size_t ck_width(ck_dtype type) {
    static const uint8_t widths[CK_DTYPE_COUNT] = {1, 1, 1, 2, 4, 8, 2, 2, 4, 8, 8, 16};
    return widths[type];
}

typedef struct { uint64_t low, high; } bits128;

#define BY_WIDTH(bits, Type)                                                   \
    static void copy_##bits(ARGUMENTS) {                                       \
        (void)p, (void)b, (void)c;                                             \
        memmove(out, a, n * sizeof(Type));                                     \
    }                                                                          \
    static CK_CLONES void where_##bits(ARGUMENTS) {                            \
        (void)p;                                                               \
        const uint8_t *condition = a;                                          \
        const Type *x = b, *y = c;                                             \
        Type *r = out;                                                         \
        CK_INDEPENDENT for (size_t i = 0; i < n; i++) r[i] = condition[i] ? x[i] : y[i]; \
    }
BY_WIDTH(8, uint8_t)
BY_WIDTH(16, uint16_t)
BY_WIDTH(32, uint32_t)
BY_WIDTH(64, uint64_t)
BY_WIDTH(128, bits128)

ck_kernel ck_copy_kernel(size_t width) {
    switch (width) {
    case 1: return copy_8;
    case 2: return copy_16;
    case 4: return copy_32;
    case 8: return copy_64;
    default: return copy_128;
    }
}

ck_kernel ck_where_kernel(size_t width) {
    switch (width) {
    case 1: return where_8;
    case 2: return where_16;
    case 4: return where_32;
    case 8: return where_64;
    default: return where_128;
    }
}
