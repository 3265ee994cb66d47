// The ways in which a program ends itself. The host's definitions stand in front of the C and
// Swift libraries' for every cell and library loaded into it, and cost the caller its thread only.
#include "Internal.h"
#include <string.h>
#include <unistd.h>

#define SWIFT_CALL __attribute__((swiftcall))

void (*ch_uncaught_error)(void *error);

static pid_t host_process;

static _Noreturn void end(int status, const char *name) {
    // A forked child ends as usual, and so does the host when its own code asks.
    if (ch_may_stop() && getpid() == host_process) ch_stop(CHEndExit, status, NULL, NULL);
    void (*real)(int) = (void (*)(int))real_function(name);
    real(status);
    __builtin_unreachable();
}

__attribute__((visibility("default"))) void exit(int status) { end(status, "exit"); }
__attribute__((visibility("default"))) void _exit(int status) { end(status, "_exit"); }
__attribute__((visibility("default"))) void _Exit(int status) { end(status, "_Exit"); }
__attribute__((visibility("default"))) void quick_exit(int status) { end(status, "quick_exit"); }

// A cell whose thread left like this would never be reported as ended. Threads that user code
// started may leave as they like.
__attribute__((visibility("default"))) void pthread_exit(void *value) {
    Thread *thread = current_thread;
    if (thread && thread->public.role != CHRoleOther && ch_may_stop())
        ch_stop(CHEndExit, 0, NULL, "the thread of the cell ended itself; the session goes on and keeps its variables");
    void (*real)(void *) = (void (*)(void *))real_function("pthread_exit");
    real(value);
    __builtin_unreachable();
}

// The main queue is served as it is: what remains of this is to wait until interrupted.
__attribute__((visibility("default"))) void dispatch_main(void) {
    for (;;) pause();
}

// Swift calls this where top-level code throws.
__attribute__((visibility("default"))) SWIFT_CALL void swift_errorInMain(void *error) {
    Thread *thread = current_thread;
    if (thread && thread->thrown == error) {
        thread->public.address_count = thread->thrown_count;
        memcpy(thread->public.addresses, thread->thrown_addresses, sizeof thread->thrown_addresses);
    }
    ch_uncaught_error(error);
}

// Swift calls this for every throw: walking the frame pointers is all that it may cost.
static void note_throw(void *error) {
    Thread *thread = current_thread;
    if (!thread) return;
    thread->thrown = error;
    thread->thrown_count = walk_frames(thread, __builtin_frame_address(0), thread->thrown_addresses);
}

void ch_adopt_throw(void *error) {
    Thread *self = current_thread;
    const Thread *thrower = pool_thread_that_threw(error);
    if (!self || !thrower) return;
    self->public.first_is_fault = false;
    self->public.address_count = thrower->thrown_count;
    memcpy(self->public.addresses, thrower->thrown_addresses, sizeof thrower->thrown_addresses);
}

extern void _swift_setWillThrowHandler(void (*handler)(void *));

__attribute__((constructor)) static void watch_endings(void) {
    host_process = getpid();
    _swift_setWillThrowHandler(note_throw);
}
