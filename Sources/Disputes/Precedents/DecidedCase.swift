import Chronicle
import Policies

/// A case that was decided, as far as it is a precedent: what it was like and what was ruled. The ruling is the last one signed; an appeal that changes
/// it changes the precedent.
public struct DecidedCase: Hashable, Sendable {
    public let id: CaseID
    public let at: Instant
    public let outcome: OutcomeCode
    public let fault: FaultCode
    public let features: CaseFeatures
    /// Was a reason given for deciding it unlike others?
    public let deviates: Bool

    public init(id: CaseID, at: Instant, outcome: OutcomeCode, fault: FaultCode, features: CaseFeatures, deviates: Bool) {
        (self.id, self.at, self.outcome, self.fault, self.features, self.deviates) = (id, at, outcome, fault, features, deviates)
    }

    /// `nil` while no ruling is signed.
    public init?(_ dispute: Case) {
        guard let made = dispute.announcedRuling else { return nil }
        self.init(
            id: dispute.id, at: made.at, outcome: made.ruling.outcome.code, fault: made.ruling.fault.code,
            features: CaseFeatures(of: dispute, at: made.ruling), deviates: made.ruling.deviationReason != nil)
    }
}

/// One decided case beside the case in hand.
public struct Neighbour: Hashable, Sendable {
    public let decided: DecidedCase
    public let likeness: Likeness
    public init(decided: DecidedCase, likeness: Likeness) { (self.decided, self.likeness) = (decided, likeness) }
}
