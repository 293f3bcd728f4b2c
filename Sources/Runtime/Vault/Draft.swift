import Chronicle
import struct Crypto.SHA256

/// A file on its way into the vault.
struct Draft {
    private let layout: VaultLayout
    private let files: any FileSystemCalls
    private let allowance: Allowance
    private let file: OpenFile
    private var sizeBytes: Int64 = 0
    private var hasher = SHA256()
    private var examination: Examination

    init(in layout: VaultLayout, _ files: any FileSystemCalls, declared: MediaType, within allowance: Allowance) throws(VaultError) {
        (self.layout, self.files, self.allowance) = (layout, files, allowance)
        examination = Examination(declared: declared)
        let path = layout.drafts + "/" + String(UInt128.random(in: .min ... .max), radix: 36)
        // Read-only from the moment it has a name: an original is never written twice.
        file = try VaultError.onDisk { () throws(DiskError) in try files.open(path, .creating(permissions: 0o400)) }
    }

    mutating func write(_ bytes: [UInt8]) throws(VaultError) {
        guard !bytes.isEmpty else { return }
        try allowance.check(sizeBytes: sizeBytes + Int64(bytes.count))
        try examination.read(bytes[...])
        bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        let (files, file, offset) = (files, file, sizeBytes)
        try VaultError.onDisk { () throws(DiskError) in try files.write(bytes, to: file, atByte: offset) }
        sizeBytes += Int64(bytes.count)
    }

    /// The order is the promise: the bytes are on the disk and proven before the name is, and the name is before anybody is told.
    mutating func store() throws(VaultError) -> StoredExhibit {
        let sniffed = try examination.conclude()
        let sha256 = Digest(hasher.finalize())
        let (files, file, path) = (files, file, layout.path(of: sha256))
        try VaultError.onDisk { () throws(DiskError) in try files.synchronize(file) }
        try verify(is: sha256)
        try VaultError.onDisk { () throws(DiskError) in
            try files.makeDirectories(parentDirectory(of: path))
            // Over an earlier file of the same content, too: that is the same file, and one damaged since then is made whole.
            try files.rename(file.path, to: path)
            try files.synchronizeDirectory(parentDirectory(of: path))
        }
        files.close(file)
        return StoredExhibit(sha256: sha256, sizeBytes: sizeBytes, sniffed: sniffed)
    }

    func abandon() {
        files.close(file)
        // Gone already when the rename happened; swept at the next opening when it cannot be removed now.
        try? files.remove(file.path)
    }

    private func verify(is sha256: Digest) throws(VaultError) {
        var check = FileDigest(files, file)
        guard try VaultError.onDisk({ () throws(DiskError) in try check.finish() }) == sha256, check.readBytes == sizeBytes else { throw .damaged(sha256) }
    }
}
