import Foundation

/// The C modules behind the library. Nothing public mentions them, yet the compiler wants to find
/// every module that a library module imports. Empty ones satisfy it and cost nothing to read,
/// and so cells need neither the headers nor the packages that the library was built with.
struct HiddenModules {
    /// A search path for the compiler.
    let folder: String

    /// Declares the modules that a failed compilation missed; false where it missed none.
    func declareMissing(in diagnostics: String) -> Bool {
        guard let line = diagnostics.split(separator: "\n").first(where: { $0.contains("error: missing required module") })
        else { return false }
        let missing = line.split(separator: "'").enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
        let file = folder + "/module.modulemap"
        let known = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        let new = missing.filter { !known.contains("module \($0) {") }
        guard !new.isEmpty else { return false }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try (known + new.map { "module \($0) {}\n" }.joined()).write(toFile: file, atomically: true, encoding: .utf8)
            return true
        } catch {
            return false
        }
    }
}
