import Flambeau
import TestSupport
import Testing

/// Orders of samples, as PyTorch gives them for the same seeds.
@Suite(.serialized) struct SamplerTests {
    let data = Array(0..<10)
    private func seeded(_ seed: Int) -> Generator { Generator().manualSeed(seed) }

    @Test func randomSamplerGivesPyTorchsOrder() {
        #expect(Array(RandomSampler(data, generator: seeded(3))) == [6, 0, 3, 7, 8, 5, 1, 9, 2, 4])
        #expect(Array(RandomSampler(data, numSamples: 4, generator: seeded(3))) == [6, 0, 3, 7])
        #expect(
            Array(RandomSampler(data, numSamples: 23, generator: seeded(3)))
                == [6, 0, 3, 7, 8, 5, 1, 9, 2, 4, 9, 8, 5, 3, 0, 6, 7, 2, 1, 4, 0, 9, 6])
        torch.manualSeed(0)
        #expect(Array(RandomSampler(data, replacement: true, numSamples: 70)).suffix(8) == [6, 7, 9, 9, 2, 1, 7, 0])
    }

    @Test func randomSamplerDrawsWhatItNeeds() {
        let generator = seeded(3)
        _ = RandomSampler(data, replacement: true, numSamples: 64, generator: generator).makeIterator().next()
        #expect(torch.rand(1, generator: generator).description == "tensor([0.1394])")
    }

    @Test func subsetRandomAndWeightedSamplersGivePyTorchsOrder() {
        #expect(Array(SubsetRandomSampler([3, 1, 4, 1, 5], generator: seeded(3))) == [1, 3, 1, 5, 4])
        #expect(
            Array(WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3.0, 0.6], 8, generator: seeded(3)))
                == [1, 3, 4, 1, 4, 4, 2, 4])
        let distinct = WeightedRandomSampler(
            torch.tensor([0.9, 0.4, 0.05, 0.2, 0.3, 0.1]).to(.float64), 5, replacement: false, generator: seeded(3))
        #expect(distinct.count == 5)
    }

    @Test func weightedRandomSamplerBalancesAnImbalancedClass() {
        let labels = [Int](repeating: 0, count: 900) + [Int](repeating: 1, count: 100)
        let weights = labels.map { $0 == 0 ? 1 / 900.0 : 1 / 100.0 }
        torch.manualSeed(0)
        let drawn = Array(WeightedRandomSampler(weights, 4000)).map { labels[$0] }
        #expect((Double(drawn.filter { $0 == 1 }.count) / 4000 - 0.5).magnitude < 0.03)
    }

    @Test func batchSamplerGroupsIndices() {
        let random = RandomSampler(data, generator: seeded(3))
        #expect(
            Array(BatchSampler(random, batchSize: 3, dropLast: false)) == [[6, 0, 3], [7, 8, 5], [1, 9, 2], [4]])
        let full = BatchSampler(SequentialSampler(10), batchSize: 3, dropLast: true)
        #expect(Array(full) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]] && full.count == 3)
    }

    @Test func distributedSamplerSharesTheDataAsPyTorchDoes() {
        let epochs = [([1, 6, 0, 7], [5, 4, 9, 2]), ([4, 3, 2, 1], [0, 1, 6, 5]), ([9, 5, 8, 4], [3, 7, 8, 0])]
        for (rank, (first, second)) in epochs.enumerated() {
            let sampler = DistributedSampler(data, numReplicas: 3, rank: rank, seed: 5)
            #expect(Array(sampler) == first && sampler.count == 4)
            sampler.setEpoch(2)
            #expect(Array(sampler) == second)
        }
        #expect(Array(DistributedSampler(data, numReplicas: 3, rank: 2, shuffle: false)) == [2, 5, 8, 1])
        #expect(Array(DistributedSampler(data, numReplicas: 3, rank: 2, shuffle: false, dropLast: true)) == [2, 5, 8])
        #expect(Array(DistributedSampler([0, 1], numReplicas: 5, rank: 4, shuffle: false)) == [0])
    }

    @Test func randomSplitGivesPyTorchsParts() {
        #expect(
            randomSplit(data, [0.5, 0.3, 0.2], generator: seeded(42)).map(\.indices)
                == [[2, 6, 1, 8, 4], [5, 0, 9], [3, 7]])
        #expect(
            randomSplit(data, [3, 7], generator: seeded(42)).map(\.indices) == [[2, 6, 1], [8, 4, 5, 0, 9, 3, 7]])
        #expect(
            randomSplit(data, [1.0 / 3, 1.0 / 3, 1.0 / 3], generator: seeded(42)).map(\.indices)
                == [[2, 6, 1, 8], [4, 5, 0], [9, 3, 7]])
        #expect(randomSplit([5], [1]).map(\.indices) == [[0]])
    }

    @Test func samplersRefuseInPyTorchsWords() {
        let data = data
        let refusals: [(String, @Sendable () -> Void)] = [
            ("ValueError: num_samples should be a positive integer value, but got num_samples=0",
             { _ = RandomSampler([Int]()) }),
            ("ValueError: Invalid rank 2, rank should be in the interval [0, 1]",
             { _ = DistributedSampler(data, numReplicas: 2, rank: 2) }),
            ("ValueError: weights should be a 1d sequence but given weights have shape (2, 3)",
             { _ = WeightedRandomSampler(torch.ones(2, 3), 2) }),
            ("ValueError: batch_size should be a positive integer value, but got batch_size=0",
             { _ = BatchSampler(SequentialSampler(3), batchSize: 0, dropLast: false) }),
            ("ValueError: Sum of input lengths does not equal the length of the input dataset!",
             { _ = randomSplit(data, [0.5, 0.6]) }),
            ("ValueError: Fraction at index 0 is not between 0 and 1", { _ = randomSplit(data, [1.5, -0.5]) }),
        ]
        for (message, body) in refusals { #expect(failure(body) == message) }
    }
}
