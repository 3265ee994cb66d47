/// What each thread keeps for autograd: read on every operator, so it must cost a nanosecond.
#pragma once
#include <stdbool.h>

typedef struct ck_thread_state {
    /// Operators record gradients.
    bool grad_enabled;
    /// The list of graph nodes that this thread is destroying; owned by Swift.
    void *_Nullable pending_release;
} ck_thread_state;

extern _Thread_local ck_thread_state ck_thread;

static inline ck_thread_state *_Nonnull ck_state(void) { return &ck_thread; }
