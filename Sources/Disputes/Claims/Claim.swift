import Chronicle
import Policies

/// What somebody says went wrong, and what they want done about it.
public struct Claim: Hashable, Sendable, Codable {
    public let by: PartyID
    public let reason: ReasonCode
    /// The statement in the party's words, sealed with their key.
    public let statement: Sealed?
    public let wanted: OutcomeCode?
    /// When it happened, where that is not when the claim was made.
    public let happened: Instant?

    public init(by: PartyID, reason: ReasonCode, statement: Sealed?, wanted: OutcomeCode? = nil, happened: Instant? = nil) {
        (self.by, self.reason, self.statement, self.wanted, self.happened) = (by, reason, statement, wanted, happened)
    }
}

/// One point a party raised. A ruling must answer every one (MiCA complaints RTS (EU) 2025/294 Art. 6(1)).
public struct Point: Hashable, Sendable, Codable {
    /// 1, 2, … within the case.
    public let number: Int
    public let by: PartyID
    public let text: Sealed?
    /// Where the point is the claim itself and not a sentence of its own.
    public let reason: ReasonCode?

    public init(number: Int, by: PartyID, text: Sealed?, reason: ReasonCode? = nil) {
        (self.number, self.by, self.text, self.reason) = (number, by, text, reason)
    }
}

/// The order a dispute is about, as the exchange described it when the case opened.
public struct OrderSnapshot: Hashable, Sendable, Codable {
    /// The exchange's own number.
    public let reference: String
    /// What lies in escrow, or was traded.
    public let amount: Amount
    /// What was to be paid for it outside.
    public let fiat: Amount?
    public let rail: RailCode?
    public let buyer: PartyID?
    public let seller: PartyID?
    public let created: Instant?
    public let markedPaid: Instant?
    public let escrowHeld: Bool

    public init(
        reference: String, amount: Amount, fiat: Amount? = nil, rail: RailCode? = nil, buyer: PartyID? = nil, seller: PartyID? = nil,
        created: Instant? = nil, markedPaid: Instant? = nil, escrowHeld: Bool
    ) {
        (self.reference, self.amount, self.fiat, self.rail) = (reference, amount, fiat, rail)
        (self.buyer, self.seller, self.created, self.markedPaid, self.escrowHeld) = (buyer, seller, created, markedPaid, escrowHeld)
    }
}

/// Where a case came from, when it was not opened here: a portal's number, an imported log's.
public struct ExternalReference: Hashable, Sendable, Codable {
    /// `cfpb`, `uci`, `zendesk`, …
    public let source: String
    public let number: String
    public init(source: String, number: String) { (self.source, self.number) = (source, number) }
}
