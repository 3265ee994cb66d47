import CellSession
import JupyterProtocol

/// The engine, made on a thread of its own so that the kernel answers while it starts.
final class EngineSlot: Sendable {
    private let engine = SharedState<Result<any CellEngine, any Error>?>(nil)

    init(_ make: @escaping @Sendable () throws -> any CellEngine) {
        startThread { [engine] in
            let made = Result(catching: make)
            if case .failure(let error) = made { log("cannot run cells: \(error)") }
            engine.withLock { $0 = made }
        }
    }

    /// Waits for the engine.
    ///
    /// - Throws: what kept it from starting.
    func get() throws -> any CellEngine { try engine.wait { $0 }.get() }

    /// The engine if it has started.
    var started: (any CellEngine)? { engine.withLock { try? $0?.get() } }
}
