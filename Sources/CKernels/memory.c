// The caching allocator.
//
// Sizes are rounded up to classes, four per power of two. Blocks up to 64 KiB are kept in lists of
// each thread, which need no lock; a list that grows too long is moved to the shared list of its
// class. Larger blocks live in the shared lists, under a spinlock. From 2 MiB on, blocks are
// aligned to huge pages and ask for them: the first touch of such a block is six times cheaper.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CKernels.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "pause.h"

enum {
    SMALLEST_SHIFT = 6,
    CLASS_COUNT = 4 * 48,
    // The class of 64 KiB; up to it, blocks belong to threads.
    LAST_SMALL = 4 * (16 - SMALLEST_SHIFT),
};
static const size_t huge_page = (size_t)2 << 20;
/// What one list of a thread may hold before half of it goes to the shared list.
static const size_t list_limit = (size_t)1 << 20;

typedef struct block { struct block *next; } block;

typedef struct thread_cache {
    block *lists[LAST_SMALL + 1];
    uint32_t counts[LAST_SMALL + 1];
    /// Bytes this thread handed out less those it took back; another thread may free a block.
    _Atomic(int64_t) in_use, cached;
    struct thread_cache *next;
    bool taken;
} thread_cache;

static struct {
    atomic_flag lock;
    block *lists[CLASS_COUNT];
    size_t cached, limit;
    thread_cache *threads;
} shared = {.lock = ATOMIC_FLAG_INIT};

static _Atomic(int64_t) large_in_use;
static _Thread_local thread_cache *own_cache;
static pthread_key_t exit_key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void lock(void) {
    while (atomic_flag_test_and_set_explicit(&shared.lock, memory_order_acquire)) ck_pause();
}
static void unlock(void) { atomic_flag_clear_explicit(&shared.lock, memory_order_release); }

/// The class of a size: 64, 80, 96, 112, 128, 160, ...
static inline int class_of(size_t bytes) {
    if (bytes <= 64) return 0;
    const size_t last = bytes - 1;
    const int shift = 63 - __builtin_clzl(last);
    return 4 * (shift - SMALLEST_SHIFT) + (int)(last >> (shift - 2) & 3) + 1;
}

static inline size_t class_size(int class) {
    return (size_t)(4 + class % 4) << (SMALLEST_SHIFT - 2 + class / 4);
}

static void add(_Atomic(int64_t) *counter, int64_t bytes) {
    // Only the owner writes: no locked instruction is needed.
    atomic_store_explicit(
        counter, atomic_load_explicit(counter, memory_order_relaxed) + bytes, memory_order_relaxed);
}

/// Moves `count` blocks of a thread's list to the shared one, or back to the system when the
/// shared lists are full.
static void spill(thread_cache *cache, int class, uint32_t count) {
    const size_t size = class_size(class);
    lock();
    while (count > 0 && cache->lists[class]) {
        block *b = cache->lists[class];
        cache->lists[class] = b->next;
        cache->counts[class]--;
        count--;
        add(&cache->cached, -(int64_t)size);
        if (shared.cached + size <= shared.limit) {
            b->next = shared.lists[class];
            shared.lists[class] = b;
            shared.cached += size;
        } else {
            free(b);
        }
    }
    unlock();
}

static void leave(void *argument) {
    thread_cache *cache = argument;
    for (int class = 0; class <= LAST_SMALL; class++) spill(cache, class, UINT32_MAX);
    own_cache = NULL;
    lock();
    cache->taken = false;
    unlock();
}

static void begin(void) {
    const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    shared.limit = pages > 0 && page > 0 ? (size_t)pages * (size_t)page / 4 : (size_t)1 << 30;
    pthread_key_create(&exit_key, leave);
}

/// The calling thread's lists; those of a thread that ended are used again.
static __attribute__((noinline)) thread_cache *enter(void) {
    pthread_once(&once, begin);
    lock();
    thread_cache *cache = shared.threads;
    while (cache && cache->taken) cache = cache->next;
    if (cache) cache->taken = true;
    unlock();
    if (!cache) {
        cache = calloc(1, sizeof *cache);
        if (!cache) return NULL;
        cache->taken = true;
        lock();
        cache->next = shared.threads;
        shared.threads = cache;
        unlock();
    }
    own_cache = cache;
    pthread_setspecific(exit_key, cache);
    return cache;
}

