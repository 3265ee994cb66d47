import NotebookDisplay
import Testing

private struct Run {
    let rate: Double
    let loss: Double?
}

@Suite struct TableTests {
    @Test func structsBecomeRows() {
        let table = Table(of: [Run(rate: 0.1, loss: 0.5), Run(rate: 0.01, loss: nil)])
        #expect(table.columns == ["", "rate", "loss"])
        #expect(table.rows == [["0", "0.1", "0.5"], ["1", "0.01", "nil"]])
    }

    @Test func dictionariesBecomeRows() {
        #expect(Table(of: ["b": 2, "a": 1]).rows == [["a", "1"], ["b", "2"]])
        let nested = Table(of: ["x": ["p": 1], "y": ["q": 2]])
        #expect(nested.columns == ["key", "p", "q"])
        #expect(nested.rows == [["x", "1"], ["y", "", "2"]])
    }

    @Test func aStructAloneShowsItsProperties() {
        #expect(Table(of: Run(rate: 1, loss: nil)).rows == [["rate", "1.0"], ["loss", "nil"]])
    }

    /// Cells are modules, which nobody wants to read.
    @Test(arguments: [
        ("[Cell22.Run(name: \"a\")]", "[Run(name: \"a\")]"),
        ("Optional(Cell3_2.Kind.small)", "Optional(Kind.small)"),
        ("[\"Cell22.Run \\\" Cell1.a\": Cell1.B()]", "[\"Cell22.Run \\\" Cell1.a\": B()]"),
        ("MyCell22.Run", "MyCell22.Run"), ("Cell22.5", "Cell22.5"), ("Cell.Run Cellar", "Cell.Run Cellar"),
        ("(é, Cell1.é)", "(é, é)"),
    ])
    func cellsAreNotNamed(text: String, shown: String) {
        #expect(ValueText.withoutCellModules(text) == shown)
    }

    @Test func ownDescriptionsStay() {
        struct Place: CustomStringConvertible { var description: String { "Cell22.x" } }
        #expect(MIMEBundle(showing: Place()).data["text/plain"] == "Cell22.x")
    }

    @Test func textIsInColumns() {
        let table = Table(columns: ["name", "count"], rows: [["a", "1"], ["long", "23"]], footer: [["sum", "24"]])
        #expect(
            table.description == """
                name  count
                ────  ─────
                a         1
                long     23
                ────  ─────
                sum      24
                """)
    }

    @Test func htmlIsEscapedAndBounded() {
        let table = Table(columns: ["<b>"], rows: (0..<100_000).map { ["<\($0)>"] })
        #expect(table.html.contains("&lt;b&gt;") && table.html.contains("&lt;99999&gt;"))
        #expect(!table.html.contains("<99999>"))
        #expect(table.html.utf8.count < 40_000)
    }

    @Test func valuesShowThemselvesAsTables() {
        #expect(MIMEBundle(showing: ["a": 1]).data["text/html"]?.contains("<table>") == true)
        #expect(MIMEBundle(showing: Run(rate: 1, loss: 2)).data["text/html"] != nil)
        #expect(MIMEBundle(showing: [1, 2]).data == ["text/plain": "[1, 2]"])
        #expect(MIMEBundle(showing: "a").data == ["text/plain": "\"a\""])
        #expect(MIMEBundle(showing: 1...2).data["text/html"] == nil)
    }
}

@Suite struct RichTextTests {
    @Test func kinds() {
        #expect(HTML("<b>x</b>", text: "x").mimeBundle.data == ["text/html": "<b>x</b>", "text/plain": "x"])
        #expect(Markdown("*x*").mimeBundle.data["text/markdown"] == "*x*")
        #expect(LaTeX("x^2").mimeBundle.data["text/latex"] == "$\\displaystyle x^2$")
        display(latex: "x^2")
        display(json: "{}")
        #expect(LaTeX("$x$").mimeBundle.data["text/latex"] == "$x$")
        #expect(JSON("{\"a\": 1}").mimeBundle.data["application/json"] == "{\"a\": 1}")
        #expect(JSON(" [1]").mimeBundle.data["application/json"] == nil)
        let chart = VegaLite("{\"mark\": \"bar\"}", fallback: Figure().bar(["a"], [1])).mimeBundle.data
        #expect(chart["application/vnd.vegalite.v5+json"] == "{\"mark\": \"bar\"}")
        #expect(chart["image/svg+xml"]?.hasPrefix("<svg") == true)
    }

    /// A notebook keeps what is shown.
    @Test func longCollectionsAreCut() {
        func text(_ value: Any) -> String { MIMEBundle(showing: value).data["text/plain"] ?? "" }
        #expect(text(Array(0..<1000)) == "\(Array(0..<1000))")
        #expect(text(Array(0..<1002)) == "\(Array(0..<1000).description.dropLast()), … 2 more]")
        #expect(text(["a": Array(0..<1001)]).hasSuffix(", 999, … 1 more]]"))
        #expect(text(["a": Array(0..<1001)]).hasPrefix("[\"a\": [0, 1, "))
        let rows = text([[Int]](repeating: Array(0..<2000), count: 3000))
        #expect(rows.utf8.count < 60_000 && rows.hasSuffix(" more]"))
        #expect(text([[Int]: [String]]()) == "[:]")
    }
}
