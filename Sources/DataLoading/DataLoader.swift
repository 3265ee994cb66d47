import TensorCore

/// Batches of a dataset: PyTorch's `torch.utils.data.DataLoader`.
///
///     let loader = DataLoader(dataset, batchSize: 64, shuffle: true)
///     for (i, (x, y)) in loader.enumerated() { … }
///
/// Each iteration is a pass over the data; with `shuffle` in an order of its own, PyTorch's for the
/// same seed.
public final class DataLoader<Batch>: Sequence {
    public let dataset: any Dataset
    public let batchSize: Int
    public let dropLast: Bool
    public let sampler: any Sampler
    private let generator: TensorCore.Generator?
    private let fetch: ([Int]) -> Batch

    /// - Parameters:
    ///   - batchSize: samples per batch.
    ///   - shuffle: a new random order for each pass.
    ///   - sampler: the order of samples, instead of `shuffle`.
    ///   - dropLast: leave out a last batch that is not full.
    ///   - generator: where the order comes from; the default generator if not given.
    ///   - collateFn: makes a batch of samples.
    public convenience init<D: Dataset>(
        _ dataset: D, batchSize: Int = 1, shuffle: Bool = false, sampler: (any Sampler)? = nil,
        dropLast: Bool = false, generator: TensorCore.Generator? = nil, collateFn: @escaping ([D.Sample]) -> Batch
    ) {
        self.init(dataset, batchSize, shuffle, sampler, dropLast, generator) { indices in
            collateFn(indices.map { dataset[$0] })
        }
    }

    private init(
        _ dataset: any Dataset, _ batchSize: Int, _ shuffle: Bool, _ sampler: (any Sampler)?, _ dropLast: Bool,
        _ generator: TensorCore.Generator?, _ fetch: @escaping ([Int]) -> Batch
    ) {
        if batchSize <= 0 { fail("batch_size should be a positive integer value, but got batch_size=\(batchSize)", .valueError) }
        if sampler != nil && shuffle { fail("sampler option is mutually exclusive with shuffle", .valueError) }
        self.dataset = dataset
        self.batchSize = batchSize
        self.dropLast = dropLast
        self.generator = generator
        self.sampler =
            sampler ?? (shuffle ? RandomSampler(dataset.count, generator: generator) : SequentialSampler(dataset.count))
        self.fetch = fetch
    }

    /// For samples that are put together by the default rule.
    private convenience init<D: Dataset>(
        default dataset: D, _ batchSize: Int, _ shuffle: Bool, _ sampler: (any Sampler)?, _ dropLast: Bool,
        _ generator: TensorCore.Generator?, _ collate: @escaping ([D.Sample]) -> Batch
    ) {
        self.init(dataset, batchSize, shuffle, sampler, dropLast, generator) { indices in
            if let whole = (dataset as? BatchFetching)?.batch(indices) as? Batch { return whole }
            return collate(indices.map { dataset[$0] })
        }
    }

    /// The number of batches.
    public var count: Int { dropLast ? sampler.count / batchSize : (sampler.count + batchSize - 1) / batchSize }
    public var underestimatedCount: Int { count }

    public func makeIterator() -> AnyIterator<Batch> {
        // PyTorch draws a seed for its workers first, used or not, and the order when it is needed.
        _ = drawSeed(generator)
        var order: AnyIterator<Int>?
        return AnyIterator { [self] in
            let order = order ?? {
                let new = anyIterator(sampler)
                order = new
                return new
            }()
            var indices: [Int] = []
            while indices.count < batchSize, let index = order.next() { indices.append(index) }
            if indices.isEmpty || dropLast && indices.count < batchSize { return nil }
            return fetch(indices)
        }
    }
}

private func anyIterator(_ sampler: some Sampler) -> AnyIterator<Int> { AnyIterator(sampler.makeIterator()) }

/// What the default rule can make a batch of.
public protocol Collatable {
    associatedtype Batch
    static func collate(_ samples: [Self]) -> Batch
}

extension Tensor: Collatable {
    /// Stacked along a new first dimension.
    public static func collate(_ samples: [Tensor]) -> Tensor { torch.stack(samples) }
}
extension Int: Collatable {
    public static func collate(_ samples: [Int]) -> Tensor { Tensor(samples, shape: [samples.count]) }
}
extension Float: Collatable {
    public static func collate(_ samples: [Float]) -> Tensor { Tensor(samples, shape: [samples.count]) }
}
extension Double: Collatable {
    /// float64, as PyTorch makes of Python's floats.
    public static func collate(_ samples: [Double]) -> Tensor { torch.tensor(samples, dtype: .float64) }
}
extension Bool: Collatable {
    public static func collate(_ samples: [Bool]) -> Tensor { torch.tensor(samples) }
}
extension String: Collatable {
    public static func collate(_ samples: [String]) -> [String] { samples }
}

extension DataLoader {
    /// Samples that are single values.
    public convenience init<D: Dataset>(
        _ dataset: D, batchSize: Int = 1, shuffle: Bool = false, sampler: (any Sampler)? = nil,
        dropLast: Bool = false, generator: TensorCore.Generator? = nil
    ) where D.Sample: Collatable, Batch == D.Sample.Batch {
        self.init(default: dataset, batchSize, shuffle, sampler, dropLast, generator) { D.Sample.collate($0) }
    }

    /// Samples that are pairs: an input and its target.
    public convenience init<D: Dataset, A: Collatable, B: Collatable>(
        _ dataset: D, batchSize: Int = 1, shuffle: Bool = false, sampler: (any Sampler)? = nil,
        dropLast: Bool = false, generator: TensorCore.Generator? = nil
    ) where D.Sample == (A, B), Batch == (A.Batch, B.Batch) {
        self.init(default: dataset, batchSize, shuffle, sampler, dropLast, generator) { samples in
            (A.collate(samples.map(\.0)), B.collate(samples.map(\.1)))
        }
    }

    /// Samples of three parts.
    public convenience init<D: Dataset, A: Collatable, B: Collatable, C: Collatable>(
        _ dataset: D, batchSize: Int = 1, shuffle: Bool = false, sampler: (any Sampler)? = nil,
        dropLast: Bool = false, generator: TensorCore.Generator? = nil
    ) where D.Sample == (A, B, C), Batch == (A.Batch, B.Batch, C.Batch) {
        self.init(default: dataset, batchSize, shuffle, sampler, dropLast, generator) { samples in
            (A.collate(samples.map(\.0)), B.collate(samples.map(\.1)), C.collate(samples.map(\.2)))
        }
    }
}

extension torch.utils {
    /// PyTorch's `torch.utils.data`.
    public enum data {
        public typealias DataLoader = DataLoading.DataLoader
        public typealias Dataset = DataLoading.Dataset
        public typealias TensorDataset = DataLoading.TensorDataset
        public typealias Subset = DataLoading.Subset
        public typealias ConcatDataset = DataLoading.ConcatDataset
        public typealias RandomSampler = DataLoading.RandomSampler
        public typealias SequentialSampler = DataLoading.SequentialSampler
        public typealias WeightedRandomSampler = DataLoading.WeightedRandomSampler
        public typealias SubsetRandomSampler = DataLoading.SubsetRandomSampler
    }
}
