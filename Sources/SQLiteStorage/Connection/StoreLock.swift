#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif
import Synchronization

/// The claim of one process to a store: an exclusive lock on a file beside it, held as long as the store is open.
///
/// SQLite before 3.51.3 can damage a write-ahead log when two connections write and checkpoint at once ("WAL-reset", fixed there), and Debian 12
/// ships 3.40.1; so there is exactly one writer, and this makes sure. The kernel drops the lock with the process, however that ends.
final class StoreLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Throws `.inUse` with what the holder wrote about itself.
    init(besides path: String) throws(OpeningRefusal) {
        let file = path + "-lock"
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unreadable(path: file, reason: String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = StoreLock.contents(of: descriptor)
            close(descriptor)
            throw .inUse(path: path, holder: holder.isEmpty ? "another process" : holder)
        }
        let claim = Array("process \(getpid())".utf8)
        _ = ftruncate(descriptor, 0)
        _ = claim.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Lets the store go; others may open it now.
    func release() {
        descriptor.withLock { descriptor in
            guard let held = descriptor else { return }
            // Unlocked by name: a child that is just being spawned holds a copy of the descriptor until its exec, and with it the lock.
            _ = flock(held, LOCK_UN)
            close(held)
            descriptor = nil
        }
    }

    private static func contents(of descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
