import Glibc
import TensorCore

/// What a worker of a `DataLoader` is told about itself.
public struct WorkerInfo {
    /// From 0 up to `numWorkers`.
    public let id: Int
    public let numWorkers: Int
    /// The seed of this worker: the loader's for this pass plus `id`.
    public let seed: Int
    /// The dataset being read. Workers are threads and share it.
    public let dataset: Any

    private final class Box {
        let info: WorkerInfo
        init(_ info: WorkerInfo) { self.info = info }
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    /// The calling worker's; nil on other threads.
    static var current: WorkerInfo? {
        pthread_getspecific(key).map { Unmanaged<Box>.fromOpaque($0).takeUnretainedValue().info }
    }

    /// Runs `body` as a worker.
    func with<R>(_ body: () throws -> R) rethrows -> R {
        let before = pthread_getspecific(WorkerInfo.key)
        return try withExtendedLifetime(Box(self)) { box in
            pthread_setspecific(WorkerInfo.key, Unmanaged.passUnretained(box).toOpaque())
            defer { pthread_setspecific(WorkerInfo.key, before) }
            return try body()
        }
    }
}

/// Inside a worker of a `DataLoader`, what it is; nil elsewhere. PyTorch's `get_worker_info`.
public func getWorkerInfo() -> WorkerInfo? { WorkerInfo.current }
