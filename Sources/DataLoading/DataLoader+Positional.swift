import TensorCore

/// PyTorch's `DataLoader(dataset, 32, True)`: the size of batches and whether to shuffle by position.
extension DataLoader {
    public convenience init<Source, A, B, each Part>(
        _ dataset: Source, _ batchSize: Int, shuffle: Bool = false, sampler: (any Sampler<Int>)? = nil,
        batchSampler: (any Sampler<[Int]>)? = nil, numWorkers: Int = 0, pinMemory: Bool = false, dropLast: Bool = false,
        timeout: Double = 0, workerInitFn: ((Int) -> Void)? = nil, generator: Generator? = nil, prefetchFactor: Int? = nil,
        persistentWorkers: Bool = false
    )
    where
        Batch == (A.Batch, B.Batch, repeat (each Part).Batch), Source: SampleSource, A: Collatable, B: Collatable,
        repeat each Part: Collatable, Source.Sample == (A, B, repeat each Part)
    {
        self.init(
            dataset, batchSize: batchSize, shuffle: shuffle, sampler: sampler, batchSampler: batchSampler,
            numWorkers: numWorkers, pinMemory: pinMemory, dropLast: dropLast, timeout: timeout, workerInitFn: workerInitFn,
            generator: generator, prefetchFactor: prefetchFactor, persistentWorkers: persistentWorkers)
    }
    public convenience init<Source, A, B, each Part>(
        _ dataset: Source, _ batchSize: Int, _ shuffle: Bool, sampler: (any Sampler<Int>)? = nil,
        batchSampler: (any Sampler<[Int]>)? = nil, numWorkers: Int = 0, pinMemory: Bool = false, dropLast: Bool = false,
        timeout: Double = 0, workerInitFn: ((Int) -> Void)? = nil, generator: Generator? = nil, prefetchFactor: Int? = nil,
        persistentWorkers: Bool = false
    )
    where
        Batch == (A.Batch, B.Batch, repeat (each Part).Batch), Source: SampleSource, A: Collatable, B: Collatable,
        repeat each Part: Collatable, Source.Sample == (A, B, repeat each Part)
    {
        self.init(
            dataset, batchSize: batchSize, shuffle: shuffle, sampler: sampler, batchSampler: batchSampler,
            numWorkers: numWorkers, pinMemory: pinMemory, dropLast: dropLast, timeout: timeout, workerInitFn: workerInitFn,
            generator: generator, prefetchFactor: prefetchFactor, persistentWorkers: persistentWorkers)
    }
    public convenience init<Source>(
        _ dataset: Source, _ batchSize: Int, shuffle: Bool = false, sampler: (any Sampler<Int>)? = nil,
        batchSampler: (any Sampler<[Int]>)? = nil, numWorkers: Int = 0,
        collateFn: @escaping ([Source.Sample]) throws -> Batch, pinMemory: Bool = false, dropLast: Bool = false,
        timeout: Double = 0, workerInitFn: ((Int) -> Void)? = nil, generator: Generator? = nil, prefetchFactor: Int? = nil,
        persistentWorkers: Bool = false
    ) where Source: SampleSource {
        self.init(
            dataset, batchSize: batchSize, shuffle: shuffle, sampler: sampler, batchSampler: batchSampler,
            numWorkers: numWorkers, collateFn: collateFn, pinMemory: pinMemory, dropLast: dropLast, timeout: timeout,
            workerInitFn: workerInitFn, generator: generator, prefetchFactor: prefetchFactor,
            persistentWorkers: persistentWorkers)
    }
    public convenience init<Source>(
        _ dataset: Source, _ batchSize: Int, _ shuffle: Bool, sampler: (any Sampler<Int>)? = nil,
        batchSampler: (any Sampler<[Int]>)? = nil, numWorkers: Int = 0,
        collateFn: @escaping ([Source.Sample]) throws -> Batch, pinMemory: Bool = false, dropLast: Bool = false,
        timeout: Double = 0, workerInitFn: ((Int) -> Void)? = nil, generator: Generator? = nil, prefetchFactor: Int? = nil,
        persistentWorkers: Bool = false
    ) where Source: SampleSource {
        self.init(
            dataset, batchSize: batchSize, shuffle: shuffle, sampler: sampler, batchSampler: batchSampler,
            numWorkers: numWorkers, collateFn: collateFn, pinMemory: pinMemory, dropLast: dropLast, timeout: timeout,
            workerInitFn: workerInitFn, generator: generator, prefetchFactor: prefetchFactor,
            persistentWorkers: persistentWorkers)
    }
    public convenience init<Source>(
        _ dataset: Source, _ batchSize: Int, shuffle: Bool = false, sampler: (any Sampler<Int>)? = nil,
        batchSampler: (any Sampler<[Int]>)? = nil, numWorkers: Int = 0, pinMemory: Bool = false, dropLast: Bool = false,
        timeout: Double = 0, workerInitFn: ((Int) -> Void)? = nil, generator: Generator? = nil, prefetchFactor: Int? = nil,
        persistentWorkers: Bool = false
    ) where Batch == Source.Sample.Batch, Source: SampleSource, Source.Sample: Collatable {
        self.init(
            dataset, batchSize: batchSize, shuffle: shuffle, sampler: sampler, batchSampler: batchSampler,
            numWorkers: numWorkers, pinMemory: pinMemory, dropLast: dropLast, timeout: timeout, workerInitFn: workerInitFn,
            generator: generator, prefetchFactor: prefetchFactor, persistentWorkers: persistentWorkers)
    }
    public convenience init<Source>(
        _ dataset: Source, _ batchSize: Int, _ shuffle: Bool, sampler: (any Sampler<Int>)? = nil,
        batchSampler: (any Sampler<[Int]>)? = nil, numWorkers: Int = 0, pinMemory: Bool = false, dropLast: Bool = false,
        timeout: Double = 0, workerInitFn: ((Int) -> Void)? = nil, generator: Generator? = nil, prefetchFactor: Int? = nil,
        persistentWorkers: Bool = false
    ) where Batch == Source.Sample.Batch, Source: SampleSource, Source.Sample: Collatable {
        self.init(
            dataset, batchSize: batchSize, shuffle: shuffle, sampler: sampler, batchSampler: batchSampler,
            numWorkers: numWorkers, pinMemory: pinMemory, dropLast: dropLast, timeout: timeout, workerInitFn: workerInitFn,
            generator: generator, prefetchFactor: prefetchFactor, persistentWorkers: persistentWorkers)
    }
}

