import Chronicle

/// Why the vault did not take a file or cannot give it back. In every case nothing is left behind.
public enum VaultError: Error, Hashable, Sendable {
    case empty
    case tooLarge(bytesMax: Int64)
    /// The owner's share is used up.
    case quotaExceeded(bytesLeft: Int64)
    case contentDenies(declared: MediaType, found: Content)
    /// It begins like the type but lacks what every file of that type has.
    case broken(MediaType)
    case tooManyPixels(PictureSize, pixelsMax: Int64)
    /// A second file is hidden in it.
    case carries(declared: MediaType, hidden: ForeignContent)
    /// The bytes stopped coming: the sender hung up, or the upload was cancelled.
    case interrupted(reason: String)
    case diskFull
    case disk(DiskError)
    /// Another process has this vault open.
    case busy(path: String)
    case unknown(Digest)
    /// What is on the disk is not what was stored.
    case damaged(Digest)

    /// The work, its failure as this error.
    static func onDisk<Value>(_ work: () throws(DiskError) -> Value) throws(VaultError) -> Value {
        do throws(DiskError) { return try work() } catch { throw error.isFull ? .diskFull : .disk(error) }
    }
}

extension VaultError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "the file is empty"
        case .tooLarge(let max): "the file is larger than \(max) bytes, the most that is taken"
        case .quotaExceeded(let left): "the file does not fit: \(left) bytes are left for this owner"
        case .contentDenies(let declared, let found): "the file is declared as \(declared.phrase), but its content is \(found.phrase)"
        case .broken(let type): "the file begins like \(type.phrase), but its structure is not that of one"
        case .tooManyPixels(let size, let max):
            "the picture claims \(size.width) × \(size.height) pixels; at most \(max / 1_000_000) million are taken"
        case .carries(let declared, let hidden): "the file is declared as \(declared.phrase), but carries \(hidden.rawValue) inside"
        case .interrupted(let reason): "the file did not arrive completely: \(reason)"
        case .diskFull: "there is no room left in the evidence vault; nothing was stored"
        case .disk(let error): "the evidence vault \(error)"
        case .busy(let path): "the evidence vault \(path) is in use by another process"
        case .unknown(let digest): "the evidence vault has no file \(digest)"
        case .damaged(let digest): "the file \(digest) in the evidence vault is not what was stored; restore it from its copy"
        }
    }
}
