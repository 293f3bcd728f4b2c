import Crypto

/// AES-256-GCM as the house writes it: 12 random bytes, ciphertext, 16-byte tag (NIST SP 800-38D).
///
/// Random nonces are safe for 2^32 boxes of one key; the key is one person's.
enum Box {
    static let overheadBytes = 28

    static func seal(_ plain: [UInt8], with key: SymmetricKey, authenticating label: [UInt8]) throws(SealingError) -> [UInt8] {
        // Fails only for a plaintext beyond 64 GiB, or a combined form that a 12-byte nonce always has.
        guard let box = try? AES.GCM.seal(plain, using: key, authenticating: label), let combined = box.combined else {
            throw .disk(reason: "the data is too long to seal")
        }
        return Array(combined)
    }

    /// `nil` when a single bit of the box, the key or the label is another.
    static func open(_ box: [UInt8], with key: SymmetricKey, authenticating label: [UInt8]) -> [UInt8]? {
        guard let sealed = try? AES.GCM.SealedBox(combined: box), let plain = try? AES.GCM.open(sealed, using: key, authenticating: label) else {
            return nil
        }
        return Array(plain)
    }
}
