import Glibc

/// An open file, read by position. Closed when released.
final class FileBytes {
    let path: String
    let count: Int64
    private let descriptor: Int32

    init(path: String) throws(ArchiveError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ArchiveError(path, .unreadable(FileBytes.systemReason())) }
        var status = stat()
        let answered = fstat(descriptor, &status) == 0
        guard answered, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ArchiveError(path, .notAFile)
        }
        (self.path, self.count, self.descriptor) = (path, Int64(status.st_size), descriptor)
    }

    deinit { close(descriptor) }

    /// Fills `buffer` from `offset` as far as the file goes; the bytes read.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(ArchiveError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let got = pread(
                descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(offset) + off_t(filled))
            if got == 0 { break }
            if got < 0 {
                if errno == EINTR { continue }
                throw ArchiveError(path, .unreadable(FileBytes.systemReason()))
            }
            filled += got
        }
        return filled
    }

    /// `length` bytes from `offset`, or fewer at the end of the file.
    func bytes(at offset: Int64, length: Int) throws(ArchiveError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: length, alignment: 1)
        defer { buffer.deallocate() }
        let got = try read(into: buffer, at: offset)
        return Array(buffer.prefix(got))
    }

    private static func systemReason() -> String {
        strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
    }
}
