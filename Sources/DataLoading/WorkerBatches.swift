import Synchronization
import TensorCore

/// Batches that workers read ahead, in the order of their indices: batch i comes from worker i
/// modulo their number, leaving out those whose stream has ended.
final class WorkerBatches<Batch>: BatchSource {
    private enum Outcome {
        case batch(Batch)
        case ended
        case error(DataLoaderError)
    }

    /// A batch that was asked for.
    private final class Request: @unchecked Sendable {
        let worker: Int
        let outcome = Mutex<Outcome?>(nil)
        init(_ worker: Int) { self.worker = worker }
        func finish(_ outcome: Outcome) { self.outcome.withLock { $0 = outcome } }
    }

    private let pool: WorkerPool
    private let settings: WorkerSettings
    private let indices: AnyIterator<[Int]>
    private let fetchers: [Fetcher<Batch>]
    /// For streams; a worker uses its own alone.
    private let generators: [Generator]
    private let modes = ThreadModes.current
    private let cancellation = Cancellation()
    private let arrival = Semaphore()
    private var requests: ArraySlice<Request> = []
    private var isActive: [Bool]
    private var nextWorker = 0
    private var requested = 0

    init(
        _ pool: WorkerPool, _ settings: WorkerSettings, _ indices: AnyIterator<[Int]>,
        _ makeFetcher: () -> Fetcher<Batch>
    ) {
        self.pool = pool
        self.settings = settings
        self.indices = indices
        fetchers = pool.workers.map { _ in makeFetcher() }
        generators = pool.workers.indices.map { Generator().manualSeed(settings.seed &+ $0) }
        isActive = pool.workers.map { _ in true }
        for _ in 0..<(max(1, settings.prefetchFactor) * pool.workers.count) { request() }
    }

    deinit { finish() }

    func nextBatch() throws -> Batch? {
        while let first = requests.first {
            let outcome = wait(for: first)
            requests.removeFirst()
            if case .ended = outcome { isActive[first.worker] = false }
            request()
            switch outcome {
            case .batch(let batch): return batch
            case .error(let error): throw error
            case .ended: continue
            }
        }
        finish()
        return nil
    }

    private func finish() {
        cancellation.cancel()
        if !settings.isPersistent { pool.stop() }
    }

    /// Asks the next worker for one more batch, if there is one.
    private func request() {
        let count = pool.workers.count
        guard let worker = (nextWorker..<(nextWorker + count)).lazy.map({ $0 % count }).first(where: { self.isActive[$0] }),
            let batch = indices.next()
        else { return }
        nextWorker = (worker + 1) % count
        let request = Request(worker)
        requests.append(request)
        let generator = settings.isStream ? generators[worker] : Generator().manualSeed(settings.seed &+ requested)
        requested += 1
        pool.workers[worker].submit(task(request, batch, generator))
    }

    /// The work on one batch. It holds nothing of this object, whose end it must not delay.
    private func task(_ request: Request, _ batch: [Int], _ generator: Generator) -> Worker.Task {
        let (worker, fetch, id) = (pool.workers[request.worker], fetchers[request.worker], request.worker)
        let info = WorkerInfo(
            id: id, numWorkers: pool.workers.count, seed: settings.seed &+ id, dataset: settings.dataset)
        let (modes, initialize, arrival) = (modes, settings.initialize, arrival)
        let progress = FetchProgress(cancellation)
        return {
            if progress.cancellation.isCancelled { return true }
            let failure = ProgrammingError.capture {
                modes.with {
                    torch.withDefaultGenerator(generator) {
                        info.with {
                            do {
                                if worker.takesInitialization() { initialize?(id) }
                                let made = try fetch(batch, progress)
                                request.finish(made.map(Outcome.batch) ?? .ended)
                            } catch {
                                request.finish(.error(DataLoaderError(sample: progress.sample, worker: id, error: error)))
                            }
                        }
                    }
                }
            }
            if let failure {
                request.finish(.error(DataLoaderError(sample: progress.sample, worker: id, error: failure)))
            }
            arrival.signal()
            return failure == nil
        }
    }

    private func wait(for request: Request) -> Outcome {
        while true {
            if let outcome = request.outcome.withLock({ $0 }) { return outcome }
            if !arrival.wait(seconds: settings.timeout == 0 ? .infinity : settings.timeout) {
                let seconds = settings.timeout
                let text = seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
                fail("DataLoader timed out after \(text) seconds")
            }
        }
    }
}
