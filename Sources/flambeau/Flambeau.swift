import ArgumentParser
import NotebookKernel

@main
struct Flambeau: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flambeau",
        abstract: "A Jupyter kernel for Swift.",
        version: Kernel.version,
        subcommands: [
            KernelCommand.self, InstallCommand.self, DoctorCommand.self,
            LanguageServiceCommand.self,
        ])
}
