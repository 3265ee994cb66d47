import Flambeau
import Foundation
import TestSupport
import Testing

/// Loaders with workers: the same batches whatever their number, errors, and no thread left behind.
@Suite(.serialized) struct WorkerTests {
    /// Samples that take different times and depend on a generator seeded for each.
    private struct Uneven: Dataset {
        var count: Int { 41 }
        subscript(index: Int) -> (Tensor, Int) {
            usleep(UInt32((index * 7) % 5) * 800)
            return (torch.randn(3, generator: Generator().manualSeed(index)), index)
        }
    }

    @Test func batchesAreTheSameForAnyNumberOfWorkers() {
        func epochs(_ workers: Int, persistent: Bool = false) -> [String] {
            let loader = DataLoader(
                Uneven(), batchSize: 4, shuffle: true, numWorkers: workers, generator: Generator().manualSeed(1),
                persistentWorkers: persistent)
            #expect(loader.count == 11)
            return (0..<2).flatMap { _ in loader.map { "\($0.0) \($0.1)" } }
        }
        let expected = epochs(0)
        #expect(expected.count == 22)
        for workers in [1, 2, 4] { #expect(epochs(workers) == expected) }
        #expect(epochs(2, persistent: true) == expected)
    }

    @Test func shuffledOrderWithWorkersEqualsPyTorch() {
        for workers in [0, 2, 4] {
            torch.manualSeed(7)
            let loader = DataLoader(Array(0..<10), batchSize: 3, shuffle: true, numWorkers: workers)
            #expect(loader.map { $0.array() as [Int] } == [[3, 2, 7], [8, 6, 1], [5, 9, 0], [4]])
            #expect(loader.map { $0.array() as [Int] } == [[1, 3, 5], [2, 8, 9], [6, 7, 4], [0]])
            #expect(torch.rand(1).description == "tensor([0.3653])")
        }
    }

    private struct Dice: Dataset {
        var count: Int { 4 }
        subscript(index: Int) -> Double { torch.rand(1).item() }
    }

    /// Workers draw from generators of their own, the first batches from PyTorch's numbers.
    @Test func randomNumbersInWorkersDoNotDependOnTheirNumber() {
        func draws(_ workers: Int) -> [[Double]] {
            torch.manualSeed(7)
            return DataLoader(Dice(), batchSize: 2, numWorkers: workers).map { $0.array() }
        }
        let two = draws(2)
        #expect((two[0][0] - 0.11662513017654419).magnitude < 1e-9 && (two[1][1] - 0.28084486722946167).magnitude < 1e-9)
        #expect(draws(1) == two && draws(4) == two)
    }

    @Test func workersReadInParallel() {
        struct Slow: Dataset {
            var count: Int { 16 }
            subscript(index: Int) -> Int {
                usleep(20_000)
                return index
            }
        }
        func seconds(_ workers: Int) -> Double {
            let start = Date()
            #expect(Array(DataLoader(Slow(), batchSize: 2, numWorkers: workers)).count == 8)
            return Date().timeIntervalSince(start)
        }
        #expect(seconds(4) < 0.6 * seconds(0))
    }

    // MARK: - Errors

    private struct Unreadable: Error, CustomStringConvertible {
        var description: String { "the file is not an image" }
    }

    private struct Faulty: Dataset {
        var bad = 13
        var count: Int { 20 }
        subscript(index: Int) -> Int {
            get throws {
                if index == bad { throw Unreadable() }
                return index
            }
        }
    }

    @Test func anErrorInAWorkerIsRethrownAtItsBatchAndNamesTheSample() {
        for workers in [0, 1, 2, 4] {
            let iterator = DataLoader(Faulty(), batchSize: 4, numWorkers: workers).makeIterator()
            var seen: [[Int]] = []
            var errors: [String] = []
            while true {
                do {
                    guard let batch = try iterator.nextBatch() else { break }
                    seen.append(batch.array())
                } catch {
                    let error = error as! DataLoaderError
                    #expect(error.sample == 13 && error.error is Unreadable)
                    #expect((error.worker == nil) == (workers == 0))
                    errors.append("\(error)")
                }
            }
            #expect(seen.map(\.[0]) == [0, 4, 8, 16] && errors.count == 1)
            let place = workers == 0 ? "" : " worker \(3 % workers)"
            #expect(errors == ["Caught Unreadable in DataLoader\(place) at sample 13.\nthe file is not an image"])
        }
        #expect(
            failure { for _ in DataLoader(Faulty(), batchSize: 4, numWorkers: 2) {} }
                == "RuntimeError: Caught Unreadable in DataLoader worker 1 at sample 13.\nthe file is not an image")
    }

