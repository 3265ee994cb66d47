import TensorCore

/// Tensors side by side: sample i holds the i-th entry of each along dimension 0.
///
/// With one tensor a sample is a tensor, with more a tuple of them.
public final class TensorDataset<Sample>: Dataset, BatchFetching {
    public let tensors: [Tensor]
    private let tuple: ([Tensor]) -> Sample

    private init(_ tensors: [Tensor], _ tuple: @escaping ([Tensor]) -> Sample) {
        if tensors.contains(where: { $0.size(0) != tensors[0].size(0) }) {
            fail("Size mismatch between tensors", .assertionError)
        }
        self.tensors = tensors
        self.tuple = tuple
    }

    public var count: Int { tensors[0].size(0) }

    public subscript(_ index: Int) -> Sample { tuple(tensors.map { $0[index] }) }

    func batch(_ indices: [Int]) -> Any? {
        let index = Tensor(indices, shape: [indices.count])
        return tuple(tensors.map { $0.indexSelect(0, index) })
    }
}

extension TensorDataset where Sample == Tensor {
    public convenience init(_ tensor: Tensor) { self.init([tensor]) { $0[0] } }
}
extension TensorDataset where Sample == (Tensor, Tensor) {
    public convenience init(_ first: Tensor, _ second: Tensor) { self.init([first, second]) { ($0[0], $0[1]) } }
}
extension TensorDataset where Sample == (Tensor, Tensor, Tensor) {
    public convenience init(_ first: Tensor, _ second: Tensor, _ third: Tensor) {
        self.init([first, second, third]) { ($0[0], $0[1], $0[2]) }
    }
}
extension TensorDataset where Sample == (Tensor, Tensor, Tensor, Tensor) {
    public convenience init(_ first: Tensor, _ second: Tensor, _ third: Tensor, _ fourth: Tensor) {
        self.init([first, second, third, fourth]) { ($0[0], $0[1], $0[2], $0[3]) }
    }
}

/// Some samples of another dataset.
public struct Subset<Base: Dataset>: Dataset, BatchFetching {
    public let dataset: Base
    public let indices: [Int]

    public init(_ dataset: Base, _ indices: [Int]) {
        self.dataset = dataset
        self.indices = indices
    }

    public var count: Int { indices.count }
    public subscript(_ index: Int) -> Base.Sample { get throws(Base.Failure) { try dataset[indices[index]] } }

    func batch(_ indices: [Int]) -> Any? { (dataset as? BatchFetching)?.batch(indices.map { self.indices[$0] }) }
}

/// Datasets one after the other. Negative positions count from the end.
public struct ConcatDataset<Sample>: Dataset {
    public let datasets: [any Dataset<Sample>]
    /// The number of samples up to the end of each.
    public let cumulativeSizes: [Int]

    public init(_ datasets: [any Dataset<Sample>]) {
        if datasets.isEmpty { fail("datasets should not be an empty iterable", .assertionError) }
        self.datasets = datasets
        var total = 0
        cumulativeSizes = datasets.map {
            total += $0.count
            return total
        }
    }

    public var count: Int { cumulativeSizes.last! }

    public subscript(_ index: Int) -> Sample {
        get throws {
            if -index > count { fail("absolute value of index should not exceed dataset length", .valueError) }
            let index = index < 0 ? count + index : index
            guard let part = cumulativeSizes.firstIndex(where: { index < $0 }) else {
                fail("list index out of range", .indexError)
            }
            return try datasets[part][index - (part == 0 ? 0 : cumulativeSizes[part - 1])]
        }
    }
}

/// Datasets of one size side by side: a sample is a tuple with one of each.
public struct StackDataset<each Base: Dataset>: Dataset {
    public let datasets: (repeat each Base)
    public let count: Int

    public init(_ datasets: repeat each Base) {
        self.datasets = (repeat each datasets)
        var counts: [Int] = []
        repeat counts.append((each datasets).count)
        if counts.isEmpty { fail("At least one dataset should be passed", .valueError) }
        if Set(counts).count > 1 { fail("Size mismatch between datasets", .valueError) }
        count = counts[0]
    }

    public subscript(_ index: Int) -> (repeat (each Base).Sample) {
        get throws { (repeat try (each datasets)[index]) }
    }
}

/// Streams one after the other.
public struct ChainDataset<Sample>: IterableDataset {
    public let datasets: [any IterableDataset<Sample>]

    public init(_ datasets: [any IterableDataset<Sample>]) { self.datasets = datasets }

    public var count: Int { datasets.reduce(0) { $0 + $1.count } }

    public func makeIterator() -> AnyIterator<Sample> {
        var rest = datasets[...]
        var current: AnyIterator<Sample>?
        return AnyIterator {
            while true {
                if let sample = current?.next() { return sample }
                guard let next = rest.popFirst() else { return nil }
                current = iterator(of: next)
            }
        }
    }
}

private func iterator<Stream: IterableDataset>(of dataset: Stream) -> AnyIterator<Stream.Sample> {
    AnyIterator(dataset.makeIterator())
}

/// Another dataset whose samples go through a function when they are read.
public struct MappedDataset<Base: Dataset, Sample>: Dataset {
    public let dataset: Base
    private let transform: (Base.Sample) -> Sample

    public init(_ dataset: Base, _ transform: @escaping (Base.Sample) -> Sample) {
        self.dataset = dataset
        self.transform = transform
    }

    public var count: Int { dataset.count }
    public subscript(_ index: Int) -> Sample { get throws(Base.Failure) { transform(try dataset[index]) } }
}
