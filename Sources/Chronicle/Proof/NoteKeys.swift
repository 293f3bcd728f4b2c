import Crypto

/// The public half of a key that signs notes: a name, and an Ed25519 key with the id that follows from both (C2SP signed-note).
///
/// Written `name+id+key`, for example `recourse.example/log+33d7b496+AeHTu4Q3…`: what a log publishes, once, where everybody finds it.
public struct VerifierKey: Hashable, Sendable {
    /// Not empty, no white space, no `+`; usually a URL without its scheme.
    public let name: String
    /// 32 bytes.
    public let publicKey: [UInt8]
    /// The first four bytes of SHA-256(name ‖ LF ‖ 0x01 ‖ key).
    public let id: UInt32

    /// `nil` when the name or the length of the key is not right.
    public init?(name: String, publicKey: [UInt8]) {
        guard VerifierKey.isName(name[...]), publicKey.count == 32 else { return nil }
        self.name = name
        self.publicKey = publicKey
        id = Digest(hashing: Array(name.utf8) + [10, VerifierKey.ed25519] + publicKey).bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The type byte of Ed25519 keys in signed notes.
    private static let ed25519: UInt8 = 1

    static func isName(_ name: Substring) -> Bool {
        !name.isEmpty && !name.unicodeScalars.contains { $0 == "+" || $0.properties.isWhitespace || $0.value < 0x20 }
    }

    func isValid(_ signature: [UInt8], for text: String) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: Array(text.utf8))
    }
}

extension VerifierKey: CustomStringConvertible {
    public var description: String {
        let hex = String(id, radix: 16)
        return "\(name)+\(String(repeating: "0", count: 8 - hex.count) + hex)+\(Base64.encode([VerifierKey.ed25519] + publicKey))"
    }

    /// Reads `name+id+key`. Refuses other kinds of keys and an id that does not follow from the name and the key.
    public init(parsing text: String) throws(NoteError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64.decode(parts[2]), bytes.count == 33, bytes[0] == VerifierKey.ed25519,
            let key = VerifierKey(name: String(parts[0]), publicKey: Array(bytes[1...])), key.description.utf8.elementsEqual(text.utf8)
        else { throw .malformedKey(text) }
        self = key
    }
}

/// The private half: signs checkpoints. Held by the process that owns the log, and passed in; the core keeps none.
public struct NoteSigner: Sendable {
    public let verifier: VerifierKey
    private let key: Curve25519.Signing.PrivateKey

    /// `nil` when the name is not one.
    public init?(name: String, key: Curve25519.Signing.PrivateKey) {
        guard let verifier = VerifierKey(name: name, publicKey: Array(key.publicKey.rawRepresentation)) else { return nil }
        self.verifier = verifier
        self.key = key
    }

    func signature(of text: String) throws(NoteError) -> SignedNote.Signature {
        do {
            let bytes = try key.signature(for: Array(text.utf8))
            return SignedNote.Signature(name: verifier.name, keyID: verifier.id, bytes: Array(bytes))
        } catch {
            throw .cannotSign(verifier.name)
        }
    }
}
