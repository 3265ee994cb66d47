import TensorCore

/// The share of a dataset that one of several processes (or devices) reads: PyTorch's
/// `torch.utils.data.distributed.DistributedSampler`.
///
/// The order depends on `seed` and the epoch alone, so that all replicas agree on it; call
/// `setEpoch` before each epoch to have it change.
public final class DistributedSampler: Sampler {
    public let numReplicas: Int
    public let rank: Int
    public let shuffle: Bool
    public let seed: Int
    public let dropLast: Bool
    /// The number of samples of each replica.
    public let count: Int
    public private(set) var epoch = 0
    private let size: Int

    /// - Parameters:
    ///   - numReplicas: how many read the dataset together.
    ///   - rank: which of them this is, from 0.
    ///   - shuffle: a random order, else that of the dataset.
    ///   - dropLast: leave out what does not go round; else the first samples come again to fill up.
    public init(
        _ dataset: some Dataset, numReplicas: Int, rank: Int, shuffle: Bool = true, seed: Int = 0,
        dropLast: Bool = false
    ) {
        if rank >= numReplicas || rank < 0 {
            fail("Invalid rank \(rank), rank should be in the interval [0, \(numReplicas - 1)]", .valueError)
        }
        size = dataset.count
        self.numReplicas = numReplicas
        self.rank = rank
        self.shuffle = shuffle
        self.seed = seed
        self.dropLast = dropLast
        count = dropLast ? size / numReplicas : (size + numReplicas - 1) / numReplicas
    }

    /// Chooses the random order of an epoch.
    public func setEpoch(_ epoch: Int) { self.epoch = epoch }

    public func makeIterator() -> AnyIterator<Int> {
        let order: [Int] =
            shuffle
            ? torch.randperm(size, generator: TensorCore.Generator().manualSeed(seed &+ epoch)).array() : Array(0..<size)
        // Past the end the order begins again.
        return AnyIterator(
            stride(from: rank, to: count * numReplicas, by: numReplicas).lazy.map { order[$0 % order.count] }
                .makeIterator())
    }
}
