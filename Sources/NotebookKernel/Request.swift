import JupyterProtocol
import NotebookDisplay

/// A request while it is answered: everything sent through it names the request as its parent.
struct Request: Sendable {
    let message: Message
    /// The channel it came on, where its reply goes.
    let channel: Channel
    let sockets: KernelSockets

    var content: JSONValue { message.content }

    /// Runs `body` between the statuses busy and idle, and sends the reply it gives, if any.
    func answer(_ body: () -> JSONValue?) {
        publish("status", ["execution_state": "busy"])
        if let reply = body() { self.reply(reply) }
        publish("status", ["execution_state": "idle"])
    }

    private func reply(_ content: JSONValue) {
        let type =
            message.type.hasSuffix("_request")
            ? message.type.dropLast("_request".count) + "_reply" : message.type[...]
        sockets.send(
            String(type), content, on: channel, to: message.identities, parent: message.rawHeader)
    }

    /// Sends a message to everyone on iopub.
    func publish(_ type: String, _ content: JSONValue) {
        sockets.publish(type, content, parent: message.rawHeader)
    }
}

extension KernelSockets {
    /// Sends a message to everyone on iopub; its topic says what it is.
    func publish(_ type: String, _ content: JSONValue, parent: [UInt8]?) {
        let topic =
            type == "stream"
            ? "stream.\(content["name"]?.stringValue ?? "")" : "kernel.\(writer.session).\(type)"
        send(type, content, on: .iopub, to: [Array(topic.utf8)], parent: parent)
    }
}

extension JSONValue {
    /// The content of a reply that says that the request failed.
    static func failure(
        name: String, value: String, traceback: [String] = [], adding more: [String: JSONValue] = [:]
    ) -> JSONValue {
        let error: [String: JSONValue] = [
            "status": "error", "ename": .string(name), "evalue": .string(value),
            "traceback": .array(traceback.map(JSONValue.string)),
        ]
        return .object(error.merging(more) { first, _ in first })
    }
}

extension MIMEBundle {
    /// The `data` of a message: text as it is, and JSON forms as the JSON they hold.
    package var dataJSON: JSONValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: data.map { type, content in
                    let isJSON = type == "application/json" || type.hasSuffix("+json")
                    let value = isJSON ? try? JSONValue(parsing: content.utf8) : nil
                    return (type, value ?? .string(content))
                }))
    }

    /// The `metadata` of a message.
    package var metadataJSON: JSONValue {
        .object(metadata.compactMapValues { try? JSONValue(parsing: $0.utf8) })
    }
}
