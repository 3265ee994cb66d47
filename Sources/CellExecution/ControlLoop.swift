internal import CCellHost
import Glibc
internal import HostProtocol
import NotebookDisplay

/// Carries out the kernel's commands and watches over the threads that run user code.
final class ControlLoop: @unchecked Sendable {
    private let connection: KernelConnection
    private let reports: Int32
    private typealias CellEntry = @convention(c) (Int32, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32
    private var entries: [UInt32: CellEntry] = [:]
    private var cell: UnsafeMutablePointer<CHThread>?
    /// When the user asked to stop the running cell, in milliseconds.
    private var interruptedAt: Int?
    private var isForced = false
    /// Cells given up on whose threads still run.
    private var leftBehind: [UnsafeMutablePointer<CHThread>] = []
    /// Whether tasks of cells that were interrupted still run.
    private var runsDroppedTasks = false

    init(connection: KernelConnection, reports: Int32) {
        self.connection = connection
        self.reports = reports
    }

    func start() {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self).toOpaque()
        pthread_create(&thread, nil, { argument in
            ch_set_role(.control)
            Unmanaged<ControlLoop>.fromOpaque(argument!).takeUnretainedValue().serve()
        }, argument)
    }

    private func serve() -> Never {
        connection.send(.ready)
        while true {
            var descriptors = [
                pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: reports, events: Int16(POLLIN), revents: 0),
            ]
            poll(&descriptors, 2, timeout)
            if descriptors[1].revents != 0 {
                while let thread = ch_next_report() { handle(thread) }
            }
            if descriptors[0].revents != 0 { receive() }
            tick()
        }
    }

    /// Partial lines appear within this time; interrupts are tried again as often.
    private var timeout: Int32 {
        if interruptedAt != nil || !leftBehind.isEmpty || runsDroppedTasks { return 5 }
        return cell == nil ? 200 : 20
    }

    private func receive() {
        guard connection.receive() else { leave() }
        do {
            while let command = try connection.nextCommand() { perform(command) }
        } catch {
            leave()
        }
    }

    private func leave() -> Never {
        ch_flush_output_if_free()
        kill(getpid(), SIGKILL)
        while true { pause() }
    }

    private func perform(_ command: HostCommand) {
        switch command {
        case .run(let request): run(request)
        case .input(let number, let answer): connection.answerInput(number, answer)
        case .shutdown: leave()
        case .interrupt:
            guard cell != nil else { return }
            // Who asks twice wants the cell stopped whatever it costs.
            if interruptedAt == nil { interruptedAt = now() } else { isForced = true }
        }
    }

    private func run(_ request: LoadRequest) {
        do {
            let entry: CellEntry
            if let loaded = entries[request.image] {
                ch_prefer_conformances(request.image)
                entry = loaded
            } else {
                entry = try load(request)
            }
            entries[request.image] = entry
            interruptedAt = nil
            isForced = false
            ReplacedVariables.next = ReplacedVariables(request)
            cell = ch_run_cell(entry)
            if cell == nil { throw LoadFailure(message: "No thread could be started for the cell.") }
        } catch {
            connection.send(.finished(Fault(kind: .load, message: (error as! LoadFailure).message)))
        }
    }

    private struct LoadFailure: Error { var message: String }

    private func load(_ request: LoadRequest) throws -> CellEntry {
        func lastError() -> LoadFailure { LoadFailure(message: dlerror().map { String(cString: $0) } ?? "") }
        for library in request.libraries where dlopen(library, RTLD_NOW | RTLD_GLOBAL) == nil {
            throw lastError()
        }
        ch_begin_loading(request.image)
        defer { ch_begin_loading(0) }
        guard let handle = dlopen(request.path, RTLD_NOW | RTLD_GLOBAL),
            let symbol = dlsym(handle, request.entry)
        else { throw lastError() }
        ch_add_image(request.image, handle)
        return unsafeBitCast(symbol, to: CellEntry.self)
    }

    // MARK: - Threads that stopped

    private func handle(_ thread: UnsafeMutablePointer<CHThread>) {
        ch_recover_streams(thread)
        let role = thread.pointee.role
        if role == .pool { ch_pool_replace(thread) }
        if let index = leftBehind.firstIndex(of: thread) {
            leftBehind.remove(at: index)
        } else if thread == cell {
            let fault = thread.pointee.end == .finished ? nil : self.fault(of: thread)
            finish(fault)
        } else if cell != nil {
            // The cell's work is not whole any more, and it may wait for ever for the lost thread.
            let fault = self.fault(of: thread)
            leftBehind.append(cell!)
            finish(fault)
        } else if thread.pointee.end != .interrupt {
            connection.send(.strayFault(fault(of: thread)))
        }
        ch_release(thread)
    }

    private func finish(_ fault: Fault?) {
        cell = nil
        interruptedAt = nil
        if fault != nil { ReplacedVariables.next = nil }
        AsyncCells.forget(isDropped: fault?.kind == .interrupt)
        runsDroppedTasks = ch_pool_interrupt_dropped()
        // What is drawn while a cell runs belongs to its output.
        _finishLiveDisplays()
        connection.send(.finished(fault))
    }

    private func fault(of thread: UnsafeMutablePointer<CHThread>) -> Fault {
        let report = thread.pointee
        let addresses = withUnsafeBytes(of: report.addresses) { bytes in
            bytes.bindMemory(to: UInt.self).prefix(Int(report.address_count)).enumerated().compactMap {
                index, address -> CodeAddress? in
                var image: UInt32 = 0
                var offset: UInt64 = 0
                guard ch_find_image(address, &image, &offset) else { return nil }
                return CodeAddress(
                    image: image, offset: offset,
                    isReturnAddress: index > 0 || !report.first_is_fault)
            }
        }
        let lastWords = String(cString: ch_last_words(thread))
        let kind: Fault.Kind =
            switch report.end {
            case .stackOverflow: .stackOverflow
            case .uncaughtError: .uncaughtError
            case .exit: .exit
            case .interrupt: .interrupt
            case .libraryError: .libraryError
            default: .signal
            }
        let isInterrupt = kind == .interrupt || kind == .uncaughtError && interruptedAt != nil
        let message = report.message.map { String(cString: $0) } ?? lastWords
        return Fault(
            kind: isInterrupt ? .interrupt : kind, code: report.code,
            name: report.name.map { String(cString: $0) } ?? "",
            message: isInterrupt ? (ch_main_busy() > 200 ? Self.mainIsBusy : "") : message,
            addresses: addresses, origin: report.role == .cell ? .cell : report.role == .main ? .main : .other,
            reachedLine: AsyncCells.isRunning ? Int32(clamping: _reachedLine) : 0)
    }

    /// Main-actor code is not stopped: it has the main thread, which nothing can replace.
    private static let mainIsBusy =
        "; the main actor is busy with what this or an earlier cell started: unless that ends, main-actor code "
        + "waits until %reset"

    // MARK: - Interrupts

    private func tick() {
        ch_flush_output_if_free()
        for thread in leftBehind { ch_interrupt(thread, false) }
        if runsDroppedTasks { runsDroppedTasks = ch_pool_interrupt_dropped() }
        guard let interruptedAt, let cell else { return }
        let elapsed = now() - interruptedAt
        // After this long in one call of the library nothing better will come.
        let force = isForced || elapsed > 3000
        guard AsyncCells.cancel() else { return ch_interrupt(cell, force) }
        // Cancellation gets a moment; then the cell is left, and with it whatever hogs a thread.
        if elapsed > 30 {
            ch_pool_interrupt_busy(30, force)
            ch_interrupt(cell, force)
        }
    }

    private func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
