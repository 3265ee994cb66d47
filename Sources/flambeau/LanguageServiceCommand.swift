import ArgumentParser
import LanguageService

/// The process in which the kernel has cells completed and explained.
struct LanguageServiceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "language-service", shouldDisplay: false)

    @Option(help: "The `usr` directory of the Swift toolchain.")
    var toolchain: String

    func run() { LanguageServiceProcess.main(toolchain: toolchain) }
}
