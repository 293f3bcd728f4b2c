/// What a log promises about itself at one size (C2SP tlog-checkpoint): the text of a signed note.
///
/// ```
/// recourse.example/log        origin
/// 42                          size
/// 6Xqk…=                      root, base 64
/// 2026-11-22T14:05:00Z        extension lines, if any
/// ```
public struct Checkpoint: Hashable, Sendable {
    /// The name of the log, as its key has it.
    public let origin: String
    /// Number of events.
    public let size: Int64
    public let root: Digest
    /// Further lines, none empty.
    public let extensions: [String]

    /// Refuses an origin or an extension line that is empty or holds a control character, and a negative size.
    public init(origin: String, size: Int64, root: Digest, extensions: [String] = []) throws(NoteError) {
        func isLine(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 } }
        guard isLine(origin) else { throw .malformedCheckpoint("the origin is not a line of text") }
        guard size >= 0 else { throw .malformedCheckpoint("the size is negative") }
        guard extensions.allSatisfy(isLine) else { throw .malformedCheckpoint("an extension is not a line of text") }
        (self.origin, self.size, self.root, self.extensions) = (origin, size, root, extensions)
    }

    /// The text that is signed.
    public var text: String {
        ([origin, String(size), Base64.encode(root.bytes)] + extensions).map { $0 + "\n" }.joined()
    }

    public func signed(by signer: NoteSigner) throws(NoteError) -> SignedNote {
        try SignedNote(text: text).signed(by: signer)
    }

    /// Reads the text of a checkpoint. Refuses what `text` would not have written.
    public init(parsing text: String) throws(NoteError) {
        let lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        guard lines.count >= 4, lines[lines.count - 1].isEmpty else { throw .malformedCheckpoint("it has fewer than three lines") }
        guard let size = Int64(lines[1]), String(size) == lines[1] else { throw .malformedCheckpoint("“\(lines[1])” is not a size") }
        guard let root = Base64.decode(lines[2]).flatMap({ Digest(bytes: $0) }) else { throw .malformedCheckpoint("“\(lines[2])” is not a root") }
        try self.init(origin: lines[0], size: size, root: root, extensions: Array(lines[3..<(lines.count - 1)]))
    }

    /// Reads a signed checkpoint and refuses it unless one of `keys` signed it and is the key of its log.
    public init(verifying note: String, by keys: [VerifierKey]) throws(NoteError) {
        let note = try SignedNote(parsing: note)
        try self.init(parsing: note.text)
        let own = keys.filter { $0.name == origin }
        guard !own.isEmpty else { throw .notSigned(by: [origin]) }
        try note.verify(by: own)
    }
}
