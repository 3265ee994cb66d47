import Foundation
import JupyterProtocol

/// What Jupyter reads about the kernel: how to start it, its name and its logos.
enum Kernelspec {
    static let template = "kernel.json.in"
    static let logos = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]

    /// Why a kernelspec cannot be written.
    enum Failure: Error, CustomStringConvertible {
        case noTemplate

        var description: String {
            "the folder kernelspec with \(Kernelspec.template) was not found near "
                + "\(Installation.executable.path): the executable must stay where it was built"
        }
    }

    /// Writes the kernelspec for this executable into a folder, replacing what is there.
    static func write(to folder: URL) throws {
        guard let source = Installation.kernelspec else { throw Failure.noTemplate }
        let template = try String(
            contentsOf: source.appending(path: Self.template), encoding: .utf8)
        let executable = JSONValue.string(Installation.executable.path).encoded()
        let text = template.replacingOccurrences(
            of: "@EXECUTABLE@", with: String(decoding: executable, as: UTF8.self))

        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for logo in logos {
            try Data(contentsOf: source.appending(path: logo))
                .write(to: folder.appending(path: logo), options: .atomic)
        }
        // Last, because a front end takes a folder with this file for a whole kernelspec.
        try Data(text.utf8).write(to: folder.appending(path: "kernel.json"), options: .atomic)
    }
}
