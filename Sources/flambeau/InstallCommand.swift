import ArgumentParser
import Foundation

struct InstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Register the kernel with Jupyter.",
        discussion: "Without an option it is registered for this user.")

    @Flag(help: "Register for this user (the default).")
    var user = false

    @Option(help: "Register under DIR/share/jupyter.", completion: .directory)
    var prefix: String?

    @Flag(help: "Register in the Python environment in use (VIRTUAL_ENV or CONDA_PREFIX).")
    var sysPrefix = false

    @Option(help: "The name that front ends start the kernel by.")
    var name = "flambeau"

    func validate() throws {
        guard [user, sysPrefix, prefix != nil].filter({ $0 }).count <= 1 else {
            throw ValidationError("--user, --prefix and --sys-prefix exclude each other")
        }
        guard name.wholeMatch(of: #/[A-Za-z0-9][A-Za-z0-9._-]*/#) != nil else {
            throw ValidationError(
                "a kernel's name starts with a letter or digit; '.', '_' and '-' may follow")
        }
    }

    func run() throws {
        let folder = try kernels().appending(path: name)
        try Kernelspec.write(to: folder)
        print("installed kernel \(name) in \(folder.path)")
    }

    private func kernels() throws -> URL {
        if let prefix { return JupyterFolder.prefix(prefix) }
        guard sysPrefix else { return JupyterFolder.user() }
        guard let environment = JupyterFolder.environmentPrefix() else {
            throw ValidationError(
                "no Python environment is in use: activate one, or name it with --prefix")
        }
        return JupyterFolder.prefix(environment)
    }
}
