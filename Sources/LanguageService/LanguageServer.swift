/// Answers requests inside the helper process.
struct LanguageServer {
    /// The name under which the language library knows the cell; no such file need exist.
    static let sourceName = "/cell.swift"

    private let kit: SourceKit

    init(toolchain: String) throws {
        kit = try SourceKit(toolchain: toolchain)
    }

    func answer(_ request: Request) -> Reply {
        let text = CellText(
            cell: request.cell, cursor: request.cursor, preamble: request.context.preamble)
        // The library keeps what it loaded as long as the arguments stay, with the list of modules
        // that existed then. A condition nobody tests makes it look again when cells were added.
        let state = UInt(bitPattern: request.context.preamble.hashValue)
        let arguments =
            [Self.sourceName, "-module-name", "Cell", "-D", "STATE_\(state)"]
            + request.context.compilerArguments
        var reply = Reply(id: request.id)
        switch request.question {
        case .complete:
            reply.completion = CompletionQuery(
                kit: kit, text: text, compilerArguments: arguments).reply()
        case .inspect(let detail):
            reply.inspection = InspectionQuery(
                kit: kit, text: text, compilerArguments: arguments).inspection(detail: detail)
        }
        return reply
    }
}
