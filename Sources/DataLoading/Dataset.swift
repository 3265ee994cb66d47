import TensorCore

/// Samples by number: PyTorch's `torch.utils.data.Dataset`.
///
///     struct Squares: Dataset {
///         var count: Int { 100 }
///         subscript(index: Int) -> (Tensor, Tensor) {
///             (torch.tensor(Float(index)), torch.tensor(Float(index * index)))
///         }
///     }
public protocol Dataset<Sample> {
    associatedtype Sample
    /// The number of samples.
    var count: Int { get }
    /// The sample at a position from 0 up to `count`.
    subscript(_ index: Int) -> Sample { get }
}

/// A dataset that can give many samples at once, put together as the default collation would.
protocol BatchFetching {
    func batch(_ indices: [Int]) -> Any?
}

/// Tensors side by side: sample i holds the i-th entry of each along dimension 0.
///
/// With one tensor a sample is a tensor, with two or three a tuple of them.
public final class TensorDataset<Sample>: Dataset, BatchFetching {
    public let tensors: [Tensor]
    private let tuple: ([Tensor]) -> Sample

    private init(_ tensors: [Tensor], _ tuple: @escaping ([Tensor]) -> Sample) {
        if tensors.contains(where: { $0.size(0) != tensors[0].size(0) }) { fail("Size mismatch between tensors", .valueError) }
        self.tensors = tensors
        self.tuple = tuple
    }

    public var count: Int { tensors[0].size(0) }

    public subscript(_ index: Int) -> Sample { tuple(tensors.map { $0.select(0, index) }) }

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

/// Some samples of another dataset.
public struct Subset<Base: Dataset>: Dataset, BatchFetching {
    public let dataset: Base
    public let indices: [Int]

    public init(_ dataset: Base, _ indices: [Int]) {
        self.dataset = dataset
        self.indices = indices
    }

    public var count: Int { indices.count }
    public subscript(_ index: Int) -> Base.Sample { dataset[indices[index]] }

    func batch(_ indices: [Int]) -> Any? { (dataset as? BatchFetching)?.batch(indices.map { self.indices[$0] }) }
}

/// Datasets one after the other.
public struct ConcatDataset<Sample>: Dataset {
    public let datasets: [any Dataset<Sample>]
    /// The number of samples up to the end of each.
    private let ends: [Int]

    public init(_ datasets: [any Dataset<Sample>]) {
        if datasets.isEmpty { fail("datasets should not be an empty iterable", .valueError) }
        self.datasets = datasets
        var total = 0
        ends = datasets.map {
            total += $0.count
            return total
        }
    }

    public var count: Int { ends.last! }

    public subscript(_ index: Int) -> Sample {
        guard let part = ends.firstIndex(where: { index < $0 }), index >= 0 else {
            fail("index \(index) is out of range for \(count) samples", .indexError)
        }
        return datasets[part][index - (part == 0 ? 0 : ends[part - 1])]
    }
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
    public subscript(_ index: Int) -> Sample { transform(dataset[index]) }
}

/// Splits a dataset at random into parts of the given sizes, which add up to its size.
public func randomSplit<Base: Dataset>(
    _ dataset: Base, _ lengths: [Int], generator: Generator? = nil
) -> [Subset<Base>] {
    let total = lengths.reduce(0, +)
    if total != dataset.count {
        fail("Sum of input lengths does not equal the length of the input dataset!", .valueError)
    }
    let order: [Int] = torch.randperm(total, generator: generator).array()
    var start = 0
    return lengths.map { length in
        defer { start += length }
        return Subset(dataset, Array(order[start..<(start + length)]))
    }
}

/// The same by fractions that add up to 1; what rounding leaves over goes to the first parts.
public func randomSplit<Base: Dataset>(
    _ dataset: Base, _ fractions: [Double], generator: Generator? = nil
) -> [Subset<Base>] {
    for (i, fraction) in fractions.enumerated() where !(0...1).contains(fraction) {
        fail("Fraction at index \(i) is not between 0 and 1", .valueError)
    }
    if (fractions.reduce(0, +) - 1).magnitude > 1e-9 {
        fail("Sum of input lengths does not equal the length of the input dataset!", .valueError)
    }
    var lengths = fractions.map { Int((Double(dataset.count) * $0).rounded(.down)) }
    let rest = dataset.count - lengths.reduce(0, +)
    for i in 0..<rest { lengths[i % lengths.count] += 1 }
    return randomSplit(dataset, lengths, generator: generator)
}
