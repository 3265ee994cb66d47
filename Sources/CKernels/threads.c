// The thread pool: one job at a time, an atomic counter of chunks, workers that spin for a short
// while after a job and then sleep on a futex.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CKernels.h"
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "pause.h"

typedef void (*chunk_body)(void *, int64_t, int64_t);

static struct {
    /// Held by the caller whose job is running; who does not get it runs its work alone.
    _Alignas(64) atomic_flag busy;
    /// The number of the job; workers sleep on it.
    _Alignas(64) _Atomic(uint32_t) job;
    /// The job's number (high half) and the next chunk to take: a worker that comes late cannot
    /// take a chunk of a job that it has not read.
    _Alignas(64) _Atomic(uint64_t) next;
    _Alignas(64) _Atomic(uint32_t) done;
    _Atomic(chunk_body) body;
    _Atomic(void *) context;
    _Atomic(int64_t) count, chunk;
    _Atomic(uint32_t) chunks;
    /// The caller's modes, which workers take over.
    _Atomic(bool) grad_enabled, inference_mode;
    _Atomic(int) sleeping, wanted;
    int started;
} pool = {.busy = ATOMIC_FLAG_INIT};

static _Thread_local bool inside;
static _Thread_local bool holds;
/// About 100 µs: longer than the gap between the operators of a training step.
static const int spins_before_sleep = 4000;
static const int chunks_per_thread = 4;

static void futex(int operation, uint32_t value) {
    syscall(SYS_futex, &pool.job, operation, value, NULL, NULL, 0);
}

/// Takes and runs chunks of a job until there are no more.
static void help(uint32_t job) {
    for (;;) {
        uint64_t v = atomic_load_explicit(&pool.next, memory_order_acquire);
        const uint32_t index = (uint32_t)v;
        if ((uint32_t)(v >> 32) != job) return;
        if (index >= atomic_load_explicit(&pool.chunks, memory_order_acquire)) return;
        const chunk_body body = atomic_load_explicit(&pool.body, memory_order_acquire);
        void *context = atomic_load_explicit(&pool.context, memory_order_acquire);
        const int64_t count = atomic_load_explicit(&pool.count, memory_order_acquire);
        const int64_t chunk = atomic_load_explicit(&pool.chunk, memory_order_acquire);
        const bool grad_enabled = atomic_load_explicit(&pool.grad_enabled, memory_order_acquire);
        const bool inference_mode = atomic_load_explicit(&pool.inference_mode, memory_order_acquire);
        // Only if the job is still the one read above is the chunk ours.
        if (!atomic_compare_exchange_weak_explicit(
                &pool.next, &v, v + 1, memory_order_acq_rel, memory_order_acquire))
            continue;
        if (!holds) {
            ck_thread.grad_enabled = grad_enabled;
            ck_thread.inference_mode = inference_mode;
        }
        const int64_t begin = (int64_t)index * chunk;
        body(context, begin, begin + chunk < count ? begin + chunk : count);
        atomic_fetch_add_explicit(&pool.done, 1, memory_order_release);
    }
}

static void *work(void *argument) {
    const int number = (int)(intptr_t)argument;
    uint32_t seen = 0;
    inside = true;
    for (;;) {
        uint32_t job;
        int spins = 0;
        while ((job = atomic_load_explicit(&pool.job, memory_order_acquire)) == seen) {
            if (++spins < spins_before_sleep) {
                ck_pause();
                continue;
            }
            atomic_fetch_add(&pool.sleeping, 1);
            futex(FUTEX_WAIT_PRIVATE, seen);
            atomic_fetch_sub(&pool.sleeping, 1);
            spins = 0;
        }
        seen = job;
        if (number < atomic_load_explicit(&pool.wanted, memory_order_relaxed)) help(job);
    }
    return NULL;
}

static int initial_count(void) {
    static const char *const names[] = {"FLAMBEAU_NUM_THREADS", "OMP_NUM_THREADS"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = getenv(names[i]);
        const int value = text ? atoi(text) : 0;
        if (value > 0) return value;
    }
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? (int)cores : 1;
}

