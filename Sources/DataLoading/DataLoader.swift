import TensorCore

/// Batches of a dataset: PyTorch's `torch.utils.data.DataLoader`.
///
///     let loader = DataLoader(dataset, batchSize: 64, shuffle: true, numWorkers: 2)
///     for (i, (x, y)) in loader.enumerated() { … }
///
/// Each iteration is a pass over the data; with `shuffle` in an order of its own, PyTorch's for the
/// same seed. Samples are put together by the default rule (see `Collatable`), by `collateFn`, or,
/// with `batchSize: nil`, not at all.
///
/// Workers are threads that read ahead in parallel. The batches and their order are the same for
/// any number of them; a worker's random functions draw from a generator of its own, seeded for each
/// batch. Workers take over the autograd modes of the loop, and end with it however it ends.
///
/// An error of the dataset stops the loop at its batch and names the sample; `makeIterator()` and
/// `nextBatch()` throw it instead.
public final class DataLoader<Batch>: Sequence {
    public let dataset: any SampleSource
    /// nil without batching and with a batch sampler of one's own.
    public let batchSize: Int?
    public let dropLast: Bool
    /// The order of the samples; nil for a stream and with a batch sampler of one's own.
    public let sampler: (any Sampler<Int>)?
    /// The indices of each batch; nil for a stream and without batching.
    public let batchSampler: (any Sampler<[Int]>)?
    public let numWorkers: Int
    public let prefetchFactor: Int?
    public let persistentWorkers: Bool
    public let pinMemory: Bool
    public let timeout: Double
    public let generator: TensorCore.Generator?
    private let workerInitFn: ((Int) -> Void)?
    private let isStream: Bool
    private let sampleCount: () -> Int
    private let makeFetcher: () -> Fetcher<Batch>
    /// The workers that stay from one pass to the next.
    private let persistentPool: WorkerPool?

    /// Batches made by `collateFn`.
    ///
    /// - Parameters:
    ///   - batchSize: samples per batch.
    ///   - shuffle: a new random order for each pass.
    ///   - sampler: the order of samples, instead of `shuffle`.
    ///   - batchSampler: the indices of each batch, instead of all of these.
    ///   - numWorkers: threads that read ahead; 0 reads when a batch is asked for.
    ///   - collateFn: makes a batch of samples.
    ///   - pinMemory: accepted; there is no pinned memory without an accelerator.
    ///   - dropLast: leave out a last batch that is not full.
    ///   - timeout: stop if workers give nothing for so many seconds; 0 waits for ever.
    ///   - workerInitFn: called with its number in each worker before it reads.
    ///   - generator: where the order comes from; the default generator if not given.
    ///   - prefetchFactor: batches that each worker reads ahead, 2 if not given.
    ///   - persistentWorkers: keep the threads from one pass to the next.
    public convenience init<Source: SampleSource>(
        _ dataset: Source, batchSize: Int = 1, shuffle: Bool = false, sampler: (any Sampler<Int>)? = nil,
        batchSampler: (any Sampler<[Int]>)? = nil, numWorkers: Int = 0,
        collateFn: @escaping ([Source.Sample]) throws -> Batch, pinMemory: Bool = false, dropLast: Bool = false,
        timeout: Double = 0, workerInitFn: ((Int) -> Void)? = nil, generator: TensorCore.Generator? = nil,
        prefetchFactor: Int? = nil, persistentWorkers: Bool = false
    ) {
        self.init(
            dataset,
            LoaderOptions(
                batchSize: batchSize, shuffle: shuffle, sampler: sampler, batchSampler: batchSampler,
                numWorkers: numWorkers, pinMemory: pinMemory, dropLast: dropLast, timeout: timeout,
                workerInitFn: workerInitFn, generator: generator, prefetchFactor: prefetchFactor,
                persistentWorkers: persistentWorkers),
            dataset.sampleAccess.makeBatchFetcher(dropLast: dropLast, collate: collateFn))
    }

