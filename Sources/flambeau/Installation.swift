import CellCompiler
import Foundation

/// Where the parts of this installation lie, seen from the running executable.
enum Installation {
    /// The executable, with links resolved.
    static let executable =
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()

    /// What `swift build` puts next to each other.
    static let folder = executable.deletingLastPathComponent()

    /// The program that runs cells.
    static let host = folder.appending(path: "flambeau-host")

    /// The library's modules, which cells import.
    static let modules = folder.appending(path: "Modules")

    /// The kernelspec's template and logos: in the package the executable was built in, or under
    /// the `share` folder beside it; nil if there is neither.
    static var kernelspec: URL? {
        var candidates = [folder.appending(path: "../share/flambeau/kernelspec").standardized]
        var parent = folder
        while parent.path != "/" {
            parent.deleteLastPathComponent()
            candidates.append(parent.appending(path: "kernelspec"))
        }
        return candidates.first {
            FileManager.default.fileExists(atPath: $0.appending(path: Kernelspec.template).path)
        }
    }
}

extension Toolchain {
    /// The version of the compiler, as the standard library's own interface states it: reading it
    /// is faster than asking the compiler.
    var version: String? {
        let interface =
            "\(runtimeLibraries)/Swift.swiftmodule/\(Self.target).swiftinterface"
        guard let file = FileHandle(forReadingAtPath: interface),
            let head = try? file.read(upToCount: 500)
        else { return nil }
        return String(decoding: head, as: UTF8.self)
            .firstMatch(of: #/Swift version (\d[\w.]*)/#).map { String($0.1) }
    }
}
