/// The few calls of the file system that durability is made of, as a seam: so that their order can be tested, and their failure.
///
/// Whole or not at all: `write` returns when every byte is with the kernel. Nothing here is durable before `synchronize`, and a new
/// name is not durable before `synchronizeDirectory` of the folder that holds it.
public protocol FileSystemCalls: Sendable {
    func open(_ path: String, _ access: FileAccess) throws(DiskError) -> OpenFile
    /// Bytes read; 0 at the end of the file.
    func read(_ file: OpenFile, into buffer: UnsafeMutableRawBufferPointer, atByte offset: Int64) throws(DiskError) -> Int
    func write(_ bytes: UnsafeRawBufferPointer, to file: OpenFile, atByte offset: Int64) throws(DiskError)
    func truncate(_ file: OpenFile, toBytes size: Int64) throws(DiskError)
    /// fsync(2): returns when the file's bytes and size survive a loss of power.
    func synchronize(_ file: OpenFile) throws(DiskError)
    func attributes(of file: OpenFile) throws(DiskError) -> FileAttributes
    /// Takes the exclusive lock of the file; `false` when another process (or another opening of it) has it.
    func lock(_ file: OpenFile) throws(DiskError) -> Bool
    /// Gives the file back and its lock with it, at once, whoever still holds a copy of the descriptor.
    func close(_ file: OpenFile)

    func rename(_ path: String, to newPath: String) throws(DiskError)
    func remove(_ path: String) throws(DiskError)
    func exists(_ path: String) -> Bool
    /// Makes one folder, mode 0700; `false` when it was there already.
    func makeDirectory(_ path: String) throws(DiskError) -> Bool
    func synchronizeDirectory(_ path: String) throws(DiskError)
    /// Names in a folder, sorted, without `.` and `..`.
    func names(in directory: String) throws(DiskError) -> [String]
}

/// How a file is opened.
public enum FileAccess: Hashable, Sendable {
    /// To read what is there.
    case reading
    /// To read and write; made with mode 0600 when it is not there.
    case updating
    /// A file that must not exist yet, with these permissions for everybody who opens it later.
    case creating(permissions: UInt32)
}

/// An open file: its descriptor, and its path for sentences.
public struct OpenFile: Hashable, Sendable {
    public let descriptor: Int32
    public let path: String
    public init(descriptor: Int32, path: String) { (self.descriptor, self.path) = (descriptor, path) }
}

public struct FileAttributes: Hashable, Sendable {
    public var sizeBytes: Int64
    /// The lowest nine bits of the mode: `0o600`.
    public var permissions: UInt32
    public init(sizeBytes: Int64, permissions: UInt32) { (self.sizeBytes, self.permissions) = (sizeBytes, permissions) }
}

extension FileSystemCalls {
    func write(_ bytes: [UInt8], to file: OpenFile, atByte offset: Int64) throws(DiskError) {
        var failure: DiskError?
        bytes.withUnsafeBytes { buffer in
            do throws(DiskError) { try write(buffer, to: file, atByte: offset) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Up to `count` bytes from `offset`; fewer only at the end of the file.
    func read(_ file: OpenFile, count: Int, atByte offset: Int64) throws(DiskError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            var failure: DiskError?
            let got = bytes.withUnsafeMutableBytes { buffer in
                do throws(DiskError) {
                    return try read(file, into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]), atByte: offset + Int64(filled))
                } catch {
                    failure = error
                    return 0
                }
            }
            if let failure { throw failure }
            guard got > 0 else { break }
            filled += got
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    /// Makes the folder and every missing one above it, each name durable before the next is used.
    func makeDirectories(_ path: String) throws(DiskError) {
        guard !path.isEmpty, path != "/", !exists(path) else { return }
        let parent = parentDirectory(of: path)
        try makeDirectories(parent)
        if try makeDirectory(path) { try synchronizeDirectory(parent) }
    }
}

/// The folder that holds `path`: `/a` of `/a/b`, `.` of `b`.
func parentDirectory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
