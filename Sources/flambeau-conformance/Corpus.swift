import Flambeau
import Foundation
import OperatorRegistry

/// A folder of cases, read with everything below it.
struct Corpus {
    let folder: URL

    init(_ path: String) { folder = URL(fileURLWithPath: path) }

    /// Runs every case that the folder holds.
    func run() throws -> Summary {
        var summary = Summary()
        for file in try files() {
            if file.lastPathComponent == "files.json" {
                try StoredFiles(listing: file).run(into: &summary)
            } else {
                try run(lines: file, into: &summary)
            }
        }
        return summary
    }

    private func files() throws -> [URL] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue,
            let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        else { throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: folder.path]) }
        return walk.compactMap { $0 as? URL }
            .filter { $0.pathExtension == "jsonl" || $0.lastPathComponent == "files.json" }
            .sorted { $0.path < $1.path }
    }

    private func run(lines file: URL, into summary: inout Summary) throws {
        let stored = file.deletingLastPathComponent().appendingPathComponent("tensors.safetensors").path
        let tensors = FileManager.default.fileExists(atPath: stored) ? try safetensors.safeOpen(stored) : nil
        let values = ValueReader(tensors: tensors)
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let json = try JSONValue(parsing: line)
            let id = json["id"]?.string ?? file.lastPathComponent
            if let name = json["op"]?.string {
                if OperatorRegistry.operators[name] == nil {
                    summary.addUnknown(id, name, reason: OperatorRegistry.unsupported[name])
                } else {
                    summary.add(id, OperatorCase(stated: OperatorCall(json: json, line: line, values: values), values: values).run())
                }
            } else if json["repr"] != nil {
                summary.add(id, PrintingCase(json: json, values: values).run())
            } else if let name = json["module"]?.string, Modules.table[name] != nil {
                summary.add(id, ModuleCase(json: json, values: values).run())
            } else if let name = json["optimizer"]?.string, json["steps"] != nil, Optimizers.table[name] != nil {
                summary.add(id, OptimizerCase(json: json, values: values).run())
            } else if let name = json["scheduler"]?.string, SchedulerCase.table[name] != nil {
                summary.add(id, SchedulerCase(json: json, values: values).run())
            } else {
                let name = json["module"]?.string ?? json["scheduler"]?.string ?? json["optimizer"]?.string
                summary.addUnknown(id, name ?? file.lastPathComponent)
            }
        }
    }
}
