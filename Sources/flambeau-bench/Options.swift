/// What the command line asks for.
struct Options {
    static let usage = "usage: flambeau-bench [--threads N] [--filter REGEX] [--skip REGEX] [--budget SECONDS] [--json FILE]"

    var threads = 2
    var filter: Regex<AnyRegexOutput>?
    var skip: Regex<AnyRegexOutput>?
    /// Seconds of repetitions for each row.
    var budget = 1.0
    /// Where the table goes as JSON.
    var json: String?

    /// Reads the command's arguments; nil where they cannot be understood.
    init?(_ arguments: some Sequence<String>) {
        var rest = arguments.makeIterator()
        while let name = rest.next() {
            guard let value = rest.next() else { return nil }
            switch name {
            case "--threads":
                guard let count = Int(value), count > 0 else { return nil }
                threads = count
            case "--filter":
                guard let pattern = try? Regex(value) else { return nil }
                filter = pattern
            case "--skip":
                guard let pattern = try? Regex(value) else { return nil }
                skip = pattern
            case "--budget":
                guard let seconds = Double(value), seconds >= 0 else { return nil }
                budget = seconds
            case "--json": json = value
            default: return nil
            }
        }
    }

    func selects(_ id: String) -> Bool {
        (filter.map { id.contains($0) } ?? true) && !(skip.map { id.contains($0) } ?? false)
    }
}
