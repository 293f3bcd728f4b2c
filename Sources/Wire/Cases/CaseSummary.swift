import Chronicle
import Disputes
import Policies
import Timekeeping

/// One line of a queue.
public struct CaseSummary: WireBody {
    public let id: CaseID
    /// The last eight characters of the id, which people say to each other.
    public let short: String
    public let type: CaseTypeCode
    public let reason: ReasonCode
    public let phase: Phase
    public let step: StepCode
    /// 0 is the most urgent.
    public let tier: Int
    public let language: Language
    /// The nearest deadline the desk answers for; none for a case at rest.
    public let due: Instant?
    public let dueClock: ClockCode?
    public let owner: StaffID?
    public let opened: Instant
    public let closed: Instant?
    public let how: Stage.How?
    public let amount: Amount?
    public let order: String?
    /// `source:number` elsewhere.
    public let reference: String?
    /// From a rehearsal or a sandbox, not from life.
    public let simulated: Bool
    public let version: Int

    enum CodingKeys: String, CodingKey {
        case id, short, type, reason, phase, step, tier, language, due, owner, opened, closed, how, amount, order, reference, simulated, version
        case dueClock = "due_clock"
    }

    public init(
        id: CaseID, short: String, type: CaseTypeCode, reason: ReasonCode, phase: Phase, step: StepCode, tier: Int, language: Language, due: Instant?,
        dueClock: ClockCode?, owner: StaffID?, opened: Instant, closed: Instant?, how: Stage.How?, amount: Amount?, order: String?,
        reference: String?, simulated: Bool, version: Int
    ) {
        (self.id, self.short, self.type, self.reason, self.phase, self.step) = (id, short, type, reason, phase, step)
        (self.tier, self.language, self.due, self.dueClock, self.owner) = (tier, language, due, dueClock, owner)
        (self.opened, self.closed, self.how, self.amount, self.order) = (opened, closed, how, amount, order)
        (self.reference, self.simulated, self.version) = (reference, simulated, version)
    }
}

/// A page of a queue.
public struct CasePage: WireBody {
    public let cases: [CaseSummary]
    /// Give it as `after` for the next page; none at the end.
    public let next: String?
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case cases, next
        case asOf = "as_of"
    }

    public init(cases: [CaseSummary], next: String?, asOf: Int64) { (self.cases, self.next, self.asOf) = (cases, next, asOf) }
}
