import Foundation
import NotebookDisplay
import Synchronization
import Testing

/// What a notebook would get.
private final class Recorder: Sendable {
    struct Event {
        let bundle: MIMEBundle
        let id: String?
        let isUpdate: Bool
    }
    let events = Mutex<[Event]>([])

    /// Takes what `body` shows, as a notebook's host does for a cell.
    static func record(_ body: () -> Void) -> [Event] {
        let recorder = Recorder()
        // What other tests left is not this one's.
        _finishLiveDisplays()
        let old = DisplaySink.current
        DisplaySink.current = DisplaySink(
            display: { bundle, id, isUpdate in
                recorder.events.withLock { $0.append(Event(bundle: bundle, id: id, isUpdate: isUpdate)) }
            }, result: { _ in }, page: { _ in }, clearOutput: { _ in })
        body()
        _finishLiveDisplays()
        DisplaySink.current = old
        return recorder.events.withLock { $0 }
    }
}

/// The sink is the process's, so these run one after the other.
@Suite(.serialized) struct LiveTests {
    @Test func monitorDrawsAtMostTenTimesASecondAndAtTheEnd() {
        let events = Recorder.record {
            let monitor = Monitor("run", total: 60)
            for step in 1...60 {
                monitor.log(["loss": 1 / Double(step), "accuracy": 0.5, "val_loss": 0.25], samples: 8)
                usleep(10_000)
            }
        }
        #expect(events.count >= 3 && events.count < 14)
        #expect(events.map(\.isUpdate) == [false] + events.dropFirst().map { _ in true })
        #expect(Set(events.map(\.id)).count == 1)
        let last = events.last!.bundle.data
        #expect(last["text/plain"]!.contains("step 60 / 60"))
        #expect(last["text/plain"]!.contains("samples/s"))
        #expect(last["image/svg+xml"] != nil && last["text/html"] == last["image/svg+xml"])
        // Two charts: losses share one.
        #expect(last["image/svg+xml"]!.contains("val_loss"))
        #expect(last["image/svg+xml"]!.components(separatedBy: ">step</text>").count - 1 == 2)
        // While it runs the drawing is sent once, not twice.
        #expect(events.dropFirst().dropLast().allSatisfy { $0.bundle.data["image/svg+xml"] == nil })
    }

    /// A number logged seldom is shown as it is, and the newest is shown of any.
    @Test func theNewestNumberIsShown() {
        let monitor = Monitor()
        _ = Recorder.record {
            for step in 0..<100 { monitor.log(["loss": 1 - Double(step) / 128]) }
            for value in [0.9, 0.5, 0.284] { monitor.log(["perplexity": value]) }
        }
        let data = monitor.mimeBundle.data
        #expect(data["text/plain"]!.contains("perplexity  0.284"))
        #expect(data["image/svg+xml"]!.contains(">perplexity  0.284<"))
        #expect(data["image/svg+xml"]!.contains(">loss  0.2266<"))
        // Only the loss is smoothed, with a band of its numbers.
        #expect(data["image/svg+xml"]!.components(separatedBy: "fill-opacity=\"0.22\"").count - 1 == 1)
    }

    @Test func metricsShareAChartWhereTheUserWants() {
        let monitor = Monitor(charts: [["RNN", "LSTM"]])
        _ = Recorder.record {
            for step in 0..<3 { monitor.log(["RNN": Double(step), "loss": 1, "LSTM": 2]) }
        }
        let svg = monitor.mimeBundle.data["image/svg+xml"]!
        #expect(svg.components(separatedBy: ">step</text>").count - 1 == 2)
        #expect(svg.contains(">RNN 2</text>") && svg.contains(">LSTM 2</text>") && svg.contains(">loss  1</text>"))
    }

    @Test func aMillionStepsAreDrawnAsQuicklyAsAThousand() {
        let monitor = Monitor()
        _ = Recorder.record {
            for step in 0..<100_000 { monitor.log(["loss": step % 1000 == 0 ? .nan : sin(Double(step) / 1e4)]) }
        }
        #expect(monitor.mimeBundle.data["image/svg+xml"]!.utf8.count < 80_000)
    }

    @Test func barsOfNestedLoopsShareAPlace() {
        let events = Recorder.record {
            for _ in tqdm(0..<3, "outer") {
                for _ in tqdm([1, 2, 3, 4], "inner") { usleep(15_000) }
            }
        }
        #expect(Set(events.map(\.id)).count == 1)
        #expect(events.count < 12)
        #expect(events.contains { $0.bundle.data["text/plain"]!.contains("inner: ") })
        let last = events.last!.bundle.data["text/plain"]!
        #expect(last.hasPrefix("outer: 100%|████████████████████| 3/3 ["))
        #expect(!last.contains("inner"))
    }

    @Test func displayIsNoResult() {
        final class Results: @unchecked Sendable { var texts: [String] = [] }
        let results = Results()
        let old = DisplaySink.current
        defer { DisplaySink.current = old }
        DisplaySink.current = DisplaySink(
            display: { _, _, _ in }, result: { results.texts.append($0.data["text/plain"]!) }, page: { _ in },
            clearOutput: { _ in })
        _showResult(display(1))
        _showResult(2)
        #expect(results.texts == ["2"])
    }

    @Test func aLoopThatIsLeftEndsItsBar() {
        let events = Recorder.record {
            for i in tqdm([1, 2, 3, 4]) where i == 3 { break }
            for _ in tqdm(0..<2) {}
        }
        #expect(Set(events.map(\.id)).count == 2)
        #expect(events.contains { $0.bundle.data["text/plain"]!.contains("2/4") })
        #expect(events.last!.bundle.data["text/plain"]!.contains("2/2"))
    }

    @Test func lengthMayBeUnknown() {
        let events = Recorder.record {
            var left = 5
            for _ in tqdm(AnyIterator { () -> Int? in left -= 1; return left >= 0 ? left : nil }) {}
        }
        #expect(events.last!.bundle.data["text/plain"]!.hasPrefix("5/? ["))
    }
}
