// Fills memory by vectors; what is larger than caches goes past them.
#include <stdatomic.h>
#include <string.h>

#include "CKernels.h"
#include "vector.h"

enum { LINE = 64 };
typedef uint64_t line __attribute__((vector_size(LINE)));

/// Beyond what last caches hold, the first reader finds little of it in one anyway.
static const int64_t large = (int64_t)48 << 20;
/// Bytes that one thread fills in a few microseconds.
static const int64_t grain = (int64_t)128 << 10;

static CK_CLONES void fill_lines(line value, line *out, size_t count, bool streams) {
    if (!streams) {
        for (size_t i = 0; i < count; i++) out[i] = value;
        return;
    }
    for (size_t i = 0; i < count; i++) __builtin_nontemporal_store(value, &out[i]);
    // Such stores are seen by other threads only after a fence.
    atomic_thread_fence(memory_order_seq_cst);
}

static void repeat(size_t width, const void *value, char *out, int64_t count, bool streams) {
    line pattern;
    for (size_t i = 0; i < LINE; i += width) memcpy((char *)&pattern + i, value, width);
    // An element's place is a multiple of its width, so that the pattern starts anew at a line's.
    const size_t bytes = (size_t)count * width, lead = (size_t)-(uintptr_t)out % LINE;
    const size_t first = lead < bytes ? lead : bytes, lines = (bytes - first) / LINE;
    memcpy(out, &pattern, first);
    fill_lines(pattern, (line *)(out + first), lines, streams);
    memcpy(out + first + lines * LINE, &pattern, bytes - first - lines * LINE);
}

void ck_repeat(size_t width, const void *value, void *out, int64_t count) { repeat(width, value, out, count, false); }

typedef struct filling { size_t width; const void *value; char *out; bool streams; } filling;

static void fill_part(void *context, int64_t begin, int64_t end) {
    const filling *f = context;
    repeat(f->width, f->value, f->out + (size_t)begin * f->width, end - begin, f->streams);
}

void ck_fill(size_t width, const void *value, void *out, int64_t count) {
    filling f = {.width = width, .value = value, .out = out, .streams = count * (int64_t)width >= large};
    ck_parallel(count, grain / (int64_t)width, fill_part, &f);
}
