import Foundation
import LanguageService

/// The toolchain that builds these tests.
enum Toolchain {
    /// Its `usr` directory.
    static let path: String = {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["swiftc", "-print-target-info"]
        process.standardOutput = output
        try! process.run()
        struct Info: Decodable {
            struct Paths: Decodable { var runtimeResourcePath: String }
            var paths: Paths
        }
        let info = try! JSONDecoder().decode(
            Info.self, from: output.fileHandleForReading.readDataToEndOfFile())
        return URL(fileURLWithPath: info.paths.runtimeResourcePath)
            .deletingLastPathComponent().deletingLastPathComponent().path
    }()

    /// Compiles a module that later cells may import, and has it used from the directory that
    /// holds it.
    static func withModule(
        named name: String, source: String, use: (_ directory: String) throws -> Void
    ) throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("language-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appendingPathComponent("\(name).swift")
        try source.write(to: file, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path + "/bin/swiftc")
        process.currentDirectoryURL = directory
        process.arguments = [
            "-emit-module", "-enable-testing", "-module-name", name, file.path,
        ]
        try process.run()
        process.waitUntilExit()
        try use(directory.path)
    }
}

/// The executable beside the test bundle, which hosts the helper.
let helperCommand: [String] = {
    let bundle = try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let directory = URL(fileURLWithPath: bundle).deletingLastPathComponent()
    return [
        directory.appendingPathComponent("flambeau").path, "language-service", "--toolchain",
        Toolchain.path,
    ]
}()

/// One service for all tests, as in a kernel; the first use of a module may take long.
let service = LanguageService(command: helperCommand, timeLimit: .seconds(60))

/// Splits a cell at the bar that marks the cursor.
func cursor(in marked: String) -> (cell: String, cursor: Int) {
    let scalars = Array(marked.unicodeScalars)
    let bar = scalars.firstIndex(of: "|")!
    var cell = String.UnicodeScalarView(scalars[..<bar])
    cell.append(contentsOf: scalars[(bar + 1)...])
    return (String(cell), bar)
}
