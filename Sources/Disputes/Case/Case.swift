import Chronicle
import Policies
import Timekeeping

/// A dispute, as its events have made it. A fold: nothing here is ever set but by an event.
public struct Case: Sendable, Equatable {
    public let id: CaseID
    public let opened: Instant
    public internal(set) var version: Int
    /// The pack this case is judged by; moving it is an event.
    public internal(set) var policy: PolicyHash
    public let type: CaseTypeCode
    public internal(set) var workflow: WorkflowCode
    public internal(set) var step: StepCode
    public internal(set) var phase: Phase
    public internal(set) var stage: Stage
    /// The step it was in when it closed.
    public internal(set) var leftBehind: StepCode?

    public internal(set) var claims: [Claim]
    public internal(set) var points: [Point]
    public internal(set) var parties: [Party]
    public let order: OrderSnapshot?
    public let amount: Amount?
    /// The amount in the pack's value asset at the price when the case opened; never revalued.
    public let value: Amount?
    public let reference: ExternalReference?
    public let channel: String
    public let simulated: Bool
    public internal(set) var tier: TierCode
    public let language: Language
    public let jurisdiction: Jurisdiction?
    public internal(set) var regimes: [RegimeCode]
    public let scheme: SchemeCode?
    public internal(set) var schemeStage: Code<SchemeStageKind>?

    public internal(set) var owner: StaffID?
    /// Everyone on staff who worked on it.
    public internal(set) var handlers: Set<StaffID>
    /// Everyone who sent a ruling back instead of turning the second key: free to look at the next one, not to hear the appeal.
    public internal(set) var reviewers: Set<StaffID>
    /// Members of staff who stand in a relation to a party.
    public internal(set) var conflicted: Set<StaffID>

    /// Who put it out of their own sight, and until when.
    public internal(set) var snoozes: [StaffID: Instant] = [:]

    public internal(set) var exhibits: [Exhibit]
    public internal(set) var requests: [EvidenceRequest]
    /// What the side that was asked has put on file since, by request: what lay there before answers nothing.
    public internal(set) var given: [RequestID: Set<EvidenceCode>]
    public internal(set) var notices: [Notice]
    public internal(set) var offers: [Offer]
    public internal(set) var agreement: Terms?
    /// What is to be carried out: the last of a ruling and an agreement wins.
    public internal(set) var basis: Basis?
    /// Did the other side say anything to the claim?
    public internal(set) var answered: Bool
    /// What was answered to the claim, in its order.
    public internal(set) var answers: [Answer] = []
    /// Who said how it was to be a party here, and what.
    public internal(set) var ratings: [PartyID: Survey.Rating] = [:]
    public internal(set) var hold: Hold
    public internal(set) var legalHold: Bool

    public internal(set) var clocks: [CaseClock]
    public internal(set) var timeline: HolderTimeline<StepCode>
    public internal(set) var rulings: [MadeRuling]
    public internal(set) var instructions: [Instruction]
    public internal(set) var progress: [InstructionID: Stage.Progress]
    public internal(set) var appeals: [Appeal]

    public internal(set) var links: Links
    public internal(set) var acknowledged: Instant?
    public internal(set) var firstHumanReply: Instant?
    public internal(set) var closedBefore: Int
    /// Decisions and appeals of before the case was last reopened: history, no longer what is in force here.
    public internal(set) var settledRulings: Int
    public internal(set) var settledAppeals: Int
    public internal(set) var messages: Int

    public struct Notice: Hashable, Sendable, Codable {
        public let to: PartyID
        public let side: Side
        public let number: Int
        public let at: Instant
    }

    /// What the other side said to the claim.
    public struct Answer: Hashable, Sendable {
        public let by: PartyID
        /// `false`: the claim was conceded.
        public let disputes: Bool
        public let statement: Sealed?
        public let at: Instant
    }

    public enum Basis: String, Hashable, Sendable, Codable { case ruling, agreement }

    public enum Hold: String, Hashable, Sendable, Codable { case none, requested, placed, refused, lifted }

    /// A ruling with who made and who confirmed it.
    public struct MadeRuling: Hashable, Sendable {
        public let ruling: Ruling
        public let by: Actor
        public let at: Instant
        public internal(set) var approvedBy: StaffID?
        public let needsSecondKey: Bool
        public internal(set) var returned: Bool
        /// The appeal that made it, for a ruling on appeal.
        public let appeal: AppealID?

        /// Signed by everyone who must.
        public var isSigned: Bool { !needsSecondKey || approvedBy != nil }
    }

    public struct Links: Hashable, Sendable {
        public internal(set) var mergedInto: CaseID?
        public internal(set) var duplicates: Set<CaseID> = []
        public internal(set) var incident: CaseID?
        public internal(set) var children: Set<CaseID> = []
        public internal(set) var complaints: Set<CaseID> = []
        public internal(set) var about: CaseID?
    }

    public var claim: Claim { claims[0] }
    public var reason: ReasonCode { claims[0].reason }

    public func party(_ id: PartyID) -> Party? { parties.first { $0.id == id } }
    public func parties(on side: Side) -> [Party] { parties.filter { $0.side == side } }
    /// The person whose chair it is, not who speaks for them.
    public func principal(_ side: Side) -> Party? { parties.first { $0.side == side && $0.represents == nil } }

    public func clock(_ code: ClockCode) -> CaseClock? { clocks.last { $0.code == code } }
    /// The last ruling since the case was opened, or opened again, that nobody sent back; it may still wait for its second key.
    public var currentRuling: MadeRuling? { rulings.dropFirst(settledRulings).last { !$0.returned } }
    /// The last appeal against what was decided since then.
    public var currentAppeal: Appeal? { appeals.dropFirst(settledAppeals).last }
    public var openRequests: [EvidenceRequest] { requests.filter(\.isOpen) }
    public var isClosed: Bool { phase == .closed }

    /// The next instant at which time itself does something to this case; `nil` when it never will.
    public var nextDeadline: NextDeadline? {
        var next: NextDeadline?
        func consider(_ key: DeadlineKey, _ due: Instant) {
            if next.map({ due < $0.due }) ?? true { next = NextDeadline(key: key, due: due) }
        }
        for clock in clocks where clock.isArmed { consider(.clock(clock.code), clock.due) }
        for request in requests where request.isOpen { consider(.request(request.id), request.due) }
        for offer in offers where offer.isOpen { consider(.offer(offer.id), offer.expires) }
        return next
    }

    /// The nearest deadline the desk answers for, missed ones included: what the queue is sorted by.
    public var mostUrgentClock: CaseClock? {
        clocks.filter(\.isRunning).min { ($0.due, $0.code) < ($1.due, $1.code) }
    }
}
