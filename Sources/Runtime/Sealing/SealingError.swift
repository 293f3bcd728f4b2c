import Chronicle

/// Why something could not be sealed or opened. An erased person is not an error when opening: that is an answer.
public enum SealingError: Error, Hashable, Sendable {
    /// The person's key was destroyed; nothing is sealed for them any more.
    case erased(StreamID)
    /// No key was ever made for this person here: the log and the key file do not belong together.
    case noKey(StreamID)
    /// The box is not for this person and context, or was changed.
    case denied(owner: StreamID, context: String)
    /// The master key did not wrap what it is asked to unwrap.
    case wrongMasterKey(path: String)
    /// The master key can be read by others on this machine.
    case exposed(path: String, permissions: UInt32)
    case notAMasterKey(path: String)
    /// A wrapped key is longer than a record of the key file holds.
    case wrappedKeyTooLong(bytes: Int, bytesMax: Int)
    /// A remote key service does not answer.
    case wrappingUnavailable(reason: String, retryAfter: Span)
    case damaged(path: String, atByte: Int64)
    case diskFull(path: String)
    case disk(reason: String)
    case busy(path: String)
    /// The log is open without the keys that belong to it: it can be read, and nothing may be sealed under others.
    case keysElsewhere(missing: [String])
}

extension SealingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .erased(let owner): "the key of \(owner) was destroyed; nothing can be sealed for them any more"
        case .noKey(let owner): "there is no key for \(owner): this key file does not belong to this log"
        case .denied(let owner, let context): "the sealed \(context) of \(owner) does not open: it was changed, or moved from elsewhere"
        case .wrongMasterKey(let path): "the master key does not fit \(path)"
        case .exposed(let path, let permissions):
            "\(path) can be read by others (mode \(String(permissions, radix: 8))); make it 600 and replace the key if it may have been copied"
        case .notAMasterKey(let path): "\(path) does not hold a master key (64 hexadecimal digits)"
        case .wrappedKeyTooLong(let bytes, let max): "the wrapped key has \(bytes) bytes; the key file holds \(max). Wrap the master key, not each key"
        case .wrappingUnavailable(let reason, let retryAfter): "the key service does not answer (\(reason)); try again in \(retryAfter)"
        case .damaged(let path, let offset): "\(path) is damaged at byte \(offset): a key cannot be read; restore the file from its copy"
        case .diskFull(let path): "there is no room on the disk for \(path); no key was made"
        case .disk(let reason): reason
        case .busy(let path): "\(path) is in use by another process"
        case .keysElsewhere(let missing):
            "\(missing.joined(separator: " and ")) \(missing.count == 1 ? "is" : "are") not here; put back the keys of this store, copied from where they are kept"
        }
    }

    init(_ error: RecordFileError) {
        switch error {
        case .busy(let path): self = .busy(path: path)
        case .full(let path): self = .diskFull(path: path)
        case .damaged(let path, let offset): self = .damaged(path: path, atByte: offset)
        case .disk, .stopped, .closed: self = .disk(reason: error.description)
        }
    }
}
