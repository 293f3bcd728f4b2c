import Chronicle
import Policies

/// A decision in five separate parts, each with its own reason. None is ever derived from another.
public struct Ruling: Hashable, Sendable, Codable {
    public let id: RulingID
    /// (a) Who gets what.
    public let outcome: OutcomePart
    /// (b) Whose fault it was.
    public let fault: FaultPart
    /// (c) The sanction: the highest single one that applies, or none.
    public let penalty: PenaltyPart
    /// (d) Money beyond the outcome, and whose.
    public let compensation: CompensationPart
    /// (e) Who bears the cost of putting it right.
    public let cost: CostPart

    /// An answer to every point raised.
    public let answers: [Answer]
    /// Decided cases looked at; MiCA complaints RTS Art. 6(1) wants like cases decided alike …
    public let precedents: [Precedent]
    /// … or a reason why not.
    public let deviationReason: Sealed?
    /// Hashes of the evidence on file when the ruling was made.
    public let evidence: [Digest]
    /// Set when it is a default judgement: the side that stayed silent.
    public let byDefaultAgainst: Side?
    public let assistance: Assistance

    /// What a machine contributed. A person signs in every case.
    public enum Assistance: String, Hashable, Sendable, Codable, CaseIterable { case none, suggested, drafted }

    public struct OutcomePart: Hashable, Sendable, Codable {
        public let code: OutcomeCode
        /// For a split: how.
        public let terms: Terms?
        public let reason: Sealed?
        public init(code: OutcomeCode, terms: Terms? = nil, reason: Sealed?) { (self.code, self.terms, self.reason) = (code, terms, reason) }
    }

    public struct FaultPart: Hashable, Sendable, Codable {
        public let code: FaultCode
        public let reason: Sealed?
        public init(code: FaultCode, reason: Sealed?) { (self.code, self.reason) = (code, reason) }
    }

    public struct PenaltyPart: Hashable, Sendable, Codable {
        /// `nil`: none, with the reason why.
        public let code: PenaltyCode?
        public let against: PartyID?
        /// First offence, second, …
        public let offence: Int?
        public let reason: Sealed?
        public init(code: PenaltyCode? = nil, against: PartyID? = nil, offence: Int? = nil, reason: Sealed? = nil) {
            (self.code, self.against, self.offence, self.reason) = (code, against, offence, reason)
        }
    }

    public struct CompensationPart: Hashable, Sendable, Codable {
        public enum Source: String, Hashable, Sendable, Codable, CaseIterable { case counterparty, deposit, platform, scheme }
        public let amount: Amount?
        public let to: PartyID?
        public let source: Source?
        public let reason: Sealed?
        public init(amount: Amount? = nil, to: PartyID? = nil, source: Source? = nil, reason: Sealed? = nil) {
            (self.amount, self.to, self.source, self.reason) = (amount, to, source, reason)
        }
    }

    public struct CostPart: Hashable, Sendable, Codable {
        public enum Bearer: String, Hashable, Sendable, Codable, CaseIterable { case nobody, filer, other, platform }
        public let amount: Amount?
        public let bearer: Bearer
        public let reason: Sealed?
        public init(amount: Amount? = nil, bearer: Bearer = .nobody, reason: Sealed? = nil) {
            (self.amount, self.bearer, self.reason) = (amount, bearer, reason)
        }
    }

    public struct Answer: Hashable, Sendable, Codable {
        public let point: Int
        public let accepted: Bool
        public let reason: Sealed?
        public init(point: Int, accepted: Bool, reason: Sealed?) { (self.point, self.accepted, self.reason) = (point, accepted, reason) }
    }

    public struct Precedent: Hashable, Sendable, Codable {
        public let `case`: CaseID
        public let outcome: OutcomeCode
        public init(case id: CaseID, outcome: OutcomeCode) { (self.case, self.outcome) = (id, outcome) }
    }

    public init(
        id: RulingID, outcome: OutcomePart, fault: FaultPart, penalty: PenaltyPart, compensation: CompensationPart, cost: CostPart,
        answers: [Answer], precedents: [Precedent], deviationReason: Sealed?, evidence: [Digest], byDefaultAgainst: Side?, assistance: Assistance
    ) {
        (self.id, self.outcome, self.fault, self.penalty) = (id, outcome, fault, penalty)
        (self.compensation, self.cost, self.answers, self.precedents) = (compensation, cost, answers, precedents)
        (self.deviationReason, self.evidence) = (deviationReason, evidence)
        (self.byDefaultAgainst, self.assistance) = (byDefaultAgainst, assistance)
    }
}

/// What a person proposes; `decide` checks it and makes it a `Ruling`.
public struct RulingDraft: Hashable, Sendable {
    public var outcome: Ruling.OutcomePart
    public var fault: Ruling.FaultPart
    /// Every penalty whose trigger applies; the highest single one is imposed.
    public var penaltiesApplying: [PenaltyCode]
    public var penaltyAgainst: PartyID?
    public var penaltyReason: Sealed?
    public var compensation: Ruling.CompensationPart
    public var cost: Ruling.CostPart
    public var answers: [Ruling.Answer]
    public var precedents: [Ruling.Precedent]
    public var deviationReason: Sealed?
    public var assistance: Ruling.Assistance

    /// How many precedents were decided otherwise, when they are more than half: then the ruling needs its reason.
    public var unlikePrecedents: Int? {
        let other = precedents.count { $0.outcome != outcome.code }
        return other * 2 > precedents.count ? other : nil
    }

    public init(
        outcome: Ruling.OutcomePart, fault: Ruling.FaultPart, penaltiesApplying: [PenaltyCode] = [], penaltyAgainst: PartyID? = nil,
        penaltyReason: Sealed? = nil, compensation: Ruling.CompensationPart = .init(), cost: Ruling.CostPart = .init(),
        answers: [Ruling.Answer], precedents: [Ruling.Precedent] = [], deviationReason: Sealed? = nil, assistance: Ruling.Assistance = .none
    ) {
        (self.outcome, self.fault, self.penaltiesApplying) = (outcome, fault, penaltiesApplying)
        (self.penaltyAgainst, self.penaltyReason) = (penaltyAgainst, penaltyReason)
        (self.compensation, self.cost, self.answers) = (compensation, cost, answers)
        (self.precedents, self.deviationReason, self.assistance) = (precedents, deviationReason, assistance)
    }
}

/// An order to the exchange that follows from a ruling or an agreement. Leaves through the outbox, executed exactly once.
public struct Instruction: Hashable, Sendable, Codable {
    public enum Kind: Hashable, Sendable, Codable {
        case release(order: String)
        case returnToSeller(order: String)
        case split(order: String, toBuyer: Amount, toSeller: Amount)
        case compensate(party: PartyID, amount: Amount)
        case deductDeposit(merchant: PartyID, to: PartyID, amount: Amount)
        case credit(party: PartyID, amount: Amount)
        case acceptChargeback(reference: String)
        case represent(reference: String)
        /// Sent back on the chain by the treasury desk, who confirm it by hand.
        case returnToSender(reference: String)
    }

    public let id: InstructionID
    public let kind: Kind

    public init(id: InstructionID, kind: Kind) { (self.id, self.kind) = (id, kind) }
}
