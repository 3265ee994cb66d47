import Testing

import ModelFiles
import TensorCore

/// Pickles that PyTorch does not write, packed as PyTorch packs its own.
@Suite struct RefusingWhatIsNotOnTheList {
    private func load(_ pickle: [UInt8], storages: [[UInt8]] = []) throws -> StateValue {
        let sink = ByteSink()
        var archive = ZipWriter(sink, alignment: 64)
        try archive.add("m/data.pkl", [0x80, 2] + pickle)
        for (i, bytes) in storages.enumerated() { try archive.add("m/data/\(i)", bytes) }
        try archive.finish()
        return try torch.load(sink.bytes)
    }
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    private func text(_ text: String) -> [UInt8] { [0x58, UInt8(text.utf8.count), 0, 0, 0] + bytes(text) }

    /// The kind of error that a pickle is met with, and its words.
    private func failure(_ pickle: [UInt8], storages: [[UInt8]] = []) -> (kind: ModelFileError.Kind, message: String)? {
        do {
            _ = try load(pickle, storages: storages)
            return nil
        } catch let error as ModelFileError { return (error.kind, error.message) } catch { return nil }
    }

    @Test(arguments: [
        "os\nsystem", "builtins\neval", "__builtin__\nexec", "numpy\nndarray", "torch._utils\n_rebuild_sparse_tensor",
        "torch.nn.modules.linear\nLinear",
    ])
    func functionsAreRefusedByName(global: String) {
        let found = failure(bytes("c\(global)\n(") + text("echo") + bytes("tR."))
        #expect(found?.kind == .refused)
        let name = global.replacing("__builtin__", with: "builtins").replacing("\n", with: ".")
        #expect(found?.message.contains(name) == true)
    }

    @Test func instructionsOutsideTheListAreRefusedByNumber() {
        // INST, OBJ, STACK_GLOBAL, EXT1, FRAME, GLOBAL's text form of an integer.
        for code: UInt8 in [0x69, 0x6F, 0x93, 0x82, 0x95, 0x49] {
            let found = failure([code, 0, 0, 0, 0])
            #expect(found?.kind == .refused && found?.message.contains("instruction \(code)") == true)
        }
    }

    @Test func namesOnTheListBuildOnlyWhatTheyMay() {
        #expect(failure(bytes("ctorch\nFloatStorage\n)R."))?.kind == .refused)
        #expect(failure(bytes("ctorch\nTensor\n)R."))?.kind == .refused)
        #expect(failure(bytes("ctorch\nTensor\n."))?.kind == .refused)
        // The state of a list.
        #expect(failure(bytes("]}b."))?.kind == .refused)
        // A reference to something outside that is not a storage.
        #expect(failure(bytes("(") + text("module") + bytes("NNNNtQ."))?.kind == .refused)
    }

    @Test func brokenPicklesAreDamaged() {
        let broken: [[UInt8]] = [
            [], bytes("]"), bytes("."), bytes("t."), bytes("(."), bytes("e."), bytes("]e."), bytes("}K\u{1}s."), bytes("}(K\u{1}u."),
            bytes("h\u{5}."), bytes("NR."), bytes("Na."), bytes("K"), bytes("X\u{7F}\u{7F}\u{7F}\u{7F}abc."), bytes("cos"),
            [0x58, 1, 0, 0, 0, 0xFF, 0x2E],
        ]
        for pickle in broken { #expect(failure(pickle)?.kind == .damaged, "\(pickle)") }
    }

    @Test func integersBeyond64BitsAreUnsupported() throws {
        #expect(failure([0x8A, 9] + [UInt8](repeating: 0xFF, count: 8) + [0x7F] + bytes("."))?.kind == .unsupported)
        #expect(try load([0x8A, 9] + [UInt8](repeating: 0xFF, count: 9) + bytes(".")).int == -1)
        #expect(try load([0x8A, 0] + bytes(".")).int == 0)
    }

    @Test func listsThatContainThemselvesAndEndlessNestingAreRefused() {
        #expect(failure(bytes("]q\u{0}h\u{0}a."))?.kind == .unsupported)
        let depth = 200_000
        let lists = [UInt8](repeating: 0x5D, count: depth) + [UInt8](repeating: 0x61, count: depth - 1)
        #expect(failure(lists + bytes("."))?.kind == .unsupported)
        #expect(failure(bytes(")") + [UInt8](repeating: 0x85, count: depth) + bytes("."))?.kind == .unsupported)
    }

    @Test func aSmallFileThatStandsForEndlesslyManyValuesIsRefused() {
        // Each list holds the one before it ten times.
        var pickle = bytes("]q\u{0}")
        for level in 0..<60 {
            pickle += bytes("](") + (0..<10).flatMap { _ in [0x68, UInt8(level)] } + bytes("eq") + [UInt8(level + 1)]
        }
        #expect(failure(pickle + bytes("."))?.kind == .unsupported)
    }

    // MARK: Tensors

    /// A float tensor of a storage of `count` elements.
    private func tensor(count: [UInt8], offset: [UInt8] = [0x4B, 0], shape: [UInt8], strides: [UInt8]) -> [UInt8] {
        bytes("ctorch._utils\n_rebuild_tensor_v2\n((") + text("storage") + bytes("ctorch\nFloatStorage\n") + text("0")
            + text("cpu") + count + bytes("tQ") + offset + bytes("(") + shape + bytes("t(") + strides + bytes("t") + [0x89] + bytes("NtR.")
    }
    private func long(_ value: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x8A, 8]
        bytes.append(littleEndian: value)
        return bytes
    }

