/// Why a sandbox exchange cannot be opened.
public enum SandboxError: Error, Hashable, Sendable {
    case busy(path: String)
    /// The journal is not what was written: a record is unreadable, missing, or does not fit the books before it.
    case damaged(path: String, reason: String)
    case disk(reason: String)
}

extension SandboxError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .busy(let path): "the journal \(path) is in use by another process"
        case .damaged(let path, let reason): "the journal \(path) is damaged: \(reason)"
        case .disk(let reason): reason
        }
    }

    init(_ error: RecordFileError) {
        switch error {
        case .busy(let path): self = .busy(path: path)
        case .damaged(let path, _): self = .damaged(path: path, reason: error.description)
        case .full, .disk, .stopped, .closed: self = .disk(reason: error.description)
        }
    }
}
