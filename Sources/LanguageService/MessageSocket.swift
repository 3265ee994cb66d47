import Foundation

/// One end of a stream socket that carries JSON messages, each after its length in four bytes.
struct MessageSocket {
    let descriptor: Int32

    enum Failure: Error {
        /// The other end is gone.
        case closed
        /// Nothing whole came in time.
        case timeout
    }

    func send<M: Encodable>(_ message: M) throws {
        let body = try JSONEncoder().encode(message)
        let frame = withUnsafeBytes(of: UInt32(body.count).littleEndian) { Data($0) } + body
        try frame.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                // A dead reader must be an error here and not a signal to the whole process.
                let count = Glibc.send(
                    descriptor, bytes.baseAddress! + sent, bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw Failure.closed }
                sent += count
            }
        }
    }

    /// Returns once the other end is gone.
    func waitUntilClosed() {
        var descriptors = pollfd(fd: descriptor, events: 0, revents: 0)
        while poll(&descriptors, 1, -1) <= 0 {}
    }

    /// - Parameter deadline: when to give up waiting for a message to begin; nil for never.
    func receive<M: Decodable>(_: M.Type = M.self, deadline: ContinuousClock.Instant?) throws -> M {
        if let deadline { try waitUntilReadable(deadline) }
        let length = try read(4).withUnsafeBytes {
            UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self))
        }
        return try JSONDecoder().decode(M.self, from: read(Int(length)))
    }

    private func waitUntilReadable(_ deadline: ContinuousClock.Instant) throws {
        var descriptors = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        repeat {
            let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
            guard left > 0 else { throw Failure.timeout }
            // Ends early on a signal, hence the loop.
            if poll(&descriptors, 1, Int32(min(left.rounded(.up), 60_000))) > 0 { return }
        } while true
    }

    private func read(_ count: Int) throws -> Data {
        var data = Data(count: count)
        var filled = 0
        while filled < count {
            let got = data.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress! + filled, count - filled, 0)
            }
            if got < 0 && errno == EINTR { continue }
            guard got > 0 else { throw Failure.closed }
            filled += got
        }
        return data
    }
}
