// What the code of a lowered cell calls. Names begin with an underscore: they are not for users.

/// Shows the value of a cell's last expression; one without a value shows nothing, nor does one that
/// has shown something itself.
///
/// One function decides this when it runs: an overload for `Void` would be preferred where a
/// closure's result decides the type, and `await Task { 1 }.value` would lose its value.
public func _showResult<T>(_ value: T) {
    if T.self == Void.self || T.self == Void?.self { return }
    // A cell that ends with `display(x)` has shown what it wants.
    if value is DisplayHandle { return }
    DisplaySink.current.result(MIMEBundle(showing: value))
}

/// A last expression whose value cannot be copied, and so only be named.
@_disfavoredOverload
public func _showResult<T: ~Copyable>(_ value: borrowing T) {
    DisplaySink.current.result(MIMEBundle(["text/plain": "\(T.self)"]))
}

/// Takes the value of a last expression that a semicolon silences.
public func _discardResult<T: ~Copyable>(_ value: borrowing T) {}

/// Runs the body of a cell that awaits; the host's way of doing so.
public nonisolated(unsafe) var _asyncCellRunner: (@escaping @Sendable () async throws -> Void) -> Void = { _ in }

/// Runs the body of a cell that awaits, and returns when it has ended.
public func _runAsyncCell(_ body: @escaping @Sendable () async throws -> Void) {
    _reachedLine = 0
    _asyncCellRunner(body)
}

/// The line of the statement that the body of the awaiting cell began last: its stack does not tell.
public private(set) nonisolated(unsafe) var _reachedLine = 0

/// Says that the body of an awaiting cell begins the statement on a line.
public func _reach(line: Int) { _reachedLine = line }

/// Carries the initial value of a global variable from a cell's body, where it may be awaited,
/// to the variable's initializer, which cannot await and runs when the variable is first read.
public final class _CellSlot: @unchecked Sendable {
    private final class Box<T> {
        let value: T
        init(_ value: T) { self.value = value }
    }
    private var box: AnyObject?

    public init() {}

    /// Puts the value there; the variable must be read next.
    public func put<T>(_ value: T) { box = Box(value) }

    /// The value that was put. The closure is never called: it gives the value its type.
    public func take<T>(_ type: () async throws -> T) -> T {
        defer { box = nil }
        return unsafeDowncast(box!, to: Box<T>.self).value
    }

    /// For a variable declared without a value: zeroed memory, which releases as nothing.
    public static func unset<T>() -> T {
        withUnsafeTemporaryAllocation(of: T.self, capacity: 1) { buffer in
            UnsafeMutableRawBufferPointer(buffer).initializeMemory(as: UInt8.self, repeating: 0)
            return buffer.baseAddress!.pointee
        }
    }
}
