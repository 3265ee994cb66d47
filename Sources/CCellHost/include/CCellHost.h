// What the cell host needs below Swift: threads that survive their code, signals, and the
// standard streams. Every function here may be called from any thread unless it says otherwise.
#ifndef C_CELL_HOST_H
#define C_CELL_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma clang assume_nonnull begin

// What a thread is for.
typedef enum __attribute__((enum_extensibility(closed))) {
    CHRoleOther = 0,  // started by user code or by a library
    CHRoleCell,       // runs one cell's top-level code
    CHRolePool,       // runs Swift tasks
    CHRoleMain,       // drains the main queue
    CHRoleControl,    // talks to the kernel; its faults end the host
} CHRole;

// Why a thread stopped.
typedef enum __attribute__((enum_extensibility(closed))) {
    CHEndFinished = 0,
    CHEndSignal,
    CHEndStackOverflow,
    CHEndUncaughtError,
    CHEndExit,
    CHEndInterrupt,
    CHEndLibraryError,
} CHEnd;

enum { CHMaxAddresses = 48 };

// A thread, and once it stopped the report about it.
typedef struct CHThread {
    struct CHThread *_Nullable next;
    CHRole role;
    CHEnd end;
    int code;                   // signal or exit status
    bool abandoned;             // its report no longer matters to anybody
    char *_Nullable name;       // of an error; malloc'd
    char *_Nullable message;    // of an error; malloc'd
    bool first_is_fault;        // addresses[0] is the faulting instruction itself
    int address_count;
    uintptr_t addresses[CHMaxAddresses];  // inside cells only, innermost first
} CHThread;

// --- Threads (Threads.c)

// Makes the calling thread the main thread, installs signal handlers and the streams.
// Returns a descriptor that becomes readable when a thread has stopped.
int ch_start(void);
void ch_set_role(CHRole role);
// Runs `entry` on a new thread. The thread's end is reported like any other's.
CHThread *_Nullable ch_run_cell(int (*entry)(int, char *_Nullable *_Nullable));
// Called on the cell's thread before the entry, and after it unless the thread stops in it. The first
// gives what the second gets.
extern void *_Nullable (*_Nullable ch_cell_begins)(void);
extern void (*_Nullable ch_cell_ends)(void *);
// The next thread that stopped, or NULL. The control thread calls this and ch_release.
CHThread *_Nullable ch_next_report(void);
// What Swift's runtime said before it stopped the thread, kept back from stderr.
const char *ch_last_words(const CHThread *thread);
// Frees a finished thread's record; gives an abandoned thread's stack back where that is safe.
void ch_release(CHThread *thread);
// Stops the calling thread for good and reports why. Strings are copied.
_Noreturn void ch_stop(CHEnd end, int code, const char *_Nullable name, const char *_Nullable message);
// True on the threads that run user code.
bool ch_may_stop(void);

// --- Interrupts (Signals.c)

// Asks a thread to stop at the next place where that harms nobody; repeat until its report
// comes. With `force` it stops wherever it is.
void ch_interrupt(CHThread *thread, bool force);
// Stops the calling thread here and now; returns where it is one that cannot be stopped.
void ch_interrupt_self(void);
// Holds interrupts back on the calling thread while it must not be left half way.
void ch_hold_interrupts(bool hold);

// --- Cells in memory (Images.c)

void ch_add_image(uint32_t image, void *handle);
// Finds the image that an address lies in.
bool ch_find_image(uintptr_t address, uint32_t *image, uint64_t *offset);

// --- Conformances (Conformances.c)

// Says which cell the calling thread is about to load; 0 when it has.
void ch_begin_loading(uint32_t image);
// Gives a cell that runs again the last word about what it conforms to what.
void ch_prefer_conformances(uint32_t image);

// --- Swift tasks (TaskPool.c)

// Runs Swift's global executor on threads of ours, so that one lost to a fault is replaced.
void ch_pool_start(void);
void ch_pool_replace(CHThread *lost);
// Interrupts the pool's threads that have run one job for longer than `milliseconds`.
void ch_pool_interrupt_busy(int milliseconds, bool force);
// Says that the cell whose thread calls this starts its body as a task; returns what names this
// task and the child tasks below it. The body has been started when `ch_body_started` is called.
uint32_t ch_begin_tasks(void);
void ch_body_started(void);
// Whether these tasks are left where they wait or run next, instead of going on.
void ch_drop_tasks(uint32_t owner, bool drop);
// Interrupts the pool's threads that run dropped tasks; true if there are any. Repeat until not.
bool ch_pool_interrupt_dropped(void);

// --- Standard streams (Streams.c)

// Called for a line of standard input; fills the buffer and returns the count, 0 at the end.
extern ssize_t (*_Nullable ch_read_input)(char *buffer, size_t capacity);
void ch_flush_output(void);
// Flushes output if nobody writes at this moment.
void ch_flush_output_if_free(void);
// Takes the streams back from a thread that stopped while it used them.
void ch_recover_streams(CHThread *thread);

// Makes the place where a task threw an error the one that the calling thread's end will report.
void ch_adopt_throw(void *error);

// Called with a Swift error that nothing caught; it ends in ch_stop.
extern void (*_Nullable ch_uncaught_error)(void *error);

// --- The main queue (MainQueue.c)

_Noreturn void ch_drain_main_queue(void);
// For how many milliseconds main-actor code has kept the main thread; for ever if it faulted.
int ch_main_busy(void);

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif

#endif