    /// Batches made by the default rule. The other parameters are as above.
    public convenience init<Source: SampleSource>(
        _ dataset: Source, batchSize: Int = 1, shuffle: Bool = false, sampler: (any Sampler<Int>)? = nil,
        batchSampler: (any Sampler<[Int]>)? = nil, numWorkers: Int = 0, pinMemory: Bool = false,
        dropLast: Bool = false, timeout: Double = 0, workerInitFn: ((Int) -> Void)? = nil,
        generator: TensorCore.Generator? = nil, prefetchFactor: Int? = nil, persistentWorkers: Bool = false
    ) where Source.Sample: Collatable, Batch == Source.Sample.Batch {
        self.init(
            dataset,
            LoaderOptions(
                batchSize: batchSize, shuffle: shuffle, sampler: sampler, batchSampler: batchSampler,
                numWorkers: numWorkers, pinMemory: pinMemory, dropLast: dropLast, timeout: timeout,
                workerInitFn: workerInitFn, generator: generator, prefetchFactor: prefetchFactor,
                persistentWorkers: persistentWorkers),
            defaultFetcher(dataset, dropLast) { Source.Sample.collate($0) })
    }

    /// The same for samples that are tuples.
    public convenience init<Source: SampleSource, A: Collatable, B: Collatable, each Part: Collatable>(
        _ dataset: Source, batchSize: Int = 1, shuffle: Bool = false, sampler: (any Sampler<Int>)? = nil,
        batchSampler: (any Sampler<[Int]>)? = nil, numWorkers: Int = 0, pinMemory: Bool = false,
        dropLast: Bool = false, timeout: Double = 0, workerInitFn: ((Int) -> Void)? = nil,
        generator: TensorCore.Generator? = nil, prefetchFactor: Int? = nil, persistentWorkers: Bool = false
    ) where Source.Sample == (A, B, repeat each Part), Batch == (A.Batch, B.Batch, repeat (each Part).Batch) {
        self.init(
            dataset,
            LoaderOptions(
                batchSize: batchSize, shuffle: shuffle, sampler: sampler, batchSampler: batchSampler,
                numWorkers: numWorkers, pinMemory: pinMemory, dropLast: dropLast, timeout: timeout,
                workerInitFn: workerInitFn, generator: generator, prefetchFactor: prefetchFactor,
                persistentWorkers: persistentWorkers),
            defaultFetcher(dataset, dropLast) { defaultCollate($0) })
    }

    /// Samples one by one, as the dataset gives them.
    public convenience init<Source: SampleSource>(
        _ dataset: Source, batchSize: WithoutBatching, shuffle: Bool = false, sampler: (any Sampler<Int>)? = nil,
        numWorkers: Int = 0, pinMemory: Bool = false, dropLast: Bool = false, timeout: Double = 0,
        workerInitFn: ((Int) -> Void)? = nil, generator: TensorCore.Generator? = nil, prefetchFactor: Int? = nil,
        persistentWorkers: Bool = false
    ) where Batch == Source.Sample {
        self.init(
            dataset,
            LoaderOptions(
                batchSize: nil, shuffle: shuffle, sampler: sampler, batchSampler: nil, numWorkers: numWorkers,
                pinMemory: pinMemory, dropLast: dropLast, timeout: timeout, workerInitFn: workerInitFn,
                generator: generator, prefetchFactor: prefetchFactor, persistentWorkers: persistentWorkers),
            dataset.sampleAccess.makeSampleFetcher())
    }

    private init<Source: SampleSource>(
        _ dataset: Source, _ options: LoaderOptions, _ makeFetcher: @escaping () -> Fetcher<Batch>
    ) {
        let access = dataset.sampleAccess
        switch access {
        case .byIndex(let count, _): (isStream, sampleCount) = (false, count)
        case .inSequence(let count, _): (isStream, sampleCount) = (true, count)
        }
        options.check(isStream: isStream)
        self.dataset = dataset
        numWorkers = options.numWorkers
        prefetchFactor = options.prefetchFactor ?? (numWorkers > 0 ? 2 : nil)
        persistentWorkers = options.persistentWorkers
        pinMemory = options.pinMemory
        timeout = options.timeout
        generator = options.generator
        workerInitFn = options.workerInitFn
        dropLast = options.dropLast
        batchSize = options.batchSampler == nil ? options.batchSize : nil
        if isStream || options.batchSampler != nil {
            sampler = nil
            batchSampler = options.batchSampler
        } else {
            let order: any Sampler<Int> =
                options.sampler
                ?? (options.shuffle
                    ? RandomSampler(sampleCount(), generator: options.generator) : SequentialSampler(sampleCount()))
            sampler = order
            batchSampler = options.batchSize.map { batches(of: order, $0, options.dropLast) }
        }
        self.makeFetcher = makeFetcher
        persistentPool = persistentWorkers ? WorkerPool(numWorkers, isPersistent: true) : nil
        if pinMemory {
            warn(
                "'pin_memory' argument is set as true but no accelerator is found, then device pinned memory won't be "
                    + "used.")
        }
    }

