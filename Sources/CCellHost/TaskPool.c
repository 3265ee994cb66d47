// Threads for Swift's global executor. Dispatch's own pool has as many threads as the machine has
// cores and cannot replace one, so two trapped tasks would end concurrency for good.
#include "Internal.h"
#include <stdlib.h>
#include <unistd.h>

#define SWIFT_CALL __attribute__((swiftcall))

extern void *swift_task_enqueueGlobal_hook;
extern SWIFT_CALL void swift_job_run(void *job, void *identity, void *implementation);

enum { MaxThreads = 64 };

typedef struct Job {
    struct Job *next;
    void *job;
    uint32_t owner;
} Job;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static Job *first, **last = &first;
static Thread *threads[MaxThreads];

// --- Whose task a job is
//
// A cell that awaits owns its body and the child tasks below it. When the user has stopped the
// cell, a body that does not heed its cancellation would go on, often faster than before, since
// a cancelled task does not sleep: its jobs are dropped instead. Tasks that nobody waits for
// (`Task { … }`) belong to no cell and go on.

enum { Owners = 1 << 16 };

static uint32_t last_owner;
static atomic_bool is_dropped[Owners];
// Who owns a task, by a hash of its address. What is pushed out by another goes on unowned.
static struct { void *job; uint32_t owner; } owners[Owners];

static uint32_t job_flags(const void *job) { return ((const uint32_t *)job)[8]; }
static bool is_task(const void *job) { return (job_flags(job) & 0xff) == 0; }
static bool is_child_task(const void *job) { return job_flags(job) >> 24 & 1; }
static bool drops(uint32_t owner) { return owner && atomic_load(&is_dropped[owner % Owners]); }

// The owner of a job that the calling thread makes ready. Called with the lock held.
static uint32_t owner_of(void *job) {
    if (!is_task(job)) return 0;
    size_t slot = ((uintptr_t)job >> 4) * 2654435761u % Owners;
    const Thread *self = current_thread;
    uint32_t owner = owners[slot].job == job ? owners[slot].owner : 0;
    if (self && self->owner && (self->public.role == CHRoleCell || is_child_task(job))) owner = self->owner;
    if (owner) {
        owners[slot].job = job;
        owners[slot].owner = owner;
    }
    return owner;
}

uint32_t ch_begin_tasks(void) {
    uint32_t owner = ++last_owner;
    atomic_store(&is_dropped[owner % Owners], false);
    current_thread->owner = owner;
    return owner;
}

void ch_body_started(void) { current_thread->owner = 0; }

void ch_drop_tasks(uint32_t owner, bool drop) { atomic_store(&is_dropped[owner % Owners], drop); }

bool ch_pool_interrupt_dropped(void) {
    bool found = false;
    for (int i = 0; i < MaxThreads; i++) {
        if (!threads[i] || !atomic_load(&threads[i]->busy_since) || !drops(threads[i]->owner)) continue;
        found = true;
        ch_interrupt(&threads[i]->public, false);
    }
    return found;
}

static void *run_jobs(void *argument) {
    Thread *self = current_thread;
    for (;;) {
        ch_hold_interrupts(true);
        pthread_mutex_lock(&lock);
        while (!first) pthread_cond_wait(&work, &lock);
        Job *next = first;
        first = next->next;
        if (!first) last = &first;
        pthread_mutex_unlock(&lock);
        void *job = next->job;
        self->owner = next->owner;
        free(next);
        if (drops(self->owner)) {
            ch_hold_interrupts(false);
            continue;
        }
        atomic_store(&self->interrupted, false);
        atomic_store(&self->busy_since, now_ms());
        ch_hold_interrupts(false);
        swift_job_run(job, NULL, NULL);
        atomic_store(&self->busy_since, 0);
        self->owner = 0;
    }
    return NULL;
}

static SWIFT_CALL void enqueue(void *job, void *original) {
    Job *entry = malloc(sizeof(Job));
    ch_hold_interrupts(true);
    pthread_mutex_lock(&lock);
    *entry = (Job){NULL, job, owner_of(job)};
    *last = entry;
    last = &entry->next;
    pthread_cond_signal(&work);
    pthread_mutex_unlock(&lock);
    ch_hold_interrupts(false);
}

void ch_pool_start(void) {
    long width = sysconf(_SC_NPROCESSORS_ONLN);
    // A few more than cores: user code may block a thread on a semaphore.
    width = width < 4 ? 4 : width > MaxThreads ? MaxThreads : width;
    for (long i = 0; i < width; i++) threads[i] = thread_create(CHRolePool, run_jobs, NULL);
    swift_task_enqueueGlobal_hook = (void *)enqueue;
}

void ch_pool_replace(CHThread *lost) {
    for (int i = 0; i < MaxThreads; i++)
        if (threads[i] == (Thread *)lost) threads[i] = thread_create(CHRolePool, run_jobs, NULL);
}

const Thread *pool_thread_that_threw(const void *error) {
    for (int i = 0; i < MaxThreads; i++)
        if (threads[i] && threads[i]->thrown == error) return threads[i];
    return NULL;
}

void ch_pool_interrupt_busy(int milliseconds, bool force) {
    int64_t now = now_ms();
    for (int i = 0; i < MaxThreads; i++) {
        if (!threads[i]) continue;
        int64_t since = atomic_load(&threads[i]->busy_since);
        if (since && now - since >= milliseconds) ch_interrupt(&threads[i]->public, force);
    }
}
