import COpenSSL

/// Signs outgoing messages and checks incoming ones (HMAC over the four JSON frames).
///
/// With an empty key nothing is signed and nothing is checked. A signature is accepted once:
/// whoever recorded a message cannot play it again.
public struct MessageSigner {
    public struct UnknownScheme: Error, CustomStringConvertible {
        public let scheme: String
        public var description: String { "unknown signature scheme \(scheme)" }
    }

    private let key: [UInt8]
    private let digest: OpaquePointer?
    /// Signatures seen, in two generations: the older is forgotten when the newer is full,
    /// so memory stays bounded and at least one generation is always remembered.
    private var seen: (newer: Set<[UInt8]>, older: Set<[UInt8]>) = ([], [])
    private static let generationSize = 32_768

    /// - Parameter scheme: `hmac-` and the name of a digest OpenSSL knows (`hmac-sha256`).
    public init(key: String, scheme: String = "hmac-sha256") throws {
        self.key = Array(key.utf8)
        digest = scheme.hasPrefix("hmac-") ? EVP_get_digestbyname(String(scheme.dropFirst(5))) : nil
        if digest == nil && !self.key.isEmpty { throw UnknownScheme(scheme: scheme) }
    }

    /// The signature of a message's four JSON frames as lowercase hexadecimal digits.
    public func sign(_ frames: some Sequence<[UInt8]>) -> [UInt8] {
        guard !key.isEmpty else { return [] }
        let text = Array(frames.joined())
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let done = HMAC(digest, key, Int32(key.count), text, text.count, &code, &length)
        precondition(done != nil, "OpenSSL could not compute a signature")
        let digits = Array("0123456789abcdef".utf8)
        return code.prefix(Int(length)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// Whether the signature is right and new.
    public mutating func accept(_ signature: [UInt8], of frames: some Sequence<[UInt8]>) -> Bool {
        guard !key.isEmpty else { return true }
        let expected = sign(frames)
        guard signature.count == expected.count,
            CRYPTO_memcmp(signature, expected, expected.count) == 0,
            !seen.newer.contains(expected), !seen.older.contains(expected)
        else { return false }
        if seen.newer.count == Self.generationSize { seen = ([], seen.newer) }
        seen.newer.insert(expected)
        return true
    }
}
