// Threads that run user code. One that faults is parked for ever instead of being unwound:
// other threads may still point into its stack, and no lock it holds is left in a half state
// that somebody else could see.
#include "Internal.h"
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

_Thread_local Thread *current_thread __attribute__((tls_model("initial-exec")));

static int report_event = -1;
static _Atomic(Thread *) reports;
static pthread_key_t thread_key;

int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void *real_function(const char *name) { return dlsym(RTLD_NEXT, name); }

static void thread_free(void *argument) {
    Thread *thread = argument;
    current_thread = NULL;
    stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    munmap(thread->signal_stack, SignalStackSize);
    thread->signal_stack = NULL;
    // A cell's record belongs to the control thread.
    if (thread->public.role != CHRoleCell) free(thread);
}

// Gives the calling thread its record and a stack for signal handlers.
static void thread_adopt(Thread *thread) {
    thread->tid = gettid();
    thread->handle = pthread_self();
    pthread_attr_t attributes;
    if (pthread_getattr_np(thread->handle, &attributes) == 0) {
        void *low;
        size_t size;
        pthread_attr_getstack(&attributes, &low, &size);
        pthread_attr_destroy(&attributes);
        thread->stack_low = (uintptr_t)low;
        thread->stack_high = (uintptr_t)low + size;
    }
    thread->signal_stack = mmap(NULL, SignalStackSize, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    stack_t stack = {.ss_sp = thread->signal_stack, .ss_size = SignalStackSize};
    sigaltstack(&stack, NULL);
    current_thread = thread;
}

static void *thread_main(void *argument) {
    Thread *thread = argument;
    thread_adopt(thread);
    pthread_setspecific(thread_key, thread);
    void *result = thread->start(thread->argument);
    if (thread->public.role == CHRoleCell) {
        // From here on an interrupt must not touch the record: the control thread frees it.
        ch_hold_interrupts(true);
        ch_flush_output();
        pthread_setspecific(thread_key, NULL);
        void *stack = thread->signal_stack;
        current_thread = NULL;
        stack_t none = {.ss_flags = SS_DISABLE};
        sigaltstack(&none, NULL);
        munmap(stack, SignalStackSize);
        thread->signal_stack = NULL;
        thread_report(thread);
    }
    return result;
}

static int create(Thread *thread, pthread_t *handle, const pthread_attr_t *attributes) {
    static int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (!real) real = real_function("pthread_create");
    return real(handle, attributes, thread_main, thread);
}

// Every thread of the process comes through here, whoever starts it, so that each has a stack
// for signal handlers and a fault in it can be reported.
__attribute__((visibility("default")))
int pthread_create(pthread_t *handle, const pthread_attr_t *attributes,
                   void *(*start)(void *), void *argument) {
    Thread *thread = calloc(1, sizeof(Thread));
    if (!thread) return EAGAIN;
    thread->start = start;
    thread->argument = argument;
    int error = create(thread, handle, attributes);
    if (error) free(thread);
    return error;
}

Thread *thread_create(CHRole role, void *(*start)(void *), void *argument) {
    Thread *thread = calloc(1, sizeof(Thread));
    if (!thread) return NULL;
    thread->public.role = role;
    thread->start = start;
    thread->argument = argument;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, UserStackSize);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t handle;
    int error = create(thread, &handle, &attributes);
    pthread_attr_destroy(&attributes);
    if (error) {
        free(thread);
        return NULL;
    }
    return thread;
}

void *(*ch_cell_begins)(void);
void (*ch_cell_ends)(void *);

static void *run_entry(void *argument) {
    int (*entry)(int, char **) = (int (*)(int, char **))argument;
    static char *arguments[] = {"cell", NULL};
    void *cell = ch_cell_begins ? ch_cell_begins() : NULL;
    entry(1, arguments);
    if (cell) ch_cell_ends(cell);
    return NULL;
}

CHThread *ch_run_cell(int (*entry)(int, char **)) {
    streams_restore();
    Thread *thread = thread_create(CHRoleCell, run_entry, (void *)entry);
    return thread ? &thread->public : NULL;
}

int ch_start(void) {
    pthread_key_create(&thread_key, thread_free);
    report_event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    Thread *thread = calloc(1, sizeof(Thread));
    thread->public.role = CHRoleMain;
    thread_adopt(thread);
    find_algorithms();
    install_signal_handlers();
    streams_start();
    return report_event;
}

void ch_set_role(CHRole role) { current_thread->public.role = role; }

bool ch_may_stop(void) {
    Thread *thread = current_thread;
    return thread && thread->public.role != CHRoleControl;
}

void thread_report(Thread *thread) {
    Thread *head = atomic_load(&reports);
    do thread->public.next = head ? &head->public : NULL;
    while (!atomic_compare_exchange_weak(&reports, &head, thread));
    uint64_t one = 1;
    (void)!write(report_event, &one, sizeof one);
}

CHThread *ch_next_report(void) {
    static CHThread *pending;
    if (!pending) {
        uint64_t count;
        (void)!read(report_event, &count, sizeof count);
        // The list is newest first; hand it out in the order in which the threads stopped.
        CHThread *taken = (CHThread *)atomic_exchange(&reports, NULL);
        while (taken) {
            CHThread *next = taken->next;
            taken->next = pending;
            pending = taken;
            taken = next;
        }
    }
    CHThread *report = pending;
    if (report) pending = report->next;
    return report;
}

_Noreturn void thread_leave(Thread *thread) {
    atomic_store(&thread->stopping, 1);
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    thread_report(thread);
    for (;;) pause();
}

void ch_release(CHThread *public) {
    Thread *thread = (Thread *)public;
    free(public->name);
    free(public->message);
    public->name = public->message = NULL;
    if (public->end == CHEndFinished) {
        free(thread);
    } else if (public->end == CHEndStackOverflow && thread->stack_low) {
        // The parked thread sits on its signal stack; the runaway frames are nobody's.
        uintptr_t keep = thread->stack_high - 256 * 1024;
        if (keep > thread->stack_low)
            madvise((void *)thread->stack_low, keep - thread->stack_low, MADV_DONTNEED);
    }
}

_Noreturn void ch_stop(CHEnd end, int code, const char *name, const char *message) {
    Thread *thread = current_thread;
    ch_hold_interrupts(true);
    thread->public.end = end;
    thread->public.code = code;
    thread->public.name = name ? strdup(name) : NULL;
    thread->public.message = message ? strdup(message) : NULL;
    if (thread->public.address_count == 0) record_addresses(thread, (Place){0});
    ch_flush_output_if_free();
    thread_leave(thread);
}
