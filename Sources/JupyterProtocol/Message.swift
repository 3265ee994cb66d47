import Glibc

/// A message from a front end.
public struct Message: Sendable {
    /// Why frames are no message.
    public enum Malformed: Error {
        case noDelimiter, missingFrames, badSignature, badJSON(String), badHeader
    }

    /// Who sent it: the routing frames a reply must carry.
    public let identities: [[UInt8]]
    /// The header as it came: what a reply repeats as its parent.
    public let rawHeader: [UInt8]
    public let id: String
    public let type: String
    /// The subshell the request is for; nil is the main shell.
    public let subshellID: String?
    public let parentHeader: JSONValue
    public let metadata: JSONValue
    public let content: JSONValue

    package static let delimiter = Array("<IDS|MSG>".utf8)

    /// Takes a message apart and checks its signature.
    ///
    /// - Throws: `Malformed`; nothing is kept of such a message.
    public init(frames: [[UInt8]], signer: inout MessageSigner) throws {
        guard let delimiter = frames.firstIndex(of: Self.delimiter) else {
            throw Malformed.noDelimiter
        }
        guard frames.count >= delimiter + 6 else { throw Malformed.missingFrames }
        let parts = frames[(delimiter + 2)..<(delimiter + 6)]
        guard signer.accept(frames[delimiter + 1], of: parts) else { throw Malformed.badSignature }
        let values: [JSONValue]
        do {
            values = try parts.map { try JSONValue(parsing: $0) }
        } catch {
            throw Malformed.badJSON("\(error)")
        }
        guard values.allSatisfy({ $0.objectValue != nil }),
            let id = values[0]["msg_id"]?.stringValue,
            let type = values[0]["msg_type"]?.stringValue
        else { throw Malformed.badHeader }
        identities = Array(frames[..<delimiter])
        rawHeader = parts[delimiter + 2]
        self.id = id
        self.type = type
        subshellID = values[0]["subshell_id"]?.stringValue
        parentHeader = values[1]
        metadata = values[2]
        content = values[3]
    }
}

/// Writes the messages of one kernel process.
///
/// The session id in their headers is the kernel's own, so front ends can tell a restarted
/// kernel from the one before.
public struct MessageWriter: Sendable {
    /// The messaging specification the kernel follows.
    public static let protocolVersion = "5.5"

    public let session: String
    private let signer: SendableSigner
    private let username: String
    private let counter = SharedState(0)

    /// Signing reads the key only, so threads may share it.
    private struct SendableSigner: @unchecked Sendable { let signer: MessageSigner }

    public init(signer: MessageSigner) {
        self.signer = SendableSigner(signer: signer)
        session = Self.randomIdentifier()
        username = getenv("USER").map { String(cString: $0) } ?? "kernel"
    }

    /// The frames of a message, with the id it got.
    ///
    /// - Parameters:
    ///   - prefix: the identities of the receiver, or the topic on iopub.
    ///   - parent: the raw header of the request that caused it; nil for none.
    public func frames(
        type: String, content: JSONValue, prefix: [[UInt8]], parent: [UInt8]?
    ) -> (id: String, frames: [[UInt8]]) {
        let number = counter.withLock { count in
            count += 1
            return count
        }
        let id = "\(session)_\(getpid())_\(number)"
        let header: JSONValue = [
            "msg_id": .string(id), "session": .string(session), "username": .string(username),
            "date": .string(Self.timestamp()), "msg_type": .string(type),
            "version": .string(Self.protocolVersion),
        ]
        let empty = Array("{}".utf8)
        let parts = [header.encoded(), parent ?? empty, empty, content.encoded()]
        return (id, prefix + [Message.delimiter, signer.signer.sign(parts)] + parts)
    }

    /// A random identifier in the form of a UUID.
    public static func randomIdentifier() -> String {
        var generator = SystemRandomNumberGenerator()
        var bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        bytes[6] = bytes[6] & 0x0f | 0x40
        bytes[8] = bytes[8] & 0x3f | 0x80
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return text
    }

    /// Now, in UTC with microseconds: `2031-05-17T08:09:10.000042Z`.
    static func timestamp() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var parts = tm()
        gmtime_r(&now.tv_sec, &parts)
        func digits(_ value: some BinaryInteger, _ count: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let date = "\(parts.tm_year + 1900)-\(digits(parts.tm_mon + 1, 2))-\(digits(parts.tm_mday, 2))"
        let time =
            "\(digits(parts.tm_hour, 2)):\(digits(parts.tm_min, 2)):\(digits(parts.tm_sec, 2))"
        return "\(date)T\(time).\(digits(now.tv_nsec / 1000, 6))Z"
    }
}
