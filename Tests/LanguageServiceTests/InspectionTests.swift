import NotebookDisplay
import Testing

import LanguageService

@Suite(.serialized) struct InspectionTests {
    func inspect(
        _ marked: String, detail: Int = 0, context: LanguageContext = LanguageContext()
    ) -> String? {
        let (cell, cursor) = cursor(in: marked)
        return service.inspect(cell, cursor: cursor, detail: detail, context: context)?
            .data["text/plain"]
    }

    let add = """
        /// Adds two numbers.
        ///
        /// - Parameter a: the first
        func add(a: Int, b: Int) -> Int { a + b }

        """

    @Test func declarationAndDocumentation() throws {
        let text = try #require(inspect(add + "ad|d(a: 1, b: 2)"))
        #expect(
            text == """
                func add(a: Int, b: Int) -> Int

                Adds two numbers.

                - Parameter a: the first
                """)
        let (cell, cursor) = cursor(in: add + "add|(a: 1, b: 2)")
        let bundle = service.inspect(cell, cursor: cursor, detail: 0, context: .init())
        let markdown = try #require(bundle?.data["text/markdown"])
        #expect(markdown.hasPrefix("```swift\nfunc add(a: Int, b: Int) -> Int\n```\n\nAdds"))
    }

    @Test(arguments: [
        "|add(a: 1, b: 2)", "add|(a: 1, b: 2)", "add(|", "add(a: 1, |", "add(a: (1 + 1), |b: 2)",
        "add(a: 1, b: 2|",
    ])
    func aroundACall(_ call: String) {
        #expect(inspect(add + call)?.hasPrefix("func add(a: Int, b: Int) -> Int") == true)
    }

    @Test func typesOfVariables() {
        #expect(inspect("let table = [1: \"a\"]\nlet copy = tab|le") == "let table: [Int : String]")
        #expect(inspect("let größe = 2.5\n// ü\nlet x = grö|ße") == "let größe: Double")
    }

    @Test func standardLibrary() {
        #expect(inspect("[1, 2].ma|p { $0 }")?.contains("func map<T, E>(_ transform:") == true)
        #expect(inspect("Stri|ng")?.contains("A Unicode string value") == true)
        #expect(inspect("print|(3)")?.contains("func print(_ items: Any...") == true)
        #expect(inspect("let z = 3 |+ 4")?.contains("func + (lhs: Int, rhs: Int) -> Int") == true)
    }

    @Test func moreDetailNamesTheModule() {
        #expect(inspect("Stri|ng", detail: 1)?.hasSuffix("Module: Swift") == true)
    }

    @Test func earlierCells() throws {
        let source = "/// How fast it learns.\nfunc learningRate() -> Double { 0.1 }\n"
        try Toolchain.withModule(named: "Cell7", source: source) { directory in
            let context = LanguageContext(
                preamble: "@testable import Cell7", compilerArguments: ["-I", directory])
            #expect(
                inspect("learning|Rate()", context: context)
                    == "func learningRate() -> Double\n\nHow fast it learns.")
        }
    }

    @Test(arguments: ["|", "   |", "unknownName|", "12|3", "\"te|xt\"", "// comm|ent", "(|", "]|["])
    func nothingToSay(_ marked: String) {
        #expect(inspect(marked) == nil)
    }
}
