internal import Runtime

/// Where a call came from: the addresses of the calling functions, which become names and lines
/// only when somebody reads them.
final class CallTrace {
    private let backtrace: Backtrace?
    /// PyTorch's form, outermost call first: `  File "Model.swift", line 12, in loss(_:)`.
    ///
    /// Calls inside this library and inside what started the program are left out.
    lazy var lines: [String] = readLines()

    /// The trace of the caller.
    init() { backtrace = try? Backtrace.capture(limit: 128) }

    private func readLines() -> [String] {
        guard let frames = backtrace?.symbolicated()?.frames else { return [] }
        var lines: [String] = []
        for frame in frames {
            guard let symbol = frame.symbol, let place = symbol.sourceLocation, place.line > 0,
                !CallTrace.isOwn(path: place.path), !place.path.hasSuffix("<compiler-generated>")
            else { continue }
            lines.append("  File \"\(place.path)\", line \(place.line), in \(symbol.name)")
        }
        // Programs without debug information still tell their functions.
        if lines.isEmpty {
            lines = frames.compactMap(\.symbol).filter { !$0.name.contains("TensorCore") }
                .map { "  File \"\($0.imageName)\", in \($0.name)" }
        }
        return lines.reversed()
    }

    /// Whether a source file is one of this module's.
    private static func isOwn(path: String) -> Bool { path.contains(sources) }

    /// The folder of this module's sources: debug information may have it relative to the package.
    private static let sources = #filePath.split(separator: "/").dropLast().dropLast().suffix(2).joined(separator: "/") + "/"
}
