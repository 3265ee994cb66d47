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

    /// The library's files are on somebody else's machine.
    @Test func notesOutsideTheCellAreLeftOut() {
        let cell = LoweredCell("f()", syntax: CellSyntax("f()"), label: "cell 2", entry: "e", showsResult: true)
        let text = """
            cell 2:3:1: error: ambiguous use
            f()
            ^
            /src/Sources/NotebookDisplay/CellSupport.swift:44:17: note: found this candidate
            func f()
                 ^
            cell 1:4:2: note: and this candidate

            """
        let diagnostics = Diagnostic.parse(text, of: cell, label: "cell 2")
        #expect(diagnostics.map(\.file) == ["cell 2", "cell 1"])
        #expect(diagnostics[0].excerpt == ["f()", "^"])
    }

    /// The compiler counts bytes, and prints no caret below a line of more than ASCII.
    @Test func columnsCountCharacters() {
        let source = "let 🐶 = 1; let é = \"x\"\né.foo"
        let cell = LoweredCell(source, syntax: CellSyntax(source), label: "cell 1", entry: "e", showsResult: true)
        let text = "cell 1:1:15: error: wrong\nlet 🐶 = 1; let é = \"x\"\ncell 1:2:4: error: no member 'foo'\né.foo\n"
        let diagnostics = Diagnostic.parse(text, of: cell, label: "cell 1")
        #expect(diagnostics[0].lines(colored: false) == ["cell 1:1:12: error: wrong", "let 🐶 = 1; let é = \"x\"", "            ^"])
        #expect(diagnostics[1].lines(colored: false) == ["cell 1:2:3: error: no member 'foo'", "é.foo", "  ^"])
    }

    /// The lowered text does not end where the cell does.
    @Test func missingEndIsOnTheLastLine() {
        let source = "#if os(Linux)\nf()"
        let cell = LoweredCell(source, syntax: CellSyntax(source), label: "cell 1", entry: "e", showsResult: true)
        let diagnostics = Diagnostic.parse("/dev/fd/3:9:1: error: expected #endif\n\n^\n", of: cell, label: "cell 1")
        #expect(diagnostics[0].lines(colored: false) == ["cell 1:2:1: error: expected #endif"])
    }

    @Test func columnsOfTheFirstLine() {
        let cell = LoweredCell("foo(1)", syntax: CellSyntax("foo(1)"), label: "cell 1", entry: "e", showsResult: true)
        let text = "cell 1:1:29: error: cannot find 'foo' in scope\nNotebookDisplay._showResult(foo(1)\n                            ^~~\n"
        let diagnostic = Diagnostic.parse(text, of: cell, label: "cell 1")[0]
        #expect(diagnostic.column == 1)
        #expect(diagnostic.excerpt == ["foo(1)", "^~~"])
    }

    @Test func aMissingMemberOfAModule() {
        let source = "net.trian()"
        let cell = LoweredCell(source, syntax: CellSyntax(source), label: "cell 1", entry: "e", showsResult: true)
        let text = """
            cell 1:1:5: error: value of type 'Net' has no dynamic member 'trian' using key path from root type 'nn.LayerTensors'
            net.trian()
            ~~~ ^~~~~
            cell 1:1:5: error: cannot call value of non-function type 'Tensor?'
            net.trian()
                ^~~~~
            """
        let diagnostics = Diagnostic.parse(text, of: cell, label: "cell 1")
        #expect(diagnostics.map(\.message) == ["value of type 'Net' has no member 'trian'"])
    }

    @Test(arguments: [
        ("argument type '(Int, Int)' does not conform to expected type 'SpatialSizes'", "nn.MaxPool2d((2, 2))", "tuple"),
        ("cannot convert value of type '(Int, Int)' to expected argument type '[Int]'", "torch.zeros((2, 3))", "tuple"),
        ("no exact matches in call to instance method 'sum'", "x.sum(dim: (-1, -2))", "tuple"),
        ("no exact matches in call to instance method 'sum'", "x.sum(dim: 1.5)", nil),
        ("cannot convert value of type '(Int, Int)' to specified type 'Int'", "let n: Int = (1, 2)", nil),
        ("cannot convert value of type 'Tensor' to expected condition type 'Bool'", "if x.any() {}", "condition"),
        ("referencing operator function '>' on 'BinaryInteger' requires that 'Tensor' conform to 'BinaryInteger'", "if x.sum() > 3 {}", "condition"),
        ("cannot convert value of type 'Int' to expected condition type 'Bool'", "if 1 {}", nil),
    ] as [(String, String, String?)])
    func formsOfPythonAreExplained(message: String, source: String, word: String?) {
        let cell = LoweredCell(source, syntax: CellSyntax(source), label: "cell 1", entry: "e", showsResult: true)
        let diagnostics = Diagnostic.parse("cell 1:1:1: error: \(message)\n\(source)\n^\n", of: cell, label: "cell 1")
        let hint = diagnostics[0].lines(colored: false).last { $0.hasPrefix("hint: ") }
        #expect(word.map { hint?.contains($0) == true } ?? (hint == nil))
    }
}
