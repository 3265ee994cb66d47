import Foundation

/// The times of one workload, in microseconds for one call.
struct Measurement: Encodable {
    let med: Double
    let min: Double
    let p90: Double
    /// Repetitions that counted, and all.
    let clean: Int
    let total: Int
    /// Calls in one repetition.
    let inner: Int
    let note: String
}

extension Measurement {
    /// Times a workload: a repetition lasts at least 3 ms and counts when our threads waited less than 3%
    /// of it for a core, for others use the machine too. Collects for `budget` seconds of repetitions that
    /// count, in at most 6 budgets and 10 s.
    init(of workload: Workload, budget: Double) {
        let body = workload.prepare()
        let inner = Swift.max(1, Int(0.003 / warmedTime(body)))
        var counted: [Double] = []
        var all: [Double] = []
        var countedTime = 0.0
        let start = now()
        while true {
            let waited = waitingTime()
            let begin = now()
            for _ in 0..<inner { body() }
            let time = now() - begin
            let wait = waitingTime() - waited
            all.append(time / Double(inner))
            if wait < 0.03 * time {
                counted.append(time / Double(inner))
                countedTime += time
            }
            let elapsed = now() - start
            if counted.count >= 5 && countedTime >= budget || counted.count >= 300 { break }
            if elapsed > 6 * budget + 10 && (counted.count >= 3 || elapsed > 60) { break }
            if all.count % 8 == 0 && counted.count * 4 < all.count { Thread.sleep(forTimeInterval: 0.25) }
        }
        let times = (counted.count >= 3 ? counted : all).sorted()
        let middle = times.count / 2
        let median = times.count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2
        med = median * 1e6
        min = times[0] * 1e6
        p90 = times[Int(Double(times.count) * 0.9)] * 1e6
        clean = counted.count
        total = all.count
        self.inner = inner
        note = workload.note
    }

    /// The rate that the note states the work of, or the note.
    var rate: String {
        for (unit, name) in [("flops=", "GF/s"), ("bytes=", "GB/s")] {
            guard note.hasPrefix(unit), let work = Double(note.dropFirst(unit.count)) else { continue }
            return String(format: "%.1f %@ (best %.1f)", work / med / 1e3, name, work / min / 1e3)
        }
        return note
    }
}

/// The time of one call after some calls that warm caches up.
private func warmedTime(_ body: () -> Void) -> Double {
    func timed() -> Double {
        let begin = now()
        body()
        return max(now() - begin, 1e-8)
    }
    body()
    let first = timed()
    if first >= 0.05 { return first }
    for _ in 0..<min(20, Int(0.02 / first) + 1) { body() }
    return (0..<3).map { _ in timed() }.min()!
}

private func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }

/// Seconds that threads of this process were ready to run and had no core.
private func waitingTime() -> Double {
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    let nanoseconds = threads.reduce(0) { sum, thread in
        // A thread may have ended since the folder was read.
        guard let text = try? String(contentsOfFile: "/proc/self/task/\(thread)/schedstat", encoding: .utf8) else { return sum }
        return sum + (Int(text.split(separator: " ")[1]) ?? 0)
    }
    return Double(nanoseconds) * 1e-9
}
