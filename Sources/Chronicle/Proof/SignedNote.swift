import Crypto

/// A text with signatures beneath it, readable by people and machines (C2SP signed-note).
///
/// ```
/// recourse.example/log
/// 42
/// 6Xqk…=
///
/// — recourse.example/log Az3grl…=
/// ```
///
/// Signatures by keys nobody here knows are kept and not looked at, so that witnesses may add theirs.
public struct SignedNote: Hashable, Sendable {
    public struct Signature: Hashable, Sendable {
        /// The name of the signing key.
        public let name: String
        public let keyID: UInt32
        public let bytes: [UInt8]

        public init(name: String, keyID: UInt32, bytes: [UInt8]) { (self.name, self.keyID, self.bytes) = (name, keyID, bytes) }
    }

    public static let bytesMax = 1_000_000
    public static let signaturesMax = 100

    /// What is signed: lines, each ended by a line feed.
    public let text: String
    public private(set) var signatures: [Signature]

    /// An unsigned note. Refuses text that does not end in a line feed or holds other control characters.
    public init(text: String) throws(NoteError) {
        guard text.utf8.last == 10, text.utf8.allSatisfy({ $0 >= 0x20 || $0 == 10 }) else { throw .malformedText }
        self.text = text
        signatures = []
    }

    /// Adds the signature of `signer`.
    public func signed(by signer: NoteSigner) throws(NoteError) -> SignedNote {
        var note = self
        note.signatures.append(try signer.signature(of: text))
        return note
    }

    /// Refuses the note unless at least one of `keys` signed it, and every signature that says it is by one of them is.
    /// Returns the keys that signed.
    @discardableResult
    public func verify(by keys: [VerifierKey]) throws(NoteError) -> [VerifierKey] {
        var signed: [VerifierKey] = []
        for signature in signatures {
            guard let key = keys.first(where: { $0.id == signature.keyID && $0.name == signature.name }) else { continue }
            guard key.isValid(signature.bytes, for: text) else { throw .badSignature(by: key.name) }
            if !signed.contains(key) { signed.append(key) }
        }
        guard !signed.isEmpty else { throw .notSigned(by: keys.map(\.name)) }
        return signed
    }
}

extension SignedNote: CustomStringConvertible {
    /// The note as it is stored and sent.
    public var description: String {
        signatures.reduce(text + "\n") { note, signature in
            let id = withUnsafeBytes(of: signature.keyID.bigEndian) { Array($0) }
            return note + "— \(signature.name) \(Base64.encode(id + signature.bytes))\n"
        }
    }

    /// Reads a note; says nothing about whether its signatures are good.
    public init(parsing note: String) throws(NoteError) {
        let bytes = Array(note.utf8)
        guard bytes.count <= SignedNote.bytesMax else { throw .tooLarge(bytes: bytes.count) }
        // The signatures stand after the last empty line; the text may have empty lines of its own.
        guard bytes.last == 10, let gap = bytes.indices.dropLast().last(where: { bytes[$0] == 10 && bytes[$0 + 1] == 10 }) else { throw .unsigned }
        try self.init(text: String(decoding: bytes[...gap], as: UTF8.self))
        let lines = bytes[(gap + 2)...].dropLast().split(separator: 10, omittingEmptySubsequences: false)
        guard bytes.count > gap + 2 else { throw .unsigned }
        guard lines.count <= SignedNote.signaturesMax else { throw .tooManySignatures(lines.count) }
        for line in lines { signatures.append(try SignedNote.signature(on: String(decoding: line, as: UTF8.self))) }
    }

    private static func signature(on line: String) throws(NoteError) -> Signature {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == "—", VerifierKey.isName(words[1]), let bytes = Base64.decode(words[2]), bytes.count >= 5 else {
            throw .malformedSignature(line)
        }
        return Signature(name: String(words[1]), keyID: bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }, bytes: Array(bytes[4...]))
    }
}

/// Why a note was refused.
public enum NoteError: Error, Hashable, Sendable {
    case tooLarge(bytes: Int)
    case malformedText
    case unsigned
    case tooManySignatures(Int)
    case malformedSignature(String)
    case malformedKey(String)
    case badSignature(by: String)
    case notSigned(by: [String])
    /// The signing key failed to sign.
    case cannotSign(String)
    case malformedCheckpoint(String)
}

extension NoteError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let bytes): "the note is \(bytes) bytes long; more than \(SignedNote.bytesMax) is not read"
        case .malformedText: "the text of a note ends in a line feed and holds no other control character"
        case .unsigned: "the note has no signatures"
        case .tooManySignatures(let count): "the note has \(count) signatures; more than \(SignedNote.signaturesMax) are not read"
        case .malformedSignature(let line): "“\(line)” is not a signature line"
        case .malformedKey(let key): "“\(key)” is not an Ed25519 verifier key (name+id+key)"
        case .badSignature(let name): "the signature by “\(name)” is not of this text"
        case .notSigned(let names): "the note is not signed by \(names.joined(separator: " or "))"
        case .cannotSign(let name): "the key “\(name)” could not sign"
        case .malformedCheckpoint(let reason): "the note is not a checkpoint: \(reason)"
        }
    }
}