    @Test func aProgrammingErrorInAWorkerStopsTheLoopAndNamesTheSample() {
        struct Misshapen: Dataset {
            var count: Int { 6 }
            subscript(index: Int) -> Tensor { index == 3 ? torch.zeros(2).add(torch.zeros(3)) : torch.zeros(2) }
        }
        let message = failure { for _ in DataLoader(Misshapen(), batchSize: 2, numWorkers: 2) {} }
        #expect(
            message
                == "RuntimeError: Caught RuntimeError in DataLoader worker 1 at sample 3.\nThe size of tensor a (2) must "
                + "match the size of tensor b (3) at non-singleton dimension 0")
        let iterator = DataLoader(Misshapen(), batchSize: 2, numWorkers: 2).makeIterator()
        #expect(throws: Never.self) { try iterator.nextBatch() }
        #expect(throws: DataLoaderError.self) { try iterator.nextBatch() }
        #expect(throws: Never.self) { try iterator.nextBatch()!.shape == [2, 2] }
        #expect(throws: Never.self) { try iterator.nextBatch() == nil }
    }

    @Test func aWorkerThatGivesNothingTimesOut() {
        struct Stuck: Dataset {
            var count: Int { 1 }
            subscript(index: Int) -> Int {
                sleep(1)
                return index
            }
        }
        #expect(
            failure { for _ in DataLoader(Stuck(), numWorkers: 1, timeout: 0.1) {} }
                == "RuntimeError: DataLoader timed out after 0.1 seconds")
    }

    // MARK: - Threads and memory

    private func threads() -> Int { try! FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count }

    /// The number of threads once those that are about to end have ended.
    private func threads(downTo limit: Int) -> Int {
        for _ in 0..<100 where threads() > limit { usleep(20_000) }
        return threads()
    }

    @Test func leavingTheLoopEarlyLeavesNoThread() {
        _ = Array(DataLoader(Uneven(), batchSize: 4))
        let before = threads(downTo: 0 + threads())
        for _ in 0..<5 {
            for (i, _) in DataLoader(Uneven(), batchSize: 4, numWorkers: 4).enumerated() where i == 1 {
                #expect(threads() > before)
                break
            }
            #expect(threads() <= before)
        }
        let finished = DataLoader(Uneven(), batchSize: 4, numWorkers: 4).makeIterator()
        while finished.next() != nil {}
        #expect(threads() <= before)
    }

    @Test func errorsLeaveNoThread() {
        let before = threads()
        for _ in 0..<5 {
            let iterator = DataLoader(Faulty(bad: 5), batchSize: 4, numWorkers: 4).makeIterator()
            #expect(throws: Never.self) { try iterator.nextBatch() }
            #expect(throws: DataLoaderError.self) { try iterator.nextBatch() }
        }
        #expect(threads() <= before)
    }

    /// A thread that is stopped inside the loop, as a notebook stops an interrupted cell, never
    /// gives back what it held. The workers end all the same.
    @Test func anInterruptedLoopLeavesNoThread() {
        let before = threads()
        _ = failure {
            for _ in DataLoader(Uneven(), batchSize: 4, numWorkers: 4) { fail("interrupted here") }
        }
        // The stopped thread itself stays.
        #expect(threads(downTo: before + 1) <= before + 1)
    }

    @Test func persistentWorkersAreReusedAndEndWithTheLoader() {
        let before = threads()
        var loader: DataLoader<(Tensor, Tensor)>? = DataLoader(
            Uneven(), batchSize: 4, numWorkers: 2, persistentWorkers: true)
        for _ in 0..<3 {
            for _ in loader! {}
            #expect(threads() == before + 2)
        }
        loader = nil
        #expect(threads() <= before)
    }

    @Test func memoryStaysConstantOverEpochs() throws {
        func resident() throws -> Int {
            Int(try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[1])! * 4096
        }
        let data = TensorDataset(torch.randn(256, 1024), torch.arange(256))
        let loader = DataLoader(
            MappedDataset(data) { ($0.0 * 2, $0.1) }, batchSize: 32, shuffle: true, numWorkers: 2)
        func run(_ epochs: Int) { for _ in 0..<epochs { for (x, _) in loader { _ = x.sum() } } }
        run(10)
        let before = try resident()
        run(60)
        // Each epoch makes 2 MB of batches.
        #expect(try resident() - before < 8_000_000)
    }

    // MARK: - What workers take over

    @Test func workersInheritTheGradMode() {
        struct Modes: Dataset {
            var count: Int { 2 }
            subscript(index: Int) -> [Bool] { [torch.isGradEnabled(), torch.isInferenceModeEnabled()] }
        }
        func modes() -> [[Bool]] {
            DataLoader(Modes(), batchSize: 2, numWorkers: 1).makeIterator().next()!.map { $0.array() }
        }
        #expect(modes() == [[true, true], [false, false]])
        #expect(torch.noGrad { modes() } == [[false, false], [false, false]])
        #expect(torch.inferenceMode { modes() } == [[false, false], [true, true]])
    }

    private final class Log: @unchecked Sendable {
        private let lock = NSLock()
        private var entries: [String] = []
        func add(_ entry: String) { lock.withLock { entries.append(entry) } }
        var sorted: [String] { lock.withLock { entries.sorted() } }
    }

    @Test func workerInitFnRunsOnceInEachWorker() {
        let log = Log()
        torch.manualSeed(3)
        let loader = DataLoader(
            Array(0..<12), batchSize: 2, numWorkers: 3,
            workerInitFn: { id in
                let info = getWorkerInfo()!
                log.add("\(id) \(info.id) \(info.numWorkers) \((info.dataset as! [Int]).count)")
            })
        _ = Array(loader)
        #expect(log.sorted == ["0 0 3 12", "1 1 3 12", "2 2 3 12"])
        #expect(getWorkerInfo() == nil)
    }

    // MARK: - Arguments

    @Test func samplersAndBatchSamplersAreArguments() {
        torch.manualSeed(7)
        let weighted = DataLoader(
            Array(0..<10), batchSize: 4,
            sampler: WeightedRandomSampler([1, 1, 1, 1, 1, 4, 4, 4, 4, 4], 10))
        #expect(weighted.map { $0.array() as [Int] } == [[5, 9, 7, 9], [8, 5, 7, 8], [8, 1]])
        let batches = DataLoader(Array(0..<10), batchSampler: [[1, 2], [5], [9, 8, 7]], numWorkers: 2)
        #expect(batches.map { $0.array() as [Int] } == [[1, 2], [5], [9, 8, 7]] && batches.count == 3)
        torch.manualSeed(7)
        #expect(Array(DataLoader(Array(0..<10), batchSize: nil, shuffle: true)) == [3, 2, 7, 8, 6, 1, 5, 9, 0, 4])
    }

    @Test func loaderRefusesInPyTorchsWords() {
        let data = Array(0..<4)
        struct Stream: IterableDataset {
            func makeIterator() -> Range<Int>.Iterator { (0..<3).makeIterator() }
        }
        let refusals: [(String, @Sendable () -> Void)] = [
            ("ValueError: sampler option is mutually exclusive with shuffle",
             { _ = DataLoader(data, shuffle: true, sampler: [1]) }),
            ("ValueError: batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last",
             { _ = DataLoader(data, batchSize: 2, batchSampler: [[1]]) }),
            ("ValueError: num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.",
             { _ = DataLoader(data, numWorkers: -1) }),
            ("ValueError: timeout option should be non-negative", { _ = DataLoader(data, timeout: -1) }),
            ("ValueError: prefetch_factor option could only be specified in multiprocessing.let num_workers > 0 to enable multiprocessing, otherwise set prefetch_factor to None.",
             { _ = DataLoader(data, prefetchFactor: 2) }),
            ("ValueError: persistent_workers option needs num_workers > 0",
             { _ = DataLoader(data, persistentWorkers: true) }),
            ("ValueError: batch_size should be a positive integer value, but got batch_size=0",
             { _ = DataLoader(data, batchSize: 0) }),
            ("ValueError: batch_size=None option disables auto-batching and is mutually exclusive with drop_last",
             { _ = DataLoader(data, batchSize: nil, dropLast: true) }),
            ("ValueError: DataLoader with IterableDataset: expected unspecified shuffle option, but got shuffle=True",
             { _ = DataLoader(Stream(), shuffle: true) }),
            ("AssertionError: _SingleProcessDataLoaderIter requires timeout == 0", { _ = DataLoader(data, timeout: 3) }),
            ("TypeError: object of type 'Stream' has no len()", { _ = DataLoader(Stream()).count }),
        ]
        for (message, body) in refusals { #expect(failure(body) == message) }
    }
}
