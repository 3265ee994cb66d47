internal import CCellHost
import Glibc
internal import HostProtocol
import NotebookDisplay

/// The process that holds the user's state: loads cells, runs each on a thread of its own, and
/// reports how it ended. See `CCellHost` for what happens to a thread that faults.
public enum CellHost {
    /// Serves the kernel at the other end of a socket. Never returns.
    ///
    /// - Parameter descriptor: the socket, inherited from the kernel.
    public static func run(descriptor: Int32) -> Never {
        let reports = ch_start()
        let connection = KernelConnection(descriptor: descriptor)
        let control = ControlLoop(connection: connection, reports: reports)
        installSink(connection)
        installInput(connection)
        ch_uncaught_error = { CellHost.stop(uncaught: unsafeBitCast($0, to: (any Error).self)) }
        _asyncCellRunner = { AsyncCells.run($0) }
        chartFailureHandler = { CellHost.raise(kind: "ValueError", message: $0) }
        ch_cell_begins = { ReplacedVariables.begin() }
        ch_cell_ends = { ReplacedVariables.end($0) }
        ch_pool_start()
        control.start()
        ch_drain_main_queue()
    }

    /// Stops the running cell with an error of the library's: never returns to the caller.
    ///
    /// - Parameters:
    ///   - kind: the error's name as PyTorch has it (`RuntimeError`, `IndexError`, …).
    ///   - message: PyTorch's message.
    public static func raise(kind: String, message: String) -> Never {
        ch_stop(.libraryError, 0, kind, message)
    }

    /// Stops the calling thread with an error that nothing caught.
    static func stop(uncaught error: any Error) -> Never {
        ch_stop(.uncaughtError, 0, String(describing: type(of: error)), String(describing: error))
    }

    private static func installSink(_ connection: KernelConnection) {
        DisplaySink.current = DisplaySink(
            display: { bundle, id, update in
                connection.send(
                    .display(data: bundle.data, metadata: bundle.metadata, displayID: id, update: update))
            },
            result: { connection.send(.result(data: $0.data, metadata: $0.metadata)) },
            page: { connection.send(.page(data: $0.data, metadata: $0.metadata)) },
            clearOutput: { connection.send(.clearOutput(wait: $0)) })
    }

    private nonisolated(unsafe) static var input: KernelConnection!
    /// What is left of a line longer than the reader's buffer.
    private nonisolated(unsafe) static var inputRest: ArraySlice<UInt8> = []

    private static func installInput(_ connection: KernelConnection) {
        input = connection
        ch_read_input = { buffer, capacity in
            if CellHost.inputRest.isEmpty {
                guard let line = CellHost.input.requestInput(prompt: "", password: false) else { return 0 }
                CellHost.inputRest = ArraySlice(line.utf8) + [UInt8(ascii: "\n")]
            }
            let taken = CellHost.inputRest.prefix(capacity)
            for (index, byte) in taken.enumerated() { buffer[index] = CChar(bitPattern: byte) }
            CellHost.inputRest = CellHost.inputRest.dropFirst(taken.count)
            return taken.count
        }
    }
}
