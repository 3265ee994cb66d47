// Faults and interrupts.
//
// An interrupt must not leave a thread that holds the allocator's or the library's locks. A
// thread is therefore stopped only where it runs a cell's own code, or where it sleeps in the
// kernel. Anywhere else, breakpoints are put on the return addresses into cells that its stack
// shows, and it stops when the library has returned to the cell. A sort or a regular expression may
// take long to do that; Swift's own code for these holds no lock for more than a moment, and there a
// thread is stopped when the moment has passed.
#include "Internal.h"
#include <errno.h>
#include <execinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

int interrupt_signal(void) { return SIGRTMIN + 4; }

static Place context_place(const ucontext_t *context) {
#if defined(__x86_64__)
    const greg_t *registers = context->uc_mcontext.gregs;
    return (Place){registers[REG_RIP], registers[REG_RSP], registers[REG_RBP]};
#else
    return (Place){context->uc_mcontext.pc, context->uc_mcontext.sp, context->uc_mcontext.regs[29]};
#endif
}

static uintptr_t context_pc(const ucontext_t *context) { return context_place(context).pc; }

// True where the signal woke the thread from a blocking system call.
static bool was_blocked(const ucontext_t *context) {
#if defined(__x86_64__)
    const uint8_t *pc = (const uint8_t *)context_pc(context);
    return context->uc_mcontext.gregs[REG_RAX] == -EINTR && pc[-2] == 0x0f && pc[-1] == 0x05;
#else
    const uint32_t *pc = (const uint32_t *)context_pc(context);
    return (int64_t)context->uc_mcontext.regs[0] == -EINTR && pc[-1] == 0xd4000001;
#endif
}

// --- Where it happened

int walk_frames(const Thread *thread, const uintptr_t *frame, uintptr_t *addresses) {
    int count = 0;
    for (int depth = 0; depth < 256 && count < CHMaxAddresses; depth++) {
        uintptr_t here = (uintptr_t)frame;
        if (here < thread->stack_low || here > thread->stack_high - 16 || here % 8) break;
        if (is_in_image(frame[1])) addresses[count++] = frame[1];
        const uintptr_t *caller = (const uintptr_t *)frame[0];
        if (caller <= frame) break;
        frame = caller;
    }
    return count;
}

void record_addresses(Thread *thread, Place place) {
    CHThread *report = &thread->public;
    uintptr_t pc = place.pc, sp = place.sp;
    report->address_count = 0;
    report->first_is_fault = pc && is_in_image(pc);
    if (report->first_is_fault) report->addresses[report->address_count++] = pc;
    void *frames[256];
    int count = 0;
    // A fault may have left a stack that the unwinder cannot read.
    if (sigsetjmp(thread->unwind_failed, 1) == 0) {
        thread->unwinding = 1;
        count = backtrace(frames, 256);
    }
    thread->unwinding = 0;
    for (int i = 0; i < count && report->address_count < CHMaxAddresses; i++) {
        uintptr_t address = (uintptr_t)frames[i];
        if (address != pc && is_in_image(address)) report->addresses[report->address_count++] = address;
    }
    if (report->address_count == 0)
        report->address_count = walk_frames(thread, (const uintptr_t *)place.frame, report->addresses);
#if defined(__x86_64__)
    // A call to nowhere has pushed its return address and nothing else.
    if (report->address_count == 0 && sp >= thread->stack_low && sp < thread->stack_high - 8) {
        uintptr_t caller = *(const uintptr_t *)sp;
        if (is_in_image(caller)) report->addresses[report->address_count++] = caller;
    }
#endif
}

// --- Breakpoints in cells, for interrupts

#if defined(__x86_64__)
enum { MaxBreakpoints = 32, MaxScannedWords = 1 << 16 };
static struct { uint8_t *address; uint8_t original; } breakpoints[MaxBreakpoints];
static int breakpoint_count;
static atomic_flag breakpoints_busy = ATOMIC_FLAG_INIT;

static void write_code(uint8_t *address, uint8_t byte) {
    uintptr_t page = (uintptr_t)address & ~(uintptr_t)4095;
    mprotect((void *)page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC);
    *address = byte;
    mprotect((void *)page, 4096, PROT_READ | PROT_EXEC);
}

static bool follows_call(const uint8_t *address) {
    if (!is_in_image((uintptr_t)address - 8)) return false;
    if (address[-5] == 0xe8) return true;
    for (int length = 2; length <= 7; length++)  // call through a register or memory
        if (address[-length] == 0xff && (address[-length + 1] & 0x38) == 0x10) return true;
    return false;
}

static void plant_breakpoints(const Thread *thread, uintptr_t sp) {
    if (atomic_flag_test_and_set(&breakpoints_busy)) return;
    const uintptr_t *word = (const uintptr_t *)(sp & ~(uintptr_t)7);
    const uintptr_t *end = (const uintptr_t *)thread->stack_high;
    if (sp < thread->stack_low || sp >= thread->stack_high) end = word;
    if (end - word > MaxScannedWords) end = word + MaxScannedWords;
    for (; word < end && breakpoint_count < MaxBreakpoints; word++) {
        if (!is_in_image(*word)) continue;
        uint8_t *address = (uint8_t *)*word;
        bool planted = *address == 0xcc;
        if (planted || !follows_call(address)) continue;
        breakpoints[breakpoint_count].address = address;
        breakpoints[breakpoint_count++].original = *address;
        write_code(address, 0xcc);
    }
    atomic_flag_clear(&breakpoints_busy);
}

