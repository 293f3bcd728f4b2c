import Chronicle
import Disputes
import Policies
import RecourseClient
import Timekeeping
import Wire

/// One case, and who looks at it: everything the page of a case is made from.
struct PartyCase: Sendable {
    let detail: CaseDetail
    let messages: [MessageView]
    /// Why each clock ends when it does, by its code.
    let why: [String: String]
    let me: PartyView
    /// They came by a link, which others may have read: they look, write and bring evidence, and move no money.
    let isGuest: Bool

    init(_ visit: Visit, _ named: String) async throws {
        async let detail = visit.client.showCase(named)
        async let messages = visit.client.listMessages(named)
        async let clocks = visit.client.explainClocks(named)
        try self.init(
            visit, try await detail, try await messages.messages, isGuest: visit.session?.onlyCase != nil,
            why: Dictionary(try await clocks.clocks.map { ($0.clock.code.text, $0.why ?? "") }) { $1 })
    }

    /// Enough to say whose turn it is.
    init(outlineOf named: String, _ visit: Visit) async throws {
        try self.init(visit, try await visit.client.showCase(named), [], isGuest: false, why: [:])
    }

    private init(_ visit: Visit, _ detail: CaseDetail, _ messages: [MessageView], isGuest: Bool, why: [String: String]) throws(Problem) {
        guard let me = detail.parties.first(where: { $0.id.description == visit.session?.name }) else {
            throw Problem(.notYours, "this case is not yours")
        }
        (self.detail, self.messages, self.me, self.isGuest, self.why) = (detail, messages, me, isGuest, why)
    }

    var summary: CaseSummary { detail.summary }
    var phase: Phase { summary.phase }
    var isClosed: Bool { phase == .closed }
    var isFiler: Bool { me.side == .filer }
    /// Who sits on the other side, for themselves; none in a case of one side.
    var other: PartyView? { detail.parties.first { $0.side != me.side && $0.represents == nil } }
    var filer: PartyView? { detail.parties.first { $0.side == .filer && $0.represents == nil } }
    var address: String { "/my/cases/\(summary.short)" }

    func allows(_ act: Act) -> Bool { detail.acts.contains(act) && (!isGuest || act == .answer || act == .callStaff) }
    func title(_ code: some CustomStringConvertible) -> String? { detail.titles[code.description] }

    // MARK: Evidence

    var myOpenRequests: [RequestView] { isClosed ? [] : detail.requests.filter { $0.side == me.side && $0.ending == nil } }
    var theirOpenRequests: [RequestView] { isClosed ? [] : detail.requests.filter { $0.side != me.side && $0.ending == nil } }

    /// Requests that ran out with something missing: what comes still counts until somebody decides.
    func lateRequests(of side: Side) -> [RequestView] {
        guard [.investigation, .decision].contains(phase), detail.ruling == nil else { return [] }
        return detail.requests.filter { $0.side == side && $0.ending == .lapsed && !missing($0).isEmpty }
    }

    /// What of a request is not on file from its side since it was asked.
    func missing(_ request: RequestView) -> [EvidenceCode] {
        request.types.filter { type in
            !detail.exhibits.contains { $0.side == request.side && $0.type == type && ($0.request == request.id || $0.id.made >= request.asked) }
        }
    }

    // MARK: Offers

    func openOffers(_ now: Instant) -> [OfferView] { isClosed ? [] : detail.offers.filter { $0.ending == nil && $0.expires > now } }

    /// In an order the buyer's part is what is offered; a payer is one, too.
    var isBuyer: Bool { me.capacity == .buyer || me.capacity == .payer }

    func mine(_ terms: (toBuyer: Amount, toSeller: Amount)) -> Amount { isBuyer ? terms.toBuyer : terms.toSeller }
    func theirs(_ terms: (toBuyer: Amount, toSeller: Amount)) -> Amount { isBuyer ? terms.toSeller : terms.toBuyer }

    // MARK: Time

    /// The running clock that says when the phase is over for whoever holds the case.
    var phaseClock: ClockView? {
        let wanted: [String] =
            switch phase {
            case .intake: ["acknowledgement", "complaint-ack", "deposit-triage"]
            case .negotiation: ["negotiation"]
            case .investigation: theirOpenRequests.isEmpty && myOpenRequests.isEmpty ? [] : ["evidence-window", "claim-evidence", "conduct-answer"]
            case .decision: ["decision", "claim-decision", "conduct-decision", "ato-decision", "deposit-recovery", "complaint-final", "privacy-response"]
            case .approval: ["approval"]
            case .execution: ["execution"]
            case .appealWindow: ["appeal-window"]
            case .appeal: ["appeal-l2", "appeal-l3"]
            case .referred: ["legal-hold-review"]
            case .closed: []
            }
        return running(wanted)
    }

    /// By when a decision is promised, as long as there is none.
    var decisionClock: ClockView? {
        running(["decision", "claim-decision", "conduct-decision", "ato-decision", "deposit-recovery", "complaint-final", "privacy-response"])
    }

    private func running(_ codes: [String]) -> ClockView? {
        for code in codes { if let clock = detail.clocks.last(where: { $0.code.text == code && $0.isRunning }) { return clock } }
        return nil
    }
}
