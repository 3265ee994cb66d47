import Foundation
import Testing

/// A cell that goes wrong, and the error that the user must see.
struct FaultCase: CustomTestStringConvertible, Sendable {
    var name: String
    var cell: String
    var error: String
    var value: String = ""
    /// The line of the cell that the traceback must point to.
    var line: Int?
    /// Interrupts the cell after so many seconds.
    var interruptAfter: Double?

    var testDescription: String { name }
}

let faultCases = [
    FaultCase(name: "index out of range", cell: "let a = [1, 2]\nprint(a[keep.count + 7])", error: "FatalError", value: "Index out of range", line: 2),
    FaultCase(name: "nil unwrapped", cell: "let o: Int? = keep.isEmpty ? 1 : nil\n\nprint(o!)", error: "FatalError", value: "nil while unwrapping", line: 3),
    FaultCase(name: "precondition", cell: "precondition(keep.isEmpty, \"must be empty\")", error: "FatalError", value: "must be empty", line: 1),
    FaultCase(name: "assertion", cell: "assert(keep.isEmpty, \"must be empty\")", error: "FatalError", value: "must be empty", line: 1),
    FaultCase(name: "fatalError", cell: "func f() -> Int { fatalError(\"no way\") }\nprint(f())", error: "FatalError", value: "no way", line: 1),
    FaultCase(name: "overflow", cell: "var n = Int.max\nn += keep.count", error: "FatalError", value: "arithmetic overflow", line: 2),
    FaultCase(name: "division by zero", cell: "print(1 / (keep.count - 1))", error: "FatalError", value: "Division by zero", line: 1),
    FaultCase(name: "wrong cast", cell: "let any: Any = keep\nlet s = any as! String\nprint(s)", error: "FatalError", value: "Could not cast", line: 2),
    FaultCase(name: "exclusivity", cell: "var g = 1\nfunc change(_ x: inout Int) { g += 1; x += 1 }\nchange(&g)", error: "FatalError", value: "Simultaneous accesses", line: 3),
    FaultCase(name: "uncaught error", cell: "struct Oops: Error { let code: Int }\nfunc f() throws { throw Oops(code: 3) }\ntry f()", error: "Oops", value: "Oops(code: 3)", line: 3),
    FaultCase(name: "uncaught error of an awaiting cell", cell: "struct Oops2: Error {}\ntry await { () async throws in throw Oops2() }()", error: "Oops2", line: 2),
    FaultCase(name: "error thrown behind an await", cell: "struct Oops3: Error {}\nfunc f() async throws { throw Oops3() }\n\nlet n = try await f()", error: "Oops3", line: 4),
    FaultCase(name: "thread that ends itself", cell: "import Foundation\nThread.exit()", error: "Exit", line: 2),
    FaultCase(name: "main loop", cell: "import Dispatch\ndispatchMain()", error: "KeyboardInterrupt", interruptAfter: 1),
    FaultCase(name: "unbounded recursion", cell: "func deep(_ n: Int) -> Int { n < 0 ? 0 : deep(n + 1) + 1 }\nprint(deep(0))", error: "StackOverflow", line: 1),
    FaultCase(name: "figure that does not fit", cell: "let y = [1, 2]\n_ = Figure().plot(81...400, y)", error: "ValueError", value: "x and y must be of the same length, but have 320 and 2 values", line: 2),
    FaultCase(name: "exit", cell: "import Glibc\nexit(0)", error: "Exit", value: "exit(0)", line: 2),
    FaultCase(name: "abort", cell: "import Glibc\nabort()", error: "Abort", line: 2),
    FaultCase(name: "null pointer", cell: "let p = UnsafeMutablePointer<Int>(bitPattern: keep.count * 8)!\np.pointee = 1", error: "BadAccess", line: 2),
    FaultCase(name: "call to nowhere", cell: "let f = unsafeBitCast(keep.count * 16, to: (@convention(c) () -> Void).self)\nf()", error: "BadAccess", line: 2),
    FaultCase(name: "trap inside print", cell: "struct X: CustomStringConvertible { var description: String { \"\\([Int]()[keep.count])\" } }\nprint(X())", error: "FatalError", value: "Index out of range", line: 1),
    FaultCase(name: "trap after await", cell: "func f() async -> Int { [Int]()[keep.count] }\nprint(await f())", error: "FatalError", value: "Index out of range", line: 1),
    FaultCase(name: "trap in a task", cell: "import Glibc\nTask { print([Int]()[keep.count]) }\nsleep(5)", error: "FatalError", value: "task or thread", line: 2),
    FaultCase(name: "trap on a queue", cell: "import Dispatch\nDispatchQueue.global().async { fatalError(\"queued\") }\nDispatchSemaphore(value: 0).wait()", error: "FatalError", value: "queued", line: 2),
    FaultCase(name: "trap on a thread", cell: "import Foundation\nThread.detachNewThread { fatalError(\"threaded\") }\nThread.sleep(forTimeInterval: 5)", error: "FatalError", value: "threaded", line: 2),
    FaultCase(name: "endless loop", cell: "\nwhile true {}", error: "KeyboardInterrupt", line: 2, interruptAfter: 1),
    FaultCase(name: "endless allocation", cell: "var s = [String]()\nwhile true { s = (0..<50).map { \"\\($0) and some more text\" } }", error: "KeyboardInterrupt", line: 2, interruptAfter: 1),
    FaultCase(name: "sleep", cell: "import Glibc\nsleep(100)", error: "KeyboardInterrupt", line: 2, interruptAfter: 1),
    FaultCase(name: "task sleep", cell: "try await Task.sleep(nanoseconds: 100_000_000_000)", error: "KeyboardInterrupt", interruptAfter: 1),
    FaultCase(name: "semaphore", cell: "import Dispatch\nDispatchSemaphore(value: 0).wait()", error: "KeyboardInterrupt", line: 2, interruptAfter: 1),
    FaultCase(name: "endless loop in a task", cell: "func spin() async { while true {} }\nawait spin()", error: "KeyboardInterrupt", interruptAfter: 1),
]

