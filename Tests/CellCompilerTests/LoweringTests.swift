import Testing

import CellCompiler

@Suite struct LoweringTests {
    private func lower(_ source: String) -> LoweredCell {
        LoweredCell(source, syntax: CellSyntax(source), label: "cell 1", entry: "Cell1_main", showsResult: true)
    }

    @Test func scriptsStayAsTheyAre() {
        let cell = lower("func f() {}\nf()\nlist[0] = 2")
        #expect(!cell.isLibrary)
        #expect(cell.text == "#sourceLocation(file: \"cell 1\", line: 1)\nfunc f() {}\nf()\nlist[0] = 2\n")
    }

    /// A variable that code may change at any time is not among those whose values are released.
    @Test func variablesHaveFunctionsThatKeepTheirValues() {
        func kept(_ source: String) -> [String] {
            lower(source).text.split(separator: "\n").filter { $0.contains("_keepReplaced(") }
                .map { String($0.drop { $0 != "(" }.dropFirst(2).prefix { $0 != "\"" }) }
        }
        #expect(kept("let a = 1, (b, c) = f()\nvar d = 2") == ["a", "b", "c", "d"].map { "Cell1_main_keep_\($0)" })
        #expect(kept("let a = 1\nvar b = 2\nlet c = { a + b }") == ["a", "c"].map { "Cell1_main_keep_\($0)" })
        #expect(kept("let a = 1\nTask { a }") == [])
        #expect(kept("weak var a: C? = C()\nvar b: Int\nvar c = 1 { didSet {} }\n@W var d = 1\nvar e: Int { 1 }") == [])
        #expect(kept("let a = await f()") == ["Cell1_main_keep_a"])
    }

    @Test func lastExpressionKeepsItsPlace() {
        let cell = lower("let a = 1\n  a + 1")
        #expect(cell.text.contains("line: 1)\nNotebookDisplay._showResult(\n  a + 1\n)"))
        #expect(lower("5;").text.contains("_discardResult"))
    }

    @Test func privateIsDropped() {
        #expect(lower("private let a = 1\nstruct S { private var b = 1 }").text.contains("\n        let a = 1\nstruct S { private var b"))
    }

