/// The thread pool of the CPU backend.
#pragma once

/// Runs body(context, begin, end) over [0, count) in chunks of at least `grain`; the caller takes
/// part and returns when all is done. Runs on the caller alone when there is too little to share,
/// and when called from inside a parallel body.
void ck_parallel(int64_t count, int64_t grain, void (*body)(void *context, int64_t begin, int64_t end), void *context);
int ck_thread_count(void);
void ck_set_thread_count(int count);
