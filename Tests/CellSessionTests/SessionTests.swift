import CellSession
import Foundation
import Testing

/// What cells can do, one after another, in one session.
@Suite(.serialized) struct SessionTests {
    @Test func valuesAndOutput() throws {
        let notebook = try Notebook()
        #expect(notebook.run("1 + 1").result == "2")
        #expect(notebook.run("print(\"a\", terminator: \"\"); print(\"b\")").stdout == "ab\n")
        #expect(notebook.run("let text = \"quoted\"\ntext").result == "\"quoted\"")
        #expect(notebook.run("text.count;").result == nil)
        #expect(notebook.run("Optional(3)").result == "Optional(3)")
        #expect(notebook.run("").errorName == nil)
        #expect(notebook.run("// nothing but a comment").errorName == nil)
        #expect(notebook.run("var list = [3, 1, 2]\nlist\n    .sorted()\n    .map { $0 * 2 }").result == "[2, 4, 6]")
        #expect(notebook.run("list[0] = 9").result == nil)
        #expect(notebook.run("list // a comment").result == "[9, 1, 2]")
        #expect(notebook.run("list.count", silent: true).result == nil)
    }

    @Test func redefinitionOfEverything() throws {
        let notebook = try Notebook()
        notebook.run(
            """
            struct S { var a = 1 }
            class C { func f() -> Int { 1 } }
            enum E { case a }
            protocol P { func p() -> Int }
            typealias T = Int
            func f(_ x: Int) -> Int { x }
            func f(_ x: String) -> String { x }
            var v = 1
            extension Int { var twice: Int { self * 2 } }
            """)
        notebook.run(
            """
            struct S { var b = "new" }
            class C { func f() -> Int { 2 } }
            enum E { case b }
            protocol P { func q() -> Int }
            typealias T = String
            func f(_ x: Int) -> Int { x * 100 }
            var v = "text"
            """)
        #expect(notebook.run("S().b").result == "\"new\"")
        #expect(notebook.run("C().f()").result == "2")
        #expect(notebook.run("E.b").result == "b")
        #expect(notebook.run("struct Q: P { func q() -> Int { 5 } }\nQ().q()").result == "5")
        #expect(notebook.run("T(\"x\")").result == "\"x\"")
        #expect(notebook.run("f(2)").result == "200")
        #expect(notebook.run("v").result == "\"text\"")
        #expect(notebook.run("3.twice").result == "6")
        notebook.run("extension Int { var twice: Int { self * 20 } }")
        #expect(notebook.run("3.twice").result == "60")
    }

    @Test func guardsAtTheTopLevel() throws {
        let notebook = try Notebook()
        notebook.run("guard let number = Int(\"42\"), case var next = number + 1 else { fatalError() }\nnext += 1")
        #expect(notebook.run("[number, next]").result == "[42, 44]")
        #expect(notebook.run("guard let none = Int(\"x\") else { fatalError(\"no number\") }").errorValue == "no number")
        #expect(notebook.run("none").errorName == "CompileError")
        #expect(notebook.run("guard let later = try? await Task(operation: { number }).value else { fatalError() }\nlater").result == "42")
        #expect(notebook.run("later + 1").result == "43")
        #expect(notebook.run("let maybe: Int? = 1").errorName == nil)
        #expect(notebook.run("guard let maybe else { fatalError() }\nmaybe").result == "1")
    }

    /// An `if` or `switch` at the end is shown where it is a value that nobody uses.
    @Test func conditionalsAsResults() throws {
        let notebook = try Notebook()
        let value = notebook.run("let n = 3\nif n > 2 { \"many\" } else { \"few\" }")
        #expect(value.result == "\"many\"" && value.stderr.isEmpty)
        #expect(notebook.run("switch n { case 3: n * 2; default: 0 }").result == "6")
        #expect(notebook.run("if await Task(operation: { n }).value > 2 { 1 } else { 0 }").result == "1")
        #expect(notebook.run("var list = [1]\nif n > 2 { list.append(2) } else { list.removeAll() }").result == nil)
        let mixed = notebook.run("if n > 2 { list.count } else { \"few\" }")
        #expect(mixed.errorName == nil && mixed.result == nil && mixed.stderr.contains("unused"))
    }

