import Flambeau
import Foundation

guard let options = Options(CommandLine.arguments.dropFirst()) else {
    FileHandle.standardError.write(Data("\(Options.usage)\n".utf8))
    exit(2)
}
setvbuf(stdout, nil, _IOLBF, 0)
torch.setNumThreads(options.threads)
var report = Report(threads: options.threads)
var suite = Suite()
suite.addMatrixProducts()
suite.addElementwise()
suite.addReductions()
suite.addIndexing()
suite.addConvolutions()
suite.addOverhead()
suite.addModels()
suite.addSequenceModels()
suite.addResNets()
suite.addOptimizers()
suite.addData()

func column(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(0, width - text.count)) + text }
func row(_ id: String, _ numbers: [String], _ rest: String) {
    print(id.padding(toLength: 44, withPad: " ", startingAt: 0), numbers.map { column($0, 12) }.joined(separator: " "), rest)
}
print(String(format: "# flambeau threads=%d import_s=%.2f rss_after_import_MB=%.0f", options.threads, report.meta.importS, report.meta.rssImportMB))
row("id", ["med_us", "min_us", "p90_us"], "clean/all rate/notes")
for workload in suite.workloads where options.selects(workload.id) {
    torch.manualSeed(0)
    let result = Measurement(of: workload, budget: options.budget)
    report.rows[workload.id] = result
    row(
        workload.id, [result.med, result.min, result.p90].map { String(format: "%.2f", $0) },
        column("\(result.clean)", 4) + "/\(result.total) " + result.rate)
}
report.finish()
print(String(format: "# peak_rss_MB=%.0f", report.meta.peakRssMB))
if let path = options.json {
    do {
        try report.write(to: path)
    } catch {
        FileHandle.standardError.write(Data("\(path): \(error)\n".utf8))
        exit(1)
    }
}
