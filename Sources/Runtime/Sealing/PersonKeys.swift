import Chronicle
import struct Crypto.SymmetricKey

/// The keys of persons, one each: what stands between the log and what it says about people.
///
/// They lie in a file of their own and never in the event database, so that no backup of the log carries them. A key is durable before
/// anything is sealed with it. Destroying one writes a tombstone, overwrites the key where it lay, and refuses that person a new one:
/// erasure cannot be undone by opening the file, or an old copy of the log, again. Copies of the *key file* must be given up for that too.
public actor PersonKeys {
    /// What fits in a record.
    public static let wrappedBytesMax = 80
    static let recentMax = 8_192

    private let path: String
    private let wrapping: any KeyWrapping
    private let file: RecordFile
    private var index: KeyIndex
    private var recent = RecentKeys(capacity: PersonKeys.recentMax)
    /// Owners whose first key is on its way to the disk.
    private var arriving: Set<OwnerTag> = []
    /// Owners whose key is being destroyed on the disk.
    private var leaving: Set<OwnerTag> = []
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Opens or makes the key file. Finishes destructions that a crash interrupted; refuses a master key that does not fit.
    public init(opening path: String, wrapping: any KeyWrapping, files: any FileSystemCalls = SystemFiles()) async throws(SealingError) {
        var reading = KeyFileReading()
        do throws(RecordFileError) {
            let file = try RecordFile(opening: path, files: files) { found throws(RecordFileError) in try reading.take(found, in: path) }
            (self.path, self.wrapping, self.file, index) = (path, wrapping, file, reading.index)
            if let damaged = reading.unexplainedDamage { throw .damaged(path: path, atByte: damaged) }
            for (offset, owner) in reading.unfinishedDestructions {
                try await file.overwrite(at: offset, with: KeyRecord(kind: .emptied, owner: owner).bytes)
            }
        } catch { throw SealingError(error) }
        try await prove(reading.proof)
    }

    /// Makes keys for those who have none: all of them with one write and one fsync. Throws `.erased` for the first erased one, having made none.
    public func ensureKeys(for owners: [StreamID]) async throws(SealingError) {
        for owner in owners where index[OwnerTag(owner)] == .destroyed { throw .erased(owner) }
        var made: [(owner: OwnerTag, key: SymmetricKey, record: [UInt8])] = []
        var seen: Set<OwnerTag> = []
        for owner in owners {
            let tag = OwnerTag(owner)
            guard index[tag] == .none, seen.insert(tag).inserted else { continue }
            let key = SymmetricKey(size: .bits256)
            made.append((tag, key, try await record(of: key, owner, tag)))
        }
        // Wrapping may have waited: somebody else's key for the same person may be there, or on its way, by now.
        made.removeAll { index[$0.owner] != .none || arriving.contains($0.owner) }
        if !made.isEmpty { try await commit(made) }
        while owners.contains(where: { arriving.contains(OwnerTag($0)) }) { await change() }
        // Those whose other maker failed are tried again, and fail with its reason or not at all.
        let left = owners.filter { index[OwnerTag($0)] == .none }
        if !left.isEmpty { try await ensureKeys(for: left) }
        for owner in owners where index[OwnerTag(owner)] == .destroyed { throw .erased(owner) }
    }

    /// The key of a person; `nil` when it was destroyed. Throws `.noKey` when there never was one.
    func key(of owner: StreamID) async throws(SealingError) -> SymmetricKey? {
        let tag = OwnerTag(owner)
        if let key = recent.key(of: tag) { return key }
        switch index[tag] {
        case .destroyed: return nil
        case .none: throw .noKey(owner)
        case .alive(let offset):
            let payload: [UInt8]
            do throws(RecordFileError) {
                payload = try await file.payload(at: offset, payloadBytes: KeyRecord.payloadBytes)
            } catch { throw SealingError(error) }
            // Destroyed while this was reading: the record is empty, or is about to be.
            guard index[tag] != .destroyed else { return nil }
            guard let record = KeyRecord(bytes: payload[...]), record.kind == .key, record.owner == tag else { throw .damaged(path: path, atByte: offset) }
            let key = try await wrapping.unwrap(record.wrapped, for: owner)
            guard index[tag] != .destroyed else { return nil }
            recent.keep(key, of: tag)
            return key
        }
    }

    /// Does this person have a key that was not destroyed?
    public func exists(_ owner: StreamID) -> Bool { if case .alive = index[OwnerTag(owner)] { true } else { false } }

    /// Was this person's key destroyed?
    public func isErased(_ owner: StreamID) -> Bool { index[OwnerTag(owner)] == .destroyed }

    /// Persons with a key.
    public var count: Int { index.aliveCount }

    /// Destroys a person's key, for ever; returns when it is gone from the disk. A person without a key is refused one from now on.
    /// Destroying twice is no error.
    ///
    /// First the tombstone is made durable, then the key is overwritten with zeros where it lay: a crash in between is finished at the
    /// next opening. (GDPR Art. 17; EDPB Guidelines 02/2025: destroying the secret makes what is left meaningless.)
    public func destroy(_ owner: StreamID) async throws(SealingError) {
        let tag = OwnerTag(owner)
        while arriving.contains(tag) || leaving.contains(tag) { await change() }
        let standing = index[tag]
        // From here on nobody gets the key, even while the disk is still busy.
        index.destroy(tag)
        recent.forget(tag)
        leaving.insert(tag)
        defer {
            leaving.remove(tag)
            tellWaiting()
        }
        do throws(RecordFileError) {
            switch standing {
            case .destroyed: try await file.settle()
            case .none: try await bury(tag, standing, target: nil)
            case .alive(let offset):
                try await bury(tag, standing, target: offset)
                try await file.overwrite(at: offset, with: KeyRecord(kind: .emptied, owner: tag).bytes)
            }
        } catch { throw SealingError(error) }
    }

    /// Gives the file back; nothing is sealed or opened from here on.
    public func close() async { await file.close() }

    private func record(of key: SymmetricKey, _ owner: StreamID, _ tag: OwnerTag) async throws(SealingError) -> [UInt8] {
        let wrapped = try await wrapping.wrap(key, for: owner)
        guard wrapped.count <= PersonKeys.wrappedBytesMax else {
            throw .wrappedKeyTooLong(bytes: wrapped.count, bytesMax: PersonKeys.wrappedBytesMax)
        }
        return KeyRecord(kind: .key, owner: tag, wrapped: wrapped).bytes
    }

    private func commit(_ made: [(owner: OwnerTag, key: SymmetricKey, record: [UInt8])]) async throws(SealingError) {
        arriving.formUnion(made.map(\.owner))
        defer {
            arriving.subtract(made.map(\.owner))
            tellWaiting()
        }
        do throws(RecordFileError) {
            let offsets = try await file.append(made.map(\.record))
            for (one, offset) in zip(made, offsets) {
                index.add(one.owner, atByte: offset)
                recent.keep(one.key, of: one.owner)
            }
        } catch { throw SealingError(error) }
    }

    private func bury(_ tag: OwnerTag, _ standing: KeyIndex.Standing, target: Int64?) async throws(RecordFileError) {
        do throws(RecordFileError) {
            _ = try await file.append([KeyRecord(kind: .tombstone, owner: tag, target: target).bytes])
        } catch {
            // Not durable, so not destroyed: asking again must do it, not find it done.
            index.restore(tag, standing)
            throw error
        }
    }

    /// Returns after something that was under way has ended.
    private func change() async { await withCheckedContinuation { waiting.append($0) } }

    private func tellWaiting() {
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    /// Compares the master key with the first record, or writes that record into a new file.
    private func prove(_ proof: KeyRecord?) async throws(SealingError) {
        guard let subject = StreamID("recourse-key-file") else { return }
        if let proof {
            do throws(SealingError) {
                _ = try await wrapping.unwrap(proof.wrapped, for: subject)
            } catch {
                if case .denied = error { throw .wrongMasterKey(path: path) } else { throw error }
            }
            return
        }
        var record = try await record(of: SymmetricKey(size: .bits256), subject, OwnerTag(subject))
        record[0] = KeyRecord.Kind.proof.rawValue
        do throws(RecordFileError) { _ = try await file.append([record]) } catch { throw SealingError(error) }
    }
}
