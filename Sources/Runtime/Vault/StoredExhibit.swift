import Chronicle

/// A file the vault has taken and made durable: named by its content.
public struct StoredExhibit: Hashable, Sendable {
    /// SHA-256 of the original bytes; the only name a file has in here.
    public let sha256: Digest
    public let sizeBytes: Int64
    /// What the content says it is.
    public let sniffed: MediaType

    public init(sha256: Digest, sizeBytes: Int64, sniffed: MediaType) {
        (self.sha256, self.sizeBytes, self.sniffed) = (sha256, sizeBytes, sniffed)
    }
}

/// How much may be handed in at once, and how much its owner may still hand in at all. Who owns what is the caller's knowledge.
public struct Allowance: Hashable, Sendable {
    public var fileBytesMax: Int64
    /// `nil`: no quota.
    public var ownerBytesLeft: Int64?

    public init(fileBytesMax: Int64, ownerBytesLeft: Int64? = nil) {
        (self.fileBytesMax, self.ownerBytesLeft) = (fileBytesMax, ownerBytesLeft)
    }

    func check(sizeBytes: Int64) throws(VaultError) {
        guard sizeBytes <= fileBytesMax else { throw .tooLarge(bytesMax: fileBytesMax) }
        if let left = ownerBytesLeft, sizeBytes > left { throw .quotaExceeded(bytesLeft: left) }
    }
}
