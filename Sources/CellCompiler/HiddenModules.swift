import Foundation

/// The C modules behind the library. Nothing public mentions them, yet the compiler wants to find
/// every module that a library module imports. Empty ones satisfy it and cost nothing to read,
/// and so cells need neither the headers nor the packages that the library was built with.
struct HiddenModules {
    /// A search path for the compiler.
    let folder: String

    /// Declares the modules that a failed compilation missed, and returns their names: it is worth
    /// another attempt, also where a compilation beside it has just declared them.
    ///
    /// - Parameter declared: what was missed and declared before this attempt.
    /// - Returns: nil where no module was missed, or the same ones again.
    func declareMissing(in diagnostics: String, besides declared: [String] = []) -> [String]? {
        guard let line = diagnostics.split(separator: "\n").first(where: { $0.contains("error: missing required module") })
        else { return nil }
        let missing = line.split(separator: "'").enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
        if missing == declared { return nil }
        let file = folder + "/module.modulemap"
        let known = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        let new = missing.filter { !known.contains("module \($0) {") }
        if new.isEmpty { return missing }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try (known + new.map { "module \($0) {}\n" }.joined()).write(toFile: file, atomically: true, encoding: .utf8)
            return missing
        } catch {
            return nil
        }
    }
}