    @Test func tensorsMustLieInTheirStorage() throws {
        let six = [UInt8](repeating: 0, count: 24)
        let right = tensor(count: [0x4B, 6], shape: [0x4B, 2, 0x4B, 3], strides: [0x4B, 3, 0x4B, 1])
        #expect(try load(right, storages: [six]).tensor.shape == [2, 3])
        let ones = (0..<20).flatMap { _ in [0x4B, 1] as [UInt8] }
        let wrong: [[UInt8]] = [
            tensor(count: [0x4B, 6], shape: [0x4B, 2, 0x4B, 4], strides: [0x4B, 4, 0x4B, 1]),
            tensor(count: [0x4B, 6], offset: [0x4B, 1], shape: [0x4B, 6], strides: [0x4B, 1]),
            tensor(count: [0x4B, 6], offset: long(-1), shape: [0x4B, 2], strides: [0x4B, 1]),
            tensor(count: [0x4B, 6], shape: long(-2), strides: [0x4B, 1]),
            tensor(count: [0x4B, 6], shape: [0x4B, 2], strides: long(-1)),
            tensor(count: [0x4B, 6], shape: [0x4B, 2, 0x4B, 3], strides: [0x4B, 1]),
            tensor(count: [0x4B, 6], shape: long(.max) + long(.max), strides: [0x4B, 0, 0x4B, 0]),
            tensor(count: [0x4B, 6], shape: [0x4B, 3], strides: long(.max)),
            // More elements than the file holds bytes.
            tensor(count: [0x4B, 7], shape: [0x4B, 7], strides: [0x4B, 1]),
            tensor(count: long(1 << 50), shape: long(1 << 50), strides: [0x4B, 1]),
            tensor(count: long(.max), shape: [0x4B, 1], strides: [0x4B, 1]),
            tensor(count: long(-1), shape: [0x4B, 0], strides: [0x4B, 1]),
            // More dimensions than a tensor can have.
            tensor(count: [0x4B, 6], shape: ones, strides: ones),
        ]
        for (i, pickle) in wrong.enumerated() { #expect(failure(pickle, storages: [six])?.kind == .damaged, "case \(i)") }
    }

    @Test func aChangedValueDoesNotMatchItsChecksum() throws {
        var file: [UInt8] = []
        try torch.save(["x": torch.full([4], 3.0)], &file)
        let position = try #require(file.indices.first { file[$0...].starts(with: [0, 0, 0x40, 0x40, 0, 0, 0x40, 0x40]) })
        file[position] ^= 1
        #expect(throws: ModelFileError.self) { try torch.load(file) }
    }

    @Test func otherFilesAreNotRecognized() {
        for content in [[], bytes("PK"), bytes("hello, world"), [0x80, 2, 0x4E, 0x2E]] {
            let error = #expect(throws: ModelFileError.self) { try torch.load(content) }
            #expect(error?.kind == .damaged)
        }
    }
}
