import Chronicle

/// An actor in the event table: a tag byte, then the 16 bytes of an id or the name of a machine. Thirty-two characters on every row would
/// be a tenth of the store.
enum ActorBytes {
    static func encode(_ actor: Actor) -> [UInt8] {
        switch actor {
        case .clock: [0]
        case .staff(let id): [1] + bytes(of: id.bits)
        case .party(let id): [2] + bytes(of: id.bits)
        case .machine(let name): [3] + Array(name.utf8)
        }
    }

    /// `nil` when the bytes are not an actor's.
    static func decode(_ bytes: UnsafeRawBufferPointer) -> Actor? {
        guard let tag = bytes.first else { return nil }
        let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
        switch tag {
        case 0: return rest.isEmpty ? .clock : nil
        case 1: return bits(rest).map { .staff(StaffID(bits: $0)) }
        case 2: return bits(rest).map { .party(PartyID(bits: $0)) }
        case 3: return Actor("machine:" + String(decoding: rest, as: UTF8.self))
        default: return nil
        }
    }

    /// Most significant byte first, so that ids sort as bytes.
    static func bytes(of bits: UInt128) -> [UInt8] { withUnsafeBytes(of: bits.bigEndian) { Array($0) } }

    static func bits(_ bytes: UnsafeRawBufferPointer) -> UInt128? {
        guard bytes.count == 16 else { return nil }
        return UInt128(bigEndian: bytes.loadUnaligned(as: UInt128.self))
    }
}
