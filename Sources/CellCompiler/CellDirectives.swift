/// The lines in front of a cell that speak to the kernel instead of the compiler.
///
/// `%opt none` or `%opt speed` chooses the optimisation of the cell, with `--all` also that of
/// every later one.
struct CellDirectives {
    /// The cell with its directives as comments, so that lines keep their numbers.
    var source: String
    var optimization: (CellCompiler.Optimization, isForAll: Bool)?

    init(_ source: String) {
        var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for index in lines.indices {
            let words = lines[index].split(separator: " ")
            if words.isEmpty { continue }
            guard words[0] == "%opt", words.count >= 2,
                let value = CellCompiler.Optimization(rawValue: String(words[1]))
            else { break }
            optimization = (value, words.contains("--all"))
            lines[index] = "//" + lines[index]
        }
        self.source = lines.joined(separator: "\n")
    }
}
