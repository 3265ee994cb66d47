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

    /// `jupyter run FILE` and `jupyter console` hand their own arguments on to the kernel.
    @Argument(parsing: .allUnrecognized, help: .hidden)
    var ignored: [String] = []

    func run() throws {
        // The channels come first, so that a front end that connects early finds them.
        let sockets = try KernelSockets(ConnectionFile(path: connectionFile))
        let toolchain = Toolchain.find()
        let language = LanguageService(command: [
            Installation.executable.path, "language-service", "--toolchain", toolchain?.root ?? "",
        ])
        let configuration = Result { try CellSession.Configuration.discover() }
        let kernel = Kernel(
            sockets: sockets, languageVersion: toolchain?.version ?? "unknown", language: language,
            engine: { try CellSession(configuration.get()) })
        ProcessWatch.handleSignals(for: kernel)
        ProcessWatch.followParent(of: kernel)
        kernel.run()
        // Threads may still run cells, and unwinding the process under them would crash; so what
        // the session would clean up at its end is cleaned up here.
        if let folder = try? configuration.get().compiler.workFolder {
            try? FileManager.default.removeItem(atPath: folder)
        }
        _exit(0)
    }
}
