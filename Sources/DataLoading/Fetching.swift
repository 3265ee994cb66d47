import Synchronization
import TensorCore

/// Makes a batch of the samples at the given positions (for a stream, of as many); nil at the end
/// of a stream.
typealias Fetcher<Batch> = (_ indices: [Int], _ progress: FetchProgress) throws -> Batch?

/// Where a fetch is, for whom waits for it.
final class FetchProgress: Sendable {
    /// The sample being read; -1 between samples.
    private let current = Atomic<Int>(-1)
    /// Shared by the fetches of one pass over the data: nobody wants their batches any more.
    let cancellation: Cancellation

    init(_ cancellation: Cancellation) { self.cancellation = cancellation }

    var sample: Int? {
        let index = current.load(ordering: .relaxed)
        return index < 0 ? nil : index
    }

    func read<Sample>(_ index: Int, _ body: () throws -> Sample) throws -> Sample {
        if cancellation.isCancelled { throw CancellationError() }
        current.store(index, ordering: .relaxed)
        let sample = try body()
        current.store(-1, ordering: .relaxed)
        return sample
    }
}

final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)
    var isCancelled: Bool { flag.load(ordering: .relaxed) }
    func cancel() { flag.store(true, ordering: .relaxed) }
}

/// A dataset failed to give a sample, or a batch could not be made.
public struct DataLoaderError: Error, CustomStringConvertible {
    /// The position of the sample; nil where the samples were read and could not be collated.
    public let sample: Int?
    /// The worker that met the error; nil without workers.
    public let worker: Int?
    /// What the dataset threw, or the `ProgrammingError` that stopped it.
    public let error: any Error

    /// The name of the error, where it happened, and what it says.
    public var description: String {
        let programming = error as? ProgrammingError
        let name = programming?.kind.rawValue ?? "\(type(of: error))"
        let place = (worker.map { " worker \($0)" } ?? "") + (sample.map { " at sample \($0)" } ?? "")
        return "Caught \(name) in DataLoader\(place).\n\(programming?.message ?? "\(error)")"
    }

    /// The kind of programming error that it is for a loop that cannot catch it.
    var kind: FailureKind { (error as? ProgrammingError)?.kind ?? .runtimeError }
}

/// One pass over the data.
protocol BatchSource<Batch> {
    associatedtype Batch
    mutating func nextBatch() throws -> Batch?
}

/// Batches read by the thread that asks for them.
struct SerialBatches<Batch>: BatchSource {
    let indices: AnyIterator<[Int]>
    let fetch: Fetcher<Batch>

    func nextBatch() throws -> Batch? {
        guard let batch = indices.next() else { return nil }
        let progress = FetchProgress(Cancellation())
        do {
            return try fetch(batch, progress)
        } catch {
            throw DataLoaderError(sample: progress.sample, worker: nil, error: error)
        }
    }
}

extension SampleAccess {
    /// What makes batches of the samples: called once for each worker, because each has an iterator
    /// of its own over a stream.
    func makeBatchFetcher<Batch>(
        dropLast: Bool, collate: @escaping ([Sample]) throws -> Batch
    ) -> () -> Fetcher<Batch> {
        switch self {
        case .byIndex(_, let sample):
            return {
                { indices, progress in
                    try collate(try indices.map { index in try progress.read(index) { try sample(index) } })
                }
            }
        case .inSequence(_, let makeIterator):
            return {
                let next = SampleAccess.reader(makeIterator)
                return { indices, progress in
                    var samples: [Sample] = []
                    while samples.count < indices.count, let sample = try next(progress) { samples.append(sample) }
                    return samples.isEmpty || dropLast && samples.count < indices.count ? nil : try collate(samples)
                }
            }
        }
    }

    /// The same without batching: one sample at a time, as it is.
    func makeSampleFetcher() -> () -> Fetcher<Sample> {
        switch self {
        case .byIndex(_, let sample):
            return { { indices, progress in try progress.read(indices[0]) { try sample(indices[0]) } } }
        case .inSequence(_, let makeIterator):
            return {
                let next = SampleAccess.reader(makeIterator)
                return { _, progress in try next(progress) }
            }
        }
    }

    /// Reads a stream, which begins at the first call and is not asked again after its end.
    private static func reader(
        _ makeIterator: @escaping () -> AnyIterator<Sample>
    ) -> (FetchProgress) throws -> Sample? {
        var iterator: AnyIterator<Sample>?
        var hasEnded = false
        var position = 0
        return { progress in
            if hasEnded { return nil }
            return try progress.read(position) {
                let samples = iterator ?? makeIterator()
                iterator = samples
                position += 1
                let sample = samples.next()
                hasEnded = sample == nil
                return sample
            }
        }
    }
}
