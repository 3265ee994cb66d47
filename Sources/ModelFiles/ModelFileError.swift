/// A file could not be read or written.
///
/// The kind tells a program what to do; the description tells a person what was found where.
public struct ModelFileError: Error, Equatable, CustomStringConvertible {
    public enum Kind: Sendable {
        /// The file is not there, cannot be opened, read or written.
        case inaccessible
        /// The file is cut off, or its parts contradict each other.
        case damaged
        /// The file asks for something outside the allow-list: a class, a function, an instruction
        /// that could do harm or that has no meaning here. It is named.
        case refused
        /// The file or the value is sound, but of a kind that this library does not have.
        case unsupported
    }

    public let kind: Kind
    public let message: String
    /// The file; nil for bytes in memory.
    public internal(set) var path: String?

    public var description: String { path.map { "\($0): \(message)" } ?? message }

    static func inaccessible(_ message: String) -> ModelFileError { ModelFileError(kind: .inaccessible, message: message) }
    static func damaged(_ message: String) -> ModelFileError { ModelFileError(kind: .damaged, message: message) }
    static func refused(_ message: String) -> ModelFileError { ModelFileError(kind: .refused, message: message) }
    static func unsupported(_ message: String) -> ModelFileError { ModelFileError(kind: .unsupported, message: message) }

    /// Runs `body` and names the file in the errors that leave it.
    static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch var error as ModelFileError {
            error.path = error.path ?? path
            throw error
        }
    }
}