static block *take_shared(int class) {
    lock();
    block *b = shared.lists[class];
    if (b) {
        shared.lists[class] = b->next;
        shared.cached -= class_size(class);
    }
    unlock();
    return b;
}

static void *from_system(size_t size) {
    const size_t alignment = size >= huge_page ? huge_page : 64;
    void *p = aligned_alloc(alignment, (size + alignment - 1) & ~(alignment - 1));
    if (!p) {
        ck_empty_cache();
        p = aligned_alloc(alignment, (size + alignment - 1) & ~(alignment - 1));
    }
#ifdef MADV_HUGEPAGE
    if (p && size >= huge_page) madvise(p, size, MADV_HUGEPAGE);
#endif
    return p;
}

static __attribute__((noinline)) void *allocate_large(int class) {
    block *b = take_shared(class);
    void *p = b ? (void *)b : from_system(class_size(class));
    if (p) atomic_fetch_add_explicit(&large_in_use, (int64_t)class_size(class), memory_order_relaxed);
    return p;
}

static __attribute__((noinline)) void *refill(thread_cache *cache, int class) {
    block *b = take_shared(class);
    void *p = b ? (void *)b : from_system(class_size(class));
    if (p) add(&cache->in_use, (int64_t)class_size(class));
    return p;
}

void *ck_allocate(size_t bytes) {
    if (bytes > (size_t)1 << 47) return NULL;
    const int class = class_of(bytes);
    thread_cache *cache = own_cache;
    if (!cache && !(cache = enter())) return NULL;
    if (class > LAST_SMALL) return allocate_large(class);
    block *b = cache->lists[class];
    if (!b) return refill(cache, class);
    const int64_t size = (int64_t)class_size(class);
    cache->lists[class] = b->next;
    cache->counts[class]--;
    add(&cache->in_use, size);
    add(&cache->cached, -size);
    return b;
}

static __attribute__((noinline)) void deallocate_large(block *b, int class) {
    const size_t size = class_size(class);
    atomic_fetch_sub_explicit(&large_in_use, (int64_t)size, memory_order_relaxed);
    lock();
    const bool kept = shared.cached + size <= shared.limit;
    if (kept) {
        b->next = shared.lists[class];
        shared.lists[class] = b;
        shared.cached += size;
    }
    unlock();
    if (!kept) free(b);
}

void ck_deallocate(void *pointer, size_t bytes) {
    if (!pointer) return;
    const int class = class_of(bytes);
    block *b = pointer;
    thread_cache *cache = own_cache;
    if (!cache && !(cache = enter())) {
        free(b);
        return;
    }
    if (class > LAST_SMALL) {
        deallocate_large(b, class);
        return;
    }
    const size_t size = class_size(class);
    b->next = cache->lists[class];
    cache->lists[class] = b;
    add(&cache->in_use, -(int64_t)size);
    add(&cache->cached, (int64_t)size);
    if (++cache->counts[class] * size > list_limit) spill(cache, class, cache->counts[class] / 2);
}

void ck_empty_cache(void) {
    if (own_cache)
        for (int class = 0; class <= LAST_SMALL; class++) spill(own_cache, class, UINT32_MAX);
    for (int class = 0; class < CLASS_COUNT; class++) {
        lock();
        block *b = shared.lists[class];
        shared.lists[class] = NULL;
        for (block *c = b; c; c = c->next) shared.cached -= class_size(class);
        unlock();
        while (b) {
            block *next = b->next;
            free(b);
            b = next;
        }
    }
}

void ck_memory_statistics(size_t *in_use, size_t *cached) {
    lock();
    int64_t used = atomic_load(&large_in_use), kept = (int64_t)shared.cached;
    for (thread_cache *t = shared.threads; t; t = t->next) {
        used += atomic_load_explicit(&t->in_use, memory_order_relaxed);
        kept += atomic_load_explicit(&t->cached, memory_order_relaxed);
    }
    unlock();
    *in_use = used > 0 ? (size_t)used : 0;
    *cached = kept > 0 ? (size_t)kept : 0;
}
