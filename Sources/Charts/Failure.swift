/// What ends the caller with a message; the host of cells sets it, so that the cell alone is stopped
/// and its message is shown. It must not return.
package nonisolated(unsafe) var chartFailureHandler: ((_ message: String) -> Void)?

/// Stops the caller if what it was given does not fit. In contrast to `precondition`, the message is
/// kept where the library is compiled with optimisation.
package func require(_ condition: Bool, _ message: @autoclosure () -> String) {
    if condition { return }
    let message = message()
    chartFailureHandler?(message)
    fatalError(message)
}
