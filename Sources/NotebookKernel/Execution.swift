import CellSession
import JupyterProtocol
import NotebookDisplay

extension Kernel {
    /// Runs a cell and gives the content of its `execute_reply`.
    func execute(_ request: Request) -> JSONValue {
        guard let code = request.content["code"]?.stringValue else {
            return .failure(name: "ValueError", value: "execute_request without code")
        }
        let silent = request.content["silent"]?.boolValue ?? false
        let storesHistory = !silent && request.content["store_history"]?.boolValue ?? true
        let count = session.withLock { state in
            let count = state.executionCount + 1
            // The counter numbers the inputs of the history.
            if storesHistory { state.executionCount = count }
            state.lastExecution = request.message.rawHeader
            return count
        }
        if !silent {
            request.publish(
                "execute_input", ["code": .string(code), "execution_count": .int(count)])
        }

        let output = Output()
        let outcome = run(
            code,
            CellOptions(
                executionCount: count, silent: silent, cellID: request.message.metadata["cellId"]?.stringValue),
            for: request, into: output)
        let (payload, result) = output.collected
        if storesHistory {
            session.withLock { $0.history.append(.init(line: count, input: code, output: result)) }
        }

        var reply: [String: JSONValue] = [
            "execution_count": .int(count), "payload": .array(payload),
            "user_expressions": [:],
        ]
        switch outcome {
        case .success:
            reply["status"] = "ok"
            reply["user_expressions"] = evaluate(request.content["user_expressions"])
            return .object(reply)
        case .failure(let name, let value, let traceback):
            if !silent {
                request.publish(
                    "error",
                    [
                        "ename": .string(name), "evalue": .string(value),
                        "traceback": .array(traceback.map(JSONValue.string)),
                    ])
            }
            if request.content["stop_on_error"]?.boolValue ?? true {
                // Before the reply: what the client sends when it knows of the error must run.
                sockets.drainIncoming()
                queue(of: request)?.abortExecutions()
            }
            return .failure(name: name, value: value, traceback: traceback, adding: reply)
        }
    }

    /// Runs a kernel command, or hands the cell to the engine.
    private func run(
        _ code: String, _ options: CellOptions, for request: Request, into output: Output
    ) -> CellOutcome {
        let joiner = StreamJoiner { event in
            output.collect(event)
            guard !options.silent, let (type, content) = event.message else { return }
            if case .result = event {
                request.publish(
                    type, content.adding("execution_count", .int(options.executionCount)))
            } else {
                request.publish(type, content)
            }
        }
        defer { joiner.flush() }
        if let (command, argument) = CellCommand.find(in: code) {
            return command.run(argument, self, joiner.add)
        }
        let allowsInput = request.content["allow_stdin"]?.boolValue ?? false
        let interrupts = input.interrupts
        do {
            return try engine.get().execute(
                code, options: options, onEvent: { joiner.add($0) },
                onInput: { [input] prompt, password in
                    guard allowsInput else { return .endOfFile }
                    joiner.flush()
                    return input.ask(
                        prompt, password: password, for: request.message, since: interrupts)
                })
        } catch {
            return .failure(
                name: "KernelError", value: "\(error)",
                traceback: ["KernelError: cells cannot run: \(error)"])
        }
    }

    /// The values of `user_expressions`, each with its own success or error.
    private func evaluate(_ expressions: JSONValue?) -> JSONValue {
        guard let expressions = expressions?.objectValue, !expressions.isEmpty,
            let engine = try? engine.get()
        else { return [:] }
        return .object(
            expressions.compactMapValues { expression in
                guard let source = expression.stringValue else { return nil }
                switch engine.evaluate(source) {
                case .success(let bundle):
                    return [
                        "status": "ok", "data": bundle.dataJSON, "metadata": bundle.metadataJSON,
                    ]
                case .failure(let error):
                    return .failure(
                        name: error.name, value: error.value, traceback: error.traceback)
                }
            })
    }
}

/// What of a cell's output goes into its reply and into the history.
private final class Output: Sendable {
    private let state = SharedState<(payload: [JSONValue], result: String?)>(([], nil))

    var collected: (payload: [JSONValue], result: String?) { state.withLock { $0 } }

    func collect(_ event: CellEvent) {
        switch event {
        case .page(let bundle):
            state.withLock {
                $0.payload.append(["source": "page", "data": bundle.dataJSON, "start": 0])
            }
        case .result(let bundle):
            state.withLock { $0.result = bundle.data["text/plain"] }
        case .stream, .display, .clearOutput:
            break
        }
    }
}

extension CellEvent {
    /// The iopub message that shows the event; a page has none, it goes into the reply.
    package var message: (type: String, content: JSONValue)? {
        switch self {
        case .stream(let stream, let text):
            return ("stream", ["name": .string(stream.rawValue), "text": .string(text)])
        case .display(let bundle, let displayID, let update):
            let transient = displayID.map { ["display_id": .string($0)] as JSONValue } ?? [:]
            return (
                update ? "update_display_data" : "display_data",
                bundle.content.adding("transient", transient)
            )
        case .clearOutput(let wait):
            return ("clear_output", ["wait": .bool(wait)])
        case .result(let bundle):
            return ("execute_result", bundle.content)
        case .page:
            return nil
        }
    }
}

extension MIMEBundle {
    fileprivate var content: JSONValue { ["data": dataJSON, "metadata": metadataJSON] }
}

extension JSONValue {
    /// An object with one more member.
    fileprivate func adding(_ key: String, _ value: JSONValue) -> JSONValue {
        .object((objectValue ?? [:]).merging([key: value]) { _, new in new })
    }
}