int ck_thread_count(void) {
    int count = atomic_load_explicit(&pool.wanted, memory_order_relaxed);
    if (count == 0) {
        int none = 0;
        atomic_compare_exchange_strong(&pool.wanted, &none, initial_count());
        count = atomic_load_explicit(&pool.wanted, memory_order_relaxed);
    }
    return count;
}

void ck_set_thread_count(int count) { atomic_store(&pool.wanted, count < 1 ? 1 : count); }

void ck_parallel_alone(void) { inside = true; }

/// Starts workers up to the wanted number; called by who holds the pool.
static void start_workers(int threads) {
    while (pool.started < threads - 1) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, work, (void *)(intptr_t)(pool.started + 1)) != 0) return;
        pthread_detach(thread);
        pool.started++;
    }
}

static void finish(void) {
    inside = holds = false;
    atomic_flag_clear_explicit(&pool.busy, memory_order_release);
}

static void wait_for_workers(uint32_t chunks) {
    int spins = 0;
    while (atomic_load_explicit(&pool.done, memory_order_acquire) < chunks) {
        if (++spins > 20000) {
            sched_yield();
            spins = 0;
        } else {
            ck_pause();
        }
    }
}

void ck_parallel(int64_t count, int64_t grain, chunk_body body, void *context) {
    if (count <= 0) return;
    if (grain < 1) grain = 1;
    const int threads = ck_thread_count();
    if (inside || threads == 1 || count < 2 * grain
        || atomic_flag_test_and_set_explicit(&pool.busy, memory_order_acquire)) {
        body(context, 0, count);
        return;
    }
    start_workers(threads);
    int64_t chunks = count / grain;
    if (chunks > (int64_t)threads * chunks_per_thread) chunks = (int64_t)threads * chunks_per_thread;
    // As many for each thread.
    if (chunks > threads) chunks -= chunks % threads;
    int64_t chunk = (count + chunks - 1) / chunks;
    // Whole cache lines for each thread.
    if (chunk > 1024) chunk = (chunk + 63) & ~(int64_t)63;
    chunks = (count + chunk - 1) / chunk;

    inside = holds = true;
    const uint32_t job = atomic_load(&pool.job) + 1;
    // A worker still looking at the last job must not take a chunk of it by the new numbers.
    atomic_store_explicit(&pool.next, (uint64_t)job << 32 | UINT32_MAX, memory_order_release);
    atomic_store_explicit(&pool.body, body, memory_order_release);
    atomic_store_explicit(&pool.context, context, memory_order_release);
    atomic_store_explicit(&pool.count, count, memory_order_release);
    atomic_store_explicit(&pool.chunk, chunk, memory_order_release);
    atomic_store_explicit(&pool.chunks, (uint32_t)chunks, memory_order_release);
    atomic_store_explicit(&pool.grad_enabled, ck_thread.grad_enabled, memory_order_release);
    atomic_store_explicit(&pool.inference_mode, ck_thread.inference_mode, memory_order_release);
    atomic_store_explicit(&pool.done, 0, memory_order_release);
    atomic_store_explicit(&pool.next, (uint64_t)job << 32, memory_order_release);
    atomic_store_explicit(&pool.job, job, memory_order_seq_cst);
    if (atomic_load(&pool.sleeping) > 0) futex(FUTEX_WAKE_PRIVATE, INT_MAX);
    help(job);
    wait_for_workers((uint32_t)chunks);
    finish();
}

void ck_parallel_recover(void) {
    if (!holds) {
        inside = false;
        return;
    }
    // No further chunk is given out. One chunk, the caller's own, will never be counted as done;
    // the others are waited for, for they use memory of the job.
    const uint32_t job = atomic_load(&pool.job);
    const uint64_t taken = atomic_exchange(&pool.next, (uint64_t)job << 32 | UINT32_MAX);
    const uint32_t chunks = atomic_load(&pool.chunks), given = (uint32_t)taken;
    wait_for_workers((given < chunks ? given : chunks) - 1);
    finish();
}
