import Synchronization

// What a variable held when nothing can reach it any more.
//
// The compiler takes a cell's top level for code that runs once: where it runs again, a variable
// gets its value as if it had none, and what it held would stay in memory for ever, as would what a
// variable holds that a later cell declares anew. So a cell has for each such variable a function
// that keeps its value, for the host to release when the time has come.

private struct Releases: @unchecked Sendable { var all: [() -> Void] = [] }
private let kept = Mutex(Releases())

/// Keeps what a variable holds, which will be lost without being released.
public func _keepReplaced<T>(_ value: T) {
    // A function's value comes here in another form than the variable has it.
    guard !_isPOD(T.self), _isBitwiseTakable(T.self), !_typeName(T.self).contains("->") else { return }
    let copy = UnsafeMutablePointer<T>.allocate(capacity: 1)
    copy.initialize(to: value)
    kept.withLock { state in
        state.all.append {
            // Once for the copy, once for the variable.
            copy.deinitialize(count: 1)
            copy.deinitialize(count: 1)
            copy.deallocate()
        }
    }
}

/// How to release what has been kept.
public func _takeReplaced() -> [() -> Void] {
    kept.withLock { state in
        defer { state.all = [] }
        return state.all
    }
}
