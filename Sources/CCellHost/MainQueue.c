// Drains the main queue, where main-actor code runs.
#include "Internal.h"
#include <poll.h>
#include <unistd.h>

// What Core Foundation uses to serve the main queue from a run loop. The queue cannot be taken
// back from a thread that faulted while draining it: main-actor code then waits for ever, and the
// user is told to restart.
extern int _dispatch_get_main_queue_handle_4CF(void);
extern void _dispatch_main_queue_callback_4CF(void *);

static _Atomic(int64_t) busy_since;

int ch_main_busy(void) {
    int64_t since = atomic_load(&busy_since);
    return since ? (int)(now_ms() - since) : 0;
}

_Noreturn void ch_drain_main_queue(void) {
    int event = _dispatch_get_main_queue_handle_4CF();
    for (;;) {
        struct pollfd descriptor = {.fd = event, .events = POLLIN};
        if (poll(&descriptor, 1, -1) > 0) {
            uint64_t count;
            (void)!read(event, &count, sizeof count);
            atomic_store(&busy_since, now_ms());
            _dispatch_main_queue_callback_4CF(NULL);
            atomic_store(&busy_since, 0);
        }
    }
}
