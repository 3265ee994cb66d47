/// What each thread keeps for autograd: read on every operator, so it must cost a nanosecond.
#pragma once
#include <stdbool.h>

typedef struct ck_thread_state {
    /// Operators record gradients; never inside inference mode.
    bool grad_enabled;
    /// New tensors are inference tensors.
    bool inference_mode;
    /// What packs tensors that are saved for a backward pass, innermost; owned by Swift.
    void *_Nullable saved_tensor_hooks;
    /// The node whose gradients are being computed, in anomaly mode; owned by Swift.
    void *_Nullable evaluated_node;
    /// The list of graph nodes that this thread is destroying; owned by Swift.
    void *_Nullable pending_release;
    /// What random functions draw from instead of the default generator; owned by Swift.
    void *_Nullable generator;
} ck_thread_state;

extern _Thread_local ck_thread_state ck_thread;

static inline ck_thread_state *_Nonnull ck_state(void) { return &ck_thread; }
