import Glibc

/// A call of the file system that failed: which, on what, and the system's reason.
public struct DiskError: Error, Hashable, Sendable {
    public enum Call: String, Hashable, Sendable {
        case open, read, write, truncate, synchronize, inspect, lock, rename, remove, makeDirectory = "make", list
    }

    public let call: Call
    public let path: String
    /// The `errno` of the call.
    public let code: Int32

    public init(_ call: Call, _ path: String, code: Int32) { (self.call, self.path, self.code) = (call, path, code) }

    /// There is no room: the disk, a quota or the size a file may have is used up.
    public var isFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }
    public var isMissing: Bool { code == ENOENT }
}

extension DiskError: CustomStringConvertible {
    public var description: String { "cannot \(call.rawValue) \(path): \(String(cString: strerror(code)))" }
}
