/// The kinds of programming error that PyTorch tells apart, by the name of the Python exception.
public enum FailureKind: String, Sendable {
    case runtimeError = "RuntimeError"
    case valueError = "ValueError"
    case typeError = "TypeError"
    case indexError = "IndexError"
    case notImplemented = "NotImplementedError"
    case assertionError = "AssertionError"
    case keyError = "KeyError"
    case linearAlgebra = "LinAlgError"
}

/// Called with the kind and the message of a programming error, before the process traps.
///
/// A notebook's host sets it, to stop the cell alone. It does not return to the library.
nonisolated(unsafe) public var failureHandler: ((_ kind: String, _ message: String) -> Void)?

/// Stops on a programming error: shapes, types or devices that don't fit. Messages are PyTorch's.
@inline(never)
public func fail(_ message: String, _ kind: FailureKind = .runtimeError) -> Never {
    AnomalyMode.explainFailure()
    ProgrammingError.endCapture(kind, message)
    failureHandler?(kind.rawValue, message)
    fatalError("\(kind.rawValue): \(message)")
}

/// Stops with the message unless the condition holds.
@inline(__always)
func check(_ condition: Bool, _ message: @autoclosure () -> String, _ kind: FailureKind = .runtimeError) {
    if !condition { fail(message(), kind) }
}
