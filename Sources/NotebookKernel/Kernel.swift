import CellSession
import Glibc
import JupyterProtocol
import LanguageService

/// A Jupyter kernel: answers front ends, and runs their cells through a `CellEngine`.
///
/// The sockets' thread sorts what arrives into queues. One thread answers control, so that
/// interrupts and shutdown work while a cell runs; one runs the main shell, and each subshell has
/// its own.
public final class Kernel: Sendable {
    let sockets: KernelSockets
    let engine: EngineSlot
    let language: LanguageService
    let languageVersion: String
    let input: InputBroker
    let session = SharedState(SessionState())

    private let controlQueue = RequestQueue()
    private let shellQueue = RequestQueue()
    private let subshells = SharedState<[String: RequestQueue]>([:])
    private let isFinished = SharedState(false)

    struct SessionState {
        var executionCount = 0
        var history = History()
        /// The header of the cell that ran last: the parent of output that comes after its end.
        var lastExecution: [UInt8]?
    }

    /// - Parameters:
    ///   - sockets: the bound channels.
    ///   - languageVersion: the version of Swift that compiles the cells.
    ///   - language: completes and explains.
    ///   - engine: makes the engine; called at once, on another thread.
    public init(
        sockets: KernelSockets, languageVersion: String, language: LanguageService,
        engine: @escaping @Sendable () throws -> any CellEngine
    ) {
        self.sockets = sockets
        self.languageVersion = languageVersion
        self.language = language
        self.engine = EngineSlot(engine)
        input = InputBroker(sockets)
    }

    /// Serves until a front end asks for shutdown or `finish` is called; then ends the engine and
    /// closes the channels.
    public func run() {
        sockets.publish("status", ["execution_state": "starting"], parent: nil)
        sockets.start { [self] channel, message in receive(message, on: channel) }
        startThread { [self] in
            serve(controlQueue, with: controlHandlers)
            finish()
        }
        startThread { [self] in serve(shellQueue, with: shellHandlers) }
        startThread { [self] in
            guard let engine = try? engine.get() else { return }
            language.warmUp(context: engine.languageContext)
            engine.onStrayEvent = { [self] event in
                let parent = session.withLock { $0.lastExecution }
                if let (type, content) = event.message { sockets.publish(type, content, parent: parent) }
            }
        }
        isFinished.wait { $0 ? () : nil }
        engine.started?.shutdown()
        sockets.stop()
    }

    /// Makes `run` return.
    public func finish() { isFinished.withLock { $0 = true } }

    /// What the language service is to know beside the text; nothing while the engine starts.
    var currentLanguageContext: LanguageContext {
        engine.started?.languageContext ?? LanguageContext()
    }

    /// Stops the cell that runs now, also where it waits for input.
    public func interrupt() {
        // A question that ends first ends its cell, and the interrupt would meet the next one.
        engine.started?.interrupt()
        input.interrupt()
    }

    // MARK: Routing

    /// Called on the sockets' thread: must not wait for anything.
    private func receive(_ message: Message, on channel: Channel) {
        let request = Request(message: message, channel: channel, sockets: sockets)
        switch channel {
        case .stdin:
            if message.type == "input_reply" { input.receive(message) }
        case .control:
            _ = controlQueue.append(request)
        // Older front ends ask here, and not to wait for the cell that runs.
        case .shell where message.type == "shutdown_request":
            _ = controlQueue.append(request)
        case .shell, .iopub, .heartbeat:
            if queue(of: request)?.append(request) != true {
                request.answer {
                    .failure(
                        name: "UnknownSubshellError",
                        value: "there is no subshell \(message.subshellID ?? "")")
                }
            }
        }
    }

    typealias Handlers = [String: (Request) -> JSONValue?]

    private func serve(_ queue: RequestQueue, with handlers: Handlers) {
        while let (request, isAborted) = queue.next() {
            request.answer {
                if isAborted { return Self.abortedReply }
                guard let handler = handlers[request.message.type] else {
                    log("unknown request \(request.message.type) on \(request.channel.rawValue)")
                    return nil
                }
                return handler(request)
            }
        }
    }

    /// Since version 5.1 the specification deprecates the status "aborted": what is not run because
    /// of an earlier error is answered with an error.
    private static let abortedReply = JSONValue.failure(
        name: "ExecutionAborted", value: "not run, because an earlier cell failed")

    // MARK: Requests

    private var commonHandlers: Handlers {
        [
            "kernel_info_request": { [self] _ in kernelInfo },
            "connect_request": { [self] _ in connectReply },
            "comm_info_request": { _ in ["status": "ok", "comms": [:]] },
            "interrupt_request": { [self] _ in
                interrupt()
                return ["status": "ok"]
            },
        ]
    }

    private var shellHandlers: Handlers {
        commonHandlers.merging([
            "execute_request": { [self] request in execute(request) },
            "complete_request": { [self] request in complete(request.content) },
            "inspect_request": { [self] request in inspect(request.content) },
            "is_complete_request": { [self] request in isComplete(request.content) },
            "history_request": { [self] request in
                session.withLock { $0.history }.reply(to: request.content)
            },
            // No target is registered, and whoever opens a comm to an unknown one must be told.
            "comm_open": { request in
                if let id = request.content["comm_id"] {
                    request.publish("comm_close", ["comm_id": id, "data": [:]])
                }
                return nil
            },
            "comm_msg": { _ in nil },
            "comm_close": { _ in nil },
        ]) { first, _ in first }
    }

    private var controlHandlers: Handlers {
        commonHandlers.merging([
            "shutdown_request": { [self] request in
                let restart = request.content["restart"]?.boolValue ?? false
                // The kernel finishes when this request, reply and idle included, is answered.
                controlQueue.close()
                return ["status": "ok", "restart": .bool(restart)]
            },
            "create_subshell_request": { [self] _ in createSubshell() },
            "delete_subshell_request": { [self] request in deleteSubshell(request.content) },
            "list_subshell_request": { [self] _ in
                let ids = subshells.withLock { $0.keys.sorted() }
                return ["status": "ok", "subshell_id": .array(ids.map(JSONValue.string))]
            },
        ]) { first, _ in first }
    }

    private var connectReply: JSONValue {
        var content: [String: JSONValue] = ["status": "ok"]
        for (channel, port) in sockets.connection.ports {
            content["\(channel.rawValue)_port"] = .int(port)
        }
        return .object(content)
    }

    private func createSubshell() -> JSONValue {
        let id = MessageWriter.randomIdentifier()
        let queue = RequestQueue()
        subshells.withLock { $0[id] = queue }
        startThread { [self] in serve(queue, with: shellHandlers) }
        return ["status": "ok", "subshell_id": .string(id)]
    }

    private func deleteSubshell(_ content: JSONValue) -> JSONValue {
        let id = content["subshell_id"]?.stringValue ?? ""
        guard let queue = subshells.withLock({ $0.removeValue(forKey: id) }) else {
            return .failure(name: "UnknownSubshellError", value: "there is no subshell \(id)")
        }
        queue.close()
        return ["status": "ok"]
    }

    /// The queue a request came through.
    func queue(of request: Request) -> RequestQueue? {
        guard let id = request.message.subshellID else { return shellQueue }
        return subshells.withLock { $0[id] }
    }
}
