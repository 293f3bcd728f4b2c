import Chronicle
import struct Crypto.SHA256

/// One record of the key file: 112 bytes, so that with its frame it is 128 and never lies across two sectors of the disk.
///
/// ```
/// 0        kind
/// 1        length of the wrapped key
/// 8…23     tag of the owner
/// 24…31    for a tombstone: where the destroyed key lay (all ones: nowhere)
/// 32…111   the wrapped key, zeros behind it
/// ```
struct KeyRecord: Equatable {
    enum Kind: UInt8 {
        /// A key.
        case key = 1
        /// The owner's key is destroyed, for ever.
        case tombstone = 2
        /// Where a key was before it was overwritten.
        case emptied = 3
        /// The first record: proves that a master key fits this file.
        case proof = 4
    }

    static let payloadBytes = 112
    static let frameBytes = Int64(RecordFrame.sizeBytes(payloadBytes: payloadBytes))

    var kind: Kind
    var owner: OwnerTag
    var wrapped: [UInt8] = []
    /// Byte offset of the destroyed key's record.
    var target: Int64?

    var bytes: [UInt8] {
        var bytes: [UInt8] = [kind.rawValue, UInt8(wrapped.count), 0, 0, 0, 0, 0, 0]
        bytes.appendLittleEndian(owner.bits)
        bytes.appendLittleEndian(target.map { UInt64($0) } ?? .max)
        bytes += wrapped
        bytes.append(contentsOf: repeatElement(0, count: KeyRecord.payloadBytes - bytes.count))
        return bytes
    }
}

extension KeyRecord {
    /// `nil` when these bytes are no record of a key file.
    init?(bytes: ArraySlice<UInt8>) {
        guard bytes.count == KeyRecord.payloadBytes, let kind = bytes.first.flatMap({ Kind(rawValue: $0) }),
            case let length = Int(bytes[bytes.startIndex + 1]), length <= PersonKeys.wrappedBytesMax
        else { return nil }
        self.kind = kind
        owner = OwnerTag(bits: bytes.littleEndianInteger(at: 8, as: UInt128.self))
        let offset = bytes.littleEndianInteger(at: 24, as: UInt64.self)
        target = Int64(exactly: offset)
        wrapped = Array(bytes.dropFirst(32).prefix(length))
    }
}

/// 128 bits of the SHA-256 of an owner's name: the key file names nobody, and a million owners fit in little memory.
struct OwnerTag: Hashable {
    let bits: UInt128

    init(bits: UInt128) { self.bits = bits }

    init(_ owner: StreamID) {
        bits = Digest(hashing: "recourse-owner/1\0\(owner)".utf8).bytes.bigEndianInteger(at: 0, as: UInt128.self)
    }
}
