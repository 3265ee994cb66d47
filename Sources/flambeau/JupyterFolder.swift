import Foundation

/// The folders in which front ends look for kernels.
enum JupyterFolder {
    /// Where this user's kernels are.
    static func user(environment: [String: String] = ProcessInfo.processInfo.environment) -> URL {
        kernels(in: dataFolder(environment))
    }

    /// Where the kernels of an installation with a prefix are.
    static func prefix(_ prefix: String) -> URL {
        kernels(in: URL(filePath: prefix).appending(path: "share/jupyter"))
    }

    /// The prefix of the Python environment in use; nil if none is.
    static func environmentPrefix(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String? {
        environment["VIRTUAL_ENV"] ?? environment["CONDA_PREFIX"]
    }

    /// Every folder that a Jupyter searches, the first that counts first.
    ///
    /// - Parameter command: the path of its command, which lies under its prefix; nil if unknown.
    static func searched(
        byJupyter command: String?,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> [URL] {
        let path = (environment["JUPYTER_PATH"] ?? "").split(separator: ":")
            .map { kernels(in: URL(filePath: String($0))) }
        let own = command.map {
            URL(filePath: $0).deletingLastPathComponent().deletingLastPathComponent().path
        }
        let prefixes = [own, environmentPrefix(environment: environment), "/usr/local", "/usr"]
        return path + [user(environment: environment)] + prefixes.compactMap { $0 }.map(prefix)
    }

    private static func dataFolder(_ environment: [String: String]) -> URL {
        if let folder = environment["JUPYTER_DATA_DIR"], !folder.isEmpty {
            return URL(filePath: folder)
        }
        let data = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : URL(filePath: $0) }
        let home = URL(filePath: environment["HOME"] ?? NSHomeDirectory())
        return (data ?? home.appending(path: ".local/share")).appending(path: "jupyter")
    }

    private static func kernels(in data: URL) -> URL { data.appending(path: "kernels") }
}
