import TensorCore

/// An order of samples, or of batches of them. Each iteration may give another one.
///
/// Elements are indices (`Int`) for `DataLoader`'s `sampler`, lists of them (`[Int]`) for
/// `batchSampler`. Arrays are samplers too.
public protocol Sampler<Element>: Sequence {
    /// The number of elements that one iteration gives, where it is known; `loader.count` needs it.
    var count: Int { get }
}

extension Sampler {
    public var count: Int { fail("object of type '\(Self.self)' has no len()", .typeError) }
}

extension Array: Sampler {}

/// 0, 1, 2, ….
public struct SequentialSampler: Sampler {
    public let count: Int
    public init(_ count: Int) { self.count = count }
    public init(_ dataset: some Dataset) { count = dataset.count }
    public func makeIterator() -> Range<Int>.Iterator { (0..<count).makeIterator() }
}

/// A random order, PyTorch's for the same seed.
///
/// Without a generator, each iteration draws a seed from the default one.
public struct RandomSampler: Sampler {
    private let size: Int
    public let replacement: Bool
    public let count: Int
    private let generator: TensorCore.Generator?

    /// - Parameters:
    ///   - size: the number of samples to choose from.
    ///   - replacement: a sample may come several times.
    ///   - numSamples: how many are drawn; as many as there are if not given. More than that come,
    ///     without replacement, from further permutations.
    public init(_ size: Int, replacement: Bool = false, numSamples: Int? = nil, generator: TensorCore.Generator? = nil) {
        count = numSamples ?? size
        if count <= 0 {
            fail("num_samples should be a positive integer value, but got num_samples=\(count)", .valueError)
        }
        self.size = size
        self.replacement = replacement
        self.generator = generator
    }

    public init(_ dataset: some Dataset, replacement: Bool = false, numSamples: Int? = nil, generator: TensorCore.Generator? = nil) {
        self.init(dataset.count, replacement: replacement, numSamples: numSamples, generator: generator)
    }

    /// Numbers are drawn when they are needed: in blocks of 32 with replacement, else a permutation
    /// at a time and one more than are whole.
    public func makeIterator() -> AnyIterator<Int> {
        let block = replacement ? 32 : size
        var remaining = count
        var isLast = false
        var source = generator
        var drawn = [Int]().makeIterator()
        return AnyIterator {
            while true {
                if let index = drawn.next() { return index }
                if isLast { return nil }
                let generator = source ?? TensorCore.Generator().manualSeed(drawSeed(nil))
                source = generator
                let taken = Swift.min(block, remaining)
                isLast = remaining < block
                remaining -= taken
                let order: [Int] =
                    replacement
                    ? torch.randint(size, [taken], generator: generator).array()
                    : Array((torch.randperm(size, generator: generator).array() as [Int]).prefix(taken))
                drawn = order.makeIterator()
            }
        }
    }
}

/// Given indices in random order.
public struct SubsetRandomSampler: Sampler {
    public let indices: [Int]
    private let generator: TensorCore.Generator?

    public init(_ indices: [Int], generator: TensorCore.Generator? = nil) {
        self.indices = indices
        self.generator = generator
    }

    public var count: Int { indices.count }

    public func makeIterator() -> IndexingIterator<[Int]> {
        let order: [Int] = torch.randperm(indices.count, generator: generator).array()
        return order.map { indices[$0] }.makeIterator()
    }
}

/// Samples drawn with given weights, which need not add up to 1: balances classes of unequal size.
public struct WeightedRandomSampler: Sampler {
    /// float64.
    public let weights: Tensor
    public let count: Int
    public let replacement: Bool
    private let generator: TensorCore.Generator?

    /// - Parameters:
    ///   - weights: one weight for each sample, one-dimensional.
    ///   - numSamples: how many are drawn.
    ///   - replacement: a sample may come several times.
    public init(_ weights: Tensor, _ numSamples: Int, replacement: Bool = true, generator: TensorCore.Generator? = nil) {
        if numSamples <= 0 {
            fail("num_samples should be a positive integer value, but got num_samples=\(numSamples)", .valueError)
        }
        if weights.ndim != 1 {
            let shape = weights.shape.map(String.init).joined(separator: ", ")
            fail("weights should be a 1d sequence but given weights have shape (\(shape))", .valueError)
        }
        self.weights = weights.to(.float64)
        count = numSamples
        self.replacement = replacement
        self.generator = generator
    }

    public init(_ weights: [Double], _ numSamples: Int, replacement: Bool = true, generator: TensorCore.Generator? = nil) {
        self.init(
            torch.tensor(weights, dtype: .float64), numSamples, replacement: replacement, generator: generator)
    }

    public func makeIterator() -> IndexingIterator<[Int]> {
        let order: [Int] = torch.multinomial(weights, count, replacement: replacement, generator: generator).array()
        return order.makeIterator()
    }
}

/// The indices of another sampler in lists of `batchSize`.
public struct BatchSampler<Base: Sampler<Int>>: Sampler {
    public let sampler: Base
    public let batchSize: Int
    public let dropLast: Bool

    /// - Parameter dropLast: leave out a last list that is not full.
    public init(_ sampler: Base, batchSize: Int, dropLast: Bool) {
        if batchSize <= 0 {
            fail("batch_size should be a positive integer value, but got batch_size=\(batchSize)", .valueError)
        }
        self.sampler = sampler
        self.batchSize = batchSize
        self.dropLast = dropLast
    }

    public var count: Int { dropLast ? sampler.count / batchSize : (sampler.count + batchSize - 1) / batchSize }

    public func makeIterator() -> AnyIterator<[Int]> {
        // Made at the first batch, because making it may draw random numbers.
        var iterator: Base.Iterator?
        return AnyIterator {
            var indices = iterator ?? sampler.makeIterator()
            var batch: [Int] = []
            while batch.count < batchSize, let index = indices.next() { batch.append(index) }
            iterator = indices
            return batch.isEmpty || dropLast && batch.count < batchSize ? nil : batch
        }
    }
}

/// A seed as PyTorch draws it for samplers and loaders.
func drawSeed(_ generator: TensorCore.Generator?) -> Int {
    torch.empty([], dtype: .int64).random_(generator: generator).item()
}
