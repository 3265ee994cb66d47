import TensorCore

/// Samples by number: PyTorch's `torch.utils.data.Dataset`.
///
///     struct Squares: Dataset {
///         var count: Int { 100 }
///         subscript(index: Int) -> (Tensor, Tensor) {
///             (torch.tensor(Float(index)), torch.tensor(Float(index * index)))
///         }
///     }
///
/// Reading a sample may throw (`subscript(index: Int) -> Sample { get throws { … } }`): the loader
/// then stops at the batch and names the sample. With workers, several threads read at a time.
/// Arrays are datasets of their elements.
public protocol Dataset<Sample>: SampleSource {
    associatedtype Sample
    /// What reading a sample throws; `Never` where the subscript does not throw.
    associatedtype Failure: Error = any Error
    /// The number of samples.
    var count: Int { get }
    /// The sample at a position from 0 up to `count`.
    subscript(_ index: Int) -> Sample { get throws(Failure) }
}

/// Samples one after the other, as from a stream: PyTorch's `IterableDataset`.
///
/// With workers, each iterates over the whole; one that should read only its share asks
/// `getWorkerInfo()` in `makeIterator()`. Batches come from the workers in turn.
///
///     struct Lines: IterableDataset {
///         let files: [String]
///         func makeIterator() -> AnyIterator<String> {
///             let info = getWorkerInfo()
///             let mine = stride(from: info?.id ?? 0, to: files.count, by: info?.numWorkers ?? 1).map { files[$0] }
///             …
///         }
///     }
public protocol IterableDataset<Sample>: Sequence, SampleSource where Element == Sample {
    associatedtype Sample = Element
    /// The number of samples, where it is known; `loader.count` needs it.
    var count: Int { get }
}

extension IterableDataset {
    public var count: Int { fail("object of type '\(Self.self)' has no len()", .typeError) }
}

/// What a `DataLoader` reads: a `Dataset` or an `IterableDataset`.
public protocol SampleSource<Sample> {
    associatedtype Sample
    /// How the samples are read. Both kinds of dataset have it already.
    var sampleAccess: SampleAccess<Sample> { get }
}

/// The ways to read samples.
public enum SampleAccess<Sample> {
    case byIndex(count: () -> Int, sample: (Int) throws -> Sample)
    case inSequence(count: () -> Int, makeIterator: () -> AnyIterator<Sample>)
}

extension Dataset {
    public var sampleAccess: SampleAccess<Sample> { .byIndex(count: { count }, sample: { try self[$0] }) }
}

extension IterableDataset {
    public var sampleAccess: SampleAccess<Sample> {
        .inSequence(count: { count }, makeIterator: { AnyIterator(makeIterator()) })
    }
}

/// A dataset that can give many samples at once, put together as the default collation would.
protocol BatchFetching {
    func batch(_ indices: [Int]) -> Any?
}

extension Array: SampleSource, Dataset {
    public typealias Sample = Element
}
