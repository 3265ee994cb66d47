/// The caching allocator: freed blocks are kept by size class, so that large results do not pay
/// for page faults again and again.
#pragma once

void *ck_allocate(size_t bytes);
void ck_deallocate(void *pointer, size_t bytes);
/// Gives cached blocks back to the system.
void ck_empty_cache(void);
/// Bytes handed out and not yet freed, and bytes kept for reuse.
void ck_memory_statistics(size_t *in_use, size_t *cached);
