import Foundation
import Testing
import LanguageService

@Suite(.serialized) struct CompletionTests {
    func complete(_ marked: String, context: LanguageContext = LanguageContext()) -> CompletionReply {
        let (cell, cursor) = cursor(in: marked)
        return service.complete(cell, cursor: cursor, context: context)
    }

    @Test func membersOfAStandardType() {
        let reply = complete("[1, 2, 3].ma|")
        #expect(reply.matches == ["makeIterator", "map", "max"])
        #expect(reply.start == 10 && reply.end == 12)
        #expect(reply.completions.allSatisfy { $0.kind == "method" })
        #expect(reply.completions.last?.signature == "max() -> Int?")
    }

    @Test func namesOfTheSameCell() {
        let reply = complete("let alphabet = 3\nfunc alpine() {}\nlet r = alp|")
        #expect(reply.matches == ["alphabet", "alpine"])
        #expect(reply.completions.map(\.kind) == ["variable", "function"])
    }

    @Test func localsOfAnUnfinishedBody() {
        #expect(complete("for index in 0..<10 {\n  let value = index\n  if val|").matches.first == "value")
        #expect(complete("func f(samples: [Int]) -> Int {\n  samples.cou|").matches == ["count"])
    }

    @Test func typedCaseComesFirst() {
        let matches = complete("let Printer = 1\nlet printed = 2\nlet x = Print|").matches
        #expect(matches.first == "Printer")
        #expect(matches.contains("printed") && matches.contains("print"))
    }

    @Test func membersNearerToTheTypeComeFirst() {
        let matches = complete("struct Net { var weight = 1; func wx() {} }\nNet().w|").matches
        #expect(matches == ["weight", "wx"])
    }

    @Test func earlierCells() throws {
        let source = """
            struct Model { var learningRate = 0.1 }
            let modelOfThree = Model()
            """
        try Toolchain.withModule(named: "Cell3", source: source) { directory in
            let context = LanguageContext(
                preamble: "import Foundation\n@testable import Cell3",
                compilerArguments: ["-I", directory])
            #expect(complete("modelOf|", context: context).matches == ["modelOfThree"])
            #expect(complete("modelOfThree.lea|", context: context).matches == ["learningRate"])
            let unasked = complete("|", context: context).matches
            #expect(unasked.contains("modelOfThree") && !unasked.contains("abs"))
            #expect(complete("modelOf|").matches.isEmpty)
        }
    }

    @Test func importedModules() {
        let context = LanguageContext(preamble: "import Foundation\n")
        #expect(
            complete("Date().timeInt|", context: context).matches
                == [
                    "timeIntervalSince", "timeIntervalSince1970", "timeIntervalSinceNow",
                    "timeIntervalSinceReferenceDate",
                ])
        #expect(complete("import Founda|").matches.first == "Foundation")
    }

    @Test func cursorCountsUnicodeScalars() {
        let reply = complete("let 🎉é = \"👩‍👩‍👧 ü\"\n🎉é.cou|")
        #expect(reply.matches == ["count"])
        #expect(reply.start == 22 && reply.end == 25)
        #expect(complete("let größe = 1\ngrö|").matches == ["größe"])
    }

    @Test func optionalChainsReplaceTheDot() {
        let reply = complete("let a: String? = nil\na.cou|")
        #expect(reply.matches == ["?.count"])
        #expect(reply.start == 22 && reply.end == 26)
    }

    @Test func argumentLabels() {
        let cell = "func blend(first: Int, second: Int) {}\n"
        let reply = complete(cell + "blend(|")
        #expect(reply.matches.first == "first: ")
        #expect(reply.completions.first?.kind == "function")
        #expect(complete("[1, 2].max(b|").matches.contains("by: "))
    }

    @Test func overridesAreWrittenOut() {
        let cell = "class A { func forward(_ x: Int) -> Int { x } }\nclass B: A { forw|"
        #expect(complete(cell).matches == ["override func forward(_ x: Int) -> Int {"])
    }

    @Test func implicitMembersAndDirectives() {
        #expect(complete("let x: Int = .ma|").matches.first == "max")
        #expect(complete("#i|").matches.contains("if"))
    }

    @Test(arguments: [
        "nonsense.fo|", "// comm|", "\"in a string|\"", "12|", "let x = 3.1|", "qwertz|",
        "print(1)|", "let s = \"unfinished |",
    ])
    func nothingFits(_ marked: String) {
        #expect(complete(marked).matches.isEmpty)
    }

    @Test(arguments: ["{{{|", "))))|", "|)", "func |", "class { |", "\u{0}|", "\r\n|", "`|"])
    func brokenCodeIsAnswered(_ marked: String) {
        let reply = complete(marked)
        #expect(reply.start == reply.end)
        #expect(complete("[1].ma|").matches.contains("map"))
    }

    @Test func emptyCell() {
        let reply = complete("|")
        #expect(reply.start == 0 && reply.end == 0)
        #expect(reply.matches.contains("let"))
    }

    @Test func cursorBeyondTheEnds() {
        #expect(service.complete("[1].cou", cursor: 99, context: .init()).matches == ["count"])
        #expect(service.complete("[1].cou", cursor: 99, context: .init()).end == 7)
        #expect(service.complete("pri", cursor: -3, context: .init()).end == 0)
        #expect(service.complete("pri", cursor: 0, context: .init()).start == 0)
    }

    @Test func largeCellsAreQuickWhenWarm() {
        let lines = (0..<200).map { "let value\($0) = [\($0)].map { $0 * 2 }" }
        let marked = lines.joined(separator: "\n") + "\nvalue199.fi|"
        #expect(complete(marked).matches.contains("filter"))
        let duration = ContinuousClock().measure { _ = complete(marked) }
        #expect(duration < .seconds(1))
    }

    @Test func aKilledHelperIsReplaced() throws {
        _ = complete("[1].ma|")
        let first = try #require(service.helperIdentifier)
        kill(first, SIGKILL)
        #expect(complete("[1].ma|").matches.contains("map"))
        #expect(service.helperIdentifier != first)
    }

    @Test func aSilentHelperCostsOnlyTheTimeLimit() throws {
        let impatient = LanguageService(command: helperCommand, timeLimit: .milliseconds(300))
        impatient.warmUp(context: .init())
        for _ in 0..<5000 where impatient.helperIdentifier == nil { usleep(1000) }
        let helper = try #require(impatient.helperIdentifier)
        kill(helper, SIGSTOP)
        let duration = ContinuousClock().measure {
            #expect(impatient.complete("[1].ma", cursor: 6, context: .init()).matches.isEmpty)
        }
        #expect(duration < .seconds(1))
        kill(helper, SIGCONT)
    }

    @Test func withoutAHelperThereIsNothing() {
        let absent = LanguageService(command: ["/nonexistent/helper"])
        #expect(absent.complete("[1].ma", cursor: 6, context: .init()).matches.isEmpty)
        #expect(absent.inspect("print", cursor: 2, detail: 0, context: .init()) == nil)
        let dying = LanguageService(command: ["/bin/false"])
        #expect(dying.complete("[1].ma", cursor: 6, context: .init()).matches.isEmpty)
    }
}
