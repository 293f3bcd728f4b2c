import Chronicle
import Disputes
import Policies
import Timekeeping

/// One case as its reader may see it: staff all of it, a party without what is for staff, and a ruling only once it is announced.
public struct CaseDetail: WireBody {
    public let summary: CaseSummary
    /// The step's name in the procedure.
    public let stepTitle: String?
    /// What the amount is worth in the pack's value asset.
    public let value: Amount?
    public let hold: Case.Hold
    public let legalHold: Bool
    /// Has the other side been heard from?
    public let answered: Bool
    /// The claim in the filer's words.
    public let statement: Words?
    public let policy: PolicyHash
    public let regimes: [RegimeCode]
    public let parties: [PartyView]
    public let points: [PointView]
    public let exhibits: [ExhibitView]
    public let requests: [RequestView]
    public let clocks: [ClockView]
    public let offers: [OfferView]
    public let ruling: RulingView?
    public let instructions: [InstructionView]
    public let appeals: [AppealView]
    /// What this step allows, to whoever may do it.
    public let acts: [Act]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case summary, value, hold, answered, statement, policy, regimes, parties, points, exhibits, requests, clocks, offers, ruling, instructions
        case appeals, acts
        case stepTitle = "step_title"
        case legalHold = "legal_hold"
        case asOf = "as_of"
    }
}

extension CaseDetail {
    /// - Parameters:
    ///   - made: the ruling as far as the reader may know of it.
    ///   - spoken: what could be unsealed.
    public init(
        _ dispute: Case, _ summary: CaseSummary, policy: Policy, made: Case.MadeRuling?, spoken: Spoken, asOf: Int64
    ) {
        let step = policy.workflows[dispute.workflow]?.steps[dispute.step]
        self.init(
            summary: summary, stepTitle: step?.title, value: dispute.value, hold: dispute.hold, legalHold: dispute.legalHold,
            answered: dispute.answered, statement: spoken.statement, policy: dispute.policy, regimes: dispute.regimes,
            parties: dispute.parties.map(PartyView.init),
            points: dispute.points.map { PointView(number: $0.number, by: $0.by, text: spoken.points[$0.number]) },
            exhibits: dispute.exhibits.map(ExhibitView.init), requests: dispute.requests.map(RequestView.init),
            clocks: dispute.clocks.map(ClockView.init), offers: dispute.offers.map(OfferView.init),
            ruling: made.map { RulingView($0, reasons: spoken.reasons) },
            instructions: dispute.instructions.map { InstructionView($0, dispute.progress[$0.id]) }, appeals: dispute.appeals.map(AppealView.init),
            acts: Array(step?.acts ?? []).sorted { $0.rawValue < $1.rawValue }, asOf: asOf)
    }

    /// What was said in a case, opened by whoever has the keys.
    public struct Spoken: Sendable {
        public var statement: Words?
        public var points: [Int: Words] = [:]
        /// Reasons of the ruling's parts, by part.
        public var reasons: [String: Words] = [:]
        public init() {}
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
    public let types: [EvidenceCode]
    public let asked: Instant
    public let due: Instant
    /// None while it is open.
    public let ending: EvidenceRequest.Ending?

    init(_ request: EvidenceRequest) {
        (id, of, types, asked, due, ending) = (request.id, request.of, request.types, request.asked, request.due, request.ending)
    }
}

public struct ClockView: WireBody {
    public let code: ClockCode
    public let regime: RegimeCode?
    public let started: Instant
    public let due: Instant
    public let met: Instant?
    public let missed: Instant?
    public let cancelled: Bool
    /// The rule's source in the pack.
    public let source: String

    init(_ clock: CaseClock) {
        (code, regime, started, due) = (clock.code, clock.regime, clock.running.startedAt, clock.due)
        (met, missed, cancelled, source) = (clock.running.metAt, clock.missed, clock.cancelled, clock.running.rule.source)
    }
}

public struct OfferView: WireBody {
    public let id: OfferID
    public let by: PartyID
    public let toBuyer: Amount?
    public let toSeller: Amount?
    /// Made in secret: no terms are shown before it crosses one of the other side.
    public let blind: Bool
    public let expires: Instant
    public let ending: Offer.Ending?

    enum CodingKeys: String, CodingKey {
        case id, by, blind, expires, ending
        case toBuyer = "to_buyer"
        case toSeller = "to_seller"
    }

    init(_ offer: Offer) {
        (id, by, toBuyer, toSeller) = (offer.id, offer.by, offer.terms?.toBuyer, offer.terms?.toSeller)
        (blind, expires, ending) = (offer.blind != nil, offer.expires, offer.ending)
    }
}

/// A ruling in its five parts.
public struct RulingView: WireBody {
    public let id: RulingID
    public let by: Actor
    public let at: Instant
    public let approvedBy: StaffID?
    public let needsSecondKey: Bool
    public let outcome: OutcomeCode
    public let fault: FaultCode
    public let penalty: PenaltyCode?
    public let compensation: Amount?
    public let cost: Amount?
    /// Why, part by part, as the parties read it: `outcome`, `fault`, `penalty`, `compensation`, `cost`, `point 1` …
    public let reasons: [String: Words]

    enum CodingKeys: String, CodingKey {
        case id, by, at, outcome, fault, penalty, compensation, cost, reasons
        case approvedBy = "approved_by"
        case needsSecondKey = "needs_second_key"
    }

    init(_ made: Case.MadeRuling, reasons: [String: Words]) {
        let ruling = made.ruling
        (id, by, at, approvedBy, needsSecondKey) = (ruling.id, made.by, made.at, made.approvedBy, made.needsSecondKey)
        (outcome, fault, penalty) = (ruling.outcome.code, ruling.fault.code, ruling.penalty.code)
        (compensation, cost, self.reasons) = (ruling.compensation.amount, ruling.cost.amount, reasons)
    }
}

/// What the exchange is told to do, and how far it is.
public struct InstructionView: WireBody {
    public enum Progress: String, Codable, Hashable, Sendable { case waiting, instructed, confirmed, failed }
    public let id: InstructionID
    public let kind: String
    public let progress: Progress

    init(_ instruction: Instruction, _ progress: Stage.Progress?) {
        (id, kind) = (instruction.id, instruction.kind.name)
        self.progress =
            switch progress {
            case nil: .waiting
            case .instructed: .instructed
            case .confirmed: .confirmed
            case .failed: .failed
            }
    }
}

public struct AppealView: WireBody {
    public let id: AppealID
    public let by: PartyID
    public let level: AppealLadder.Level
    public let filed: Instant
    public let result: Appeal.Result?
    public let cause: OverturnCode?

    init(_ appeal: Appeal) {
        (id, by, level, filed) = (appeal.id, appeal.by, appeal.level, appeal.filed)
        (result, cause) = (appeal.decision?.result, appeal.decision?.cause)
    }
}
