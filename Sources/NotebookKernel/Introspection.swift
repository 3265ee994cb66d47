import CellSession
import JupyterProtocol
import LanguageService
import NotebookDisplay

extension Kernel {
    /// The version of the kernel.
    public static let version = "0.1.0"

    var kernelInfo: JSONValue {
        [
            "status": "ok",
            "protocol_version": .string(MessageWriter.protocolVersion),
            "implementation": "flambeau",
            "implementation_version": .string(Self.version),
            "language_info": [
                "name": "swift",
                "version": .string(languageVersion),
                "mimetype": "text/x-swift",
                "file_extension": ".swift",
                "pygments_lexer": "swift",
                "codemirror_mode": "swift",
                "nbconvert_exporter": "script",
            ],
            "banner": .string("Flambeau \(Self.version): Swift \(languageVersion) in notebooks"),
            "help_links": [
                [
                    "text": "The Swift Programming Language",
                    "url": "https://docs.swift.org/swift-book/",
                ],
                [
                    "text": "Swift standard library",
                    "url": "https://developer.apple.com/documentation/swift/",
                ],
            ],
            "supported_features": ["kernel subshells"],
        ]
    }

    func complete(_ content: JSONValue) -> JSONValue {
        let code = content["code"]?.stringValue ?? ""
        let cursor = cursor(content, in: code)
        let commands = CellCommand.completions(of: String(code.unicodeScalars.prefix(cursor)))
        if !commands.isEmpty {
            return [
                "status": "ok", "matches": .array(commands.map(JSONValue.string)), "cursor_start": 0,
                "cursor_end": .int(cursor), "metadata": [:],
            ]
        }
        let reply = language.complete(code, cursor: cursor, context: currentLanguageContext)
        let types: [JSONValue] = reply.completions.map { completion in
            [
                "text": .string(completion.text), "type": .string(completion.kind),
                "signature": .string(completion.signature),
                "start": .int(reply.start), "end": .int(reply.end),
            ]
        }
        return [
            "status": "ok",
            "matches": .array(reply.matches.map(JSONValue.string)),
            "cursor_start": .int(reply.start),
            "cursor_end": .int(reply.end),
            // JupyterLab shows kinds beside the matches; other front ends ignore the key.
            "metadata": ["_jupyter_types_experimental": .array(types)],
        ]
    }

    func inspect(_ content: JSONValue) -> JSONValue {
        let code = content["code"]?.stringValue ?? ""
        let bundle = language.inspect(
            code, cursor: cursor(content, in: code),
            detail: content["detail_level"]?.intValue ?? 0, context: currentLanguageContext)
        return [
            "status": "ok", "found": .bool(bundle != nil),
            "data": bundle?.dataJSON ?? [:], "metadata": bundle?.metadataJSON ?? [:],
        ]
    }

    func isComplete(_ content: JSONValue) -> JSONValue {
        let code = content["code"]?.stringValue ?? ""
        if CellCommand.find(in: code) != nil { return ["status": "complete"] }
        guard let engine = try? engine.get() else { return ["status": "unknown"] }
        switch engine.completeness(of: code) {
        case .complete: return ["status": "complete"]
        case .incomplete(let indent): return ["status": "incomplete", "indent": .string(indent)]
        case .invalid: return ["status": "invalid"]
        case .unknown: return ["status": "unknown"]
        }
    }

    /// The cursor in code points, inside the text; without one, its end.
    private func cursor(_ content: JSONValue, in code: String) -> Int {
        let end = code.unicodeScalars.count
        return min(max(0, content["cursor_pos"]?.intValue ?? end), end)
    }
}
