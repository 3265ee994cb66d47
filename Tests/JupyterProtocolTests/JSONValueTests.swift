import Testing

import JupyterProtocol

@Suite struct JSONValueTests {
    @Test func everyKindSurvivesARoundTrip() throws {
        let value: JSONValue = [
            "null": nil, "bool": true, "int": 9_007_199_254_740_993, "double": 0.5,
            "string": "é \u{1F525} \"/\n", "array": [1, "two", []], "object": ["a": [:]],
        ]
        #expect(try JSONValue(parsing: value.encoded()) == value)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func whatJSONCannotSpellIsNull(number: Double) {
        #expect(JSONValue.array([.double(number)]).encoded() == Array("[null]".utf8))
    }

    @Test(arguments: ["", "{", "nul", "[1", "{\"a\": NaN}", "\u{0}"])
    func malformedTextIsAnError(text: String) {
        #expect(throws: (any Error).self) { try JSONValue(parsing: text.utf8) }
    }

    @Test func deepNestingIsAnErrorAndNoCrash() {
        let text = String(repeating: "[", count: 1_000_000)
        #expect(throws: (any Error).self) { try JSONValue(parsing: text.utf8) }
    }
}
