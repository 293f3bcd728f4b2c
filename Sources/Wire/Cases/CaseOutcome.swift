import Chronicle
import Disputes
import Policies

/// How an order's amount is divided.
public struct TermsView: WireBody {
    public let toBuyer: Amount
    public let toSeller: Amount

    enum CodingKeys: String, CodingKey {
        case toBuyer = "to_buyer"
        case toSeller = "to_seller"
    }

    init(_ terms: Terms) { (toBuyer, toSeller) = (terms.toBuyer, terms.toSeller) }
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
    public struct Answer: WireBody {
        public let point: Int
        public let accepted: Bool
    }

    public struct Precedent: WireBody {
        public let decided: CaseID
        public let outcome: OutcomeCode

        enum CodingKeys: String, CodingKey {
            case decided = "case"
            case outcome
        }
    }

    public let id: RulingID
    public let by: Actor
    public let at: Instant
    public let approvedBy: StaffID?
    public let needsSecondKey: Bool
    /// It was made on this appeal.
    public let appeal: AppealID?
    /// It was made by default against the side that stayed silent.
    public let byDefaultAgainst: Side?
    public let outcome: OutcomeCode
    /// For a split: how.
    public let terms: TermsView?
    public let fault: FaultCode
    public let penalty: PenaltyCode?
    public let penaltyAgainst: PartyID?
    /// First offence, second, …
    public let offence: Int?
    public let compensation: Amount?
    public let compensationTo: PartyID?
    public let compensationFrom: Ruling.CompensationPart.Source?
    public let cost: Amount?
    public let costBearer: Ruling.CostPart.Bearer
    public let answers: [Answer]
    public let precedents: [Precedent]
    public let assistance: Ruling.Assistance
    /// Why, part by part, as the parties read it: `outcome`, `fault`, `penalty`, `compensation`, `cost`, `deviation`, `point 1` …
    public let reasons: [String: Words]

    enum CodingKeys: String, CodingKey {
        case id, by, at, appeal, outcome, terms, fault, penalty, offence, compensation, cost, answers, precedents, assistance, reasons
        case approvedBy = "approved_by"
        case needsSecondKey = "needs_second_key"
        case byDefaultAgainst = "by_default_against"
        case penaltyAgainst = "penalty_against"
        case compensationTo = "compensation_to"
        case compensationFrom = "compensation_from"
        case costBearer = "cost_bearer"
    }

    init(_ made: Case.MadeRuling, reasons: [String: Words]) {
        let ruling = made.ruling
        (id, by, at, approvedBy, needsSecondKey) = (ruling.id, made.by, made.at, made.approvedBy, made.needsSecondKey)
        (appeal, byDefaultAgainst, assistance) = (made.appeal, ruling.byDefaultAgainst, ruling.assistance)
        (outcome, terms, fault) = (ruling.outcome.code, ruling.outcome.terms.map(TermsView.init), ruling.fault.code)
        (penalty, penaltyAgainst, offence) = (ruling.penalty.code, ruling.penalty.against, ruling.penalty.offence)
        (compensation, compensationTo, compensationFrom) = (ruling.compensation.amount, ruling.compensation.to, ruling.compensation.source)
        (cost, costBearer, self.reasons) = (ruling.cost.amount, ruling.cost.bearer, reasons)
        answers = ruling.answers.map { Answer(point: $0.point, accepted: $0.accepted) }
        precedents = ruling.precedents.map { Precedent(decided: $0.case, outcome: $0.outcome) }
    }
}

/// What the exchange is told to do, and how far it is.
public struct InstructionView: WireBody {
    public enum Progress: String, Codable, Hashable, Sendable { case waiting, instructed, confirmed, failed }
    public let id: InstructionID
    public let kind: String
    /// The order, deposit or chargeback it is about.
    public let reference: String?
    /// Whom the money goes to.
    public let to: PartyID?
    public let amount: Amount?
    public let terms: TermsView?
    public let progress: Progress
    /// The exchange's receipt, once it is confirmed.
    public let receipt: String?
    /// Why it was not done, where it was not; for staff.
    public let failure: String?

    public init(_ instruction: Instruction, _ progress: Stage.Progress?, isForStaff: Bool) {
        (id, kind) = (instruction.id, instruction.kind.name)
        (reference, to, amount, terms) =
            switch instruction.kind {
            case .release(let order), .returnToSeller(let order): (order, nil, nil, nil)
            case .split(let order, let toBuyer, let toSeller): (order, nil, nil, TermsView(Terms(toBuyer: toBuyer, toSeller: toSeller)))
            case .compensate(let party, let amount), .credit(let party, let amount): (nil, party, amount, nil)
            case .deductDeposit(_, let party, let amount): (nil, party, amount, nil)
            case .returnToSender(let reference), .acceptChargeback(let reference), .represent(let reference): (reference, nil, nil, nil)
            }
        (self.progress, receipt, failure) =
            switch progress {
            case nil: (.waiting, nil, nil)
            case .instructed: (.instructed, nil, nil)
            case .confirmed(let receipt): (.confirmed, receipt, nil)
            case .failed(let reason): (.failed, nil, isForStaff ? reason : nil)
            }
    }
}

public struct AppealView: WireBody {
    public let id: AppealID
    public let by: PartyID
    public let level: AppealLadder.Level
    public let filed: Instant
    public let newEvidence: Bool
    /// Why the decision is wrong, in the appellant's words.
    public let grounds: Words?
    public let panelSize: Int
    /// How many have voted.
    public let votesIn: Int
    /// What each voted, by staff id: nothing before the last vote is in, and nothing for a party.
    public let votes: [String: String]?
    public let result: Appeal.Result?
    public let cause: OverturnCode?
    public let decidedBy: StaffID?

    enum CodingKeys: String, CodingKey {
        case id, by, level, filed, grounds, votes, result, cause
        case newEvidence = "new_evidence"
        case panelSize = "panel_size"
        case votesIn = "votes_in"
        case decidedBy = "decided_by"
    }

    init(_ appeal: Appeal, grounds: Words?, isForStaff: Bool) {
        (id, by, level, filed) = (appeal.id, appeal.by, appeal.level, appeal.filed)
        (newEvidence, self.grounds, panelSize, votesIn) = (appeal.newEvidence, grounds, appeal.panelSize, appeal.votes.count)
        votes = (isForStaff ? appeal.revealed : nil).map { Dictionary(uniqueKeysWithValues: $0.map { ($0.key.description, $0.value.text) }) }
        (result, cause, decidedBy) = (appeal.decision?.result, appeal.decision?.cause, isForStaff ? appeal.decision?.by : nil)
    }
}

/// What a ruling would do if it were signed as it is.
public struct Consequences: WireBody {
    /// For people, a sentence each.
    public let lines: [String]
    public let needsSecondKey: Bool
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case lines
        case needsSecondKey = "needs_second_key"
        case asOf = "as_of"
    }

    public init(lines: [String], needsSecondKey: Bool, asOf: Int64) { (self.lines, self.needsSecondKey, self.asOf) = (lines, needsSecondKey, asOf) }
}