    @Test func aBusyMainActorIsNamed() throws {
        let notebook = try Notebook()
        notebook.run("@MainActor func spin() { while true {} }")
        let run = notebook.run("await spin()", interruptAfter: 1)
        #expect(run.errorValue?.hasPrefix("the cell was interrupted; the main actor is busy") == true)
        #expect(notebook.run("await Task { 3 }.value").result == "3")
        #expect(notebook.run("await MainActor.run { 3 }", interruptAfter: 0.5).errorValue?.contains("%reset") == true)
        notebook.session.shutdown()
        #expect(notebook.run("await MainActor.run { 3 }").result == "3")
    }

    @Test func redefinitionOfOperators() throws {
        let notebook = try Notebook()
        notebook.run("precedencegroup Low { lowerThan: AdditionPrecedence }\ninfix operator <->: Low\nfunc <-> (a: Int, b: Int) -> Int { a * b }")
        #expect(notebook.run("1 + 2 <-> 3 + 4").result == "21")
        notebook.run("func <-> (a: Int, b: Int) -> Int { a * b * 100 }")
        #expect(notebook.run("1 + 2 <-> 3 + 4").result == "2100")
        notebook.run("precedencegroup Low { higherThan: AdditionPrecedence }\ninfix operator <->: Low\nfunc <-> (a: Int, b: Int) -> Int { a * b }")
        #expect(notebook.run("1 + 2 <-> 3 + 4").result == "11")
        notebook.run("func <-> (a: String, b: String) -> String { a + b }")
        #expect(notebook.run("\"a\" <-> \"b\"").result == "\"ab\"")
        #expect(notebook.run("1 + 2 <-> 3 + 4").result == "11")
        notebook.run("extension Int { var one: Int { 1 }\nvar two: Int { 2 } }")
        notebook.run("extension Int { var one: Int { 10 } }")
        #expect(notebook.run("0.one").result == "10")
        #expect(notebook.run("0.two").result == "2")
    }

    /// The function stays in an older cell than the operator.
    @Test func redefinitionOfAnOperatorAlone() throws {
        let notebook = try Notebook()
        notebook.run("infix operator <+>: AdditionPrecedence\nfunc <+> (a: Int, b: Int) -> Int { a * 10 + b }")
        notebook.run("precedencegroup High {\n higherThan: MultiplicationPrecedence\n associativity: right\n}\ninfix operator <+>: High")
        #expect(notebook.run("2 * 1 <+> 2").result == "24")
        #expect(notebook.run("let x = 1 <+> 2 <+> 3\nx").result == "33")
        notebook.run("infix operator <+>: AdditionPrecedence")
        #expect(notebook.run("[x, 2 * 1 <+> 2]").result == "[33, 22]")
        #expect(notebook.run("infix operator <->: High\nfunc <-> (a: Int, b: Int) -> Int { a - b }\n5 <-> 4 <-> 3").result == "4")
        #expect(notebook.run("5 <-> 4 <-> 3").result == "4")
    }

    /// The runtime, too, finds the newest conformance, whichever cell ran last.
    @Test func redefinitionOfConformances() throws {
        let notebook = try Notebook()
        notebook.run("struct Foo {}\nlet foo = Foo()")
        func cell(_ text: String) -> String { "extension Foo: CustomStringConvertible { var description: String { \"\(text)\" } }\nfoo" }
        let look = "[String(describing: foo as Any), \"\\(foo)\"]"
        for text in ["one", "two", "one", "three"] {
            #expect(notebook.run(cell(text)).result == text)
            #expect(notebook.run(look).result == "[\"\(text)\", \"\(text)\"]")
        }
    }

