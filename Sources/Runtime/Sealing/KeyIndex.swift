/// Who has a key and where it lies: 16 bytes of tag and 4 of place for each person.
struct KeyIndex {
    enum Standing: Equatable {
        case none
        /// Byte offset of the key's record.
        case alive(atByte: Int64)
        case destroyed
    }

    private static let destroyedMark = UInt32.max

    private var slots: [OwnerTag: UInt32] = [:]

    subscript(owner: OwnerTag) -> Standing {
        switch slots[owner] {
        case nil: .none
        case KeyIndex.destroyedMark: .destroyed
        case let slot?: .alive(atByte: Int64(slot) * KeyRecord.frameBytes)
        }
    }

    var aliveCount: Int { slots.values.count { $0 != KeyIndex.destroyedMark } }

    /// The first key of an owner is theirs; after destruction there is no other.
    mutating func add(_ owner: OwnerTag, atByte offset: Int64) {
        if slots[owner] == nil { slots[owner] = UInt32(offset / KeyRecord.frameBytes) }
    }

    mutating func destroy(_ owner: OwnerTag) { slots[owner] = KeyIndex.destroyedMark }

    /// Takes a destruction back that did not reach the disk.
    mutating func restore(_ owner: OwnerTag, _ standing: Standing) {
        switch standing {
        case .none: slots[owner] = nil
        case .alive(let offset): slots[owner] = UInt32(offset / KeyRecord.frameBytes)
        case .destroyed: slots[owner] = KeyIndex.destroyedMark
        }
    }
}
