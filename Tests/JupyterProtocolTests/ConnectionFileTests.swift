import Foundation
import Testing

import JupyterProtocol

@Suite struct ConnectionFileTests {
    private let path = FileManager.default.temporaryDirectory
        .appending(path: "connection-\(UUID().uuidString).json").path

    private func write(_ text: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    private func file(transport: String, ip: String) -> String {
        """
        {"transport": "\(transport)", "ip": "\(ip)", "key": "k", "signature_scheme": "hmac-sha256",
         "shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 0,
         "something_else": [1]}
        """
    }

    @Test(arguments: [
        ("tcp", "127.0.0.1", "tcp://127.0.0.1:7"), ("tcp", "::1", "tcp://[::1]:7"),
        ("ipc", "/tmp/kernel", "ipc:///tmp/kernel-7"),
    ])
    func endpointsFollowTheTransport(transport: String, ip: String, endpoint: String) throws {
        try write(file(transport: transport, ip: ip))
        #expect(try ConnectionFile(path: path).endpoint(port: 7) == endpoint)
    }

    @Test func chosenPortsAreWrittenBackAndNothingIsLost() throws {
        try write(file(transport: "tcp", ip: "127.0.0.1"))
        var connection = try ConnectionFile(path: path)
        #expect(connection.ports[.heartbeat] == 0)
        try connection.publish(ports: connection.ports.merging([.heartbeat: 5]) { $1 })
        let text = try Data(contentsOf: URL(filePath: path))
        let fields = try JSONValue(parsing: text)
        #expect(fields["hb_port"] == 5)
        #expect(fields["shell_port"] == 1)
        #expect(fields["something_else"] == [1])
        #expect(try ConnectionFile(path: path).ports == connection.ports)
    }

    @Test(arguments: ["", "[]", "{}", #"{"ip": "x", "shell_port": "one"}"#])
    func aFileThatLacksSomethingIsAnError(text: String) throws {
        try write(text)
        #expect(throws: ConnectionFile.Failure.self) { try ConnectionFile(path: path) }
    }
}
