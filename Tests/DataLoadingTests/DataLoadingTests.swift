import Flambeau
import TestSupport
import Testing

/// Datasets, samplers and loaders; orders are PyTorch's for the same seed.
@Suite(.serialized) struct DataLoadingTests {
    let numbers = TensorDataset(torch.arange(10))

    private func pass(_ loader: DataLoader<Tensor>) -> [[Int]] { loader.map { $0.array() } }

    @Test func shuffledOrderEqualsPyTorch() {
        torch.manualSeed(0)
        #expect(pass(DataLoader(numbers, batchSize: 4, shuffle: true)) == [[6, 7, 1, 4], [2, 0, 9, 8], [3, 5]])
        #expect(pass(DataLoader(numbers, batchSize: 4, shuffle: true, dropLast: true)) == [[2, 4, 7, 0], [8, 9, 5, 3]])
        #expect(torch.rand(1).description == "tensor([0.4556])")
    }

    @Test func ownGenerator() {
        let loader = DataLoader(numbers, batchSize: 5, shuffle: true, generator: Generator().manualSeed(5))
        #expect(pass(loader) == [[7, 4, 8, 1, 2], [3, 6, 5, 9, 0]])
        #expect(pass(loader) == [[2, 1, 6, 3, 5], [9, 4, 7, 8, 0]])
    }

    @Test func sequentialBatches() {
        let loader = DataLoader(numbers, batchSize: 4)
        #expect(loader.count == 3)
        #expect(pass(loader) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]])
        #expect(DataLoader(numbers, batchSize: 4, dropLast: true).count == 2)
    }

    @Test func pairsAreTuples() {
        let data = TensorDataset(torch.arange(6).view(3, 2), torch.tensor([0, 1, 2]))
        #expect(data[1].0.array() == [2, 3] as [Int])
        var seen = 0
        for (i, (x, y)) in DataLoader(data, batchSize: 2).enumerated() {
            #expect(x.shape == [i == 0 ? 2 : 1, 2] && y.shape == [i == 0 ? 2 : 1])
            seen += y.numel
        }
        #expect(seen == 3)
        for (x, y) in DataLoader(TensorDataset(torch.zeros(4, 2), torch.zeros(4)), batchSize: 4, shuffle: true) {
            #expect(x.shape == [4, 2] && y.shape == [4])
        }
    }

    private struct Words: Dataset {
        var count: Int { 3 }
        subscript(index: Int) -> (Tensor, Int) { (torch.full([index + 1], index), index * 10) }
    }

    @Test func theFirstBatchStartsAPassOfItsOwn() {
        let loader = DataLoader(TensorDataset(torch.arange(5), torch.arange(5)), batchSize: 2)
        let (x, y) = loader.first!
        #expect(x.array() == [0, 1] as [Int] && y.array() == [0, 1] as [Int])
        #expect(loader.first!.0.array() == [0, 1] as [Int])
        #expect(DataLoader([Int](), batchSize: 2).first == nil)
    }

    @Test func ownDatasetsAndCollation() {
        let padded = DataLoader(Words(), batchSize: 3) { samples in
            let width = samples.map { $0.0.size(0) }.max()!
            let rows = samples.map { torch.cat([$0.0, torch.zeros(width - $0.0.size(0), dtype: .int64)]) }
            return (torch.stack(rows), samples.map(\.1))
        }
        for (x, y) in padded {
            #expect(x.array() == [0, 0, 0, 1, 1, 0, 2, 2, 2] as [Int])
            #expect(y == [0, 10, 20])
        }
        for (x, y) in DataLoader(Subset(Words(), [2])) {
            #expect(x.shape == [1, 3] && y.array() == [20] as [Int])
        }
        #expect(failure { for _ in DataLoader(Words(), batchSize: 2) {} } == "RuntimeError: stack expects each tensor to be equal size, but got [1] at entry 0 and [2] at entry 1")
    }

    @Test func numbersBecomeTensors() {
        struct Numbers: Dataset {
            var count: Int { 2 }
            subscript(index: Int) -> (Float, Double, Bool) { (0.5, 0.5, index == 1) }
        }
        for (a, b, c) in DataLoader(Numbers(), batchSize: 2) {
            #expect(a.dtype == .float32 && b.dtype == .float64 && c.dtype == .bool)
        }
    }

    @Test func splits() {
        torch.manualSeed(1)
        #expect(randomSplit(numbers, [7, 3]).map(\.indices) == [[5, 6, 1, 2, 0, 8, 9], [3, 7, 4]])
        #expect(randomSplit(numbers, [0.75, 0.25]).map(\.indices) == [[2, 3, 1, 8, 9, 0, 6, 7], [4, 5]])
        #expect(failure { _ = randomSplit(self.numbers, [7, 4]) } == "ValueError: Sum of input lengths does not equal the length of the input dataset!")
    }

    @Test func samplers() {
        torch.manualSeed(2)
        #expect(Array(RandomSampler(numbers, replacement: true, numSamples: 6)) == [8, 9, 4, 9, 4, 4])
        #expect(Array(RandomSampler(numbers, numSamples: 13)) == [6, 2, 0, 7, 8, 4, 5, 9, 1, 3, 1, 6, 2])
        #expect(Array(WeightedRandomSampler([0.1, 0.9, 0, 1], 8)) == [3, 3, 3, 3, 1, 1, 3, 1])
        #expect(Array(SubsetRandomSampler([5, 6, 7])) == [6, 5, 7])
        #expect(torch.rand(1).description == "tensor([0.4604])")
    }

    @Test func concatenation() throws {
        let both = ConcatDataset([numbers, TensorDataset(torch.arange(100, 103))])
        #expect(both.count == 13)
        #expect(try both[11].item() as Int == 101)
        let doubled = MappedDataset(both) { $0 * 2 }
        #expect(try doubled[9].item() as Int == 18)
    }
}