    @Test func wrappedVariables() throws {
        let notebook = try Notebook()
        notebook.run(
            """
            @propertyWrapper struct Clamped {
                var wrappedValue: Int { didSet { wrappedValue = min(wrappedValue, 10) } }
                var projectedValue: String { "<\\(wrappedValue)>" }
            }
            @propertyWrapper struct Fixed<T> { let wrappedValue: T }
            """)
        let first = notebook.run("@Clamped var level = 5\n@Fixed var names = [\"a\", \"\\(level)\"]\nlevel = 50\nprint($level)\nnames")
        #expect(first.stdout == "<10>\n" && first.result == "[\"a\", \"5\"]", "\(first.traceback)")
        #expect(notebook.run("level -= 3\n[\"\\(level)\", $level]").result == "[\"7\", \"<7>\"]")
        #expect(notebook.run("names = []").errorValue?.contains("get-only") == true)
        #expect(notebook.run("@Clamped var level: Int = 1\nlevel = 99\n[level].map { $0 + 1 }").result == "[11]")
        #expect(notebook.run("$level").result == "\"<10>\"")
        let wrong = notebook.run("@Clamped var bad = \"x\"")
        #expect(wrong.plainTraceback.contains(":1:20: error: cannot convert value of type 'String'"), "\(wrong.plainTraceback)")
        #expect(wrong.plainTraceback.contains("\n@Clamped var bad = \"x\"\n                   ^"))
    }

    /// A cell that awaits runs again as any other does.
    @Test func awaitedValuesAreNew() throws {
        let notebook = try Notebook()
        notebook.run("var count = 0")
        for expected in 1...3 {
            #expect(notebook.run("count += 1\nlet seen = await Task { count }.value\nseen").result == "\(expected)")
        }
        #expect(notebook.run("seen").result == "3")
    }

    @Test func staticVariablesAreNew() throws {
        let notebook = try Notebook()
        for _ in 0..<2 {
            #expect(notebook.run("enum Settings { static var rate = 1 }\nSettings.rate += 1\nSettings.rate").result == "2")
        }
    }

