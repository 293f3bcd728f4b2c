#if canImport(Glibc)
    import Glibc
#endif

/// The bytes of a file on the way into the vault, piece by piece.
struct FileChunks: AsyncSequence, Sendable {
    let path: String

    /// Refuses a file that cannot be opened before the vault begins a draft for it.
    init(path: String) throws(recourse.Failure) {
        guard access(path, R_OK) == 0, !WholeFile.isDirectory(path) else {
            throw recourse.Failure("\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        self.path = path
    }

    func makeAsyncIterator() -> Iterator { Iterator(file: OpenedFile(path)) }

    struct Iterator: AsyncIteratorProtocol {
        let file: OpenedFile
        static let chunkBytes = 256 << 10

        mutating func next() async throws -> [UInt8]? {
            var buffer = [UInt8](repeating: 0, count: Iterator.chunkBytes)
            let count = read(file.descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw recourse.Failure(String(cString: strerror(errno))) }
            return count == 0 ? nil : Array(buffer[..<count])
        }
    }

    /// Closed when the last reader lets go.
    final class OpenedFile: Sendable {
        let descriptor: Int32
        init(_ path: String) { descriptor = open(path, O_RDONLY | O_CLOEXEC) }
        deinit { close(descriptor) }
    }
}
