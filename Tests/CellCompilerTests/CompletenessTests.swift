import CellCompiler
import Testing

@Suite struct CompletenessTests {
    @Test(arguments: [
        "print(\"hello\")", "", "let a = 1", "func f() {}", "// comment", "#if DEBUG\n#endif", "let s = \"\"\"\n a\n \"\"\"",
        "import Foundation", "x", "%opt speed", "%opt none --all\nlet a = 1", "@propertyWrapper struct W { var wrappedValue: Int }",
        "@_silgen_name(\"f\") func f()",
    ])
    func complete(_ source: String) { #expect(CellCompleteness(of: source) == .complete) }

    @Test(arguments: [
        "func f() {", "print(", "let a = [1,", "let a =", "struct S {\n  var a = 1\n", "let s = \"\"\"\nabc",
        "#if os(Linux)\nlet a = 1", "if true {", "let a = 1 +", "foo { x in", "let s = #\"\"\"\nabc", "/* comment",
        "class A: ", "func f(", "for i in 0..<3 {\n  print(i)", "%opt speed\nfor i in 0..<3 {",
        "func f()", "func f() -> Int", "@MainActor\nfunc f()",
    ])
    func incomplete(_ source: String) {
        guard case .incomplete = CellCompleteness(of: source) else {
            Issue.record("\(CellCompleteness(of: source))")
            return
        }
    }

    @Test(arguments: [")", "let = 3", "}", "func () {}", "let a = )", "struct { }", "let s = \"abc", "let s = #\"abc"])
    func invalid(_ source: String) { #expect(CellCompleteness(of: source) == .invalid) }

    @Test func indent() {
        #expect(CellCompleteness(of: "func f() {") == .incomplete(indent: "    "))
        #expect(CellCompleteness(of: "func f() {\n  let a = 1") == .incomplete(indent: "  "))
    }
}
