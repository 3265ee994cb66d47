// Drains the main queue, where main-actor code runs, and goes on after a fault in it.
#include "Internal.h"
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

// What Core Foundation uses to serve the main queue from a run loop.
extern int _dispatch_get_main_queue_handle_4CF(void);
extern void _dispatch_main_queue_callback_4CF(void *_Nullable);

_Noreturn void ch_drain_main_queue(void) {
    Thread *thread = current_thread;
    int event = _dispatch_get_main_queue_handle_4CF();
    sigsetjmp(thread->main_loop, 1);
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
    for (;;) {
        struct pollfd descriptor = {.fd = event, .events = POLLIN};
        if (poll(&descriptor, 1, -1) > 0) {
            uint64_t count;
            (void)!read(event, &count, sizeof count);
            _dispatch_main_queue_callback_4CF(NULL);
        }
    }
}
