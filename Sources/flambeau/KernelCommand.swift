import ArgumentParser
import CellCompiler
import CellSession
import Foundation
import JupyterProtocol
import LanguageService
import NotebookKernel

struct KernelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernel",
        abstract: "Serve a front end, which starts this by itself.")

    @Option(help: "The file that says where to listen.", completion: .file())
    var connectionFile: String

    func run() throws {
        // The channels come first, so that a front end that connects early finds them.
        let sockets = try KernelSockets(ConnectionFile(path: connectionFile))
        let toolchain = Toolchain.find()
        let language = LanguageService(command: [
            Installation.executable.path, "language-service", "--toolchain", toolchain?.root ?? "",
        ])
        let kernel = Kernel(
            sockets: sockets, languageVersion: toolchain?.version ?? "unknown",
            language: language,
            languageContext: { engine in (engine as? CellSession)?.languageContext ?? LanguageContext() },
            engine: {
                guard let toolchain else { throw MissingToolchain() }
                return try CellSession(configuration: .init(toolchain: toolchain))
            })
        ProcessWatch.handleSignals(for: kernel)
        ProcessWatch.followParent(of: kernel)
        kernel.run()
        // Threads may still run cells; unwinding the process under them would crash.
        _exit(0)
    }
}
