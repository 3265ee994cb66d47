import Glibc

/// Writes one line about something odd to the process's standard error, where the server
/// that started the kernel shows it.
public func log(_ message: @autoclosure () -> String) {
    let line = "flambeau: \(message())\n"
    _ = line.utf8.withContiguousStorageIfAvailable { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
