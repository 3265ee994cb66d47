import JupyterProtocol
import Testing

import NotebookKernel

@Suite struct HistoryTests {
    private let history: History = {
        var history = History()
        for (line, input) in ["let a = 1", "a + 1", "a + 22", "a + 1", "a[0]"].enumerated() {
            history.append(.init(line: line + 1, input: input, output: line == 1 ? "2" : nil))
        }
        return history
    }()

    /// The lines and inputs of a reply.
    private func inputs(_ request: JSONValue) -> [String] {
        let entries = history.reply(to: request)["history"]?.arrayValue ?? []
        return entries.map { "\($0.arrayValue![1].intValue!) \($0.arrayValue![2].stringValue!)" }
    }

    @Test func tailGivesTheLastOnes() {
        #expect(inputs(["hist_access_type": "tail", "n": 2]) == ["4 a + 1", "5 a[0]"])
        #expect(inputs(["hist_access_type": "tail", "n": 100]).count == 5)
        #expect(inputs(["hist_access_type": "tail", "n": -1]).isEmpty)
    }

    @Test func rangeExcludesItsStop() {
        #expect(
            inputs(["hist_access_type": "range", "session": 1, "start": 2, "stop": 4])
                == ["2 a + 1", "3 a + 22"])
        #expect(inputs(["hist_access_type": "range", "session": 0, "start": 5]) == ["5 a[0]"])
        #expect(inputs(["hist_access_type": "range", "session": 7]).isEmpty)
    }

    @Test func searchMatchesWholeInputs() {
        #expect(inputs(["hist_access_type": "search", "pattern": "a + ?"]) == ["2 a + 1", "4 a + 1"])
        #expect(
            inputs(["hist_access_type": "search", "pattern": "a + *", "unique": true])
                == ["3 a + 22", "4 a + 1"])
        #expect(inputs(["hist_access_type": "search", "pattern": "a*", "n": 1]) == ["5 a[0]"])
        #expect(inputs(["hist_access_type": "search", "pattern": "*[0]"]) == ["5 a[0]"])
        #expect(inputs(["hist_access_type": "search", "pattern": "+"]).isEmpty)
    }

    @Test func outputMakesPairs() {
        let reply = history.reply(
            to: ["hist_access_type": "range", "start": 1, "stop": 3, "output": true])
        #expect(
            reply["history"] == [[1, 1, ["let a = 1", nil]], [1, 2, ["a + 1", "2"]]])
    }

    @Test func anUnknownAccessIsAnError() {
        #expect(history.reply(to: ["hist_access_type": "sideways"])["status"] == "error")
    }
}
