import Glibc

/// The file system of the machine (POSIX, Linux).
public struct SystemFiles: FileSystemCalls {
    public init() {}

    public func open(_ path: String, _ access: FileAccess) throws(DiskError) -> OpenFile {
        let descriptor =
            switch access {
            case .reading: repeating { Glibc.open(path, O_RDONLY | O_CLOEXEC) }
            case .updating: repeating { Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
            case .creating(let permissions): repeating { Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, permissions) }
            }
        guard descriptor >= 0 else { throw DiskError(.open, path, code: errno) }
        return OpenFile(descriptor: descriptor, path: path)
    }

    public func read(_ file: OpenFile, into buffer: UnsafeMutableRawBufferPointer, atByte offset: Int64) throws(DiskError) -> Int {
        let count = repeating { pread(file.descriptor, buffer.baseAddress, buffer.count, off_t(offset)) }
        guard count >= 0 else { throw DiskError(.read, file.path, code: errno) }
        return count
    }

    public func write(_ bytes: UnsafeRawBufferPointer, to file: OpenFile, atByte offset: Int64) throws(DiskError) {
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = repeating { pwrite(file.descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(written)) }
            guard count > 0 else { throw DiskError(.write, file.path, code: count == 0 ? ENOSPC : errno) }
            written += count
        }
    }

    public func truncate(_ file: OpenFile, toBytes size: Int64) throws(DiskError) {
        guard repeating({ ftruncate(file.descriptor, off_t(size)) }) == 0 else { throw DiskError(.truncate, file.path, code: errno) }
    }

    // Not repeated on EINTR or anything else: after a failed fsync the kernel may have dropped the pages, and a second one lies.
    public func synchronize(_ file: OpenFile) throws(DiskError) {
        guard fsync(file.descriptor) == 0 else { throw DiskError(.synchronize, file.path, code: errno) }
    }

    public func attributes(of file: OpenFile) throws(DiskError) -> FileAttributes {
        var status = stat()
        guard fstat(file.descriptor, &status) == 0 else { throw DiskError(.inspect, file.path, code: errno) }
        return FileAttributes(sizeBytes: Int64(status.st_size), permissions: UInt32(status.st_mode) & 0o777)
    }

    public func lock(_ file: OpenFile) throws(DiskError) -> Bool {
        if repeating({ flock(file.descriptor, LOCK_EX | LOCK_NB) }) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw DiskError(.lock, file.path, code: errno) }
        return false
    }

    // Unlocked by name: a child that is just being spawned holds a copy of the descriptor until its exec, and with it the lock.
    public func close(_ file: OpenFile) {
        _ = flock(file.descriptor, LOCK_UN)
        _ = Glibc.close(file.descriptor)
    }

    public func rename(_ path: String, to newPath: String) throws(DiskError) {
        guard Glibc.rename(path, newPath) == 0 else { throw DiskError(.rename, path, code: errno) }
    }

    public func remove(_ path: String) throws(DiskError) {
        guard unlink(path) == 0 else { throw DiskError(.remove, path, code: errno) }
    }

    public func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    public func makeDirectory(_ path: String) throws(DiskError) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw DiskError(.makeDirectory, path, code: errno) }
        return false
    }

    public func synchronizeDirectory(_ path: String) throws(DiskError) {
        let descriptor = repeating { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw DiskError(.open, path, code: errno) }
        defer { _ = Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw DiskError(.synchronize, path, code: errno) }
    }

    public func names(in directory: String) throws(DiskError) -> [String] {
        guard let stream = opendir(directory) else { throw DiskError(.list, directory, code: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

/// The call again for as long as a signal interrupts it.
private func repeating<Outcome: SignedInteger>(_ call: () -> Outcome) -> Outcome {
    while true {
        let outcome = call()
        if outcome != -1 || errno != EINTR { return outcome }
    }
}
