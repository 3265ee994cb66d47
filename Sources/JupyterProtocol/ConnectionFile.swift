import FoundationEssentials
import Glibc

/// The five channels between a front end and a kernel.
public enum Channel: String, CaseIterable, Sendable {
    case shell, iopub, stdin, control
    case heartbeat = "hb"
}

/// Where and how a kernel listens: the file a front end writes and names at launch.
public struct ConnectionFile: Sendable {
    public enum Failure: Error, CustomStringConvertible {
        case unreadable(path: String, reason: String)
        case invalid(path: String, field: String)

        public var description: String {
            switch self {
            case .unreadable(let path, let reason): "cannot read connection file \(path): \(reason)"
            case .invalid(let path, let field): "connection file \(path): bad or missing \(field)"
            }
        }
    }

    public enum Transport: String, Sendable { case tcp, ipc }

    public let path: String
    public let transport: Transport
    /// The address to bind (tcp), or the path the sockets' names start with (ipc).
    public let ip: String
    /// The key messages are signed with; empty means that they are not.
    public let key: String
    public let signatureScheme: String
    /// The port of each channel; 0 means that the kernel is to choose one.
    public private(set) var ports: [Channel: Int]
    /// Everything the file says, so that rewriting it loses nothing.
    private var fields: [String: JSONValue]

    /// - Throws: `Failure` where the file cannot be read or lacks something.
    public init(path: String) throws {
        let fields: [String: JSONValue]
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            guard let members = try JSONValue(parsing: data).objectValue else {
                throw Failure.invalid(path: path, field: "JSON object")
            }
            fields = members
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure.unreadable(path: path, reason: "\(error)")
        }
        func field<Value>(_ name: String, _ value: Value?) throws -> Value {
            guard let value else { throw Failure.invalid(path: path, field: name) }
            return value
        }
        self.path = path
        self.fields = fields
        transport = try field(
            "transport", Transport(rawValue: fields["transport"]?.stringValue ?? "tcp"))
        ip = try field("ip", fields["ip"]?.stringValue)
        key = fields["key"]?.stringValue ?? ""
        signatureScheme = fields["signature_scheme"]?.stringValue ?? "hmac-sha256"
        ports = [:]
        for channel in Channel.allCases {
            let name = "\(channel.rawValue)_port"
            let port = try field(name, fields[name]?.intValue)
            guard (0...65535).contains(port) else { throw Failure.invalid(path: path, field: name) }
            ports[channel] = port
        }
    }

    /// The ZeroMQ endpoint of a channel with a port.
    public func endpoint(port: Int) -> String {
        switch transport {
        case .tcp: "tcp://\(ip.contains(":") ? "[\(ip)]" : ip):\(port)"
        case .ipc: "ipc://\(ip)-\(port)"
        }
    }

    /// The ports chosen for channels that had none, written back so that front ends find them.
    ///
    /// - Throws: where the file cannot be written.
    public mutating func publish(ports chosen: [Channel: Int]) throws {
        guard chosen != ports else { return }
        ports = chosen
        for (channel, port) in chosen { fields["\(channel.rawValue)_port"] = .int(port) }
        // The file holds the key: nobody else may read it. The rename makes the change atomic.
        let temporary = path + ".new"
        let text = JSONValue.object(fields).encoded()
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        guard write(descriptor, text, text.count) == text.count, rename(temporary, path) == 0
        else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }
}
