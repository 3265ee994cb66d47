// The C streams that Swift's print, readLine and fatalError use.
#include "Internal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <string.h>
#include <unistd.h>

ssize_t (*ch_read_input)(char *, size_t);

static void write_all(int descriptor, const char *text, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, text, count);
        if (written < 0 && errno != EINTR) return;
        if (written > 0) text += written, count -= (size_t)written;
    }
}

static bool contains(const char *text, size_t count, const char *part) {
    return memmem(text, count, part, strlen(part)) != NULL;
}

// The words with which Swift's runtime announces that it is about to stop the program.
static bool are_last_words(const char *text, size_t count) {
    static const char *const words[] = {
        "Fatal error", "Precondition failed", "Assertion failed", "Could not cast value of type",
        "Simultaneous accesses to", "SWIFT TASK CONTINUATION", "freed pointer", "corrupted",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (contains(text, count, words[i])) return true;
    return false;
}

// They become the error's message, so they are kept until the thread has stopped or gone on.
static ssize_t write_stderr(void *cookie, const char *text, size_t count) {
    ch_flush_output_if_free();
    Thread *thread = current_thread;
    if (thread && (thread->held_count || are_last_words(text, count))
        && count < MaxHeldText - 1 - thread->held_count) {
        memcpy(thread->held + thread->held_count, text, count);
        thread->held_count += count;
    } else {
        write_all(STDERR_FILENO, text, count);
    }
    return (ssize_t)count;
}

const char *ch_last_words(const CHThread *public) {
    Thread *thread = (Thread *)public;
    thread->held[thread->held_count] = 0;
    return thread->held;
}

static ssize_t read_stdin(void *cookie, char *buffer, size_t capacity) {
    ch_flush_output();
    return ch_read_input ? ch_read_input(buffer, capacity) : 0;
}

static void open_stdin(void) {
    stdin = fopencookie(NULL, "r", (cookie_io_functions_t){.read = read_stdin});
}

static void open_stderr(void) {
    stderr = fopencookie(NULL, "w", (cookie_io_functions_t){.write = write_stderr});
    setvbuf(stderr, NULL, _IONBF, 0);
}

// The process's own descriptors once more, out of the way of what a program opens and closes.
static int kept_descriptors[3];
enum { FirstKeptDescriptor = 200 };

void streams_restore(void) {
    for (int i = 0; i < 3; i++)
        if (fcntl(i, F_GETFD) < 0) dup2(kept_descriptors[i], i);
}

void streams_start(void) {
    for (int i = 0; i < 3; i++) kept_descriptors[i] = fcntl(i, F_DUPFD_CLOEXEC, FirstKeptDescriptor);
    setvbuf(stdout, NULL, _IOLBF, 1 << 16);
    open_stdin();
    open_stderr();
}

void ch_flush_output_if_free(void) {
    if (ftrylockfile(stdout) != 0) return;
    if (__fpending(stdout)) fflush_unlocked(stdout);
    funlockfile(stdout);
}

void ch_flush_output(void) {
    Thread *thread = current_thread;
    if (thread && thread->held_count) {
        write_all(STDERR_FILENO, thread->held, thread->held_count);
        thread->held_count = 0;
    }
    ch_flush_output_if_free();
}

// glibc's stream lock, which a thread that stopped inside print still holds.
static bool is_locked_by(FILE *stream, const Thread *thread) {
    struct { int lock; int count; void *owner; } *lock = (void *)stream->_lock;
    return lock->owner == (void *)thread->handle;
}

void ch_recover_streams(CHThread *public) {
    const Thread *thread = (const Thread *)public;
    if (is_locked_by(stdout, thread)) {
        write_all(STDOUT_FILENO, stdout->_IO_write_base, (size_t)(stdout->_IO_write_ptr - stdout->_IO_write_base));
        stdout = fdopen(dup(STDOUT_FILENO), "w");
        setvbuf(stdout, NULL, _IOLBF, 1 << 16);
    }
    if (is_locked_by(stderr, thread)) open_stderr();
    if (is_locked_by(stdin, thread)) open_stdin();
}