// The same for what a loader draws from.
extension Subset {
    public init(_ dataset: Base, indices: [Int]) { self.init(dataset, indices) }
}

extension BatchSampler {
    public init(_ sampler: Base, _ batchSize: Int, _ dropLast: Bool) {
        self.init(sampler, batchSize: batchSize, dropLast: dropLast)
    }
}

extension WeightedRandomSampler {
    public init(weights: [Double], numSamples: Int, replacement: Bool = true, generator: Generator? = nil) {
        self.init(weights, numSamples, replacement: replacement, generator: generator)
    }
    public init(weights: Tensor, numSamples: Int, replacement: Bool = true, generator: Generator? = nil) {
        self.init(weights, numSamples, replacement: replacement, generator: generator)
    }
    public init(_ weights: Tensor, numSamples: Int, replacement: Bool = true, generator: Generator? = nil) {
        self.init(weights, numSamples, replacement: replacement, generator: generator)
    }
    public init(_ weights: [Double], numSamples: Int, replacement: Bool = true, generator: Generator? = nil) {
        self.init(weights, numSamples, replacement: replacement, generator: generator)
    }
}

extension torch.utils.data {
    public static func randomSplit<Base: Dataset>(
        _ dataset: Base, lengths: [Int], generator: Generator? = nil
    ) -> [Subset<Base>] { randomSplit(dataset, lengths, generator: generator) }
    public static func randomSplit<Base: Dataset>(
        _ dataset: Base, lengths: [Double], generator: Generator? = nil
    ) -> [Subset<Base>] { randomSplit(dataset, lengths, generator: generator) }
}
