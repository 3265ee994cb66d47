import Foundation

/// The Swift toolchain that compiles cells: the parts of it that are called directly, because the
/// driver in front of them costs more than the compilation of a small cell.
public struct Toolchain: Sendable {
    /// The toolchain's `usr` folder.
    public let root: String

    public var frontend: String { root + "/bin/swift-frontend" }
    public var linker: String { root + "/bin/ld.lld" }
    public var symbolizer: String { root + "/bin/llvm-symbolizer" }
    public var demangler: String { root + "/bin/swift-demangle" }
    /// Swift's shared libraries.
    public var runtimeLibraries: String { root + "/lib/swift/linux" }
    public var pluginServer: String { root + "/lib/swift/host/libSwiftInProcPluginServer.so" }
    public var plugins: String { root + "/lib/swift/host/plugins" }
    /// Registers a shared object's types and conformances with the runtime.
    public var runtimeObject: String { "\(runtimeLibraries)/\(Self.architecture)/swiftrt.o" }

    public static let architecture: String = {
        #if arch(arm64)
        "aarch64"
        #else
        "x86_64"
        #endif
    }()
    public static let target = architecture + "-unknown-linux-gnu"

    public init(root: String) { self.root = root }

    /// The toolchain whose `swift` comes first on `PATH`; nil where there is none.
    public static func find(environment: [String: String] = ProcessInfo.processInfo.environment) -> Toolchain? {
        for folder in (environment["PATH"] ?? "").split(separator: ":") {
            for command in ["swift-frontend", "swiftc", "swift"] {
                let file = URL(fileURLWithPath: "\(folder)/\(command)").resolvingSymlinksInPath()
                let root = file.deletingLastPathComponent().deletingLastPathComponent().path
                let toolchain = Toolchain(root: root)
                let manager = FileManager.default
                if manager.isExecutableFile(atPath: toolchain.frontend),
                    manager.fileExists(atPath: toolchain.runtimeLibraries)
                {
                    return toolchain
                }
            }
        }
        return nil
    }

    /// Changes whenever another compiler is installed.
    public var fingerprint: String { root + "@" + Self.fingerprint(of: frontend) }

    /// A file's size and date.
    public static func fingerprint(of file: String) -> String {
        var information = stat()
        guard stat(file, &information) == 0 else { return "-" }
        return "\(information.st_size).\(information.st_mtim.tv_sec).\(information.st_mtim.tv_nsec)"
    }
}
