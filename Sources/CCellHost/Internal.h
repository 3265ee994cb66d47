// Shared by the C files of the cell host.
#ifndef CELL_HOST_INTERNAL_H
#define CELL_HOST_INTERNAL_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CCellHost.h"
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

enum { MaxHeldText = 8192 };

// A thread record with what only C needs to know. `public` comes first: they share an address.
typedef struct Thread {
    CHThread public;
    pid_t tid;
    pthread_t handle;
    uintptr_t stack_low, stack_high;
    void *signal_stack;
    atomic_int stopping;            // set once the thread reports its end
    atomic_bool interrupted;        // an interrupt waits for a place to stop
    _Atomic(int64_t) interrupted_at;
    atomic_bool forced;
    uint32_t owner;                 // whose tasks the thread runs or starts, see TaskPool.c; 0: nobody's
    _Atomic(int64_t) busy_since;    // a pool thread's current job, in ms; 0 when idle
    sigjmp_buf unwind_failed;
    volatile sig_atomic_t unwinding;
    // The last throw on this thread, so that an uncaught error has a line.
    void *thrown;
    int thrown_count;
    uintptr_t thrown_addresses[CHMaxAddresses];
    void *(*start)(void *);
    void *argument;
    size_t held_count;
    char held[MaxHeldText];
} Thread;

extern _Thread_local Thread *current_thread __attribute__((tls_model("initial-exec")));

enum { SignalStackSize = 64 * 1024, UserStackSize = 64 * 1024 * 1024 };

int interrupt_signal(void);
int64_t now_ms(void);
void *real_function(const char *name);

// Creates a detached thread of ours with a large stack.
Thread *thread_create(CHRole role, void *(*start)(void *), void *argument);
// Publishes the calling thread's report. Safe in a signal handler.
void thread_report(Thread *thread);
// Reports, parks the thread and never returns.
_Noreturn void thread_leave(Thread *thread);

// Where a thread was: program counter, stack pointer and frame pointer, or zeros.
typedef struct { uintptr_t pc, sp, frame; } Place;
// Fills in the addresses of the calling thread's cell frames.
void record_addresses(Thread *thread, Place place);
// Collects return addresses into cells by following frame pointers. Returns their count.
int walk_frames(const Thread *thread, const uintptr_t *frame, uintptr_t *addresses);
// The thread of Swift's executor whose last throw was of this error; NULL if none was.
const Thread *pool_thread_that_threw(const void *error);
void install_signal_handlers(void);
void streams_start(void);
// Opens what a cell closed, before the next one runs.
void streams_restore(void);
bool is_in_image(uintptr_t address);
// Whether an address lies in Swift's own collections, strings and regular expressions.
bool is_in_algorithms(uintptr_t address);
void find_algorithms(void);

#endif