    /// The number of batches, or of samples without batching.
    public var count: Int {
        if let batchSampler { return batchSampler.count }
        if let sampler { return sampler.count }
        let count = sampleCount()
        guard let batchSize else { return count }
        return dropLast ? count / batchSize : (count + batchSize - 1) / batchSize
    }

    public func makeIterator() -> DataLoaderIterator<Batch> {
        // PyTorch draws a seed for its workers first, used or not, and the order when it is needed.
        let seed = drawSeed(generator)
        if numWorkers == 0 { return DataLoaderIterator(SerialBatches(indices: indices(), fetch: makeFetcher())) }
        let settings = WorkerSettings(
            prefetchFactor: prefetchFactor!, timeout: timeout, initialize: workerInitFn,
            isPersistent: persistentWorkers, isStream: isStream, seed: seed, dataset: dataset)
        let pool = persistentPool ?? WorkerPool(numWorkers, isPersistent: false)
        return DataLoaderIterator(WorkerBatches(pool, settings, indices(), makeFetcher))
    }

    /// The indices of one pass; for a stream, whose samples have none, as many as a batch takes.
    /// The first batch of a pass of its own, nil if there is none: PyTorch's `next(iter(loader))`.
    public var first: Batch? { makeIterator().next() }

    private func indices() -> AnyIterator<[Int]> {
        if let batchSampler { return anyIterator(batchSampler) }
        if let sampler {
            let order = anyIterator(sampler)
            return AnyIterator { order.next().map { [$0] } }
        }
        let some = Array(0..<(batchSize ?? 1))
        return AnyIterator { some }
    }
}

/// One pass over the data of a `DataLoader`.
public final class DataLoaderIterator<Batch>: IteratorProtocol {
    private var source: any BatchSource<Batch>

    init(_ source: any BatchSource<Batch>) { self.source = source }

    /// The next batch; nil at the end.
    ///
    /// - Throws: `DataLoaderError` where the dataset failed. The next call goes on with the batch
    ///   after it.
    public func nextBatch() throws -> Batch? { try source.nextBatch() }

    /// The same; an error of the dataset stops the program or the notebook's cell.
    public func next() -> Batch? {
        do {
            return try nextBatch()
        } catch {
            let error = error as! DataLoaderError
            fail(error.description, error.kind)
        }
    }
}

/// Batches made by the default rule, at once where the dataset can.
private func defaultFetcher<Source: SampleSource, Batch>(
    _ dataset: Source, _ dropLast: Bool, _ collate: @escaping ([Source.Sample]) -> Batch
) -> () -> Fetcher<Batch> {
    let makeFetcher = dataset.sampleAccess.makeBatchFetcher(dropLast: dropLast, collate: collate)
    guard let whole = dataset as? BatchFetching else { return makeFetcher }
    return {
        let fetch = makeFetcher()
        return { indices, progress in try whole.batch(indices) as? Batch ?? fetch(indices, progress) }
    }
}

/// `batchSize: nil`.
public struct WithoutBatching: ExpressibleByNilLiteral {
    public init(nilLiteral: ()) {}
}

private func batches(of sampler: some Sampler<Int>, _ size: Int, _ dropLast: Bool) -> any Sampler<[Int]> {
    BatchSampler(sampler, batchSize: size, dropLast: dropLast)
}

/// Made at the first element, because making it may draw random numbers.
private func anyIterator<S: Sampler>(_ sampler: S) -> AnyIterator<S.Element> {
    var iterator: S.Iterator?
    return AnyIterator {
        var elements = iterator ?? sampler.makeIterator()
        defer { iterator = elements }
        return elements.next()
    }
}
