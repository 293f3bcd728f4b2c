import Chronicle

/// Files that come in parts, over lines that break: kept as far as they have come until they are whole or given up. What is whole goes through the
/// same checks as a file that came at once. Their names are the desk's own; nothing a sender says becomes a path.
extension EvidenceVault {
    private func path(_ name: String) -> String { layout.partials + "/" + name }

    /// Makes an empty partial file.
    public func begin(_ name: String) throws(VaultError) {
        let (files, path, folder) = (files, path(name), layout.partials)
        try VaultError.onDisk { () throws(DiskError) in
            try files.makeDirectories(folder)
            let file = try files.open(path, .creating(permissions: 0o600))
            defer { files.close(file) }
            try files.synchronize(file)
            try files.synchronizeDirectory(folder)
        }
    }

    /// Puts bytes where they belong. They are durable once `settle` has returned.
    public func put(_ bytes: [UInt8], into name: String, atByte offset: Int64) throws(VaultError) {
        try onPartial(name) { files, file throws(DiskError) in try files.write(bytes, to: file, atByte: offset) }
    }

    /// Makes durable what has come, and says how many bytes that is.
    public func settle(_ name: String) throws(VaultError) -> Int64 {
        try onPartial(name) { files, file throws(DiskError) in
            try files.synchronize(file)
            return try files.attributes(of: file).sizeBytes
        }
    }

    /// Takes back what came after a byte.
    public func cut(_ name: String, toBytes size: Int64) throws(VaultError) {
        try onPartial(name) { files, file throws(DiskError) in try files.truncate(file, toBytes: size) }
    }

    /// A partial file that is whole becomes an original. The partial stays until it is given up, so that a crash in between costs nothing.
    public func accept(partial name: String, declared: MediaType, within allowance: Allowance) async throws(VaultError) -> StoredExhibit {
        let path = path(name)
        let file = try VaultError.onDisk { () throws(DiskError) in try files.open(path, .reading) }
        return try await accept(PartialBytes(reading: OpenExhibit(files, file)), declared: declared, within: allowance)
    }

    /// Gives a partial file up. One that is not there is no error.
    public func abandon(_ name: String) throws(VaultError) {
        guard files.exists(path(name)) else { return }
        let (files, path) = (files, path(name))
        try VaultError.onDisk { () throws(DiskError) in try files.remove(path) }
    }

    /// What lies there unfinished.
    public func partials() throws(VaultError) -> [String] {
        guard files.exists(layout.partials) else { return [] }
        let (files, folder) = (files, layout.partials)
        return try VaultError.onDisk { () throws(DiskError) in try files.names(in: folder) }
    }

    private func onPartial<Value>(_ name: String, _ body: (any FileSystemCalls, OpenFile) throws(DiskError) -> Value) throws(VaultError) -> Value {
        let (files, path) = (files, path(name))
        return try VaultError.onDisk { () throws(DiskError) in
            let file = try files.open(path, .updating)
            defer { files.close(file) }
            return try body(files, file)
        }
    }
}

/// A partial file from its beginning.
private struct PartialBytes: AsyncSequence, Sendable {
    typealias Failure = any Error
    let reading: OpenExhibit
    private static let chunkBytes = 256 << 10

    func makeAsyncIterator() -> Iterator { Iterator(reading: reading) }

    struct Iterator: AsyncIteratorProtocol {
        let reading: OpenExhibit
        var offset: Int64 = 0

        mutating func next() async throws -> [UInt8]? {
            let chunk = try reading.files.read(reading.file, count: PartialBytes.chunkBytes, atByte: offset)
            offset += Int64(chunk.count)
            return chunk.isEmpty ? nil : chunk
        }
    }
}

extension EvidenceVault {
    /// A file that passes through and is not kept: spooled to the disk, opened by `open`, and gone by name when that returns. Whoever opened it reads
    /// on; what is left goes with them.
    /// - Parameter name: one nobody else uses.
    public func passing<Value: Sendable>(
        _ pieces: any AsyncSequence<[UInt8], any Error> & Sendable, named name: String, within bytesMax: Int64, open: @Sendable (String) throws -> Value
    ) async throws -> Value {
        try begin(name)
        do {
            let written = try await spool(pieces, into: name, within: bytesMax)
            guard written > 0 else { throw VaultError.empty }
            let value = try open(path(name))
            try abandon(name)
            return value
        } catch {
            try? abandon(name)
            throw error
        }
    }

    private func spool(
        _ pieces: some AsyncSequence<[UInt8], any Error> & Sendable, into name: String, within bytesMax: Int64
    ) async throws -> Int64 {
        var written: Int64 = 0
        for try await piece in pieces {
            guard written + Int64(piece.count) <= bytesMax else { throw VaultError.tooLarge(bytesMax: bytesMax) }
            try put(piece, into: name, atByte: written)
            written += Int64(piece.count)
        }
        return written
    }
}