/// Each fault costs its cell and nothing else.
@Suite(.serialized) struct CrashMatrixTests {
    @Test(arguments: faultCases) func costsTheCellOnly(_ fault: FaultCase) throws {
        let notebook = try Notebook()
        #expect(notebook.run("var keep = [\"kept\"]").errorName == nil)
        let start = Date()
        let run = notebook.run(fault.cell, interruptAfter: fault.interruptAfter)
        #expect(run.errorName == fault.error, "\(run.traceback)")
        #expect(run.errorValue?.contains(fault.value) ?? false || fault.value.isEmpty, "\(run.errorValue ?? "")")
        if let line = fault.line { #expect(run.plainTraceback.contains("cell 2, line \(line)"), "\(run.plainTraceback)") }
        #expect(Date().timeIntervalSince(start) < 30)
        // No second output beside the error.
        #expect(run.stderr.split(separator: "\n").allSatisfy { !$0.contains("Fatal error") }, "\(run.stderr)")
        #expect(notebook.run("keep.append(\"on\"); keep").result == "[\"kept\", \"on\"]")
        #expect(notebook.run("print(\"still prints\")").stdout == "still prints\n")
        #expect(notebook.run("await Task { keep.count }.value").result == "2")
    }

    @Test func manyFaultsInOneSession() throws {
        let notebook = try Notebook()
        notebook.run("var keep = [\"kept\"]")
        for _ in 0..<3 {
            for fault in faultCases where fault.interruptAfter == nil {
                #expect(notebook.run(fault.cell).errorName == fault.error, "\(fault.name)")
            }
        }
        #expect(notebook.run("keep").result == "[\"kept\"]")
    }

    @Test func killedHostIsReplaced() throws {
        let notebook = try Notebook()
        notebook.run("var keep = 1")
        let run = notebook.run("import Glibc\nkill(getpid(), SIGKILL)")
        #expect(run.errorName == "HostDied")
        #expect(run.errorValue?.contains("variables are gone") == true)
        #expect(notebook.run("1 + 1").result == "2")
        #expect(notebook.run("keep").errorName == "CompileError")
        #expect(notebook.run("var keep = 2\nkeep").result == "2")
    }

    @Test func lineOfAFaultDecidesWhatStays() throws {
        let notebook = try Notebook()
        notebook.run("let before = \"old\"")
        notebook.run("let before = \"new\"\nfunc twice(_ x: Int) -> Int { x * 2 }\nfatalError()\nlet after = twice(before.count)")
        #expect(notebook.run("before").result == "\"new\"")
        #expect(notebook.run("twice(4)").result == "8")
        #expect(notebook.run("after").errorName == "CompileError")
    }

    @Test func strayFaultIsReported() throws {
        let notebook = try Notebook()
        notebook.run("import Dispatch\nvar keep = 1")
        notebook.run("DispatchQueue.global().asyncAfter(deadline: .now() + 0.5) { fatalError(\"late\") }\nkeep")
        let deadline = Date() + 10
        while !notebook.strayText.contains("late"), Date() < deadline { usleep(50_000) }
        #expect(notebook.strayText.contains("late"))
        #expect(notebook.run("keep").result == "1")
    }
}
