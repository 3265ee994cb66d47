/// The thread pool of the CPU backend.
#pragma once

/// Runs body(context, begin, end) over [0, count) in chunks of at least `grain`; the caller takes
/// part and returns when all is done. Runs on the caller alone when there is too little to share,
/// when called from inside a parallel body, and while another thread uses the pool.
void ck_parallel(int64_t count, int64_t grain, void (*_Nonnull body)(void *_Nullable context, int64_t begin, int64_t end),
                 void *_Nullable context);
/// The threads that share work: at first FLAMBEAU_NUM_THREADS or OMP_NUM_THREADS, or the number of
/// cores that the process may use.
int ck_thread_count(void);
void ck_set_thread_count(int count);
/// Makes the calling thread one beside the pool: it has the name that tools show (up to 15 bytes), and
/// from now on runs all its work alone.
void ck_thread_beside_pool(const char *_Nonnull name);
/// Frees the pool after a body of the calling thread was left by a jump, so that later calls share
/// work again. Does nothing on a thread that does not hold it.
void ck_parallel_recover(void);
