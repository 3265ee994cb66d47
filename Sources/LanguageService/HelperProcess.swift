import Foundation

/// The client's end of one running helper process.
final class HelperProcess {
    let identifier: pid_t
    let socket: MessageSocket

    /// Starts the helper.
    ///
    /// - Throws: `MessageSocket.Failure.closed` where it cannot be started.
    init(command: [String]) throws {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0
        else { throw MessageSocket.Failure.closed }
        defer { close(ends[1]) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO)

        // A group of its own: an interrupt meant for the kernel's group is not for the helper.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))

        // When the library crashes the next helper should start at once, not after a backtrace.
        let environment = ProcessInfo.processInfo.environment
            .merging(["SWIFT_BACKTRACE": "enable=no"]) { _, new in new }
            .map { strdup("\($0)=\($1)") } + [nil]
        let arguments = command.map { strdup($0) } + [nil]
        defer { (environment + arguments).forEach { free($0) } }

        var child: pid_t = 0
        guard posix_spawn(&child, command[0], &actions, &attributes, arguments, environment) == 0
        else {
            close(ends[0])
            throw MessageSocket.Failure.closed
        }
        identifier = child
        socket = MessageSocket(descriptor: ends[0])
    }

    deinit {
        close(socket.descriptor)
        kill(identifier, SIGKILL)
        var status: Int32 = 0
        waitpid(identifier, &status, 0)
    }
}
