/// What a waiting loop does each turn, so that a sibling hardware thread gets the core.
#pragma once

static inline void ck_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}
