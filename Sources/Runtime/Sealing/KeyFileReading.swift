/// The key file as it is read from its beginning: who has a key, and what a crash left unfinished.
struct KeyFileReading {
    private(set) var index = KeyIndex()
    private(set) var proof: KeyRecord?
    /// Keys that are still there although their tombstone is: where, and whose.
    private(set) var unfinishedDestructions: [Int64: OwnerTag] = [:]
    private var damaged: Set<Int64> = []

    /// A record that cannot be read and that no tombstone accounts for. (One that a tombstone names was being overwritten.)
    var unexplainedDamage: Int64? { damaged.min() }

    mutating func take(_ found: RecordFileReading.Found, in path: String) throws(RecordFileError) {
        switch found {
        case .damaged(let offset): damaged.insert(offset)
        case .record(let offset, let payload):
            guard let record = KeyRecord(bytes: payload) else { throw .damaged(path: path, atByte: offset) }
            take(record, at: offset)
        }
    }

    private mutating func take(_ record: KeyRecord, at offset: Int64) {
        switch record.kind {
        case .proof: proof = record
        case .key: index.add(record.owner, atByte: offset)
        case .emptied: index.destroy(record.owner)
        case .tombstone:
            if let target = record.target, damaged.remove(target) != nil || index[record.owner] == .alive(atByte: target) {
                unfinishedDestructions[target] = record.owner
            }
            index.destroy(record.owner)
        }
    }
}
