/// Why a proof could not be made, or does not prove what it should.
public enum ProofError: Error, Hashable, Sendable {
    case leafOutside(index: Int64, size: Int64)
    case shrunk(from: Int64, to: Int64)
    case nothingToCompare
    case hashesMissing(StoredHashes, found: Int)
    case pathTooShort
    case pathTooLong
    case rootDiffers(computed: Digest, given: Digest)
    case oldRootDiffers(computed: Digest, given: Digest)
    /// A proof file that is not one, or not written the one way it is written.
    case unreadable(String)
    /// Payload and salt are given and are not what the event committed to.
    case payloadDiffers
    case saltAlone
    case note(NoteError)
    /// The checkpoint is of another log than the key.
    case otherLog(origin: String, key: String)
    case otherKey(String)
}

extension ProofError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .leafOutside(let index, let size): "a log of \(size) events has none at index \(index)"
        case .shrunk(let old, let new): "a log cannot go from \(old) events to \(new): it only grows"
        case .nothingToCompare: "an empty log proves nothing about the one after it"
        case .hashesMissing(let stored, let found):
            "\(stored.count) hashes of level \(stored.level) from index \(stored.first) on are needed and \(found) were found"
        case .pathTooShort: "the proof has too few hashes for a log of this size"
        case .pathTooLong: "the proof has too many hashes for a log of this size"
        case .rootDiffers(let computed, let given): "the proof leads to the root \(computed), the log says \(given)"
        case .oldRootDiffers(let computed, let given): "the proof leads to the earlier root \(computed), the log said \(given)"
        case .unreadable(let reason): "this is not a proof file: \(reason)"
        case .payloadDiffers: "the payload is not the one that was recorded"
        case .saltAlone: "a payload and its salt are given together or not at all"
        case .note(let error): error.description
        case .otherLog(let origin, let key): "the checkpoint is of the log “\(origin)”, the key of “\(key)”"
        case .otherKey(let key): "the proof was signed with the key \(key), which is not the trusted one"
        }
    }
}
