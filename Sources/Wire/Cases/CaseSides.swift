import Chronicle
import Disputes
import Policies
import Timekeeping

/// What was traded, as the exchange said when the case opened.
public struct OrderView: WireBody {
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
    /// The escrow has been emptied since: by decision, by agreement, or by the parties themselves.
    public let isPaidOut: Bool

    enum CodingKeys: String, CodingKey {
        case reference, amount, fiat, rail, buyer, seller, created
        case markedPaid = "marked_paid"
        case escrowHeld = "escrow_held"
        case isPaidOut = "paid_out"
    }

    init(_ order: OrderSnapshot, isPaidOut: Bool) {
        (reference, amount, fiat, rail) = (order.reference, order.amount, order.fiat, order.rail)
        (buyer, seller, created, markedPaid) = (order.buyer, order.seller, order.created, order.markedPaid)
        (escrowHeld, self.isPaidOut) = (order.escrowHeld, isPaidOut)
    }
}

public struct ClaimView: WireBody {
    public let by: PartyID
    public let reason: ReasonCode
    /// In the words of whoever claims.
    public let statement: Words?

    init(_ claim: Claim, statement: Words?) { (by, reason, self.statement) = (claim.by, claim.reason, statement) }
}

/// What was answered to the claim.
public struct AnswerView: WireBody {
    public let by: PartyID
    /// `false`: the claim was conceded.
    public let disputes: Bool
    public let at: Instant
    public let statement: Words?

    init(_ answer: Case.Answer, statement: Words?) { (by, disputes, at, self.statement) = (answer.by, answer.disputes, answer.at, statement) }
}

/// Other cases this one belongs together with.
public struct LinksView: WireBody {
    public let mergedInto: CaseID?
    public let duplicates: [CaseID]
    public let incident: CaseID?
    /// The cases of the incident this one is about.
    public let children: [CaseID]
    public let complaints: [CaseID]
    public let about: CaseID?

    enum CodingKeys: String, CodingKey {
        case duplicates, incident, children, complaints, about
        case mergedInto = "merged_into"
    }

    init(_ links: Case.Links) {
        (mergedInto, incident, about) = (links.mergedInto, links.incident, links.about)
        (duplicates, children, complaints) = (links.duplicates.sorted(), links.children.sorted(), links.complaints.sorted())
    }
}

public struct PartyView: WireBody {
    public let id: PartyID
    public let side: Side
    public let capacity: Filer
    /// At the exchange.
    public let account: String?
    public let language: Language
    public let jurisdiction: Jurisdiction?
    public let merchantTier: String?
    public let deposit: Amount?
    public let represents: PartyID?

    enum CodingKeys: String, CodingKey {
        case id, side, capacity, account, language, jurisdiction, deposit, represents
        case merchantTier = "merchant_tier"
    }

    init(_ party: Party) {
        (id, side, capacity, account, language) = (party.id, party.side, party.capacity, party.account?.text, party.language)
        (jurisdiction, merchantTier, deposit, represents) = (party.jurisdiction, party.merchant?.tier, party.merchant?.deposit, party.represents)
    }
}

extension PartyView: CalledByName {
    public var isMerchant: Bool { merchantTier != nil }
    public var properNames: Set<String> { Set([id.description] + (account.map { [$0, "account:" + $0] } ?? [])) }
}

/// A point the ruling must answer. The first is the claim itself and has no text of its own.
public struct PointView: WireBody {
    public let number: Int
    public let by: PartyID
    public let text: Words?
}

public struct ExhibitView: WireBody {
    public let id: ExhibitID
    public let type: EvidenceCode
    public let side: Side?
    public let by: Actor
    /// Of the bytes as they came in.
    public let sha256: Digest
    public let bytes: Int64
    public let mediaType: String
    public let request: RequestID?

    enum CodingKeys: String, CodingKey {
        case id, type, side, by, sha256, bytes, request
        case mediaType = "media_type"
    }

    init(_ exhibit: Exhibit) {
        (id, type, side, by, sha256) = (exhibit.id, exhibit.type, exhibit.side, exhibit.by, exhibit.sha256)
        (bytes, mediaType, request) = (exhibit.bytes, exhibit.mediaType, exhibit.request)
    }
}

public struct RequestView: WireBody {
    public let id: RequestID
    public let of: PartyID
    public let side: Side
    public let types: [EvidenceCode]
    public let asked: Instant
    public let due: Instant
    /// None while it is open.
    public let ending: EvidenceRequest.Ending?
    /// What was said in place of what was asked for.
    public let statement: Words?

    init(_ request: EvidenceRequest, statement: Words?) {
        (id, of, side, types) = (request.id, request.of, request.side, request.types)
        (asked, due, ending, self.statement) = (request.asked, request.due, request.ending, statement)
    }
}

/// What happens to whoever stays silent was told, for the first time, the second …
public struct NoticeView: WireBody {
    public let to: PartyID
    public let number: Int
    public let at: Instant

    init(_ notice: Case.Notice) { (to, number, at) = (notice.to, notice.number, notice.at) }
}

/// Somebody had the next move for a while.
public struct HeldView: WireBody {
    public let by: Holder
    public let step: StepCode
    public let from: Instant
    /// None while it lasts.
    public let until: Instant?

    init(_ interval: HeldInterval<StepCode>) { (by, step, from, until) = (interval.holder, interval.stage, interval.start, interval.end) }
}

public struct ClockView: WireBody {
    public let code: ClockCode
    public let regime: RegimeCode?
    public let started: Instant
    public let due: Instant
    public let met: Instant?
    public let missed: Instant?
    public let cancelled: Bool
    /// It stands still now.
    public let paused: Bool
    public let kind: ClockRule.Kind
    /// The rule's source in the pack.
    public let source: String
    public let confidence: Confidence

    enum CodingKeys: String, CodingKey { case code, regime, started, due, met, missed, cancelled, paused, kind, source, confidence }

    init(_ clock: CaseClock, now: Instant) {
        (code, regime, started, due) = (clock.code, clock.regime, clock.running.startedAt, clock.due)
        (met, missed, cancelled) = (clock.running.metAt, clock.missed, clock.cancelled)
        paused = clock.running.pauses.contains { $0.from <= now && now < $0.end }
        (kind, source, confidence) = (clock.running.rule.kind, clock.running.rule.source, clock.running.rule.confidence)
    }

    /// Neither met nor cancelled.
    public var isRunning: Bool { met == nil && !cancelled }
}
