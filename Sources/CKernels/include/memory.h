/// The caching allocator: freed blocks are kept by size class, so that large results do not pay
/// for page faults again and again.
#pragma once

/// A block of at least `bytes`, aligned to 64 bytes; a valid one for 0 bytes too. NULL when the
/// system has no more, even after the cache was given back.
void *ck_allocate(size_t bytes);
/// Takes a block back; `bytes` is what was asked for.
void ck_deallocate(void *pointer, size_t bytes);
/// Gives cached blocks back to the system: the shared ones and those of the calling thread.
void ck_empty_cache(void);
/// Bytes handed out and not yet freed, and bytes kept for reuse; both in whole blocks.
void ck_memory_statistics(size_t *in_use, size_t *cached);
