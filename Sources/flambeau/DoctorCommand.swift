import ArgumentParser
import CellCompiler
import Foundation

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check that everything the kernel needs is there.",
        discussion: "Prints what is missing and how to get it. Exits with 1 if anything is.")

    /// One thing the kernel needs.
    private struct Check {
        let subject: String
        /// What was found; nil if it is missing.
        let found: String?
        /// How to get it.
        let remedy: String
    }

    func run() throws {
        let checks = toolchainChecks + libraryChecks + installationChecks + jupyterChecks
        let width = checks.map(\.subject.count).max() ?? 0
        for check in checks {
            let subject = check.subject.padding(toLength: width, withPad: " ", startingAt: 0)
            print("\(check.found == nil ? "✗" : "✓") \(subject)  \(check.found ?? "missing")")
            if check.found == nil { print("    \(check.remedy)") }
        }
        if checks.contains(where: { $0.found == nil }) { throw ExitCode(1) }
    }

    private var toolchainChecks: [Check] {
        let toolchain = Toolchain.find()
        let install =
            "install Swift 6.2 or later (https://www.swift.org/install/linux) and put its "
            + "usr/bin on PATH"
        return [
            Check(
                subject: "Swift toolchain",
                found: toolchain.map { "\($0.version ?? "unknown version") in \($0.root)" },
                remedy: install),
            file("compiler", toolchain?.frontend, install),
            file("linker", toolchain?.linker, install),
            file(
                "language library", toolchain.map { $0.root + "/lib/libsourcekitdInProc.so" },
                install),
        ]
    }

    private var libraryChecks: [Check] {
        [
            ("libzmq.so.5", "libzmq3-dev"), ("libcrypto.so.3", "libssl-dev"),
            ("libopenblas.so.0", "libopenblas-dev"), ("libz.so.1", "zlib1g-dev"),
        ].map { library, package in
            Check(
                subject: library, found: dlopen(library, RTLD_LAZY) == nil ? nil : "found",
                remedy: "sudo apt-get install \(package)")
        }
    }

    private var installationChecks: [Check] {
        let build = "swift build -c release"
        return [
            file("cell host", Installation.host.path, build),
            file("library modules", Installation.modules.path, build),
        ]
    }

    private var jupyterChecks: [Check] {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let jupyter = path.map { "\($0)/jupyter" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        let kernelspec = JupyterFolder.searched(byJupyter: jupyter)
            .map { $0.appending(path: "flambeau/kernel.json").path }
            .first { FileManager.default.fileExists(atPath: $0) }
        return [
            Check(
                subject: "Jupyter", found: jupyter,
                remedy: "python3 -m pip install jupyterlab, and put it on PATH"),
            Check(subject: "kernelspec", found: kernelspec, remedy: "flambeau install"),
        ]
    }

    private func file(_ subject: String, _ path: String?, _ remedy: String) -> Check {
        let exists = path.map(FileManager.default.fileExists(atPath:)) ?? false
        return Check(subject: subject, found: exists ? path : nil, remedy: remedy)
    }
}
