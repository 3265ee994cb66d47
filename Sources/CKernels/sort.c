// A stable sort of rows: values become unsigned keys of the same order, which are sorted with
// their positions, byte by byte or, for short rows, by insertion.
#include <string.h>

#include "half.h"
#include "kernel.h"

enum {
    SHORT = 48,
    RADIX = 256,
    GRAIN = 4096,
    /// So few places of a longer row are filled by insertion, without sorting the rest.
    FEW = 64,
};

typedef struct entry { uint64_t key; int64_t index; } entry;

// The sign bit of a signed number is turned; a negative float is turned whole. −0 equals 0, and a
// NaN of any sign is the largest.
#define KEY_OF_FLOAT(suffix, T, Bits)                                          \
    static uint64_t key_##suffix(T x) {                                        \
        if (x != x) return UINT64_MAX;                                         \
        if (x == 0) x = 0;                                                     \
        Bits u;                                                                \
        __builtin_memcpy(&u, &x, sizeof u);                                    \
        const Bits top = (Bits)1 << (sizeof(Bits) * 8 - 1);                    \
        return u & top ? (Bits)~u : u | top;                                   \
    }
KEY_OF_FLOAT(f32, float, uint32_t)
KEY_OF_FLOAT(f64, double, uint64_t)

static uint64_t key_of(ck_dtype type, const void *x, int64_t i) {
    switch (type) {
    case CK_BOOL:
    case CK_UINT8: return ((const uint8_t *)x)[i];
    case CK_INT8: return (uint8_t)(((const int8_t *)x)[i] ^ 0x80);
    case CK_INT16: return (uint16_t)(((const int16_t *)x)[i] ^ 0x8000);
    case CK_INT32: return ((const uint32_t *)x)[i] ^ 0x80000000u;
    case CK_INT64: return ((const uint64_t *)x)[i] ^ (uint64_t)1 << 63;
    case CK_FLOAT16: return key_f32(ck_f16_to_f32(((const uint16_t *)x)[i]));
    case CK_BFLOAT16: return key_f32(ck_bf16_to_f32(((const uint16_t *)x)[i]));
    case CK_FLOAT32: return key_f32(((const float *)x)[i]);
    default: return key_f64(((const double *)x)[i]);
    }
}

static void insertion_sort(entry *e, int64_t n) {
    for (int64_t i = 1; i < n; i++) {
        const entry x = e[i];
        int64_t j = i;
        for (; j > 0 && e[j - 1].key > x.key; j--) e[j] = e[j - 1];
        e[j] = x;
    }
}

/// Sorts by each byte from the last; bytes that are the same in all keys are passed over. Returns
/// where the result is.
static entry *radix_sort(entry *from, entry *to, int64_t n) {
    uint64_t differing = 0;
    for (int64_t i = 1; i < n; i++) differing |= from[i].key ^ from[0].key;
    for (int shift = 0; shift < 64; shift += 8) {
        if (!(differing >> shift & 0xff)) continue;
        int64_t start[RADIX] = {0};
        for (int64_t i = 0; i < n; i++) start[from[i].key >> shift & 0xff]++;
        int64_t total = 0;
        for (int b = 0; b < RADIX; b++) {
            const int64_t count = start[b];
            start[b] = total;
            total += count;
        }
        for (int64_t i = 0; i < n; i++) to[start[from[i].key >> shift & 0xff]++] = from[i];
        entry *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

/// The first `count` entries of the sorted row, in `e`, from keys that come one after the other.
static void select_few(ck_dtype type, uint64_t turn, const char *x, int64_t n, entry *e, int64_t count) {
    int64_t filled = 0;
    for (int64_t i = 0; i < n; i++) {
        const uint64_t key = key_of(type, x, i) ^ turn;
        if (filled == count && key >= e[count - 1].key) continue;
        int64_t j = filled < count ? filled++ : count - 1;
        for (; j > 0 && e[j - 1].key > key; j--) e[j] = e[j - 1];
        e[j] = (entry){key, i};
    }
}

typedef struct sorting {
    ck_dtype type;
    bool descending;
    const char *x;
    char *values;
    int64_t *indices;
    int64_t n, count;
    bool failed;
} sorting;

static void body(void *context, int64_t begin, int64_t end) {
    sorting *s = context;
    const int64_t n = s->n, count = s->count, width = (int64_t)ck_width(s->type);
    const size_t bytes = (size_t)(2 * n) * sizeof(entry);
    entry *entries = ck_allocate(bytes);
    if (!entries) {
        s->failed = true;
        return;
    }
    for (int64_t row = begin; row < end; row++) {
        const char *x = s->x + row * n * width;
        const uint64_t turn = s->descending ? UINT64_MAX : 0;
        entry *sorted = entries;
        if (count <= FEW && count < n / 2) {
            select_few(s->type, turn, x, n, entries, count);
        } else {
            for (int64_t i = 0; i < n; i++) entries[i] = (entry){key_of(s->type, x, i) ^ turn, i};
            if (n <= SHORT) insertion_sort(entries, n);
            else sorted = radix_sort(entries, entries + n, n);
        }
        char *values = s->values + row * count * width;
        for (int64_t i = 0; i < count; i++) {
            s->indices[row * count + i] = sorted[i].index;
            memcpy(values + i * width, x + sorted[i].index * width, (size_t)width);
        }
    }
    ck_deallocate(entries, bytes);
}

ck_status ck_run_sort(
    ck_dtype type, bool descending, const void *x, int64_t rows, int64_t n, int64_t count, void *values,
    int64_t *indices) {
    if (type >= CK_COMPLEX64) return CK_UNSUPPORTED;
    if (count == 0) return CK_OK;
    sorting s = {.type = type, .descending = descending, .x = x, .values = values, .indices = indices, .n = n,
        .count = count};
    ck_parallel(rows, GRAIN / n + 1, body, &s);
    return s.failed ? CK_OUT_OF_MEMORY : CK_OK;
}
