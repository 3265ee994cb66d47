import CellCompiler
import Foundation
import HostProtocol

/// A place in a cell's source.
struct SourceFrame: Equatable {
    var image: UInt32
    var function: String
    var line: Int
    var column: Int
}

/// Finds the source lines of machine addresses, with the toolchain's own reader of debug
/// information.
struct Symbolizer {
    var toolchain: Toolchain

    /// The frames, innermost first, and what the compiler noted about a trap without a message.
    func frames(of addresses: [CodeAddress], path: (UInt32) -> String?) -> (frames: [SourceFrame], failure: String?) {
        let known = addresses.compactMap { address in path(address.image).map { (address, $0) } }
        guard !known.isEmpty else { return ([], nil) }
        let arguments = known.map { address, path in
            "CODE \"\(path)\" 0x" + String(address.isReturnAddress ? address.offset - 1 : address.offset, radix: 16)
        }
        let output = Subprocess.run(toolchain.symbolizer, ["--inlines", "--no-demangle"] + arguments)
        guard output.isSuccess else { return ([], nil) }
        var frames: [SourceFrame] = []
        var failure: String?
        let answers = output.text.components(separatedBy: "\n\n")
        for ((address, _), answer) in zip(known, answers) {
            let lines = answer.split(separator: "\n")
            for (function, place) in zip(lines.enumerated().filter { $0.offset % 2 == 0 }, lines.enumerated().filter { $0.offset % 2 == 1 }) {
                let name = String(function.element)
                if name.hasPrefix(Self.failurePrefix) {
                    if frames.isEmpty { failure = String(name.dropFirst(Self.failurePrefix.count)) }
                    continue
                }
                let parts = place.element.split(separator: ":")
                guard parts.count >= 3, let column = Int(parts[parts.count - 1]),
                    let line = Int(parts[parts.count - 2]), line > 0,
                    parts[parts.count - 3].split(separator: "/").last?.hasPrefix("cell ") == true
                else { continue }
                let frame = SourceFrame(
                    image: address.image, function: Self.readable(name), line: line, column: column)
                if frames.last != frame { frames.append(frame) }
            }
        }
        return (frames, failure)
    }

    private static let failurePrefix = "Swift runtime failure: "

    /// `Cell3.area(of: Swift.Int) -> Swift.Int` becomes `area(of: Int)`; top-level code stays as its symbol.
    private static func readable(_ symbol: String) -> String {
        guard symbol.hasPrefix("$s"), let name = demangle(symbol) else { return symbol }
        var text = name
        if let arrow = text.range(of: " -> ", options: .backwards) { text = String(text[..<arrow.lowerBound]) }
        // Compilers split an async function; its parts are one to the reader.
        if let part = text.range(of: " resume partial function for ") { text = String(text[part.upperBound...]) }
        text = text.replacingOccurrences(of: "Swift.", with: "")
        return text.replacingOccurrences(of: #"Cell[0-9_]+\."#, with: "", options: .regularExpression)
    }

    private static func demangle(_ symbol: String) -> String? {
        symbol.withCString { name in
            guard let text = swiftDemangle(name, UInt(strlen(name)), nil, nil, 0) else { return nil }
            defer { free(text) }
            return String(cString: text)
        }
    }
}

@_silgen_name("swift_demangle")
private func swiftDemangle(
    _ name: UnsafePointer<CChar>, _ length: UInt, _ buffer: UnsafeMutablePointer<CChar>?,
    _ bufferSize: UnsafeMutablePointer<UInt>?, _ flags: UInt32
) -> UnsafeMutablePointer<CChar>?
