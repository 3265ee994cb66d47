import TensorCore

/// The workers of a loader, for one pass over the data or, if they are persistent, for all.
final class WorkerPool: Sendable {
    let workers: [Worker]

    /// - Parameter isPersistent: threads stay for a minute without work rather than a tenth of a second.
    init(_ count: Int, isPersistent: Bool) {
        workers = (0..<count).map { _ in Worker(idleSeconds: isPersistent ? 60 : 0.1) }
    }

    deinit { stop() }

    func stop() {
        for worker in workers { worker.stop() }
        for worker in workers { worker.join() }
    }
}

/// What a pass over the data by workers needs to know.
struct WorkerSettings {
    var prefetchFactor: Int
    /// 0 for no limit.
    var timeout: Double
    var initialize: ((Int) -> Void)?
    var isPersistent: Bool
    /// Random numbers come from one generator for each batch; for streams, for each worker.
    var isStream: Bool
    var seed: Int
    var dataset: Any
}
