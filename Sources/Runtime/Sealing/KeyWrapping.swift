import Chronicle
import struct Crypto.SymmetricKey

/// Keeps the keys of persons unreadable at rest. A key file and its copies are worth nothing without what is behind this.
///
/// The house wraps with a master key from a file; a key service may stand here instead. A wrapped key has at most
/// `PersonKeys.wrappedBytesMax` bytes: let a service wrap the master key rather than each person's.
public protocol KeyWrapping: Sendable {
    /// The key, readable only through `unwrap` for the same owner.
    func wrap(_ key: SymmetricKey, for owner: StreamID) async throws(SealingError) -> [UInt8]
    /// Throws `.denied` when these bytes were not wrapped here for this owner.
    func unwrap(_ wrapped: [UInt8], for owner: StreamID) async throws(SealingError) -> SymmetricKey
}
