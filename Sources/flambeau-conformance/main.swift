import Foundation

let flags = CommandLine.arguments.dropFirst().filter { $0.hasPrefix("-") }
let folders = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("-") }
guard folders.count == 1, let folder = folders.first, flags.allSatisfy({ $0 == "--failures" }) else {
    FileHandle.standardError.write(Data("usage: flambeau-conformance DIR [--failures]\n".utf8))
    exit(2)
}
do {
    let summary = try Corpus(folder).run()
    summary.print(listing: !flags.isEmpty)
    exit(summary.failures.isEmpty ? 0 : 1)
} catch {
    FileHandle.standardError.write(Data("\(folder): \(error)\n".utf8))
    exit(2)
}