    @Test(arguments: ["await f()", "let a = try await f()", "for await x in s {}", "async let a = f()", "if await f() {}"])
    func awaitingCellsBecomeLibraries(_ source: String) { #expect(lower(source).isLibrary) }

    /// A child task is a local of the cell's body, so what uses it is computed there.
    @Test func childTasksAreUsedInTheBody() throws {
        let text = lower("async let a = f()\nlet b = await a\nlet c = await g()").text
        let body = try #require(text.range(of: "func _Cell1_main_body"))
        let globals = text[..<body.lowerBound], inside = text[body.upperBound...]
        #expect(inside.contains("async let a = f()") && inside.contains("_slot.put(_Cell1_main_local1)"))
        #expect(inside.contains("_slot.put(try await _Cell1_main_value2())"))
        #expect(globals.contains("let b = _Cell1_main_slot.take(_Cell1_main_value1)"))
    }

    /// What a guard binds is there for later cells.
    @Test func guardsDeclareVariables() throws {
        let cell = lower("let a = 1\nguard let b = g(), case .some(var c) = h(b) else { throw E() }; print(b)")
        #expect(cell.text.contains("var (b, c) = try { () throws in \nguard let b = g(), case .some(let c) = h(b) else { throw E() }\nreturn (b, c) }()"))
        #expect(cell.text.contains("_showResult(\n" + String(repeating: " ", count: 64) + "print(b)\n)"))
        #expect(lower("guard let b = await g() else { fatalError() }").text.contains("let b = _Cell1_main_slot.take(_Cell1_main_value1)"))
        let declared = CellDeclarations(CellSyntax("guard let b = g(), case .some(let c) = h(b) else { f() }"))
        #expect(declared.names == ["b", "c"])
    }

    /// An earlier variable of the same name would be hidden from the guard by what it declares.
    @Test(arguments: ["guard let a else { f() }", "guard let a = a else { f() }", "guard a > 1 else { f() }"])
    func otherGuardsStayAsTheyAre(_ source: String) {
        #expect(lower(source).text == "#sourceLocation(file: \"cell 1\", line: 1)\n\(source)\n")
        #expect(CellDeclarations(CellSyntax(source)).names == [])
    }

    @Test func awaitingCellsTellWhereTheyAre() {
        let text = lower("let a = await f()\n\nprint(a)\na").text
        for line in [1, 3, 4] { #expect(text.contains("NotebookDisplay._reach(line: \(line))")) }
    }

    @Test(arguments: ["func f() async { await g() }", "Task { await g() }", "let f = { await g() }"])
    func othersDoNot(_ source: String) { #expect(!lower(source).isLibrary) }

    @Test func declarations() {
        let cell = CellDeclarations(CellSyntax(
            "import Foundation\nlet (a, b) = (1, 2)\nfunc f(_ x: Int) {}\nextension Int: P { var d: Int { 1 } }\nactor A {}\noperator +++"))
        #expect(cell.names.isSuperset(of: ["a", "b", "f", "A"]))
        #expect(cell.imports == ["import Foundation"])
        #expect(cell.extensions == ["Int: P", "Int.d"])
    }

    @Test func newestDefinitionIsImportedAlone() {
        var history = CellHistory()
        history.commit(module: "Cell1", declarations: CellDeclarations(CellSyntax("let x = 1; let y = 2")), imports: [])
        history.commit(module: "Cell2", declarations: CellDeclarations(CellSyntax("let x = 3")), imports: [])
        history.commit(module: "Cell3", declarations: CellDeclarations(CellSyntax("let z = 3")), imports: [])
        let imports = history.imports(mentioning: ["x"], for: CellDeclarations())
        #expect(imports.statements == ["@testable import Cell2", "@testable import var Cell2.`x`"])
    }

    /// A cell sees the overloads that others declared, but for those that it declares again.
    @Test func overloadsOfOtherCellsAreImported() {
        var history = CellHistory()
        history.commit(module: "Cell1", declarations: CellDeclarations(CellSyntax("func f(_ x: Int) {}")), imports: [])
        history.commit(module: "Cell2", declarations: CellDeclarations(CellSyntax("func f(_ x: Bool) {}\nlet g = 1")), imports: [])
        func modules(_ source: String) -> [String] {
            let syntax = CellSyntax(source)
            return history.imports(mentioning: ["f", "g"], for: CellDeclarations(syntax)).modules
        }
        #expect(modules("func f(_ x: String) {}") == ["Cell1", "Cell2"])
        #expect(modules("func f(_ x: Bool) {}\nlet g = 2") == [])
        #expect(modules("let f = 1; let g = 2") == [])
    }

    /// Who edits a function means the new one, whatever its parameters are now.
    @Test func anEditedCellReplacesItself() {
        var history = CellHistory()
        func commit(_ module: String, _ source: String, _ cellID: String?) {
            history.commit(
                module: module, declarations: CellDeclarations(CellSyntax(source)), imports: [], cellID: cellID)
        }
        func modules(for source: String = "", cellID: String? = nil) -> [String] {
            history.imports(mentioning: ["f"], for: CellDeclarations(CellSyntax(source)), cellID: cellID).modules
        }
        commit("Cell1", "func f(_ x: Int) {}\nextension Int { var a: Int { 1 }\nvar b: Int { 1 } }", "one")
        commit("Cell2", "func f(_ x: Bool) {}", "two")
        #expect(modules() == ["Cell1", "Cell2"])
        commit("Cell3", "func f(_ x: Int, y: Int = 1) {}\nextension Int { var a: Int { 2 } }", "one")
        #expect(modules() == ["Cell2", "Cell3"])
        #expect(modules(for: "func f(_ x: String) {}", cellID: "two") == ["Cell3"])
        #expect(modules(for: "func f(_ x: String) {}") == ["Cell2", "Cell3"])
    }

    @Test func unreachedVariablesAreForgotten() {
        var cell = CellDeclarations(CellSyntax("let a = 1\nfunc f() { b() }\nfatalError()\nlet b = { }\nfunc g() { a }"))
        cell.drop(unreachedFrom: 3)
        #expect(cell.names == ["a", "g"])
    }
}
