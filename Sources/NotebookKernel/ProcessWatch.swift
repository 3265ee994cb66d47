import Glibc
import JupyterProtocol

/// What happens to the kernel's process from outside: signals, and the end of the process that
/// launched it.
public enum ProcessWatch {
    /// SIGINT interrupts the cell, SIGTERM and SIGHUP end the kernel in good order.
    public static func handleSignals(for kernel: Kernel) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return log("signals cannot be handled") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reader, writer) = (ends[0], ends[1])
        handlerDescriptor = writer
        // Handlers, unlike masks and ignored signals, are not inherited by the compiler's processes.
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { number in
                var byte = UInt8(truncatingIfNeeded: number)
                write(handlerDescriptor, &byte, 1)
            }
        }
        // A host that is gone is an error of the call, not the end of the kernel.
        signal(SIGPIPE) { _ in }
        startThread {
            var byte: UInt8 = 0
            while true {
                let count = read(reader, &byte, 1)
                guard count == 1 || errno == EINTR else { return }
                if Int32(byte) == SIGINT { kernel.interrupt() } else { kernel.finish() }
            }
        }
    }

    /// Ends the kernel when the process that launched it (`JPY_PARENT_PID`) is gone.
    public static func followParent(of kernel: Kernel) {
        guard let parent = getenv("JPY_PARENT_PID").flatMap({ pid_t(String(cString: $0)) }),
            parent > 1
        else { return }
        let isChild = getppid() == parent
        startThread {
            while !(isChild ? getppid() != parent : kill(parent, 0) != 0 && errno == ESRCH) {
                sleep(1)
            }
            kernel.finish()
        }
    }
}

/// Where the signal handler writes what came: it may do little else. A literal needs no lazy
/// initialiser, which a handler must not run.
nonisolated(unsafe) private var handlerDescriptor: Int32 = -1
