import Crypto

/// 32 bytes of SHA-256, kept in four words so that a million of them cost no allocation.
public struct Digest: Hashable, Sendable {
    package var words: (UInt64, UInt64, UInt64, UInt64)

    package init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    /// `nil` unless there are exactly 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.words = words
    }

    public init(_ digest: SHA256.Digest) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { target in digest.withUnsafeBytes { target.copyMemory(from: $0) } }
        self.words = words
    }

    /// SHA-256 of `bytes`.
    public init(hashing bytes: some Sequence<UInt8>) {
        self.init(SHA256.hash(data: Array(bytes)))
    }

    public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try withUnsafeBytes(of: words, body)
    }

    public var bytes: [UInt8] { withBytes { Array($0) } }

    public static func == (a: Digest, b: Digest) -> Bool { a.words == b.words }
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension Digest: CustomStringConvertible, LosslessStringConvertible {
    /// 64 small hexadecimal digits.
    public var description: String {
        String(unsafeUninitializedCapacity: 64) { buffer in
            putHexadecimal(buffer)
            return 64
        }
    }

    private func putHexadecimal(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        let digits = hexDigits
        withBytes { bytes in
            for (index, byte) in bytes.enumerated() {
                buffer[index * 2] = digits[Int(byte >> 4)]
                buffer[index * 2 + 1] = digits[Int(byte & 15)]
            }
        }
    }

    /// Reads 64 hexadecimal digits, small or capital.
    public init?(_ hex: String) {
        var hex = hex
        guard let digest = hex.withUTF8({ Digest(utf8: $0) }) else { return nil }
        self = digest
    }
}

extension Digest: LedgerScalar {
    package static var scalarNoun: String { "a SHA-256 in hexadecimal" }

    package init?(utf8: UnsafeBufferPointer<UInt8>) {
        guard utf8.count == 64 else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let isHexadecimal = withUnsafeMutableBytes(of: &words) { bytes in
            for index in 0..<32 {
                guard let high = hexValue(utf8[index * 2]), let low = hexValue(utf8[index * 2 + 1]) else { return false }
                bytes[index] = UInt8(high << 4 | low)
            }
            return true
        }
        guard isHexadecimal else { return nil }
        self.words = words
    }

    package func withTextForm(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { buffer in
            putHexadecimal(buffer)
            try body(UnsafeBufferPointer(buffer))
        }
    }

    public init(from decoder: any Decoder) throws { self = try .reading(decoder) }
    public func encode(to encoder: any Encoder) throws { try writing(to: encoder) }
}

private let hexDigits = Array("0123456789abcdef".utf8)

/// Content hash of a policy pack: SHA-256 over its files, so the same rules have the same name everywhere.
public struct PolicyHash: Hashable, Sendable, Codable, CustomStringConvertible {
    public let digest: Digest
    public init(_ digest: Digest) { self.digest = digest }

    public init(from decoder: any Decoder) throws { digest = try Digest(from: decoder) }
    public func encode(to encoder: any Encoder) throws { try digest.encode(to: encoder) }

    public var description: String { digest.description }
    /// The first 12 digits, for people.
    public var short: String { String(digest.description.prefix(12)) }
}
