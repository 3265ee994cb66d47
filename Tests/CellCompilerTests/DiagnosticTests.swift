import Testing

import CellCompiler

@Suite struct DiagnosticTests {
    @Test func textOfTheCompiler() {
        let source = "let a = 1\na = 2"
        let cell = LoweredCell(source, syntax: CellSyntax(source), label: "cell 1", entry: "e", showsResult: true)
        let text = "cell 1:2:1: error: cannot assign\na = 2\n^\ncell 1:1:1: note: change 'let' to 'var'\nlet a = 1\n^~~\nvar\n"
        let diagnostics = Diagnostic.parse(text, of: cell, label: "cell 1")
        #expect(diagnostics.map(\.severity) == [.error, .note])
        #expect(diagnostics[0].line == 2 && diagnostics[0].column == 1)
        #expect(diagnostics[1].excerpt == ["let a = 1", "^~~", "var"])
        #expect(diagnostics[0].lines(colored: false) == ["cell 1:2:1: error: cannot assign", "a = 2", "^"])
    }

    @Test func columnsOfTheFirstLine() {
        let cell = LoweredCell("foo(1)", syntax: CellSyntax("foo(1)"), label: "cell 1", entry: "e", showsResult: true)
        let text = "cell 1:1:29: error: cannot find 'foo' in scope\nNotebookDisplay._showResult(foo(1)\n                            ^~~\n"
        let diagnostic = Diagnostic.parse(text, of: cell, label: "cell 1")[0]
        #expect(diagnostic.column == 1)
        #expect(diagnostic.excerpt == ["foo(1)", "^~~"])
    }
}
