import Chronicle

/// Where the originals of evidence lie: files named by the SHA-256 of their content, written once and never changed.
///
/// A file is acknowledged only when it is durable under its final name: temporary file → write → fsync → read back and verify → rename →
/// fsync of the folder. The same content twice is one file. Nothing a sender says becomes a path. One process at a time has a vault open.
public actor EvidenceVault {
    let layout: VaultLayout
    let files: any FileSystemCalls
    private let lock: OpenFile
    private let queue = DiskQueue("evidence-vault")

    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// Opens the vault in `directory`, making it when it is not there, and sweeps what interrupted uploads left.
    public init(opening directory: String, files: any FileSystemCalls = SystemFiles()) throws(VaultError) {
        let layout = VaultLayout(directory)
        (self.layout, self.files) = (layout, files)
        lock = try VaultError.onDisk { () throws(DiskError) in
            try files.makeDirectories(layout.drafts)
            return try files.open(layout.lock, .updating)
        }
        do throws(VaultError) {
            guard try VaultError.onDisk({ () throws(DiskError) in try files.lock(lock) }) else { throw .busy(path: directory) }
            try VaultError.onDisk { () throws(DiskError) in
                for name in try files.names(in: layout.drafts) { try files.remove(layout.drafts + "/" + name) }
            }
        } catch {
            files.close(lock)
            throw error
        }
    }

    /// Takes the bytes of one file as they come, checks them, and returns when the file is durable.
    ///
    /// Throws as soon as the bytes break a rule, whatever is still to come; then nothing of them is kept.
    public func accept<Chunks: AsyncSequence & Sendable>(
        _ chunks: Chunks, declared: MediaType, within allowance: Allowance
    ) async throws(VaultError) -> StoredExhibit where Chunks.Element: Collection<UInt8> {
        var draft = try Draft(in: layout, files, declared: declared, within: allowance)
        do {
            for try await chunk in chunks { try draft.write(Array(chunk)) }
            return try draft.store()
        } catch {
            draft.abandon()
            throw error as? VaultError ?? .interrupted(reason: String(describing: error))
        }
    }

    public func contains(_ sha256: Digest) -> Bool { files.exists(layout.path(of: sha256)) }

    /// Removes a file for good, as retention rules or a court may ask. Removing what is not there is no error.
    public func discard(_ sha256: Digest) throws(VaultError) {
        let path = layout.path(of: sha256)
        guard files.exists(path) else { return }
        try VaultError.onDisk { () throws(DiskError) in
            try files.remove(path)
            try files.synchronizeDirectory(parentDirectory(of: path))
        }
    }

    deinit { files.close(lock) }
}

/// Where things lie in a vault.
struct VaultLayout: Sendable {
    let directory: String
    /// Files on their way in; on the same file system as the rest, so that renaming is one step.
    var drafts: String { directory + "/drafts" }
    /// Files that come in parts; kept over restarts.
    var partials: String { directory + "/partials" }
    var lock: String { directory + "/lock" }

    init(_ directory: String) { self.directory = directory }

    /// `ab/cd/abcd…`: two levels of 256 folders keep every folder small at ten million files.
    func path(of sha256: Digest) -> String {
        let name = sha256.description
        return "\(directory)/\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)"
    }
}
