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
        startThread {
            while isRunning(parent) { sleep(1) }
            kernel.finish()
        }
    }

    /// Whether a process is there and has not ended: one that nobody waited for yet is a zombie.
    private static func isRunning(_ process: pid_t) -> Bool {
        let descriptor = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = max(0, read(descriptor, &buffer, buffer.count))
        // The state follows the name, which stands in parentheses and may hold any character.
        guard let name = buffer[..<count].lastIndex(of: UInt8(ascii: ")")), name + 2 < count else {
            return false
        }
        return ![UInt8(ascii: "Z"), UInt8(ascii: "X")].contains(buffer[name + 2])
    }
}

/// Where the signal handler writes what came: it may do little else. A literal needs no lazy
/// initialiser, which a handler must not run.
nonisolated(unsafe) private var handlerDescriptor: Int32 = -1
