import CZeroMQ
import Glibc

/// The five channels of one kernel process.
///
/// One thread owns the sockets of shell, control, stdin and iopub: it writes what other threads
/// hand to `send` in the order in which they did, and gives what arrives to the receiver.
/// The heartbeat has a thread of its own and answers whatever the others do.
public final class KernelSockets: @unchecked Sendable {
    /// Called on the sockets' own thread for each message that is well formed and signed.
    public typealias Receiver = @Sendable (Channel, Message) -> Void

    public let connection: ConnectionFile
    public let writer: MessageWriter

    private let context = ZeroMQContext()
    private let sockets: [Channel: ZeroMQSocket]
    private var signer: MessageSigner
    private let wakePipe: (read: Int32, write: Int32)
    private let shared = SharedState(Shared())

    private struct Shared {
        var outbox: [(channel: Channel, frames: [[UInt8]])] = []
        /// Calls of `drainIncoming` so far, and how many of them are answered.
        var drainsAsked = 0
        var drainsDone = 0
        var isStopping = false
        var isStopped = false
    }

    /// Channels read by the thread that owns them, the most urgent first.
    private static let routers: [Channel] = [.control, .stdin, .shell]
    /// Messages read from one channel before the others get their turn.
    private static let burst = 64
    /// How long a message waits for its receiver to connect, and how often that is tried.
    private static let patience = Duration.seconds(10), pause = Duration.milliseconds(10)

