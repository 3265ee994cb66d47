import CellCompiler
import Foundation
import HostProtocol
import LanguageService
import NotebookDisplay

/// Runs a notebook's cells: compiles each, has the host run it, and tells how it ended.
public final class CellSession: CellEngine, @unchecked Sendable {
    private let configuration: Configuration
    private let compiler: CellCompiler
    private var reports: ErrorReports
    /// Cells run one after another.
    private let executionLock = NSLock()

    /// Guards what follows; `changed` is signalled when the host has something to say.
    private let state = NSCondition()
    private var host: HostProcess?
    private var running: Running?
    private var isInterrupted = false
    private var strayHandler: (@Sendable (CellEvent) -> Void)?

    /// The cell that runs now.
    private struct Running {
        var host: HostProcess
        var onEvent: @Sendable (CellEvent) -> Void
        var onInput: @Sendable (String, Bool) -> InputAnswer
        var isSilent: Bool
        var ending: Ending?
    }
    private enum Ending {
        case finished(Fault?)
        case hostEnded(status: Int32)
    }

    public var onStrayEvent: (@Sendable (CellEvent) -> Void)? {
        get { state.withLock { strayHandler } }
        set { state.withLock { strayHandler = newValue } }
    }

    /// Starts the host, and warms the compiler in the background.
    public init(_ configuration: Configuration) throws {
        self.configuration = configuration
        configuration.removeAbandonedFolders()
        compiler = try CellCompiler(configuration.compiler)
        reports = ErrorReports(
            symbolizer: Symbolizer(toolchain: configuration.compiler.toolchain), sources: CellSources())
        _ = try? startedHost()
        let compiler = compiler
        DispatchQueue.global(qos: .utility).async { compiler.warmUp() }
    }

    deinit {
        host?.terminate()
        compiler.removeFiles()
    }

    // MARK: - Running cells

    public func execute(
        _ source: String, options: CellOptions, onEvent: @escaping @Sendable (CellEvent) -> Void,
        onInput: @escaping @Sendable (String, Bool) -> InputAnswer
    ) -> CellOutcome {
        executionLock.withLock {
            state.withLock { isInterrupted = false }
            do {
                try run(
                    source, label: "cell \(options.executionCount)", number: options.executionCount,
                    isSilent: options.silent, cellID: options.cellID, keeps: true, onEvent: onEvent, onInput: onInput)
                return .success
            } catch let error as CellError {
                return .failure(name: error.name, value: error.value, traceback: error.traceback)
            } catch {
                return .failure(name: "\(type(of: error))", value: "\(error)", traceback: ["\(error)"])
            }
        }
    }

    public func evaluate(_ expression: String) -> Result<MIMEBundle, CellError> {
        final class Value: @unchecked Sendable { var bundle: MIMEBundle? }
        let value = Value()
        return executionLock.withLock {
            state.withLock { isInterrupted = false }
            do {
                evaluations += 1
                try run(
                    expression, label: "cell expression", number: 1_000_000 + evaluations, isSilent: false, cellID: nil, keeps: false,
                    onEvent: { if case .result(let bundle) = $0 { value.bundle = bundle } },
                    onInput: { _, _ in .endOfFile })
                return .success(value.bundle ?? MIMEBundle(["text/plain": "()"]))
            } catch let error as CellError {
                return .failure(error)
            } catch {
                return .failure(CellError(name: "\(type(of: error))", value: "\(error)", traceback: []))
            }
        }
    }
    private var evaluations = 0

    /// Compiles and runs; throws `CellError`.
    private func run(
        _ source: String, label: String, number: Int, isSilent: Bool, cellID: String?, keeps: Bool,
        onEvent: @escaping @Sendable (CellEvent) -> Void, onInput: @escaping @Sendable (String, Bool) -> InputAnswer
    ) throws {
        let source = Self.withPlainLines(source)
        let host: HostProcess
        do { host = try startedHost() } catch {
            throw CellError(name: "HostFailure", value: error.message, traceback: [error.message])
        }
        let compiled: CompiledCell?
        do {
            defer { if keeps { compiler.prepareNext(after: number) } }
            compiled = try compiler.compile(
                source, label: label, number: number, cellID: cellID, showsResult: !isSilent)
        } catch let failure as CompileFailure {
            switch failure.reason {
            case .cancelled: throw interruptedError
            case .diagnostics(let diagnostics): throw ErrorReports.compileError(diagnostics)
            }
        }
        guard let cell = compiled else { return }
        let isNew = reports.sources.cells[cell.image] == nil
        reports.sources.cells[cell.image] = CellSources.Cell(
            label: label, path: cell.path, entry: cell.entry,
            lines: source.split(separator: "\n", omittingEmptySubsequences: false))
        if !isSilent, isNew, !cell.warnings.isEmpty {
            let text = cell.warnings.flatMap { $0.lines(colored: false) }.joined(separator: "\n")
            onEvent(.stream(.stderr, text + "\n"))
        }
        let ending = runLoaded(cell, on: host, isSilent: isSilent, keeps: keeps, onEvent: onEvent, onInput: onInput)
        switch ending {
        case .finished(nil):
            if keeps { compiler.commit(cell) }
        case .finished(let fault?):
            let report = reports.report(fault, image: cell.image, runsAsTask: cell.isLibrary)
            if fault.kind == .load { compiler.discard(cell) }
            // Where that is not known, no variable is sure to have a value.
            else if keeps { compiler.commit(cell, reachedLine: report.reachedLine ?? 1) }
            throw report.error
        case .hostEnded(let status):
            throw ErrorReports.hostEnded(status: status)
        }
    }

