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
} Job;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static Job *first, **last = &first;
static Thread *threads[MaxThreads];

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
        free(next);
        atomic_store(&self->interrupted, false);
        atomic_store(&self->busy_since, now_ms());
        ch_hold_interrupts(false);
        swift_job_run(job, NULL, NULL);
        atomic_store(&self->busy_since, 0);
    }
    return NULL;
}

static SWIFT_CALL void enqueue(void *job, void *original) {
    Job *entry = malloc(sizeof(Job));
    *entry = (Job){NULL, job};
    ch_hold_interrupts(true);
    pthread_mutex_lock(&lock);
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
