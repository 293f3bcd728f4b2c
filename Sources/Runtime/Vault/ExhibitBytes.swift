import Chronicle

extension EvidenceVault {
    /// The bytes of a file in chunks, hashed again on the way out.
    public nonisolated func read(_ sha256: Digest) throws(VaultError) -> ExhibitBytes {
        let path = layout.path(of: sha256)
        do throws(DiskError) {
            let file = try files.open(path, .reading)
            return ExhibitBytes(sha256: sha256, reading: OpenExhibit(files, file))
        } catch {
            throw error.isMissing ? .unknown(sha256) : .disk(error)
        }
    }
}

/// A stored file being read, once, from beginning to end.
///
/// The last chunk is given out only after the whole has been verified: whoever receives every byte has received the original. A file that
/// was damaged ends with `.damaged` instead.
public struct ExhibitBytes: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = VaultError

    public let sha256: Digest
    let reading: OpenExhibit

    public func makeAsyncIterator() -> Iterator { Iterator(sha256: sha256, reading: reading) }

    public struct Iterator: AsyncIteratorProtocol {
        private let sha256: Digest
        private let reading: OpenExhibit
        private var digest: FileDigest
        private var heldBack: [UInt8]?
        private var isOver = false

        init(sha256: Digest, reading: OpenExhibit) {
            (self.sha256, self.reading) = (sha256, reading)
            digest = FileDigest(reading.files, reading.file)
        }

        public mutating func next() async throws(VaultError) -> [UInt8]? {
            guard !isOver else { return nil }
            var chunk = try nextChunk()
            if heldBack == nil { (heldBack, chunk) = (chunk, try nextChunk()) }
            let given = heldBack
            heldBack = chunk
            guard chunk.isEmpty else { return given }
            isOver = true
            guard digest.digest == sha256 else { throw .damaged(sha256) }
            return given
        }

        private mutating func nextChunk() throws(VaultError) -> [UInt8] {
            do throws(DiskError) { return try digest.next() } catch { throw .disk(error) }
        }
    }
}

/// Keeps a file open for as long as somebody may read it.
final class OpenExhibit: Sendable {
    let files: any FileSystemCalls
    let file: OpenFile

    init(_ files: any FileSystemCalls, _ file: OpenFile) { (self.files, self.file) = (files, file) }
    deinit { files.close(file) }
}
