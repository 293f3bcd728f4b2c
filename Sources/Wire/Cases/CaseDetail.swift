import Chronicle
import Disputes
import Policies
import Timekeeping

/// One case as its reader may see it: staff all of it, a party without what is for staff, and a ruling only once it is announced.
public struct CaseDetail: WireBody {
    public let summary: CaseSummary
    /// The step's name in the procedure.
    public let stepTitle: String?
    public let channel: String
    /// What the amount is worth in the pack's value asset.
    public let value: Amount?
    public let order: OrderView?
    public let hold: Case.Hold
    public let legalHold: Bool
    /// Has the other side been heard from?
    public let answered: Bool
    /// The claim in the filer's words.
    public let statement: Words?
    /// What was answered to the claim.
    public let answers: [AnswerView]
    /// What was claimed in return, or besides.
    public let counterclaims: [ClaimView]
    public let policy: PolicyHash
    public let jurisdiction: Jurisdiction?
    public let regimes: [RegimeCode]
    public let links: LinksView
    public let parties: [PartyView]
    public let points: [PointView]
    public let exhibits: [ExhibitView]
    public let requests: [RequestView]
    public let notices: [NoticeView]
    /// So many notices allow a ruling by default.
    public let noticesNeeded: Int
    public let clocks: [ClockView]
    /// Who had the next move when.
    public let held: [HeldView]
    public let offers: [OfferView]
    public let agreement: TermsView?
    public let ruling: RulingView?
    public let instructions: [InstructionView]
    public let appeals: [AppealView]
    /// What the reason allows a ruling to come to.
    public let outcomes: [OutcomeCode]
    /// What this step allows, to whoever may do it.
    public let acts: [Act]
    /// For a party: are the questions about how it was still to be answered by it?
    public let mayRate: Bool?
    /// What the pack calls the codes that occur here.
    public let titles: [String: String]
    /// Handles of the staff who occur here, by id; empty for a party.
    public let staff: [String: String]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case summary, channel, value, order, hold, answered, statement, answers, counterclaims, policy, jurisdiction, regimes, links, parties, points, exhibits
        case requests, notices, clocks, held, offers, agreement, ruling, instructions, appeals, outcomes, acts, titles, staff
        case stepTitle = "step_title"
        case legalHold = "legal_hold"
        case mayRate = "may_rate"
        case noticesNeeded = "notices_needed"
        case asOf = "as_of"
    }
}

extension CaseDetail {
    /// - Parameters:
    ///   - made: the ruling as far as the reader may know of it.
    ///   - spoken: what could be unsealed.
    ///   - reader: the party who reads, if it is one.
    ///   - staff: handles of everybody; `nil` for a party, who learns nothing of who on staff did what.
    public init(
        _ dispute: Case, _ summary: CaseSummary, policy: Policy, made: Case.MadeRuling?, spoken: Spoken, reader: PartyID?, staff: [StaffID: String]?,
        now: Instant,
        asOf: Int64
    ) {
        let step = policy.workflows[dispute.workflow]?.steps[dispute.step]
        self.init(
            summary: summary, stepTitle: step?.title, channel: dispute.channel, value: dispute.value,
            order: dispute.order.map { OrderView($0, isPaidOut: dispute.isPaidOut) }, hold: dispute.hold, legalHold: dispute.legalHold,
            answered: dispute.answered, statement: spoken.statement,
            answers: dispute.answers.enumerated().map { AnswerView($1, statement: spoken.answers[$0]) },
            counterclaims: dispute.claims.enumerated().dropFirst().map { ClaimView($1, statement: spoken.counterclaims[$0]) }, policy: dispute.policy,
            jurisdiction: dispute.jurisdiction, regimes: dispute.regimes, links: LinksView(dispute.links), parties: dispute.parties.map(PartyView.init),
            points: dispute.points.map { PointView(number: $0.number, by: $0.by, text: spoken.points[$0.number]) },
            exhibits: dispute.exhibits.map(ExhibitView.init), requests: dispute.requests.map { RequestView($0, statement: spoken.requests[$0.id]) },
            notices: dispute.notices.map(NoticeView.init), noticesNeeded: policy.limits.noticesBeforeDefault,
            clocks: dispute.clocks.map { ClockView($0, now: now) }, held: dispute.timeline.intervals.map(HeldView.init),
            offers: dispute.offers.map(OfferView.init), agreement: dispute.agreement.map(TermsView.init),
            ruling: made.map { RulingView($0, reasons: spoken.reasons) },
            instructions: dispute.instructions.map { InstructionView($0, dispute.progress[$0.id], isForStaff: staff != nil) },
            appeals: dispute.appeals.map { appeal in
                // The stage carries the votes while the appeal is open.
                var current = appeal
                if case .appeal(let open) = dispute.stage, open.id == appeal.id { current = open }
                return AppealView(current, grounds: spoken.grounds[appeal.id], isForStaff: staff != nil)
            },
            outcomes: policy.reasons[dispute.reason]?.outcomes ?? [], acts: Array(step?.acts ?? []).sorted { $0.rawValue < $1.rawValue },
            mayRate: reader.map(dispute.mayRate), titles: CaseDetail.titles(dispute, made, policy), staff: CaseDetail.handles(dispute, made, staff ?? [:]),
            asOf: asOf)
    }

