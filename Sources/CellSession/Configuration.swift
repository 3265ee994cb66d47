import CellCompiler
import Foundation

extension CellSession {
    /// Where a session finds the tools and the library.
    public struct Configuration: Sendable {
        public var compiler: CellCompiler.Configuration
        public var hostExecutable: String

        public init(compiler: CellCompiler.Configuration, hostExecutable: String) {
            self.compiler = compiler
            self.hostExecutable = hostExecutable
        }

        /// Looks around: the toolchain on `PATH`, and the host and the library's modules beside
        /// this executable.
        ///
        /// - Throws: `MissingPart`, which names what is not there.
        public static func discover(
            executable: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
        ) throws -> Configuration {
            guard let toolchain = Toolchain.find(environment: environment) else {
                throw MissingPart(
                    description: "No Swift toolchain on PATH. Install one from https://www.swift.org/install/linux/ "
                        + "and make sure that `swift --version` works.")
            }
            let own = executable ?? (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
            let folder = URL(fileURLWithPath: own).resolvingSymlinksInPath().deletingLastPathComponent().path
            let host = folder + "/flambeau-host"
            guard FileManager.default.isExecutableFile(atPath: host) else {
                throw MissingPart(description: "\(host) is missing: build the product flambeau-host.")
            }
            let modules = folder + "/Modules"
            guard FileManager.default.fileExists(atPath: modules + "/NotebookDisplay.swiftmodule") else {
                throw MissingPart(description: "\(modules) does not hold the library's modules: build the package.")
            }
            let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? NSTemporaryDirectory()) + "/.cache"
            let work = "\(temporaryFolder)/flambeau-\(getpid())-\(UInt32.random(in: 0 ... .max))"
            return Configuration(
                compiler: CellCompiler.Configuration(
                    toolchain: toolchain, moduleFolders: [modules], workFolder: work, cacheFolder: cache + "/flambeau",
                    libraryFingerprint: Toolchain.fingerprint(of: host)),
                hostExecutable: host)
        }

        private static let temporaryFolder = FileManager.default.temporaryDirectory.path

        /// Removes what kernels left behind that were killed.
        func removeAbandonedFolders() {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: Self.temporaryFolder)) ?? []
            for name in names where name.hasPrefix("flambeau-") {
                guard let process = name.split(separator: "-").dropFirst().first.flatMap({ pid_t($0) }),
                    kill(process, 0) != 0, errno == ESRCH
                else { continue }
                try? FileManager.default.removeItem(atPath: "\(Self.temporaryFolder)/\(name)")
            }
        }
    }

    /// Something a session cannot do without.
    public struct MissingPart: Error, CustomStringConvertible {
        public var description: String
    }
}
