import Foundation

/// The table as it is written for `compare.py`.
struct Report: Encodable {
    struct Meta: Encodable {
        let threads: Int
        /// Seconds from the start of the process to its first statement.
        let importS: Double
        let rssImportMB: Double
        var peakRssMB = 0.0

        enum CodingKeys: String, CodingKey {
            case threads
            case importS = "import_s"
            case rssImportMB = "rss_import_MB"
            case peakRssMB = "peak_rss_MB"
        }
    }

    var meta: Meta
    var rows: [String: Measurement] = [:]

    init(threads: Int) {
        meta = Meta(threads: threads, importS: secondsSinceStart(), rssImportMB: peakMemory())
    }

    mutating func finish() { meta.peakRssMB = peakMemory() }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(self).write(to: URL(fileURLWithPath: path))
    }
}

/// The most memory that the process had at once, in MB.
private func peakMemory() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
}

/// The age of the process, to a clock tick (10 ms).
private func secondsSinceStart() -> Double {
    guard let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8), let name = stat.lastIndex(of: ")") else { return 0 }
    // The 22nd field of all; the name of the process, the 2nd, may hold spaces.
    let fields = stat[name...].split(separator: " ")
    guard fields.count > 20, let ticks = Double(fields[20]) else { return 0 }
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9 - ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
}