    /// What was said in a case, opened by whoever has the keys.
    public struct Spoken: Sendable {
        public var statement: Words?
        public var points: [Int: Words] = [:]
        /// By their place among the claims of the case.
        public var counterclaims: [Int: Words] = [:]
        /// By their place among the answers.
        public var answers: [Int: Words] = [:]
        /// What was said in place of what was asked for.
        public var requests: [RequestID: Words] = [:]
        /// Reasons of the ruling's parts, by part.
        public var reasons: [String: Words] = [:]
        public var grounds: [AppealID: Words] = [:]
        public init() {}
    }

    private static func titles(_ dispute: Case, _ made: Case.MadeRuling?, _ policy: Policy) -> [String: String] {
        var titles: [String: String] = [:]
        func name(_ code: (some CustomStringConvertible)?, _ title: String?) { if let code, let title { titles[code.description] = title } }
        for claim in dispute.claims { name(claim.reason, policy.reasons[claim.reason]?.title) }
        for type in dispute.exhibits.map(\.type) + dispute.requests.flatMap(\.types) { name(type, policy.evidenceTypes[type]?.title) }
        for clock in dispute.clocks { name(clock.code, policy.clocks[clock.code]?.title) }
        name(dispute.order?.rail, dispute.order?.rail.flatMap { policy.rails[$0]?.title })
        for outcome in policy.reasons[dispute.reason]?.outcomes ?? [] { name(outcome, policy.outcomes[outcome]?.title) }
        if let ruling = made?.ruling {
            name(ruling.outcome.code, policy.outcomes[ruling.outcome.code]?.title)
            name(ruling.fault.code, policy.faults[ruling.fault.code]?.title)
            name(ruling.penalty.code, ruling.penalty.code.flatMap { policy.penalties[$0]?.title })
        }
        return titles
    }

    private static func handles(_ dispute: Case, _ made: Case.MadeRuling?, _ staff: [StaffID: String]) -> [String: String] {
        var ids = dispute.handlers.union(dispute.reviewers)
        if let owner = dispute.owner { ids.insert(owner) }
        if let second = made?.approvedBy { ids.insert(second) }
        for case .staff(let id) in [made?.by].compactMap(\.self) + dispute.exhibits.map(\.by) { ids.insert(id) }
        for appeal in dispute.appeals { ids.formUnion(appeal.votes.keys) }
        if case .appeal(let open) = dispute.stage { ids.formUnion(open.votes.keys) }
        for appeal in dispute.appeals { if let decision = appeal.decision { ids.insert(decision.by) } }
        return Dictionary(uniqueKeysWithValues: ids.compactMap { id in staff[id].map { (id.description, $0) } })
    }
}

/// What somebody said, as far as it can be read.
public struct Words: WireBody {
    public enum State: String, Codable, Hashable, Sendable {
        case said
        /// The person was erased.
        case erased
        /// The key is not in this store.
        case sealed
    }
    public let state: State
    public let text: String?

    public static func said(_ text: String) -> Words { Words(state: .said, text: text) }
    public static let erased = Words(state: .erased, text: nil)
    public static let sealed = Words(state: .sealed, text: nil)
}