static void remove_breakpoints(void) {
    while (atomic_flag_test_and_set(&breakpoints_busy)) {}
    for (int i = 0; i < breakpoint_count; i++)
        write_code(breakpoints[i].address, breakpoints[i].original);
    breakpoint_count = 0;
    atomic_flag_clear(&breakpoints_busy);
}

// Whether a trap came from one of our breakpoints. Removes them all, and lets the thread
// run the original instruction.
static bool hit_breakpoint(ucontext_t *context) {
    uint8_t *address = (uint8_t *)context_pc(context) - 1;
    bool ours = false;
    while (atomic_flag_test_and_set(&breakpoints_busy)) {}
    for (int i = 0; i < breakpoint_count; i++) ours |= breakpoints[i].address == address;
    atomic_flag_clear(&breakpoints_busy);
    // Another thread may have removed it between our trap and now.
    if (!ours && !(is_in_image((uintptr_t)address) && *address != 0xcc)) return false;
    remove_breakpoints();
    context->uc_mcontext.gregs[REG_RIP] = (greg_t)address;
    return true;
}
#else
static void plant_breakpoints(const Thread *thread, uintptr_t sp) {}
static void remove_breakpoints(void) {}
static bool hit_breakpoint(ucontext_t *context) { return false; }
#endif

// --- Handlers

static _Noreturn void stop_interrupted(Thread *thread, Place place, bool is_return_address) {
    remove_breakpoints();
    record_addresses(thread, place);
    if (is_return_address) thread->public.first_is_fault = false;
    thread->public.end = CHEndInterrupt;
    thread_leave(thread);
}

static void on_interrupt(int signal, siginfo_t *info, void *argument) {
    Thread *thread = current_thread;
    if (!thread || !atomic_load(&thread->interrupted) || atomic_load(&thread->stopping)) return;
    enum { AlgorithmPatience = 100 };
    int saved_errno = errno;
    Place place = context_place(argument);
    if (atomic_load(&thread->forced) || is_in_image(place.pc) || was_blocked(argument)
        || (is_in_algorithms(place.pc) && now_ms() - atomic_load(&thread->interrupted_at) > AlgorithmPatience))
        stop_interrupted(thread, place, false);
    plant_breakpoints(thread, place.sp);
    errno = saved_errno;
}

static void on_fault(int signal, siginfo_t *info, void *argument) {
    Thread *thread = current_thread;
    if (signal == SIGTRAP && hit_breakpoint(argument)) {
        if (thread && atomic_load(&thread->interrupted)) stop_interrupted(thread, context_place(argument), true);
        return;
    }
    if (thread && thread->unwinding) siglongjmp(thread->unwind_failed, 1);
    if (!thread || thread->public.role == CHRoleControl || atomic_load(&thread->stopping)) {
        static const char text[] = "The cell host itself failed.\n";
        (void)!write(STDERR_FILENO, text, sizeof text - 1);
        _exit(128 + signal);
    }
    Place place = context_place(argument);
    uintptr_t sp = place.sp, address = (uintptr_t)info->si_addr;
    bool overflow = (signal == SIGSEGV || signal == SIGBUS) && address < sp + 4096
        && address + 1024 * 1024 > sp && address < thread->stack_low + 8192
        && address + 1024 * 1024 > thread->stack_low;
    thread->public.end = overflow ? CHEndStackOverflow : CHEndSignal;
    thread->public.code = signal;
    record_addresses(thread, place);
    thread_leave(thread);
}

void install_signal_handlers(void) {
    void *frames[4];
    backtrace(frames, 4);  // loads the unwinder now rather than in a handler
    struct sigaction action = {.sa_sigaction = on_fault};
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    const int faults[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) sigaction(faults[i], &action, NULL);
    action.sa_sigaction = on_interrupt;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigaction(interrupt_signal(), &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    // Ctrl-C in a terminal reaches the whole group; the kernel decides what it means.
    signal(SIGINT, SIG_IGN);
}

void ch_interrupt(CHThread *public, bool force) {
    Thread *thread = (Thread *)public;
    if (atomic_load(&thread->stopping) || !thread->tid) return;
    if (force) atomic_store(&thread->forced, true);
    if (!atomic_exchange(&thread->interrupted, true)) atomic_store(&thread->interrupted_at, now_ms());
    syscall(SYS_tgkill, getpid(), thread->tid, interrupt_signal());
}

void ch_interrupt_self(void) {
    Thread *thread = current_thread;
    if (thread && thread->public.role != CHRoleMain) ch_interrupt(&thread->public, true);
}

void ch_hold_interrupts(bool hold) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, interrupt_signal());
    pthread_sigmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}
