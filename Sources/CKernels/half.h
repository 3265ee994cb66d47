/// The 16-bit floating types, converted by operations on bits so that every loop over them
/// vectorises on every processor.
#pragma once
#include <stdint.h>

#include "vector.h"

CK_INLINE float ck_f16_to_f32(uint16_t h) {
    const uint32_t sign = (uint32_t)(h & 0x8000) << 16, rest = h & 0x7fff;
    uint32_t u = (rest << 13) + (112u << 23);
    u += rest >= 0x7c00 ? 112u << 23 : 0;
    // Subnormal: the significand counts units of 2 to the −24.
    const float small = (float)(int32_t)rest * 0x1p-24f;
    uint32_t s;
    __builtin_memcpy(&s, &small, 4);
    u = sign | (rest < 0x400 ? s : u);
    float x;
    __builtin_memcpy(&x, &u, 4);
    return x;
}

CK_INLINE uint16_t ck_f32_to_f16(float x) {
    uint32_t u;
    __builtin_memcpy(&u, &x, 4);
    const uint32_t sign = u >> 16 & 0x8000, a = u & 0x7fffffff;
    // To nearest, ties to even: add half a unit less one, and the bit that decides.
    const uint32_t normal = (a + 0xfff + (a >> 13 & 1) - (112u << 23)) >> 13;
    float size;
    __builtin_memcpy(&size, &a, 4);
    // Adding ½ leaves the subnormal's bits, rounded by the processor.
    const float shifted = size + 0.5f;
    uint32_t small;
    __builtin_memcpy(&small, &shifted, 4);
    uint32_t h = a < 0x38800000 ? small - 0x3f000000 : normal;
    h = a >= 0x477ff000 ? 0x7c00 : h;
    h = a > 0x7f800000 ? 0x7e00 : h;
    return (uint16_t)(sign | h);
}

CK_INLINE float ck_bf16_to_f32(uint16_t h) {
    const uint32_t u = (uint32_t)h << 16;
    float x;
    __builtin_memcpy(&x, &u, 4);
    return x;
}

CK_INLINE uint16_t ck_f32_to_bf16(float x) {
    uint32_t u;
    __builtin_memcpy(&u, &x, 4);
    const uint32_t rounded = (u + 0x7fff + (u >> 16 & 1)) >> 16;
    return (uint16_t)((u & 0x7fffffff) > 0x7f800000 ? 0x7fc0 : rounded);
}
