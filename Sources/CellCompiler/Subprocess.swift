import Foundation

/// A tool of the toolchain that was started. `Process` of Foundation costs several milliseconds a
/// call and a run loop; a spawn and two pipes are enough here.
public struct Subprocess: Sendable {
    public struct Output: Sendable {
        /// As `waitpid` gives it.
        public var status: Int32
        /// Standard output and standard error together.
        public var text: String
        public var isSuccess: Bool { status == 0 }
        /// Whether a signal ended the tool.
        public var wasKilled: Bool { status > 0 && status & 0x7f != 0 }
    }

    /// The file name under which a tool reads what `finish` feeds it.
    public static let inputPath = "/dev/fd/3"

    private let process: pid_t
    private let input: Int32
    private let output: Int32

    /// Starts a tool; nil where that fails.
    public init?(_ executable: String, _ arguments: [String]) {
        var inputs: [Int32] = [0, 0]
        var outputs: [Int32] = [0, 0]
        guard pipe(&inputs) == 0, pipe(&outputs) == 0 else { return nil }
        for descriptor in inputs + outputs { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, outputs[1], 1)
        posix_spawn_file_actions_adddup2(&actions, outputs[1], 2)
        posix_spawn_file_actions_adddup2(&actions, inputs[0], 3)
        var argv = ([executable] + arguments).map { strdup($0) } + [nil]
        defer { argv.forEach { free($0) } }
        var process = pid_t()
        let error = posix_spawn(&process, executable, &actions, nil, &argv, environ)
        close(inputs[0])
        close(outputs[1])
        guard error == 0 else {
            close(inputs[1])
            close(outputs[0])
            return nil
        }
        (self.process, input, output) = (process, inputs[1], outputs[0])
    }

    /// Runs a tool to its end.
    public static func run(_ executable: String, _ arguments: [String]) -> Output {
        Subprocess(executable, arguments)?.finish() ?? Output(status: -1, text: "\(executable) does not start")
    }

    /// Ends the tool early; `finish` must still be called.
    public func kill() { Foundation.kill(process, SIGKILL) }

    /// Ends a tool that was not fed.
    func dismiss() {
        kill()
        _ = finish()
    }

    /// Feeds the tool its input and waits for its end. Once only.
    public func finish(input text: String = "") -> Output {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(input, $0.baseAddress!, $0.count) }
            if count < 0 && errno != EINTR { break }
            bytes = bytes.dropFirst(max(count, 0))
        }
        close(input)
        var said: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = read(output, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { break }
            said += chunk[..<count]
        }
        close(output)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        return Output(status: status, text: String(decoding: said, as: UTF8.self))
    }
}