    /// Binds all channels, choosing ports where the connection file leaves them open, and writes
    /// the chosen ports back.
    ///
    /// - Throws: `ZeroMQError` where a channel cannot be bound, `MessageSigner.UnknownScheme`.
    public init(_ connection: ConnectionFile) throws {
        var connection = connection
        signer = try MessageSigner(key: connection.key, scheme: connection.signatureScheme)
        writer = MessageWriter(signer: signer)
        var sockets: [Channel: ZeroMQSocket] = [:]
        var ports: [Channel: Int] = [:]
        for channel in Channel.allCases {
            let kind: ZeroMQSocket.Kind =
                switch channel {
                case .shell, .control, .stdin: .router
                case .iopub: .xpub
                case .heartbeat: .rep
                }
            let socket = try ZeroMQSocket(kind, in: context)
            if connection.transport == .tcp && connection.ip.contains(":") {
                try socket.set(ZMQ_IPV6, 1)
            }
            // A question goes to a client that was heard on another channel: it may not be connected yet.
            if channel == .stdin { try socket.set(ZMQ_ROUTER_MANDATORY, 1) }
            ports[channel] = try Self.bind(
                socket, connection, port: connection.ports[channel]!, taken: Set(ports.values))
            sockets[channel] = socket
        }
        try connection.publish(ports: ports)
        self.connection = connection
        self.sockets = sockets

        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw ZeroMQError("pipe") }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        wakePipe = (ends[0], ends[1])
    }

    /// Binds one socket and gives its port.
    private static func bind(
        _ socket: ZeroMQSocket, _ connection: ConnectionFile, port: Int, taken: Set<Int>
    ) throws -> Int {
        if port == 0 {
            switch connection.transport {
            case .tcp:
                try socket.bind(connection.endpoint(port: 0))
                return Int(socket.lastEndpoint.split(separator: ":").last ?? "") ?? 0
            case .ipc:
                let free = (1...65535).first {
                    !taken.contains($0) && access("\(connection.ip)-\($0)", F_OK) != 0
                }
                try socket.bind(connection.endpoint(port: free ?? 1))
                return free ?? 1
            }
        }
        // A restarted kernel reuses the ports of one that may be just about to end.
        for attempt in 0... {
            do {
                try socket.bind(connection.endpoint(port: port))
                break
            } catch let error as ZeroMQError where error.code == EADDRINUSE && attempt < 40 {
                usleep(50_000)
            }
        }
        return port
    }

    /// Starts to read and write.
    public func start(_ receiver: @escaping Receiver) {
        startThread { self.run(receiver) }
        let heartbeat = sockets[.heartbeat]!
        startThread {
            while let frames = try? heartbeat.receive(wait: true) {
                try? heartbeat.send(frames)
            }
            heartbeat.close()
        }
    }

    /// Queues a message and returns its id; does not wait for the network.
    ///
    /// - Parameters:
    ///   - prefix: the identities of the receiver, or the topic on iopub.
    ///   - parent: the raw header of the request that caused it.
    @discardableResult
    public func send(
        _ type: String, _ content: JSONValue, on channel: Channel, to prefix: [[UInt8]],
        parent: [UInt8]?
    ) -> String {
        let (id, frames) = writer.frames(
            type: type, content: content, prefix: prefix, parent: parent)
        shared.withLock { $0.outbox.append((channel, frames)) }
        wake()
        return id
    }

    /// Returns when every message that had arrived on the channels was given to the receiver.
    /// Not to be called from the receiver.
    public func drainIncoming() {
        let ticket = shared.withLock { state in
            state.drainsAsked += 1
            return state.drainsAsked
        }
        wake()
        shared.wait { $0.drainsDone >= ticket || $0.isStopped ? () : nil }
    }

    /// Sends what is queued, then closes all channels.
    public func stop() {
        shared.withLock { $0.isStopping = true }
        wake()
        shared.wait { $0.isStopped ? () : nil }
        context.terminate()
        guard connection.transport == .ipc else { return }
        for port in connection.ports.values { unlink("\(connection.ip)-\(port)") }
    }

    private func wake() {
        var byte: UInt8 = 1
        // A full pipe wakes the reader as well.
        write(wakePipe.write, &byte, 1)
    }

    // MARK: The thread that owns the sockets

    private func run(_ receiver: Receiver) {
        let iopub = sockets[.iopub]!
        var items = (Self.routers + [.iopub]).map {
            zmq_pollitem_t(
                socket: sockets[$0]!.handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
        }
        items.append(
            zmq_pollitem_t(socket: nil, fd: wakePipe.read, events: Int16(ZMQ_POLLIN), revents: 0))
        var bytes = [UInt8](repeating: 0, count: 256)
        var postponed: [Postponed] = []
        while true {
            zmq_poll(&items, Int32(items.count), postponed.isEmpty ? -1 : Int(Self.pause / .milliseconds(1)))
            while Glibc.read(wakePipe.read, &bytes, bytes.count) == bytes.count {}

            // New subscribers are welcomed before anything else is published.
            while let frames = try? iopub.receive(wait: false) { welcome(frames, on: iopub) }
            let (outgoing, drains, isStopping) = shared.withLock { state in
                defer { state.outbox = [] }
                return (state.outbox, state.drainsAsked, state.isStopping)
            }
            let giveUp = ContinuousClock.now + Self.patience
            postponed = (postponed + outgoing.map { Postponed(channel: $0, frames: $1, giveUp: giveUp) })
                .filter { !isDone($0) }
            if isStopping { break }

            var isDrained = true
            for channel in Self.routers where !readBurst(channel, receiver) { isDrained = false }
            if isDrained { shared.withLock { $0.drainsDone = max($0.drainsDone, drains) } }
        }
        for channel in Self.routers + [.iopub] { sockets[channel]!.close() }
        shared.withLock { $0.isStopped = true }
    }

    private struct Postponed {
        let channel: Channel
        let frames: [[UInt8]]
        let giveUp: ContinuousClock.Instant
    }

    /// Sends a message; false if its receiver is not connected and there is time left.
    private func isDone(_ message: Postponed) -> Bool {
        do {
            try sockets[message.channel]!.send(message.frames)
        } catch let error as ZeroMQError where error.code == EHOSTUNREACH && ContinuousClock.now < message.giveUp {
            return false
        } catch {
            log("cannot send on \(message.channel.rawValue): \(error)")
        }
        return true
    }

    /// Reads up to a burst of messages; false if more may wait.
    private func readBurst(_ channel: Channel, _ receiver: Receiver) -> Bool {
        for _ in 0..<Self.burst {
            guard let frames = try? sockets[channel]!.receive(wait: false) else { return true }
            do {
                receiver(channel, try Message(frames: frames, signer: &signer))
            } catch {
                log("a message on \(channel.rawValue) was refused: \(error)")
            }
        }
        return false
    }

    /// Answers a subscription (a frame with 1 before the topic; 0 ends one).
    private func welcome(_ frames: [[UInt8]], on iopub: ZeroMQSocket) {
        guard let frame = frames.first, frame.first == 1,
            let topic = String(validating: frame.dropFirst(), as: UTF8.self)
        else { return }
        let message = writer.frames(
            type: "iopub_welcome", content: ["subscription": .string(topic)],
            prefix: [Array(topic.utf8)], parent: nil)
        try? iopub.send(message.frames)
    }
}
