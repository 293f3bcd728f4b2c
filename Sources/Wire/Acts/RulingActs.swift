import Chronicle
import Disputes
import Policies

/// A ruling in its five parts, each with its own reason; none is ever filled in from another.
public struct RulingBody: WireBody {
    public struct Outcome: WireBody {
        public var code: OutcomeCode
        public var because: String?
        /// For a split: the buyer's part; the rest is the seller's.
        public var toBuyer: Amount?

        enum CodingKeys: String, CodingKey {
            case code, because
            case toBuyer = "to_buyer"
        }

        public init(code: OutcomeCode, because: String? = nil, toBuyer: Amount? = nil) { (self.code, self.because, self.toBuyer) = (code, because, toBuyer) }
    }

    public struct Fault: WireBody {
        public var code: FaultCode
        public var because: String?

        public init(code: FaultCode, because: String? = nil) { (self.code, self.because) = (code, because) }
    }

    public struct Penalty: WireBody {
        /// All that apply; of several the highest is imposed.
        public var codes: [PenaltyCode]?
        /// Whom it is for.
        public var against: String?
        public var because: String?

        public init(codes: [PenaltyCode]? = nil, against: String? = nil, because: String? = nil) {
            (self.codes, self.against, self.because) = (codes, against, because)
        }
    }

    public struct Compensation: WireBody {
        public var amount: Amount?
        public var to: String?
        public var from: Ruling.CompensationPart.Source?
        public var because: String?

        public init(
            amount: Amount? = nil, to: String? = nil, from: Ruling.CompensationPart.Source? = nil, because: String? = nil
        ) {
            (self.amount, self.to, self.from, self.because) = (amount, to, from, because)
        }
    }

    public struct Cost: WireBody {
        public var amount: Amount?
        public var bearer: Ruling.CostPart.Bearer?
        public var because: String?

        public init(amount: Amount? = nil, bearer: Ruling.CostPart.Bearer? = nil, because: String? = nil) {
            (self.amount, self.bearer, self.because) = (amount, bearer, because)
        }
    }

    public struct Answer: WireBody {
        public var point: Int
        public var accepted: Bool
        public var because: String

        public init(point: Int, accepted: Bool, because: String) { (self.point, self.accepted, self.because) = (point, accepted, because) }
    }

    public struct Precedent: WireBody {
        /// The decided case.
        public var decided: String
        public var outcome: OutcomeCode

        enum CodingKeys: String, CodingKey {
            case decided = "case"
            case outcome
        }

        public init(decided: String, outcome: OutcomeCode) { (self.decided, self.outcome) = (decided, outcome) }
    }

    public var outcome: Outcome
    public var fault: Fault
    public var penalty: Penalty?
    public var compensation: Compensation?
    public var cost: Cost?
    /// One for each point raised.
    public var answers: [Answer]?
    public var precedents: [Precedent]?
    /// Why this case is different from those.
    public var deviation: String?
    /// What a machine contributed.
    public var assistance: Ruling.Assistance?

    public init(
        outcome: Outcome, fault: Fault, penalty: Penalty? = nil, compensation: Compensation? = nil, cost: Cost? = nil, answers: [Answer]? = nil,
        precedents: [Precedent]? = nil, deviation: String? = nil, assistance: Ruling.Assistance? = nil
    ) {
        (self.outcome, self.fault, self.penalty, self.compensation, self.cost, self.answers, self.precedents, self.deviation, self.assistance) = (
            outcome, fault, penalty, compensation, cost, answers, precedents, deviation, assistance
        )
    }
}

/// A ruling as it would be signed, to be told what it would do.
public struct ForeseeBody: WireBody {
    public var ruling: RulingBody
    /// It would be the decision on an appeal.
    public var onAppeal: Bool?

    enum CodingKeys: String, CodingKey {
        case ruling
        case onAppeal = "on_appeal"
    }

    public init(ruling: RulingBody, onAppeal: Bool? = nil) { (self.ruling, self.onAppeal) = (ruling, onAppeal) }
}

/// A ruling against a side that stayed silent.
public struct DefaultRulingBody: WireBody {
    /// The silent one: a side, a chair, an account or a party's id.
    public var against: String
    public var ruling: RulingBody

    public init(against: String, ruling: RulingBody) { (self.against, self.ruling) = (against, ruling) }
}

public struct AppealBody: WireBody {
    public var grounds: String
    public var newEvidence: Bool?

    enum CodingKeys: String, CodingKey {
        case grounds
        case newEvidence = "new_evidence"
    }

    public init(grounds: String, newEvidence: Bool? = nil) { (self.grounds, self.newEvidence) = (grounds, newEvidence) }
}

public struct VoteBody: WireBody {
    /// The outcome it should be changed to; none to uphold.
    public var change: OutcomeCode?

    public init(change: OutcomeCode? = nil) { self.change = change }
}

public struct AppealDecisionBody: WireBody {
    public var result: Appeal.Result
    /// Why the decision was changed.
    public var cause: OverturnCode?
    public var because: String
    /// The new ruling, unless it was upheld.
    public var ruling: RulingBody?

    public init(result: Appeal.Result, cause: OverturnCode? = nil, because: String, ruling: RulingBody? = nil) {
        (self.result, self.cause, self.because, self.ruling) = (result, cause, because, ruling)
    }
}

public struct ExtensionBody: WireBody {
    /// Milliseconds; a regime's clock goes to the regime's own longest term.
    public var by: Int64?
    public var because: String

    public init(by: Int64? = nil, because: String) { (self.by, self.because) = (by, because) }
}

public struct ResponseBody: WireBody {
    public var kind: ResponseSent.Kind
    public var outcome: OutcomeCode?
    public var text: String

    public init(kind: ResponseSent.Kind, outcome: OutcomeCode? = nil, text: String) { (self.kind, self.outcome, self.text) = (kind, outcome, text) }
}

public struct SchemeEventBody: WireBody {
    public var what: SchemeEventRecorded.What
    /// The stage it moved to.
    public var stage: String?
    public var reference: String

    public init(what: SchemeEventRecorded.What, stage: String? = nil, reference: String) { (self.what, self.stage, self.reference) = (what, stage, reference) }
}

/// Another case: the one this is a duplicate of, the incident, a complaint.
public struct OtherCaseBody: WireBody {
    public var other: String

    enum CodingKeys: String, CodingKey { case other = "case" }

    public init(other: String) { self.other = other }
}
