import Chronicle

/// How a dispute can end: the first of a ruling's five parts.
public struct Outcome: Hashable, Sendable {
    /// What it means for money. Closed, because each is an instruction an exchange must know.
    public enum Settlement: String, Hashable, Sendable, CaseIterable {
        /// Nothing moves.
        case none
        case releaseToBuyer = "release-to-buyer"
        case returnToSeller = "return-to-seller"
        case split
        /// Platform pays.
        case compensate
        /// Out of the merchant's deposit to the harmed party.
        case fromDeposit = "from-deposit"
        /// Credited to the user's account (a deposit found, a fee given back).
        case credit
        /// Sent back on the chain to the address it came from.
        case returnToSender = "return-to-sender"
        case acceptChargeback = "accept-chargeback"
        case represent
    }

    /// Whom the outcome goes against, for notices, appeals and fairness reports.
    public enum Against: String, Hashable, Sendable, CaseIterable { case nobody, buyer, seller, filer }

    public let code: OutcomeCode
    public let title: String
    public let settlement: Settlement
    public let against: Against
    public let appealable: Bool
    /// The coins stay frozen when the case ends, until somebody lets them go by hand.
    public let keepsHold: Bool

    public init(code: OutcomeCode, title: String, settlement: Settlement, against: Against, appealable: Bool, keepsHold: Bool = false) {
        (self.code, self.title, self.settlement, self.against, self.appealable) = (code, title, settlement, against, appealable)
        self.keepsHold = keepsHold
    }
}

/// Whose fault it was: the second part. Never derived from the outcome.
public struct Fault: Hashable, Sendable {
    public let code: FaultCode
    public let title: String
    public init(code: FaultCode, title: String) { (self.code, self.title) = (code, title) }
}

/// A sanction: the third part. Of several that apply only the highest single one is imposed; when in doubt none.
public struct Penalty: Hashable, Sendable {
    public let code: PenaltyCode
    public let title: String
    public let trigger: String
    /// Orders penalties: the higher one absorbs the others.
    public let severity: Int
    /// First offence, second, … ; the last repeats.
    public let ladder: [PenaltyStep]
    public let appealable: Bool
    public let merchantsOnly: Bool
    public let provenance: Provenance

    public init(
        code: PenaltyCode, title: String, trigger: String, severity: Int, ladder: [PenaltyStep], appealable: Bool, merchantsOnly: Bool,
        provenance: Provenance
    ) {
        (self.code, self.title, self.trigger, self.severity) = (code, title, trigger, severity)
        (self.ladder, self.appealable, self.merchantsOnly, self.provenance) = (ladder, appealable, merchantsOnly, provenance)
    }
}

public struct PenaltyStep: Hashable, Sendable {
    /// How long the restriction lasts; `nil` for none, `.permanent` for ever.
    public enum Duration: Hashable, Sendable { case none, lasting(Span), permanent }
    public let duration: Duration
    public let points: Int
    public init(duration: Duration, points: Int) { (self.duration, self.points) = (duration, points) }
}

/// Why an appeal changed a decision. Only a handler's error counts against staff.
public struct OverturnCause: Hashable, Sendable {
    public let code: OverturnCode
    public let title: String
    public let handlerError: Bool
    public init(code: OverturnCode, title: String, handlerError: Bool) { (self.code, self.title, self.handlerError) = (code, title, handlerError) }
}
