import NeuralNetworks
import Testing

import ModelFiles
import TensorCore

/// Changed files give a typed error or a value: never a crash, a hang or a huge allocation.
@Suite struct ReadingMutatedFiles {
    /// SplitMix64: the same mutations in every run.
    private struct Numbers {
        var state: UInt64
        mutating func next(_ bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
            return Int((z ^ z >> 31) % UInt64(bound))
        }
    }

    private static let readers: [(name: String, read: ([UInt8]) throws -> Void)] = [
        ("state_dict.pth", { try walk(torch.load($0)) }), ("checkpoint.pth", { try walk(torch.load($0)) }),
        ("dtypes.pth", { try walk(torch.load($0)) }), ("views.pth", { try walk(torch.load($0)) }),
        ("nested.pth", { try walk(torch.load($0)) }), ("legacy.pt", { try walk(torch.load($0)) }),
        ("state_dict.safetensors", { try walk(safetensors.load($0).stateValue) }),
        ("two.npz", { try walk(numpy.readArchive(ByteSource($0)).stateValue) }),
        ("compressed.npz", { try walk(numpy.readArchive(ByteSource($0)).stateValue) }),
        ("f32.npy", { try walk(.tensor(numpy.read(ByteSource($0)))) }),
        ("f64_fortran.npy", { try walk(.tensor(numpy.read(ByteSource($0)))) }),
    ]

    /// Uses what was read: a tensor that reached outside its memory would show.
    private static func walk(_ value: StateValue) {
        switch value {
        case .list(let values), .tuple(let values): values.forEach(walk)
        case .dictionary(let entries): entries.values.forEach(walk)
        case .tensor(let tensor): if tensor.numel < 1 << 16 { _ = tensor.scalars() }
        default: break
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ numbers: inout Numbers) {
        switch numbers.next(6) {
        case 0:  // flipped bits
            for _ in 0...numbers.next(4) { bytes[numbers.next(bytes.count)] ^= 1 << UInt8(numbers.next(8)) }
        case 1:  // cut off
            bytes.removeLast(numbers.next(bytes.count) + 1)
        case 2:  // a false length: 4 or 8 bytes that say something large
            let value: UInt64 = [0xFFFF_FFFF, 0x7FFF_FFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF, 1 << 40, 1 << 31][numbers.next(5)]
            let start = numbers.next(bytes.count)
            for i in 0..<(4 + 4 * numbers.next(2)) where start + i < bytes.count {
                bytes[start + i] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(i)))
            }
        case 3:  // other bytes
            for _ in 0...numbers.next(8) { bytes[numbers.next(bytes.count)] = UInt8(numbers.next(256)) }
        case 4:  // a piece missing
            let start = numbers.next(bytes.count)
            bytes.removeSubrange(start..<min(bytes.count, start + 1 + numbers.next(64)))
        default:  // a piece twice
            let start = numbers.next(bytes.count)
            bytes.insert(contentsOf: bytes[start..<min(bytes.count, start + 1 + numbers.next(64))], at: numbers.next(bytes.count))
        }
    }

    @Test(arguments: readers.map(\.name)) func wholeFiles(name: String) throws {
        let original = try Goldens.bytes(name)
        let read = Self.readers.first { $0.name == name }!.read
        var numbers = Numbers(state: UInt64(name.utf8.count))
        var errors = 0
        for _ in 0..<400 {
            var bytes = original
            Self.mutate(&bytes, &numbers)
            do { try read(bytes) } catch is ModelFileError { errors += 1 }
        }
        #expect(errors > 40)
    }

    /// The pickle inside an archive, whose checksum would else catch every change.
    @Test(arguments: ["checkpoint.pth", "views.pth", "nested.pth"]) func pickles(name: String) throws {
        let archive = try ZipReader(ByteSource(Goldens.bytes(name)))
        var numbers = Numbers(state: 7)
        var errors = 0
        for _ in 0..<1500 {
            let sink = ByteSink()
            var changed = ZipWriter(sink, alignment: 1)
            for record in archive.records {
                var contents = try archive.contents(record)
                if record.name.hasSuffix("data.pkl") { Self.mutate(&contents, &numbers) }
                try changed.add(record.name, contents)
            }
            try changed.finish()
            do { try Self.walk(torch.load(sink.bytes)) } catch is ModelFileError { errors += 1 }
        }
        #expect(errors > 500)
    }
}
