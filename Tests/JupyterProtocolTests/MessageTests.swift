import Testing

import JupyterProtocol

@Suite struct MessageTests {
    private let header = Array(#"{"msg_id": "1", "msg_type": "x_request", "subshell_id": null}"#.utf8)
    private let empty = Array("{}".utf8)

    private func frames(_ signer: MessageSigner, header: [UInt8]? = nil) -> [[UInt8]] {
        let parts = [header ?? self.header, empty, empty, empty]
        return [Array("id".utf8), Message.delimiter, signer.sign(parts)] + parts
    }

    /// Test case 2 of RFC 4231, section 4.3.
    @Test func signaturesAreHMACSHA256() throws {
        let signer = try MessageSigner(key: "Jefe")
        let text = ["what do ya want ", "for ", "nothing", "?"].map { Array($0.utf8) }
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        #expect(signer.sign(text) == Array(expected.utf8))
    }

    @Test func aSignatureIsAcceptedOnce() throws {
        var signer = try MessageSigner(key: "key")
        let frames = frames(signer)
        let message = try Message(frames: frames, signer: &signer)
        #expect(message.type == "x_request")
        #expect(message.identities == [Array("id".utf8)])
        #expect(message.rawHeader == header)
        #expect(throws: Message.Malformed.self) { try Message(frames: frames, signer: &signer) }
    }

    @Test func anEmptyKeySignsAndChecksNothing() throws {
        var signer = try MessageSigner(key: "")
        #expect(signer.sign([empty]).isEmpty)
        let frames = frames(signer)
        _ = try Message(frames: frames, signer: &signer)
        _ = try Message(frames: frames, signer: &signer)
    }

    @Test func anUnknownSchemeIsAnError() {
        #expect(throws: MessageSigner.UnknownScheme.self) {
            try MessageSigner(key: "key", scheme: "hmac-nonsense")
        }
    }

    @Test func everyTruncationIsRefused() throws {
        var signer = try MessageSigner(key: "")
        let whole = frames(signer)
        for count in whole.indices {
            #expect(throws: Message.Malformed.self) {
                try Message(frames: Array(whole[..<count]), signer: &signer)
            }
        }
    }

    @Test func whatIsWrittenCanBeRead() throws {
        var signer = try MessageSigner(key: "key")
        let writer = MessageWriter(signer: signer)
        let (id, frames) = writer.frames(
            type: "status", content: ["execution_state": "busy"], prefix: [[1]], parent: header)
        let message = try Message(frames: frames, signer: &signer)
        #expect(message.id == id)
        #expect(message.parentHeader["msg_id"] == "1")
        #expect(message.content["execution_state"] == "busy")
    }
}
