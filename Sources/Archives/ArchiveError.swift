/// Why the bytes of a file cannot be had.
public struct ArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    public let problem: Problem

    public enum Problem: Hashable, Sendable {
        /// The system refused to open or read it; its own words.
        case unreadable(String)
        /// A directory, a device or a pipe: the archive's directory stands at its end, so it must be a file.
        case notAFile
        /// It ends in the middle of compressed data, or before the directory of the archive.
        case truncated
        /// It does not hold what it says it holds: a checksum, a length, or the compressed data itself is wrong.
        case corrupt(String)
        /// Encrypted, zip64, or compressed by something other than deflate.
        case unsupported(String)
        /// An archive with directories only.
        case empty
        /// More came out than an honest table would give.
        case tooLarge(outputBytes: Int64)
    }

    init(_ path: String, _ problem: Problem) {
        self.path = path
        self.problem = problem
    }

    public var description: String { description(of: path) }

    /// The same of a file that has another name where it came from.
    public func description(of path: String) -> String {
        switch problem {
        case .unreadable(let reason): "\(path) cannot be read: \(reason)"
        case .notAFile: "\(path) is not a file"
        case .truncated: "\(path) is cut off: it ends in the middle of its compressed data"
        case .corrupt(let detail): "\(path) is damaged: \(detail)"
        case .unsupported(let what): "\(path) is \(what), which is not supported: unpack it first"
        case .empty: "\(path) is an archive without a file in it"
        case .tooLarge(let bytes): "\(path) was given up after \(bytes) bytes came out of it: it looks like a decompression bomb"
        }
    }
}
