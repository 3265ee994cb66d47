import TensorCore

/// An order of samples. Each iteration may give another one.
public protocol Sampler: Sequence<Int> {
    /// The number of indices that one iteration gives.
    var count: Int { get }
}

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
    ///   - numSamples: how many are drawn; all if not given.
    public init(_ size: Int, replacement: Bool = false, numSamples: Int? = nil, generator: TensorCore.Generator? = nil) {
        if let numSamples, numSamples <= 0 {
            fail("num_samples should be a positive integer value, but got num_samples=\(numSamples)", .valueError)
        }
        self.size = size
        self.replacement = replacement
        self.generator = generator
        count = numSamples ?? size
    }

    public init(_ dataset: some Dataset, replacement: Bool = false, numSamples: Int? = nil, generator: TensorCore.Generator? = nil) {
        self.init(dataset.count, replacement: replacement, numSamples: numSamples, generator: generator)
    }

    public func makeIterator() -> IndexingIterator<[Int]> {
        let generator = self.generator ?? TensorCore.Generator().manualSeed(drawSeed(nil))
        var order: [Int] = []
        if replacement {
            // In blocks of 32, as PyTorch draws them.
            for start in stride(from: 0, to: count, by: 32) {
                order += torch.randint(size, [Swift.min(32, count - start)], generator: generator).array() as [Int]
            }
        } else if size > 0 {
            // One permutation more than whole ones are needed, even if nothing of it is.
            for _ in 0...(count / size) { order += torch.randperm(size, generator: generator).array() as [Int] }
            order.removeLast(order.count - count)
        }
        return order.makeIterator()
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
    public let weights: [Double]
    public let count: Int
    public let replacement: Bool
    private let generator: TensorCore.Generator?

    public init(_ weights: [Double], _ numSamples: Int, replacement: Bool = true, generator: TensorCore.Generator? = nil) {
        self.weights = weights
        count = numSamples
        self.replacement = replacement
        self.generator = generator
    }

    public func makeIterator() -> IndexingIterator<[Int]> {
        let table = Tensor(weights, shape: [weights.count]).to(.float64)
        let order: [Int] = torch.multinomial(table, count, replacement: replacement, generator: generator).array()
        return order.makeIterator()
    }
}

/// A seed as PyTorch draws it for samplers and loaders.
func drawSeed(_ generator: TensorCore.Generator?) -> Int {
    torch.empty([], dtype: .int64).random_(generator: generator).item()
}
