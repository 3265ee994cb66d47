// A stable sort of rows: values become unsigned keys of the same order, which are sorted with
// their positions, byte by byte or, for short rows, by insertion.
#include <string.h>

#include "half.h"
#include "kernel.h"
#include "vector.h"

enum {
    SHORT = 48,
    RADIX = 256,
    GRAIN = 4096,
    /// So few places of a longer row are filled by insertion, without sorting the rest.
    FEW = 64,
    /// Keys that are made at a time, and that are compared at a time.
    CHUNK = 512,
    LANES = 16,
};

typedef struct entry { uint64_t key; int64_t index; } entry;

/// The keys of the first n values of a row; `turn` turns the bits of each.
typedef void keys_loop(const void *x, int64_t n, uint64_t turn, uint64_t *keys);

#define KEYS(name, T, key)                                                                               \
    static CK_CLONES void keys_##name(const void *x, int64_t n, uint64_t turn, uint64_t *keys) {         \
        const T *values = x;                                                                             \
        for (int64_t i = 0; i < n; i++) {                                                                \
            const T v = values[i];                                                                       \
            keys[i] = (uint64_t)(key) ^ turn;                                                            \
        }                                                                                                \
    }

// The sign bit of a signed number is turned; a negative float is turned whole. −0 equals 0, and a
// NaN of any sign is the largest.
#define KEY_OF_FLOAT(suffix, T, Bits)                                                \
    CK_INLINE uint64_t key_##suffix(T x) {                                           \
        const T y = x == 0 ? 0 : x;                                                  \
        Bits u;                                                                      \
        __builtin_memcpy(&u, &y, sizeof u);                                          \
        const Bits top = (Bits)1 << (sizeof(Bits) * 8 - 1);                          \
        const Bits key = u & top ? (Bits)~u : u | top;                               \
        return x != x ? UINT64_MAX : key;                                            \
    }
KEY_OF_FLOAT(f32, float, uint32_t)
KEY_OF_FLOAT(f64, double, uint64_t)

KEYS(u8, uint8_t, v)
KEYS(i8, int8_t, (uint8_t)(v ^ 0x80))
KEYS(i16, int16_t, (uint16_t)(v ^ 0x8000))
KEYS(i32, uint32_t, v ^ 0x80000000u)
KEYS(i64, uint64_t, v ^ (uint64_t)1 << 63)
KEYS(f16, uint16_t, key_f32(ck_f16_to_f32(v)))
KEYS(bf16, uint16_t, key_f32(ck_bf16_to_f32(v)))
KEYS(f32, float, key_f32(v))
KEYS(f64, double, key_f64(v))

static keys_loop *const keys_loops[CK_DTYPE_COUNT] = {
    keys_u8, keys_u8, keys_i8, keys_i16, keys_i32, keys_i64, keys_f16, keys_bf16, keys_f32, keys_f64};

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

static CK_CLONES bool any_below(const uint64_t *keys, uint64_t bound) {
    int found = 0;
    for (int i = 0; i < LANES; i++) found |= keys[i] < bound;
    return found;
}

/// The first `count` entries of the sorted row, in `e`, from keys that come one after the other.
static void select_few(keys_loop *keys_of, int64_t width, uint64_t turn, const char *x, int64_t n, entry *e, int64_t count) {
    uint64_t keys[CHUNK];
    int64_t filled = 0;
    for (int64_t first = 0; first < n; first += CHUNK) {
        const int64_t size = n - first < CHUNK ? n - first : CHUNK;
        keys_of(x + first * width, size, turn, keys);
        for (int64_t i = 0; i < size; i++) {
            if (filled == count) {
                while (i + LANES <= size && !any_below(keys + i, e[count - 1].key)) i += LANES;
                if (i == size) break;
                if (keys[i] >= e[count - 1].key) continue;
            }
            int64_t j = filled < count ? filled++ : count - 1;
            for (; j > 0 && e[j - 1].key > keys[i]; j--) e[j] = e[j - 1];
            e[j] = (entry){keys[i], first + i};
        }
    }
}

/// All entries of the row, as they stand.
static void all_entries(keys_loop *keys_of, int64_t width, uint64_t turn, const char *x, int64_t n, entry *e) {
    uint64_t keys[CHUNK];
    for (int64_t first = 0; first < n; first += CHUNK) {
        const int64_t size = n - first < CHUNK ? n - first : CHUNK;
        keys_of(x + first * width, size, turn, keys);
        for (int64_t i = 0; i < size; i++) e[first + i] = (entry){keys[i], first + i};
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
    keys_loop *const keys_of = keys_loops[s->type];
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
            select_few(keys_of, width, turn, x, n, entries, count);
        } else {
            all_entries(keys_of, width, turn, x, n, entries);
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
