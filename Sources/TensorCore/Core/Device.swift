/// Where a tensor's values live.
public struct Device: Hashable, Sendable {
    public enum Kind: UInt8, Sendable, ExpressibleByStringLiteral {
        case cpu, meta, cuda

        /// PyTorch's name: `"cpu"`.
        public init(stringLiteral value: String) { self = Device(value).type }
    }

    public var type: Kind
    /// The ordinal of one of several devices; nil means the current one, or that there is only one.
    public var index: Int?

    public init(_ type: Kind, _ index: Int? = nil) {
        self.type = type
        self.index = index
    }

    public static let cpu = Device(.cpu)
    /// Shapes and types without values.
    public static let meta = Device(.meta)

    /// Reads `cpu`, `meta`, `cuda` or `cuda:1`. Stops on anything else, as PyTorch does.
    public init(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let kinds: [Substring: Kind] = ["cpu": .cpu, "meta": .meta, "cuda": .cuda]
        guard let kind = kinds[parts[0]] else {
            fail(
                "Expected one of cpu, cuda, meta device type at start of device string: \(parts[0])")
        }
        type = kind
        index = nil
        if parts.count > 1 {
            guard parts.count == 2, let ordinal = Int(parts[1]), ordinal >= 0 else {
                fail("Invalid device string: '\(text)'")
            }
            index = ordinal
        }
    }
}

extension Device: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}

extension Device: CustomStringConvertible {
    public var description: String { index.map { "\(type):\($0)" } ?? "\(type)" }
}