    /// A cell without what other systems' editors put into it: a byte order mark, which the compiler
    /// knows at the beginning of a file only, and line ends of two characters.
    private static func withPlainLines(_ source: String) -> String {
        let text = source.unicodeScalars.first == "\u{FEFF}" ? String(source.unicodeScalars.dropFirst()) : source
        return text.contains("\r\n") ? text.replacingOccurrences(of: "\r\n", with: "\n") : text
    }

    private var interruptedError: CellError {
        CellError(
            name: "KeyboardInterrupt", value: "the cell was interrupted before it ran",
            traceback: ["\u{1B}[1;31mKeyboardInterrupt\u{1B}[0m: the cell was interrupted before it ran"])
    }

    private func runLoaded(
        _ cell: CompiledCell, on host: HostProcess, isSilent: Bool, keeps: Bool,
        onEvent: @escaping @Sendable (CellEvent) -> Void, onInput: @escaping @Sendable (String, Bool) -> InputAnswer
    ) -> Ending {
        state.withLock {
            // Interrupted or ended since it was compiled.
            if isInterrupted { return .finished(Fault(kind: .interrupt)) }
            guard self.host === host else { return .hostEnded(status: SIGKILL) }
            running = Running(host: host, onEvent: onEvent, onInput: onInput, isSilent: isSilent)
            let replaced = keeps ? compiler.replaced(by: cell) : ([], [])
            host.send(
                .run(
                    LoadRequest(
                        image: cell.image, path: cell.path, entry: cell.entry, libraries: cell.libraries,
                        replaced: replaced.0, abandoned: replaced.1)))
            while running!.ending == nil { state.wait() }
            defer { running = nil }
            return running!.ending!
        }
    }

    // MARK: - The host

    private func startedHost() throws(HostFailure) -> HostProcess {
        state.lock()
        defer { state.unlock() }
        if let host { return host }
        compiler.reset()
        reports.sources = CellSources()
        let reference = HostReference()
        do {
            let started = try HostProcess(executable: configuration.hostExecutable) { [weak self] event in
                self?.handle(event, from: reference)
            }
            reference.host = started
            host = started
            return started
        } catch let failure as HostFailure {
            throw failure
        } catch {
            throw HostFailure(message: "\(error)")
        }
    }

    /// Which host an event is from.
    private final class HostReference: @unchecked Sendable { weak var host: HostProcess? }

    private func handle(_ event: HostProcess.Event, from reference: HostReference) {
        state.lock()
        // A host that was dismissed may say its last when its successor runs a cell already.
        let isCurrent = host != nil && reference.host === host
        let current = running.flatMap { $0.host === reference.host ? $0 : nil }
        guard isCurrent || current != nil else { return state.unlock() }
        switch event {
        case .ended(let status):
            if isCurrent { host = nil }
            if current != nil {
                running!.ending = .hostEnded(status: status)
                state.broadcast()
            }
            let stray = current == nil ? strayHandler : nil
            state.unlock()
            stray?(.stream(.stderr, ErrorReports.hostEnded(status: status).value + "\n"))
            return
        case .report(.finished(let fault)):
            if current != nil {
                running!.ending = .finished(fault)
                state.broadcast()
            }
            state.unlock()
            return
        case .report(.inputRequest(let number, let prompt, let password)):
            state.unlock()
            // Asking takes as long as the user does, and output goes on meanwhile.
            DispatchQueue.global().async {
                reference.host?.send(.input(number: number, current?.onInput(prompt, password) ?? .endOfFile))
            }
            return
        default: break
        }
        let stray = strayHandler
        state.unlock()
        deliver(event, to: current, stray: stray)
    }

    private func deliver(_ event: HostProcess.Event, to current: Running?, stray: (@Sendable (CellEvent) -> Void)?) {
        let cellEvent: CellEvent
        switch event {
        case .output(let stream, let text):
            cellEvent = .stream(stream, text)
        case .report(.display(let data, let metadata, let id, let update)):
            if current?.isSilent == true { return }
            cellEvent = .display(MIMEBundle(data, metadata: metadata), displayID: id, update: update)
        case .report(.result(let data, let metadata)):
            if current?.isSilent == true { return }
            cellEvent = .result(MIMEBundle(data, metadata: metadata))
        case .report(.page(let data, let metadata)):
            cellEvent = .page(MIMEBundle(data, metadata: metadata))
        case .report(.clearOutput(let wait)):
            cellEvent = .clearOutput(wait: wait)
        case .report(.strayFault(let fault)):
            let error = reports.report(fault, image: nil).error
            cellEvent = .stream(.stderr, error.traceback.joined(separator: "\n") + "\n")
        default: return
        }
        if let current { current.onEvent(cellEvent) } else { stray?(cellEvent) }
    }

    // MARK: - Everything else the kernel asks

    public func interrupt() {
        compiler.cancel()
        state.withLock {
            isInterrupted = true
            running?.host.send(.interrupt)
        }
    }

    public func shutdown() {
        // A compiler that outlived the session would put its files back.
        compiler.cancel()
        let host = state.withLock { () -> HostProcess? in
            defer { self.host = nil }
            return self.host
        }
        // Before the running cell's end lets the next cell write its own.
        compiler.removeFiles()
        host?.terminate()
    }

    public func completeness(of source: String) -> Completeness {
        switch CellCompleteness(of: source) {
        case .complete: .complete
        case .incomplete(let indent): .incomplete(indent: indent)
        case .invalid: .invalid
        }
    }

    public var languageContext: LanguageContext {
        LanguageContext(preamble: compiler.completePreamble, compilerArguments: compiler.searchArguments)
    }
}
