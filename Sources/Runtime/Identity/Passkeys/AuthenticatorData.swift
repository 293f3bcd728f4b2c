import Crypto

/// What an authenticator says of itself and of the key it made or used (WebAuthn Level 2 §6.1), read strictly: nothing may be left over.
struct AuthenticatorData {
    let relyingPartyHash: [UInt8]
    let isUserPresent: Bool
    /// The user showed a PIN, a finger or a face: with the key that is two factors.
    let isUserVerified: Bool
    let signCount: UInt32
    /// Of a key that was just made.
    let made: (credential: [UInt8], key: P256.Signing.PublicKey)?

    /// Longest name of a credential (§4, Credential ID).
    static let credentialBytesMax = 1_023

    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 37 else { return nil }
        relyingPartyHash = Array(bytes[0..<32])
        let flags = bytes[32]
        (isUserPresent, isUserVerified) = (flags & 0x01 != 0, flags & 0x04 != 0)
        signCount = bytes[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
        var rest = bytes[37...]
        if flags & 0x40 != 0 {
            // 16 bytes say which make of authenticator it is; nobody here asks.
            guard rest.count >= 18 else { return nil }
            rest = rest.dropFirst(16)
            let length = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
            rest = rest.dropFirst(2)
            guard 1...AuthenticatorData.credentialBytesMax ~= length, rest.count >= length else { return nil }
            let credential = Array(rest.prefix(length))
            rest = rest.dropFirst(length)
            guard let (value, count) = CBOR.read(rest), let key = AuthenticatorData.key(value) else { return nil }
            rest = rest.dropFirst(count)
            made = (credential, key)
        } else {
            made = nil
        }
        if flags & 0x80 != 0 {
            guard let (value, count) = CBOR.read(rest), case .map = value else { return nil }
            rest = rest.dropFirst(count)
        }
        guard rest.isEmpty else { return nil }
    }

    /// A public key as COSE has it (RFC 9053 §7.1.1): ES256 on P-256, and no other. A point that is not on the curve is none.
    private static func key(_ value: CBOR) -> P256.Signing.PublicKey? {
        guard value[.integer(1)] == .integer(2), value[.integer(3)] == .integer(-7), value[.integer(-1)] == .integer(1),
            case .bytes(let x)? = value[.integer(-2)], case .bytes(let y)? = value[.integer(-3)], x.count == 32, y.count == 32
        else { return nil }
        return try? P256.Signing.PublicKey(rawRepresentation: x + y)
    }
}
