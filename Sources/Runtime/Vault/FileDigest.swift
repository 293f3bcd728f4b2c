import Chronicle
import struct Crypto.SHA256

/// The SHA-256 of an open file, read in chunks from its beginning.
struct FileDigest {
    static let chunkBytes = 256 << 10

    private let files: any FileSystemCalls
    private let file: OpenFile
    private var hasher = SHA256()
    private(set) var readBytes: Int64 = 0

    init(_ files: any FileSystemCalls, _ file: OpenFile) { (self.files, self.file) = (files, file) }

    /// The next chunk, counted in; empty at the end.
    mutating func next() throws(DiskError) -> [UInt8] {
        let chunk = try files.read(file, count: FileDigest.chunkBytes, atByte: readBytes)
        chunk.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        readBytes += Int64(chunk.count)
        return chunk
    }

    /// The digest of all that was read so far.
    var digest: Digest { Digest(hasher.finalize()) }

    /// Reads what is left and gives the digest of the whole.
    mutating func finish() throws(DiskError) -> Digest {
        while try !next().isEmpty {}
        return digest
    }
}
