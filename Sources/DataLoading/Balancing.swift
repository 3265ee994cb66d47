import TensorCore

extension WeightedRandomSampler {
    /// Draws samples so that all classes come equally often.
    ///
    /// - Parameters:
    ///   - labels: the class of each sample.
    ///   - numSamples: how many are drawn; as many as there are if not given.
    public static func balanced(
        _ labels: [Int], numSamples: Int? = nil, generator: TensorCore.Generator? = nil
    ) -> WeightedRandomSampler {
        let counts = labels.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        return WeightedRandomSampler(labels.map { 1 / Double(counts[$0]!) }, numSamples ?? labels.count, generator: generator)
    }

    /// Oversampling: as many samples as if every class had the size of the largest, with samples of
    /// small classes drawn several times.
    public static func oversampling(_ labels: [Int], generator: TensorCore.Generator? = nil) -> WeightedRandomSampler {
        let sizes = labels.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        return balanced(labels, numSamples: sizes.count * (sizes.values.max() ?? 0), generator: generator)
    }
}

/// Undersampling: as many samples of every class as the smallest has, none of them twice; another
/// choice and another order in each pass.
public struct UndersamplingSampler: Sampler {
    private let classes: [[Int]]
    private let generator: TensorCore.Generator?
    public let count: Int

    /// - Parameter labels: the class of each sample.
    public init(_ labels: [Int], generator: TensorCore.Generator? = nil) {
        let groups = Dictionary(grouping: labels.indices, by: { labels[$0] })
        classes = groups.keys.sorted().map { groups[$0]! }
        self.generator = generator
        count = classes.count * (classes.map(\.count).min() ?? 0)
    }

    public func makeIterator() -> IndexingIterator<[Int]> {
        func shuffled(_ indices: [Int]) -> [Int] { Array(SubsetRandomSampler(indices, generator: generator)) }
        return shuffled(classes.flatMap { shuffled($0).prefix(count / classes.count) }).makeIterator()
    }
}
