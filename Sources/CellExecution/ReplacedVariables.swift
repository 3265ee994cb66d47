import Glibc
internal import HostProtocol
import NotebookDisplay
import Synchronization

/// What variables hold that a cell gives new values or makes unreachable: released when it has ended.
final class ReplacedVariables {
    private let request: LoadRequest
    private var own: [() -> Void] = []

    init(_ request: LoadRequest) { self.request = request }

    private struct State: @unchecked Sendable { var cell: ReplacedVariables? }
    private static let state = Mutex(State())

    /// The cell that runs; nil when it was stopped, though its thread may go on.
    static var next: ReplacedVariables? {
        get { state.withLock { $0.cell } }
        set { nonisolated(unsafe) let cell = newValue; state.withLock { $0.cell = cell } }
    }

    /// Keeps what the cell's own variables hold. Nothing releases what a cell kept that never ended:
    /// some of its variables may hold that still.
    static func begin() -> UnsafeMutableRawPointer? {
        guard let cell = next else { return nil }
        cell.own = kept(by: cell.request.replaced)
        return Unmanaged.passRetained(cell).toOpaque()
    }

    static func end(_ pointer: UnsafeMutableRawPointer) {
        let cell = Unmanaged<ReplacedVariables>.fromOpaque(pointer).takeRetainedValue()
        guard next === cell else { return }
        let releases = cell.own + kept(by: cell.request.abandoned)
        for release in releases { release() }
    }

    private static func kept(by symbols: [String]) -> [() -> Void] {
        if symbols.isEmpty { return [] }
        for symbol in symbols {
            guard let function = dlsym(UnsafeMutableRawPointer(bitPattern: 0), symbol) else { continue }
            unsafeBitCast(function, to: (@convention(c) () -> Void).self)()
        }
        return _takeReplaced()
    }
}
