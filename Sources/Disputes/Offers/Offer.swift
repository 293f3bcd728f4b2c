import Chronicle

/// What would settle a dispute between the parties: how the amount at stake is divided.
public struct Terms: Hashable, Sendable, Codable {
    public let toBuyer: Amount
    public let toSeller: Amount

    public init(toBuyer: Amount, toSeller: Amount) { (self.toBuyer, self.toSeller) = (toBuyer, toSeller) }

    /// Nothing negative, one asset, and the whole amount spoken for.
    public func divide(_ total: Amount) -> Bool {
        guard !toBuyer.isNegative, !toSeller.isNegative, let sum = try? toBuyer.adding(toSeller) else { return false }
        return sum == total
    }
}

/// An open offer: seen by both sides, accepted or not.
public struct Offer: Hashable, Sendable, Codable {
    public enum Ending: String, Hashable, Sendable, Codable { case accepted, declined, withdrawn, lapsed, crossed }

    public let id: OfferID
    public let by: PartyID
    public let side: Side
    /// `nil` for a blind offer: then only the commitment is known until offers cross.
    public let terms: Terms?
    public let blind: Concealed?
    public let expires: Instant
    public var ending: Ending?

    public init(id: OfferID, by: PartyID, side: Side, terms: Terms?, blind: Concealed?, expires: Instant) {
        (self.id, self.by, self.side, self.terms, self.blind, self.expires) = (id, by, side, terms, blind, expires)
    }

    public var isOpen: Bool { ending == nil }
}

/// A value nobody may see yet, fixed by a commitment so that it cannot be changed later: a blind offer, a panel vote.
///
/// The commitment is SHA-256 over a 16-byte salt and the text; salt and text lie in the sealed box, which the shell opens
/// when the rules say so. The core checks that what was opened is what was committed to.
public struct Concealed: Hashable, Sendable, Codable {
    public let commitment: Digest
    public let box: Sealed

    public init(commitment: Digest, box: Sealed) { (self.commitment, self.box) = (commitment, box) }

    /// Is this the text (with its salt) the commitment was made to?
    public func isOf(_ opened: Opened) -> Bool {
        Leaf.commitment(salt: opened.salt, payload: Array(opened.text.utf8)) == commitment
    }

    /// What a concealed value turned out to be.
    public struct Opened: Hashable, Sendable {
        public let salt: [UInt8]
        public let text: String
        public init(salt: [UInt8], text: String) { (self.salt, self.text) = (salt, text) }
    }
}
