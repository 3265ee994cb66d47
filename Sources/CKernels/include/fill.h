/// One element again and again.
#pragma once

/// Repeats an element of `width` bytes (1, 2, 4, 8 or 16), on the calling thread.
void ck_repeat(size_t width, const void *value, void *out, int64_t count);
/// The same, shared among threads.
void ck_fill(size_t width, const void *value, void *out, int64_t count);
