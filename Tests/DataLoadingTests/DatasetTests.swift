import Flambeau
import TestSupport
import Testing

/// Datasets made of others, streams, and the default collation.
@Suite(.serialized) struct DatasetTests {
    @Test func theSizeOfALoadersDataset() {
        let loader = DataLoader(TensorDataset(torch.arange(10)), batchSize: 4)
        #expect(loader.count == 3 && loader.dataset.count == 10)
        #expect(loader.dataset is TensorDataset<Tensor>)
    }

    @Test func splitsTakenApart() {
        let data = TensorDataset(torch.arange(10))
        let (train, rest) = randomSplit(data, [0.8, 0.2])
        let (a, b, c) = torch.utils.data.randomSplit(data, [5, 3, 2])
        #expect([train.count, rest.count, a.count, b.count, c.count] == [8, 2, 5, 3, 2])
        #expect(failure { let (_, _) = randomSplit(data, [5, 3, 2]) } == "ValueError: too many values to unpack (expected 2, got 3)")
    }

    @Test func arraysAreDatasets() {
        let batches = DataLoader([1.5, 2.5, 3.5], batchSize: 2).map { $0.array() as [Double] }
        #expect(batches == [[1.5, 2.5], [3.5]])
    }

    @Test func stackDatasetGivesTuples() throws {
        let stacked = StackDataset([1, 2, 3], ["a", "b", "c"])
        let (number, text) = try stacked[1]
        #expect(number == 2 && text == "b" && stacked.count == 3)
        for (numbers, texts) in DataLoader(stacked, batchSize: 3) {
            #expect(numbers.array() == [1, 2, 3] as [Int] && texts == ["a", "b", "c"])
        }
        #expect(failure { _ = StackDataset([1], [1, 2]) } == "ValueError: Size mismatch between datasets")
    }

    @Test func concatDatasetCountsFromBothEnds() throws {
        let both = ConcatDataset([[1, 2], [3, 4, 5]])
        #expect(both.count == 5 && both.cumulativeSizes == [2, 5])
        #expect(try both[-1] == 5 && both[2] == 3)
        #expect(
            failure { _ = try? both[-6] } == "ValueError: absolute value of index should not exceed dataset length")
        #expect(failure { _ = try? both[5] } == "IndexError: list index out of range")
        #expect(
            failure { _ = ConcatDataset<Int>([]) } == "AssertionError: datasets should not be an empty iterable")
    }

    private struct Numbers: IterableDataset {
        let range: Range<Int>
        var isShared = true
        var count: Int { range.count }
        func makeIterator() -> AnyIterator<Int> {
            guard isShared, let info = getWorkerInfo() else { return AnyIterator(range.makeIterator()) }
            return AnyIterator(
                stride(from: range.lowerBound + info.id, to: range.upperBound, by: info.numWorkers).makeIterator())
        }
    }

    @Test func iterableDatasetsGivePyTorchsBatchesForEachNumberOfWorkers() {
        let shares: [[[Int]]] = [
            [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]], [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]],
            [[0, 2], [1, 3], [4, 6], [5, 7], [8], [9]], [[0, 3], [1, 4], [2, 5], [6, 9], [7], [8]],
        ]
        for (workers, expected) in shares.enumerated() {
            let loader = DataLoader(Numbers(range: 0..<10), batchSize: 2, numWorkers: workers)
            #expect(loader.map { $0.array() as [Int] } == expected)
            #expect(loader.count == 5)
            // Whoever does not share reads all, and loses a last batch that is not full.
            let copies = DataLoader(
                Numbers(range: 0..<5, isShared: false), batchSize: 2, numWorkers: workers, dropLast: true)
            let times = max(1, workers)
            #expect(
                copies.map { $0.array() as [Int] }
                    == [[Int]](repeating: [0, 1], count: times) + [[Int]](repeating: [2, 3], count: times))
        }
        let single = DataLoader(Numbers(range: 0..<5), batchSize: nil, numWorkers: 2)
        #expect(Array(single) == [0, 1, 2, 3, 4])
    }

    @Test func chainDatasetJoinsStreams() {
        let chain = ChainDataset<Int>([Numbers(range: 0..<3), Numbers(range: 7..<9)])
        #expect(Array(chain) == [0, 1, 2, 7, 8] && chain.count == 5)
        #expect(DataLoader(chain, batchSize: 2).map { $0.array() as [Int] } == [[0, 1], [2, 7], [8]])
    }

    @Test func defaultCollateNestsArraysAndDictionaries() throws {
        let lists = DataLoader([["a": [1, 2]], ["a": [3, 4]]], batchSize: 2).makeIterator().next()!
        #expect(lists["a"]!.map { $0.array() as [Int] } == [[1, 3], [2, 4]])
        let samples: [[String: Any]] = [
            ["a": 1, "b": [1.5, "x"] as [Any], "c": torch.ones(2)],
            ["a": 2, "b": [2.5, "y"] as [Any], "c": torch.zeros(2)],
        ]
        let batch = DataLoader(samples, batchSize: 2, collateFn: { defaultCollate($0) }).makeIterator().next()!
        #expect((batch["a"] as! Tensor).description == "tensor([1, 2])")
        let parts = batch["b"] as! [Any]
        #expect((parts[0] as! Tensor).description == "tensor([1.5000, 2.5000], dtype=torch.float64)")
        #expect(parts[1] as! [String] == ["x", "y"])
        #expect((batch["c"] as! Tensor).shape == [2, 2])
    }

    @Test func defaultCollateRefusesInPyTorchsWords() {
        #expect(
            failure { _ = defaultCollate([[1], [1, 2]]) }
                == "RuntimeError: each element in list of batch should be of equal size")
        #expect(
            failure { _ = defaultCollate([torch.ones(1), torch.ones(2)]) }
                == "RuntimeError: stack expects each tensor to be equal size, but got [1] at entry 0 and [2] at entry 1")
        #expect(
            failure { _ = defaultCollate([["a": Set([1])], ["a": Set([2])]] as [[String: Any]]) }
                == "TypeError: default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; "
                + "found <class 'Set<Int>'>")
    }

    @Test func aKeyMissingInASampleIsNamed() {
        #expect(failure { _ = defaultCollate([["a": 1], ["b": 2]]) } == "KeyError: 'a'")
    }

    @Test func tensorDatasetRefusesInPyTorchsWords() {
        #expect(
            failure { _ = TensorDataset(torch.zeros(2), torch.zeros(3)) }
                == "AssertionError: Size mismatch between tensors")
        #expect(
            failure { _ = TensorDataset(torch.arange(3))[3] }
                == "IndexError: index 3 is out of bounds for dimension 0 with size 3")
    }
}
