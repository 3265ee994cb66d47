import Foundation

/// Runs the compiler's tools. `Process` of Foundation costs several milliseconds a call and a
/// run loop; a spawn and a pipe are enough here.
public final class Subprocess: @unchecked Sendable {
    public struct Output: Sendable {
        public var status: Int32
        /// Standard output and standard error together.
        public var text: String
        public var isSuccess: Bool { status == 0 }
    }

    private let lock = NSLock()
    private var child: pid_t?
    private var isCancelled = false

    public init() {}

    /// Ends the tool that runs now, and refuses the next ones.
    public func cancel() {
        lock.withLock {
            isCancelled = true
            if let child { kill(child, SIGKILL) }
        }
    }

    /// Runs a tool to its end and collects what it says.
    public func run(_ executable: String, _ arguments: [String]) -> Output {
        var pipes: [Int32] = [0, 0]
        guard pipe(&pipes) == 0 else { return Output(status: -1, text: "no pipe") }
        for descriptor in pipes { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, pipes[1], 1)
        posix_spawn_file_actions_adddup2(&actions, pipes[1], 2)
        var argv = ([executable] + arguments).map { strdup($0) } + [nil]
        defer { argv.forEach { free($0) } }
        var process = pid_t()
        let error = lock.withLock { () -> Int32 in
            if isCancelled { return ECANCELED }
            let error = posix_spawn(&process, executable, &actions, nil, &argv, environ)
            if error == 0 { child = process }
            return error
        }
        close(pipes[1])
        defer { close(pipes[0]) }
        guard error == 0 else { return Output(status: -1, text: String(cString: strerror(error))) }
        let text = Self.readAll(pipes[0])
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        lock.withLock { child = nil }
        return Output(status: status, text: text)
    }

    private static func readAll(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
