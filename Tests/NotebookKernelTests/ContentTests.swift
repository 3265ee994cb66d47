import CellSession
import JupyterProtocol
import NotebookDisplay
import Testing

import NotebookKernel

@Suite struct ContentTests {
    @Test func jsonFormsBecomeJSON() {
        let bundle = MIMEBundle(
            [
                "text/plain": "{}", "application/json": #"{"a": [1, null]}"#,
                "application/vnd.vega.v5+json": #"{"b": 2}"#, "image/png": "aGk=",
            ],
            metadata: ["image/png": #"{"width": 3}"#])
        #expect(
            bundle.dataJSON == [
                "text/plain": "{}", "application/json": ["a": [1, nil]],
                "application/vnd.vega.v5+json": ["b": 2], "image/png": "aGk=",
            ])
        #expect(bundle.metadataJSON == ["image/png": ["width": 3]])
    }

    @Test func displaysCarryTheirIdentifier() {
        let bundle = MIMEBundle(["text/plain": "x"])
        let shown = CellEvent.display(bundle, displayID: "d", update: false).message
        #expect(shown?.type == "display_data")
        #expect(shown?.content["transient"] == ["display_id": "d"])
        let updated = CellEvent.display(bundle, displayID: "d", update: true).message
        #expect(updated?.type == "update_display_data")
    }

    @Test func commandsAreWholeCells() {
        #expect(CellCommand.find(in: " ?print\n")?.argument == "print")
        #expect(CellCommand.find(in: "nn.Linear?")?.argument == "nn.Linear")
        #expect(CellCommand.find(in: "print??\n")?.argument == "print")
        #expect(CellCommand.find(in: "let a = b?") == nil)
        #expect(CellCommand.find(in: "?\n??") == nil)
        #expect(CellCommand.find(in: "%help") != nil)
        #expect(CellCommand.find(in: "%reset\n") != nil)
        #expect(CellCommand.find(in: "%other")?.argument == "%other")
        #expect(CellCommand.find(in: "%opt speed\nprint(1)") == nil)
        #expect(CellCommand.find(in: "print(1)\n%help") == nil)
        #expect(CellCommand.find(in: "?\n") == nil)
    }
}
