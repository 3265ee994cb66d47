/// A compiled cell, ready to be loaded.
public struct LoadRequest: Sendable, Equatable {
    /// Names the image in fault reports; unique in a host's life.
    public var image: UInt32
    /// The shared object; empty to run again what was loaded under the same `image`.
    public var path: String
    /// The C symbol that runs the cell's top-level code.
    public var entry: String
    /// Shared libraries that the cell's imports ask for.
    public var libraries: [String]
    /// The functions that keep what the cell's own variables hold, to be released when it has ended.
    public var replaced: [String]
    /// The functions that keep what variables hold that are unreachable when it has ended.
    public var abandoned: [String]

    public init(
        image: UInt32, path: String, entry: String, libraries: [String], replaced: [String] = [],
        abandoned: [String] = []
    ) {
        self.replaced = replaced
        self.abandoned = abandoned
        self.image = image
        self.path = path
        self.entry = entry
        self.libraries = libraries
    }
}

/// What a thread that asked for a line of input gets.
public enum InputAnswer: Sendable, Equatable {
    /// Without its newline.
    case line(String)
    /// Nobody is there to be asked.
    case endOfFile
    /// The user would rather stop the cell: the thread that asked goes no further.
    case interrupted
}

/// What the kernel asks of the host.
public enum HostCommand: Sendable, Equatable {
    case run(LoadRequest)
    case interrupt
    /// The answer to the `HostReport.inputRequest` of this number.
    case input(number: UInt32, InputAnswer)
    case shutdown
}

/// A place in a cell's machine code.
public struct CodeAddress: Sendable, Equatable {
    public var image: UInt32
    /// Offset from the image's load address.
    public var offset: UInt64
    /// True where the address follows a call, so that the call's line is that of `offset - 1`.
    public var isReturnAddress: Bool

    public init(image: UInt32, offset: UInt64, isReturnAddress: Bool) {
        self.image = image
        self.offset = offset
        self.isReturnAddress = isReturnAddress
    }
}

/// Why a cell (or a thread it started) stopped before its end.
public struct Fault: Sendable, Equatable {
    public enum Kind: UInt8, Sendable {
        /// A signal: a trap, a bad access, an abort.
        case signal
        /// The thread's stack was used up.
        case stackOverflow
        /// An error that nothing caught.
        case uncaughtError
        /// `exit` was called.
        case exit
        /// The user interrupted the cell.
        case interrupt
        /// The library refused a call.
        case libraryError
        /// The image could not be loaded.
        case load
    }

    public var kind: Kind
    /// The signal's or the exit status's number.
    public var code: Int32
    /// The error's type, or the library's name for the error.
    public var name: String
    /// What was said about it: the error's description or the runtime's last words.
    public var message: String
    /// Where it happened, innermost first; only places inside cells.
    public var addresses: [CodeAddress]
    /// Which thread stopped, and so what is lost.
    public enum Origin: UInt8, Sendable {
        /// The cell's own.
        case cell
        /// One that the cell started, by itself or as a task.
        case other
        /// The one that runs main-actor code, which waits for ever from now on.
        case main
    }
    public var origin: Origin
    /// The line of the top-level statement that an awaiting cell had begun; 0 for other cells.
    public var reachedLine: Int32

    public init(
        kind: Kind, code: Int32 = 0, name: String = "", message: String = "",
        addresses: [CodeAddress] = [], origin: Origin = .cell, reachedLine: Int32 = 0
    ) {
        self.kind = kind
        self.code = code
        self.name = name
        self.message = message
        self.addresses = addresses
        self.origin = origin
        self.reachedLine = reachedLine
    }
}

/// What the host tells the kernel.
public enum HostReport: Sendable, Equatable {
    case ready
    /// Data and metadata by MIME type, as in `MIMEBundle`.
    case display(data: [String: String], metadata: [String: String], displayID: String?, update: Bool)
    case result(data: [String: String], metadata: [String: String])
    case page(data: [String: String], metadata: [String: String])
    case clearOutput(wait: Bool)
    case inputRequest(number: UInt32, prompt: String, password: Bool)
    /// The cell ended, by a fault where there is one.
    case finished(Fault?)
    /// A thread that no running cell answers for was lost.
    case strayFault(Fault)
}