    /// What a variable held is released when its cell has run again, or another has declared it
    /// anew and nothing else can reach it.
    @Test func replacedValuesAreReleased() throws {
        let notebook = try Notebook()
        notebook.run("final class Noisy { let name: String; init(_ name: String) { self.name = name }\ndeinit { print(\"-\" + name) } }\nvar count = 0")
        func freed(_ cell: String) -> [String] {
            let run = notebook.run(cell)
            #expect(run.errorName == nil, "\(run.traceback)")
            return run.stdout.split(separator: "\n").map(String.init).sorted()
        }
        let cell = "count += 1\nlet a = Noisy(\"a\\(count)\"), list: [Any] = [Noisy(\"b\\(count)\"), 3]"
        #expect(freed(cell) == [])
        #expect(freed(cell) == ["-a1", "-b1"])
        #expect(freed(cell + " // edited") == ["-a2", "-b2"])
        #expect(freed("let list = \"none\"") == ["-b3"])
        #expect(notebook.run("a.name").result == "\"a3\"")
        // A function keeps the variable that it means.
        #expect(freed("func look() -> String { a.name }") == [])
        #expect(freed("let a = Noisy(\"other\")") == [])
        #expect(notebook.run("look() + a.name").result == "\"a3other\"")
        #expect(freed("let a = await Task { Noisy(\"awaited\") }.value") == ["-other"])
        #expect(freed("let a = 1") == ["-awaited"])
        // A cell that stops may have left its variables as they were.
        let stopping = "let c = Noisy(\"c\\(count)\")\nif count == 4 { fatalError() }\nlet d = Noisy(\"d\\(count)\")"
        #expect(freed(stopping) == [])
        notebook.run("count = 4")
        #expect(notebook.run(stopping).stdout == "")
        notebook.run("count = 5")
        #expect(freed(stopping) == [])
        #expect(freed(stopping) == ["-c5", "-d5"])
        // Other things than objects.
        notebook.run("struct Alone: ~Copyable { let n: Int\ndeinit { print(\"-alone\") } }")
        let others = "let alone = Alone(n: 1)\nvar call = { [a] in a + alone.n }\nlet calls = (1, call)\nweak var gone: Noisy? = Noisy(\"w\")\nlet text = String(repeating: \"x\", count: 100)\n[call(), calls.1(), text.count]"
        for _ in 0..<3 { #expect(notebook.run(others).result == "[2, 2, 100]") }
    }

    @Test func availability() throws {
        let notebook = try Notebook()
        notebook.run("@available(*, deprecated, message: \"use new\") func old() -> Int { 1 }\n@available(*, unavailable) func gone() {}")
        let run = notebook.run("old()")
        #expect(run.result == "1" && run.stderr.contains("'old()' is deprecated: use new"))
        #expect(notebook.run("gone()").errorValue?.hasPrefix("'gone()' is unavailable") == true)
    }

    @Test func closedStandardStreams() throws {
        let notebook = try Notebook()
        notebook.run("import Glibc\nfor descriptor in 0...2 { close(Int32(descriptor)) }")
        #expect(notebook.run("print(\"on\")").stdout == "on\n")
        #expect(notebook.run("fputs(\"on\", stderr)").stderr == "on")
    }

    /// What stays long in Swift's own library, where no cell's code runs.
    @Test(arguments: [
        "String(repeating: \"a\", count: 40).wholeMatch(of: /(a+)+(a+)+b/)", "[Int](0..<300_000_000).sorted(by: >).count",
        "stride(from: 0.0, to: 1e12, by: 1).reduce(0, +)",
    ]) func interruptsAlgorithms(_ cell: String) throws {
        let notebook = try Notebook()
        notebook.run("var keep = 1")
        let start = Date()
        #expect(notebook.run(cell, interruptAfter: 1).errorName == "KeyboardInterrupt")
        #expect(Date().timeIntervalSince(start) < 2.5)
        #expect(notebook.run("keep").result == "1")
    }

    /// The function gives another type than before, though both have one name, and a later cell
    /// declares a name that the edited cell mentions.
    @Test func functionsOfTypesDeclaredAnew() throws {
        let notebook = try Notebook()
        func cell(_ text: String) -> String {
            "struct Item { var name = \"\(text)\" }\nlet extra = 1\nfunc items(_ n: Int) -> [Item] { let other = n; return Array(repeating: Item(), count: other) }\nitems(1)[0].name"
        }
        #expect(notebook.run(cell("one")).result == "\"one\"")
        notebook.run("let other = items(2)\nfunc look() -> Int { other.count + extra }")
        for text in ["one", "two", "one"] {
            let run = notebook.run(cell(text))
            #expect(run.result == "\"\(text)\"", "\(run.traceback)")
            #expect(notebook.run("items(1)[0].name + \"\\(look())\"").result == "\"\(text)3\"")
        }
    }

    @Test func linesOfOtherSystems() throws {
        let notebook = try Notebook()
        #expect(notebook.run("\u{FEFF}%opt speed\r\nlet a = 1\r\na").result == "1")
        #expect(notebook.run("let b = 1\r\nprint([1][b])\r\n").plainTraceback.hasSuffix("line 2\n----> 2 print([1][b])"))
        let failed = notebook.run("let c = 1\r\n\tlet é = c.foo\r\n")
        #expect(failed.plainTraceback == "cell 3:2:12: error: value of type 'Int' has no member 'foo'\n\tlet é = c.foo\n\t          ^")
    }

    @Test func overloadsAcrossCells() throws {
        let notebook = try Notebook()
        notebook.run("func area(_ x: Int) -> String { \"a\" }")
        #expect(notebook.run("func area(_ x: [Int]) -> String { x.map { area($0) }.joined() }\narea([1, 2])").result == "\"aa\"")
        #expect(notebook.run("func area(_ x: Int) -> String { \"b\" }\narea(1) + area([1])").result == "\"ba\"")
    }

    @Test func awaitedValuesOfAnotherType() throws {
        let notebook = try Notebook()
        notebook.run("func f() async -> Int { 1 }")
        for (cell, place) in [("let s: String = await f()", "1:17"), ("let n = 1\nlet s: [String: Int] = await f()", "2:24")] {
            let failed = notebook.run(cell).plainTraceback.split(separator: "\n")
            #expect(failed.first?.contains(":\(place): error: cannot convert value of type 'Int' to specified type") == true)
            #expect(failed.dropFirst().first == cell.split(separator: "\n").last)
        }
        #expect(notebook.run("let s: Int? = await f()\ns").result == "Optional(1)")
        #expect(notebook.run("@MainActor var m = await f()\nawait MainActor.run { m += 1; return m }").result == "2")
        #expect(notebook.run("let t: Int! = await f()\nt + 1").result == "2")
    }

    @Test func awaitingCellsKeepWhatTheyReached() throws {
        let notebook = try Notebook()
        notebook.run("struct Oops: Error {}\nfunc f(_ n: Int) async throws -> Int { if n > 1 { throw Oops() }; return n }")
        let failed = notebook.run("let a = try await f(1)\nlet b = try await f(2)\nlet c = try await f(1)")
        #expect(failed.plainTraceback.contains("cell 1, line 2 in f(Int)"))
        #expect(failed.plainTraceback.contains("cell 2, line 2\n"))
        #expect(notebook.run("a").result == "1")
        #expect(notebook.run("b").errorName == "CompileError")
        #expect(notebook.run("c").errorName == "CompileError")
    }

    /// A body that ignores its cancellation must not go on behind the user's back; tasks that nobody
    /// waits for may.
    @Test(arguments: [
        "while true { ticks += 1; try? await Task.sleep(nanoseconds: 1_000_000) }",
        "await withTaskGroup(of: Void.self) { g in g.addTask { while true { ticks += 1; await Task.yield() } } }",
        "while true { ticks += 1; await Task.yield() }",
    ])
    func anInterruptedBodyDoesNotGoOn(_ loop: String) throws {
        let notebook = try Notebook()
        notebook.run("import Foundation\nvar ticks = 0, beats = 0")
        notebook.run("Task { while true { beats += 1; try? await Task.sleep(nanoseconds: 1_000_000) } }\nvar seen = [0]")
        #expect(notebook.run(loop, interruptAfter: 0.5).errorName == "KeyboardInterrupt")
        Thread.sleep(forTimeInterval: 0.1)
        notebook.run("seen = [ticks, beats]\nThread.sleep(forTimeInterval: 0.3)")
        #expect(notebook.run("[seen[0] > 0, ticks == seen[0], beats > seen[1]]").result == "[true, true, true]")
        #expect(notebook.run("await withTaskGroup(of: Int.self) { g in g.addTask { 3 }; return await g.next()! }").result == "3")
    }

    @Test func language() throws {
        let notebook = try Notebook()
        #expect(notebook.run("\"joe@acme.com\".wholeMatch(of: /(\\w+)@(\\w+)\\.com/)!.1").result == "\"joe\"")
        notebook.run("infix operator <+>: AdditionPrecedence\nfunc <+> (a: Int, b: Int) -> Int { a * 10 + b }")
        #expect(notebook.run("1 <+> 2").result == "12")
        notebook.run("@propertyWrapper struct Clamped { var value: Int; init(wrappedValue: Int) { value = wrappedValue }\nvar wrappedValue: Int { get { value } set { value = min(newValue, 10) } } }")
        #expect(notebook.run("struct W { @Clamped var x = 3 }\nvar w = W(); w.x = 50\nw.x").result == "10")
        notebook.run("@resultBuilder enum Joined { static func buildBlock(_ parts: String...) -> String { parts.joined(separator: \"+\") } }")
        #expect(notebook.run("@Joined func built() -> String { \"a\"; \"b\" }\nbuilt()").result == "\"a+b\"")
        #expect(notebook.run("func larger<T: Comparable>(_ a: T, _ b: T) -> T { a < b ? b : a }\nlarger(2, 3)").result == "3")
        #expect(notebook.run("larger(\"a\", \"b\")").result == "\"b\"")
        notebook.run("var total = 0\nlet add = { (n: Int) in total += n }")
        #expect(notebook.run("add(2); add(3); total").result == "5")
        notebook.run("actor Counter { var n = 0; func up() -> Int { n += 1; return n } }\nlet counter = Counter()")
        #expect(notebook.run("await counter.up()").result == "1")
        #expect(notebook.run("await counter.up()").result == "2")
        #expect(notebook.run("import Observation\n@Observable class Model { var a = 1 }\nModel().a").result == "1")
        #expect(notebook.run("#if os(Linux)\nlet system = \"linux\"\n#else\nlet system = \"other\"\n#endif\nsystem").result == "\"linux\"")
        notebook.run("private let secret = 7\nfileprivate func hidden() -> Int { 8 }")
        #expect(notebook.run("secret + hidden()").result == "15")
        notebook.run("import Foundation")
        #expect(notebook.run("\" x \".trimmingCharacters(in: .whitespaces)").result == "\"x\"")
        #expect(notebook.run("print(#file, #line)").stdout.hasSuffix(" 1\n"))
        #expect(notebook.run("#!/usr/bin/env swift\n5").result == "5")
    }

    @Test func conformancesToEarlierTypes() throws {
        let notebook = try Notebook()
        notebook.run("struct Point { var x = 1 }\nprotocol Named { var name: String { get } }")
        #expect(notebook.run("extension Point: CustomStringConvertible { var description: String { \"P(\\(x))\" } }\nPoint()").result == "P(1)")
        notebook.run("extension Point: Named { var name: String { \"point\" } }")
        #expect(notebook.run("Point().name").result == "\"point\"")
    }

    @Test func awaitAgainAndAgain() throws {
        let notebook = try Notebook()
        notebook.run("func work(_ n: Int) async throws -> Int { try await Task.sleep(nanoseconds: 1_000_000); return n * 2 }")
        notebook.run(
            """
            let one = try await work(21)
            let (a, b) = (try await work(1), try await work(2))
            var typed: [Int] = [try await work(3)]
            async let child = work(4)
            var sum = 0
            for await n in AsyncStream(Int.self, { c in c.yield(1); c.yield(2); c.finish() }) { sum += n }
            var later: String
            later = "set"
            sum += try await child
            let half = try await child / 2, both = try await (child, half)
            """)
        #expect(notebook.run("both").result == "(8, 4)")
        #expect(notebook.run("[one, a, b, typed[0], sum]").result == "[42, 2, 4, 6, 11]")
        #expect(notebook.run("later").result == "\"set\"")
        for n in 1...3 { #expect(notebook.run("try await work(\(n))").result == "\(n * 2)") }
        #expect(notebook.run("await MainActor.run { 3 }").result == "3")
    }

    @Test func compileErrorsPointIntoTheCell() throws {
        let notebook = try Notebook()
        let first = notebook.run("undefined + 1")
        #expect(first.errorName == "CompileError")
        #expect(first.plainTraceback.hasPrefix("cell 1:1:1: error: cannot find 'undefined' in scope\nundefined + 1\n^~~~~~~~~"))
        let second = notebook.run("let a = 1\n  let b: String = a")
        #expect(second.plainTraceback.contains("cell 2:2:19: error: cannot convert value of type 'Int'"))
        #expect(second.errorValue?.contains("line 2") == true)
        let third = notebook.run("let c = 1\nc = 2")
        #expect(third.plainTraceback.contains("note: change 'let' to 'var' to make it mutable\nlet c = 1\n^~~\nvar"))
        let fourth = notebook.run("let d: Int = await Task { \"s\" }.value")
        #expect(fourth.plainTraceback.contains("cell 4:1:"))
        #expect(!fourth.plainTraceback.contains("CellSlot") && !fourth.plainTraceback.contains("_Cell"))
        #expect(notebook.run("a").errorName == "CompileError")
        // Each once, though what uses a child task is compiled in two places.
        let fifth = notebook.run("async let e = 5\nlet f: String = await e")
        #expect(fifth.plainTraceback.components(separatedBy: "cannot convert value").count - 1 == 1)
        // The library's files are not the user's.
        #expect(!notebook.run("Table(rows: 1)").plainTraceback.contains("/"))
    }

    @Test func warningsDoNotFail() throws {
        let notebook = try Notebook()
        let run = notebook.run("func f() { let unused = 1 }\n5")
        #expect(run.errorName == nil)
        #expect(run.result == "5")
        #expect(run.stderr.contains("cell 1:1:16: warning"))
        #expect(notebook.run("fatalError(\"x\")").stderr.isEmpty)
    }

    @Test func input() throws {
        let notebook = try Notebook()
        notebook.input = { _, _ in .line("a line") }
        #expect(notebook.run("readLine()!").result == "\"a line\"")
        notebook.input = { _, _ in .endOfFile }
        #expect(notebook.run("readLine() == nil").result == "true")
    }

    /// However the interrupt and the end of the question meet, nothing after the question runs.
    @Test(arguments: [
        "let line = readLine(); print(\"went on\")",
        "let line = await Task { readLine() }.value; print(\"went on\")",
        "await Task.yield(); let line = readLine(); print(\"went on\")",
        """
        import Foundation
        let thread = Thread { print(readLine() == nil ? "went on" : "read") }
        thread.start()
        while true { usleep(1000) }
        """,
    ]) func interruptedInput(cell: String) throws {
        let notebook = try Notebook()
        notebook.input = { _, _ in .interrupted }
        let run = notebook.run(cell)
        #expect(run.errorName == "KeyboardInterrupt")
        #expect(run.stdout == "")
        notebook.input = { _, _ in .line("again") }
        #expect(notebook.run("readLine()!").result == "\"again\"")
    }

    @Test func evaluation() throws {
        let notebook = try Notebook()
        notebook.run("let x = 20")
        #expect(try notebook.session.evaluate("x + 1").get().data["text/plain"] == "21")
        guard case .failure(let error) = notebook.session.evaluate("nothing") else { Issue.record("no error"); return }
        #expect(error.name == "CompileError")
    }

    @Test func displays() throws {
        let notebook = try Notebook()
        let run = notebook.run("let handle = display(html: \"<b>x</b>\")\nprint(\"between\")\nhandle.update(3)\nclearOutput(wait: true)")
        #expect(run.displays.count == 3)
        guard case .display(let bundle, let id?, false) = run.displays[0],
            case .display(let updated, id, true) = run.displays[1], case .clearOutput(wait: true) = run.displays[2]
        else { Issue.record("\(run.displays)"); return }
        #expect(bundle.data["text/html"] == "<b>x</b>")
        #expect(updated.data["text/plain"] == "3")
    }

    @Test func optimization() throws {
        let notebook = try Notebook()
        #expect(notebook.run("%opt speed\n(0..<1000).reduce(0, +)").result == "499500")
        let run = notebook.run("%opt speed --all\nlet a = [1]\na[a.count + 3]")
        #expect(run.errorName == "FatalError")
        #expect(run.plainTraceback.contains("cell 2, line 3"))
    }

    /// The process that was dismissed may end only while its successor runs a cell.
    @Test func aCellRightAfterAReset() throws {
        let notebook = try Notebook()
        for _ in 0..<5 {
            #expect(notebook.run("let kept = [UInt8](repeating: 1, count: 1 << 28)").errorName == nil)
            notebook.session.shutdown()
            let run = notebook.run("1 + 1")
            #expect(run.result == "2", "\(run.plainTraceback)")
            #expect(notebook.run("kept").errorName == "CompileError")
        }
        #expect(notebook.strayText == "")
    }

    @Test func aResetWhileACellRuns() throws {
        let notebook = try Notebook()
        DispatchQueue.global().asyncAfter(deadline: .now() + 1) { [session = notebook.session] in session.shutdown() }
        #expect(notebook.run("import Glibc\nsleep(100)").errorName != nil)
        #expect(notebook.run("1 + 1").result == "2")
    }
}
