import PowerLoss
import Runtime

/// The file system of a machine that may lose its power: the real one, with every change shown to the ledger of what is not durable yet.
/// Keys, evidence and the exchange's journal go through here, the database through the VFS; both lose the same power.
struct PowerLosingFiles: FileSystemCalls {
    private let real = SystemFiles()

    func open(_ path: String, _ access: FileAccess) throws(DiskError) -> OpenFile {
        let isNew = access != .reading && !real.exists(path)
        let file = try real.open(path, access)
        if isNew { _ = powerloss_plain_made(path) }
        return file
    }

    func read(_ file: OpenFile, into buffer: UnsafeMutableRawBufferPointer, atByte offset: Int64) throws(DiskError) -> Int {
        powerloss_plain_reading()
        return try real.read(file, into: buffer, atByte: offset)
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: OpenFile, atByte offset: Int64) throws(DiskError) {
        try check(powerloss_plain_write(file.descriptor, bytes.baseAddress, bytes.count, offset), .write, file.path)
    }

    func truncate(_ file: OpenFile, toBytes size: Int64) throws(DiskError) {
        try check(powerloss_plain_truncate(file.descriptor, size), .truncate, file.path)
    }

    func synchronize(_ file: OpenFile) throws(DiskError) { try check(powerloss_plain_sync(file.descriptor), .synchronize, file.path) }

    func attributes(of file: OpenFile) throws(DiskError) -> FileAttributes { try real.attributes(of: file) }
    func lock(_ file: OpenFile) throws(DiskError) -> Bool { try real.lock(file) }
    func close(_ file: OpenFile) { real.close(file) }

    func rename(_ path: String, to newPath: String) throws(DiskError) { try check(powerloss_plain_rename(path, newPath), .rename, path) }
    func remove(_ path: String) throws(DiskError) { try check(powerloss_plain_remove(path), .remove, path) }
    func exists(_ path: String) -> Bool { real.exists(path) }

    func makeDirectory(_ path: String) throws(DiskError) -> Bool {
        guard try real.makeDirectory(path) else { return false }
        _ = powerloss_plain_made(path)
        return true
    }

    func synchronizeDirectory(_ path: String) throws(DiskError) { try check(powerloss_plain_sync_directory(path), .synchronize, path) }
    func names(in directory: String) throws(DiskError) -> [String] { try real.names(in: directory) }

    private func check(_ code: Int32, _ call: DiskError.Call, _ path: String) throws(DiskError) {
        if code != 0 { throw DiskError(call, path, code: code) }
    }
}
