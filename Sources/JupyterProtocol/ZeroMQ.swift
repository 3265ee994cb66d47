import CZeroMQ
import Glibc

/// A call to libzmq that failed.
public struct ZeroMQError: Error, CustomStringConvertible {
    public let operation: String
    public let code: Int32

    init(_ operation: String) {
        self.operation = operation
        code = zmq_errno()
    }

    public var description: String { "\(operation): \(String(cString: zmq_strerror(code)))" }
}

/// Owns the sockets of the process.
final class ZeroMQContext: @unchecked Sendable {
    let handle: UnsafeMutableRawPointer

    init() { handle = zmq_ctx_new() }

    /// Makes every blocking call on a socket fail, so that its thread can end.
    func shutDown() { zmq_ctx_shutdown(handle) }

    /// Waits until what was sent is delivered (or its linger time is over) and every socket closed.
    func terminate() { while zmq_ctx_term(handle) != 0 && zmq_errno() == EINTR {} }
}

/// One ZeroMQ socket; used by a single thread at a time.
final class ZeroMQSocket: @unchecked Sendable {
    enum Kind {
        case router, xpub, rep

        var code: Int32 {
            switch self {
            case .router: ZMQ_ROUTER
            case .xpub: ZMQ_XPUB
            case .rep: ZMQ_REP
            }
        }
    }

    let handle: UnsafeMutableRawPointer

    init(_ kind: Kind, in context: ZeroMQContext) throws {
        guard let handle = zmq_socket(context.handle, kind.code) else {
            throw ZeroMQError("zmq_socket")
        }
        self.handle = handle
        try set(ZMQ_LINGER, 1000)
        // Outputs are never dropped because a front end reads slowly.
        try set(ZMQ_SNDHWM, 0)
        try set(ZMQ_RCVHWM, 0)
        switch kind {
        // A front end that reconnects under its old identity takes the route over.
        case .router: try set(ZMQ_ROUTER_HANDOVER, 1)
        // Every subscription is reported, also of a topic that somebody has already.
        case .xpub: try set(ZMQ_XPUB_VERBOSE, 1)
        case .rep: break
        }
    }

    func set(_ option: Int32, _ value: Int32) throws {
        var value = value
        guard zmq_setsockopt(handle, option, &value, MemoryLayout<Int32>.size) == 0 else {
            throw ZeroMQError("zmq_setsockopt")
        }
    }

    func bind(_ endpoint: String) throws {
        guard zmq_bind(handle, endpoint) == 0 else { throw ZeroMQError("bind \(endpoint)") }
    }

    /// The endpoint bound last, with the port the system chose.
    var lastEndpoint: String {
        var buffer = [CChar](repeating: 0, count: 1024)
        var length = buffer.count
        guard zmq_getsockopt(handle, ZMQ_LAST_ENDPOINT, &buffer, &length) == 0 else { return "" }
        return String(cString: buffer)
    }

    /// Sends a message of several frames; a receiver that is gone is no error.
    func send(_ frames: [[UInt8]]) throws {
        for (index, frame) in frames.enumerated() {
            let flags = index + 1 < frames.count ? ZMQ_SNDMORE : 0
            while zmq_send(handle, frame, frame.count, flags) < 0 {
                guard zmq_errno() == EINTR else { throw ZeroMQError("zmq_send") }
            }
        }
    }

    /// The next message; nil if none is there and `wait` is false.
    func receive(wait: Bool) throws -> [[UInt8]]? {
        var frames: [[UInt8]] = []
        var message = zmq_msg_t()
        while true {
            zmq_msg_init(&message)
            defer { zmq_msg_close(&message) }
            while zmq_msg_recv(&message, handle, wait || !frames.isEmpty ? 0 : ZMQ_DONTWAIT) < 0 {
                switch zmq_errno() {
                case EINTR: continue
                case EAGAIN: return nil
                default: throw ZeroMQError("zmq_msg_recv")
                }
            }
            frames.append(
                [UInt8](
                    UnsafeRawBufferPointer(
                        start: zmq_msg_data(&message), count: zmq_msg_size(&message))))
            if zmq_msg_more(&message) == 0 { return frames }
        }
    }

    func close() { zmq_close(handle) }
}
