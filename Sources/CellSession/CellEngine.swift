public import HostProtocol
import LanguageService
import NotebookDisplay

/// What a running cell sends to the front end, in the order in which it happened.
public enum CellEvent: Sendable {
    public enum Stream: String, Sendable { case stdout, stderr }

    /// Text the cell wrote, as it was written: lines may be partial.
    case stream(Stream, String)
    /// `display_data`, or `update_display_data` where `update` is true.
    case display(MIMEBundle, displayID: String?, update: Bool)
    case clearOutput(wait: Bool)
    /// The value of the cell's last expression.
    case result(MIMEBundle)
    /// A page for the front end's pager (an `execute_reply` payload).
    case page(MIMEBundle)
}

/// How a cell ended.
public enum CellOutcome: Sendable {
    case success
    /// `traceback` is a list of lines that may carry ANSI colours and that points into the cell.
    case failure(name: String, value: String, traceback: [String])
}

/// Whether a text is a whole cell.
public enum Completeness: Sendable, Equatable {
    case complete
    case incomplete(indent: String)
    case invalid
    case unknown
}

/// What a request lets its cell do.
public struct CellOptions: Sendable {
    /// The number shown beside the cell; names the cell in error messages.
    public var executionCount: Int
    /// No result and no display is sent for a silent cell.
    public var silent: Bool
    /// Names the cell in its notebook, where the front end tells: an edited cell replaces itself.
    public var cellID: String?

    public init(executionCount: Int, silent: Bool = false, cellID: String? = nil) {
        self.executionCount = executionCount
        self.silent = silent
        self.cellID = cellID
    }
}

public typealias InputAnswer = HostProtocol.InputAnswer

/// Runs cells. The kernel speaks Jupyter on one side and this on the other.
public protocol CellEngine: AnyObject, Sendable {
    /// Compiles and runs one cell, and returns when all its output has been delivered to `onEvent`.
    ///
    /// - Parameters:
    ///   - onEvent: called in order, from a thread of the engine's choice.
    ///   - onInput: asks the front end for a line (prompt, password).
    func execute(
        _ source: String, options: CellOptions,
        onEvent: @escaping @Sendable (CellEvent) -> Void,
        onInput: @escaping @Sendable (_ prompt: String, _ password: Bool) -> InputAnswer
    ) -> CellOutcome

    /// The text and rich forms of an expression's value, for `user_expressions`.
    func evaluate(_ expression: String) -> Result<MIMEBundle, CellError>

    /// Stops the cell that runs now, if one does. Returns at once.
    func interrupt()

    /// Ends the host process and forgets every cell.
    func shutdown()

    func completeness(of source: String) -> Completeness

    /// What is needed to understand a piece of the current cell: the imports that make every
    /// earlier cell's names visible, and the compiler's arguments.
    var languageContext: LanguageContext { get }

    /// Called when output arrives while no cell runs (a task that outlived its cell).
    var onStrayEvent: (@Sendable (CellEvent) -> Void)? { get set }
}

/// The three parts of a Jupyter error.
public struct CellError: Error, Sendable {
    public var name: String
    public var value: String
    public var traceback: [String]

    public init(name: String, value: String, traceback: [String]) {
        self.name = name
        self.value = value
        self.traceback = traceback
    }
}
