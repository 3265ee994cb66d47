import TensorCore

/// What a `DataLoader` was asked for.
struct LoaderOptions {
    var batchSize: Int?
    var shuffle: Bool
    var sampler: (any Sampler<Int>)?
    var batchSampler: (any Sampler<[Int]>)?
    var numWorkers: Int
    var pinMemory: Bool
    var dropLast: Bool
    var timeout: Double
    var workerInitFn: ((Int) -> Void)?
    var generator: TensorCore.Generator?
    var prefetchFactor: Int?
    var persistentWorkers: Bool

    /// Stops with PyTorch's message where options exclude each other.
    func check(isStream: Bool) {
        func require(_ condition: Bool, _ message: String) {
            if !condition { fail(message, .valueError) }
        }
        require(
            numWorkers >= 0, "num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.")
        require(timeout >= 0, "timeout option should be non-negative")
        require(
            numWorkers > 0 || prefetchFactor == nil,
            "prefetch_factor option could only be specified in multiprocessing."
                + "let num_workers > 0 to enable multiprocessing, otherwise set prefetch_factor to None.")
        require((prefetchFactor ?? 0) >= 0, "prefetch_factor option should be non-negative")
        require(numWorkers > 0 || !persistentWorkers, "persistent_workers option needs num_workers > 0")
        if isStream {
            let expected = "DataLoader with IterableDataset: expected unspecified"
            require(!shuffle, "\(expected) shuffle option, but got shuffle=True")
            if let sampler { fail("\(expected) sampler option, but got sampler=\(sampler)", .valueError) }
            if let batchSampler {
                fail("\(expected) batch_sampler option, but got batch_sampler=\(batchSampler)", .valueError)
            }
        }
        require(sampler == nil || !shuffle, "sampler option is mutually exclusive with shuffle")
        if batchSampler != nil {
            require(
                batchSize == 1 && !shuffle && sampler == nil && !dropLast,
                "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last")
        }
        if let batchSize {
            require(
                batchSize > 0, "batch_size should be a positive integer value, but got batch_size=\(batchSize)")
        } else {
            require(
                !dropLast, "batch_size=None option disables auto-batching and is mutually exclusive with drop_last")
        }
        if numWorkers == 0 && timeout != 0 {
            fail("_SingleProcessDataLoaderIter requires timeout == 0", .assertionError)
        }
    }
}
