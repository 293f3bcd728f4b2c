/// An append-only file of records with group commit: what is appended is durable before the append returns.
///
/// Appends that arrive while the disk is busy share the next write and the next fsync. A torn end (power or process lost in the
/// middle of a write) is cut off when the file is opened; by then nobody had been told that it was there. One process at a time.
///
/// After a failed fsync nothing more is accepted until the file is opened again: what the kernel kept is not known any more.
actor RecordFile {
    let path: String
    private let files: any FileSystemCalls
    private let queue = DiskQueue("record-file")
    private let file: OpenFile
    private var durableBytes: Int64
    private var staged: [UInt8] = []
    private var waiting: [CheckedContinuation<Result<Void, RecordFileError>, Never>] = []
    private var fault: RecordFileError?

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// Opens or makes the file, reads every record in it in order to `visit`, cuts off a torn end, and takes the file's lock.
    init(
        opening path: String, files: any FileSystemCalls, visit: (RecordFileReading.Found) throws(RecordFileError) -> Void
    ) throws(RecordFileError) {
        (self.path, self.files) = (path, files)
        (file, durableBytes) = try RecordFileReading.open(path, files, visit)
    }

    /// Writes the records one after the other and returns where each begins, once they are durable. All of them or none.
    func append(_ payloads: [[UInt8]]) async throws(RecordFileError) -> [Int64] {
        if let fault { throw fault }
        var offsets: [Int64] = []
        offsets.reserveCapacity(payloads.count)
        for payload in payloads {
            precondition(1...RecordFrame.payloadBytesMax ~= payload.count, "a record has 1 byte to 1 MiB")
            offsets.append(durableBytes + Int64(staged.count))
            staged += RecordFrame.encode(payload, durableBytes: durableBytes)
        }
        let outcome = await withCheckedContinuation { (continuation: CheckedContinuation<Result<Void, RecordFileError>, Never>) in
            waiting.append(continuation)
            // The first to wait asks for the commit; it runs after the appends already queued behind this one, and takes them along.
            if waiting.count == 1 { Task { commit() } }
        }
        try outcome.get()
        return offsets
    }

    /// The payload of the record at `offset`.
    func payload(at offset: Int64, payloadBytes: Int) throws(RecordFileError) -> [UInt8] {
        if let fault { throw fault }
        let record = try RecordFileError.onDisk { () throws(DiskError) in
            try files.read(file, count: RecordFrame.headBytes + payloadBytes, atByte: offset)
        }
        guard let frame = RecordFrame(checking: record[...]), frame.payloadBytes == payloadBytes else { throw .damaged(path: path, atByte: offset) }
        return Array(record[RecordFrame.headBytes...])
    }

    /// Writes `payload` over the record at `offset`, which is as long, and returns when the old bytes are gone from the file.
    /// Records are otherwise never changed: this is for forgetting.
    func overwrite(at offset: Int64, with payload: [UInt8]) throws(RecordFileError) {
        if let fault { throw fault }
        do throws(DiskError) {
            try files.write(RecordFrame.encode(payload, durableBytes: offset), to: file, atByte: offset)
            try files.synchronize(file)
        } catch {
            throw stop(because: error)
        }
    }

    /// Returns when everything appended so far has been committed, or has failed.
    func settle() async throws(RecordFileError) {
        if let fault { throw fault }
        guard !waiting.isEmpty else { return }
        let outcome = await withCheckedContinuation { waiting.append($0) }
        try outcome.get()
    }

    /// Gives the file and its lock back. Appends still under way are committed first.
    func close() {
        commit()
        guard fault == nil else { return }
        fault = .closed(path: path)
        files.close(file)
    }

    private func commit() {
        guard !waiting.isEmpty else { return }
        let (bytes, group) = (staged, waiting)
        (staged, waiting) = ([], [])
        let outcome = write(bytes)
        for continuation in group { continuation.resume(returning: outcome) }
    }

    private func write(_ bytes: [UInt8]) -> Result<Void, RecordFileError> {
        if let fault { return .failure(fault) }
        do throws(DiskError) {
            try files.write(bytes, to: file, atByte: durableBytes)
        } catch let refused {
            // Nobody was told; take the half-written group back so that the next one can follow the last good record.
            do throws(DiskError) { try files.truncate(file, toBytes: durableBytes) } catch { return .failure(stop(because: error)) }
            return .failure(refused.isFull ? .full(path: path) : .disk(refused))
        }
        do throws(DiskError) { try files.synchronize(file) } catch { return .failure(stop(because: error)) }
        durableBytes += Int64(bytes.count)
        return .success(())
    }

    private func stop(because error: DiskError) -> RecordFileError {
        let stopped = RecordFileError.stopped(error)
        fault = stopped
        files.close(file)
        return stopped
    }

    deinit { if fault == nil { files.close(file) } }
}

/// Why a record file cannot be opened or written.
enum RecordFileError: Error, Hashable, Sendable {
    /// Another process works on this file.
    case busy(path: String)
    /// No room on the disk; nothing was kept of this append, later ones may succeed.
    case full(path: String)
    case disk(DiskError)
    /// A write could not be made durable or taken back: nothing more is accepted until the file is opened again.
    case stopped(DiskError)
    /// A record that was durable is not what was written.
    case damaged(path: String, atByte: Int64)
    case closed(path: String)

    /// The work, its failure as this error.
    static func onDisk<Value>(_ work: () throws(DiskError) -> Value) throws(RecordFileError) -> Value {
        do throws(DiskError) { return try work() } catch { throw .disk(error) }
    }
}

extension RecordFileError: CustomStringConvertible {
    var description: String {
        switch self {
        case .busy(let path): "\(path) is in use by another process"
        case .full(let path): "there is no room on the disk for \(path); nothing was written"
        case .disk(let error): error.description
        case .stopped(let error): "\(error); nothing more is written until it is opened again"
        case .damaged(let path, let offset): "\(path) is damaged at byte \(offset): a record that was safe once cannot be read; restore it from its copy"
        case .closed(let path): "\(path) is closed"
        }
    }
}
