import Foundation
import HostProtocol

/// A running cell host: its process, the socket to it, and its output.
final class HostProcess: @unchecked Sendable {
    enum Event: Sendable {
        case report(HostReport)
        case output(CellEvent.Stream, String)
        /// The process is gone; the status is that of `waitpid`.
        case ended(status: Int32)
    }

    let process: pid_t
    private let socket: Int32
    private let sendLock = NSLock()
    private let output: Int32
    private let errors: Int32
    private let onEvent: @Sendable (Event) -> Void

    /// Starts a host.
    ///
    /// - Parameter onEvent: called in order from a thread of this object's own; everything the
    ///   host wrote before it sent a report is delivered before that report.
    init(executable: String, onEvent: @escaping @Sendable (Event) -> Void) throws {
        var sockets: [Int32] = [0, 0]
        var out: [Int32] = [0, 0]
        var err: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &sockets) == 0, pipe(&out) == 0, pipe(&err) == 0
        else { throw HostFailure(message: "no socket for the cell host: \(String(cString: strerror(errno)))") }
        for descriptor in sockets + out + err { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, out[1], 1)
        posix_spawn_file_actions_adddup2(&actions, err[1], 2)
        // Through a number that no descriptor here has: a duplicate onto itself stays closed on exec.
        let inherited = (sockets + out + err).max()! + 1
        posix_spawn_file_actions_adddup2(&actions, sockets[1], inherited)
        var environment = ProcessInfo.processInfo.environment
        environment["SWIFT_BACKTRACE"] = "enable=yes"
        var argv: [UnsafeMutablePointer<CChar>?] = [strdup(executable), strdup(String(inherited)), nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var process = pid_t()
        let error = posix_spawn(&process, executable, &actions, nil, &argv, &envp)
        for descriptor in [sockets[1], out[1], err[1]] { close(descriptor) }
        guard error == 0 else {
            for descriptor in [sockets[0], out[0], err[0]] { close(descriptor) }
            throw HostFailure(message: "\(executable) does not start: \(String(cString: strerror(error)))")
        }
        self.process = process
        self.onEvent = onEvent
        (socket, output, errors) = (sockets[0], out[0], err[0])
        for descriptor in [output, errors] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        let thread = Thread { self.serve() }
        thread.stackSize = 1 << 20
        thread.start()
    }

    func send(_ command: HostCommand) {
        let bytes = command.framed()
        sendLock.withLock {
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Foundation.send(socket, $0.baseAddress!, $0.count, Int32(MSG_NOSIGNAL))
                }
                if count < 0 && errno != EINTR { return }
                sent += max(count, 0)
            }
        }
    }

    func terminate() { kill(process, SIGKILL) }

    // MARK: - Reading

    private func serve() {
        var messages = MessageBuffer()
        var texts: [CellEvent.Stream: UTF8Assembler] = [.stdout: UTF8Assembler(), .stderr: UTF8Assembler()]
        var open: Set<Int32> = [output, errors, socket]
        var chunk = [UInt8](repeating: 0, count: 1 << 16)

        func drain(_ descriptor: Int32, _ stream: CellEvent.Stream) {
            while open.contains(descriptor) {
                let count = read(descriptor, &chunk, chunk.count)
                if count < 0 && errno == EINTR { continue }
                if count < 0 && errno == EAGAIN { return }
                if count <= 0 { open.remove(descriptor) }
                let text = texts[stream]!.add(chunk.prefix(max(count, 0)))
                if !text.isEmpty { onEvent(.output(stream, text)) }
            }
        }

        while open.contains(socket) {
            var descriptors = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            poll(&descriptors, nfds_t(descriptors.count), -1)
            let hasMessage = descriptors.contains { $0.fd == socket && $0.revents != 0 }
            // What was written before the message is in the pipes by now.
            drain(output, .stdout)
            drain(errors, .stderr)
            guard hasMessage else { continue }
            let count = recv(socket, &chunk, chunk.count, 0)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { open.remove(socket) }
            messages.append(chunk.prefix(max(count, 0)))
            drain(output, .stdout)
            drain(errors, .stderr)
            do {
                while let report: HostReport = try messages.next() { onEvent(.report(report)) }
            } catch {
                terminate()
            }
        }
        for descriptor in [socket, output, errors] { close(descriptor) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        onEvent(.ended(status: status))
    }
}

/// Why there is no cell host.
struct HostFailure: Error { var message: String }

/// Cuts bytes into whole characters: a chunk may end inside one.
private struct UTF8Assembler {
    private var rest: [UInt8] = []

    mutating func add(_ bytes: some Collection<UInt8>) -> String {
        rest += bytes
        var end = rest.count
        // A sequence is at most four bytes long and only the last may be unfinished.
        for back in 1...3 where back <= rest.count {
            let byte = rest[rest.count - back]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            if length > back { end = rest.count - back }
            break
        }
        defer { rest.removeFirst(end) }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
