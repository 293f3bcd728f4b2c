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
    }

    public struct Fault: WireBody {
        public var code: FaultCode
        public var because: String?
    }

    public struct Penalty: WireBody {
        /// All that apply; of several the highest is imposed.
        public var codes: [PenaltyCode]?
        /// Whom it is for.
        public var against: String?
        public var because: String?
    }

    public struct Compensation: WireBody {
        public var amount: Amount?
        public var to: String?
        public var from: Ruling.CompensationPart.Source?
        public var because: String?
    }

    public struct Cost: WireBody {
        public var amount: Amount?
        public var bearer: Ruling.CostPart.Bearer?
        public var because: String?
    }

    public struct Answer: WireBody {
        public var point: Int
        public var accepted: Bool
        public var because: String
    }

    public struct Precedent: WireBody {
        /// The decided case.
        public var decided: String
        public var outcome: OutcomeCode

        enum CodingKeys: String, CodingKey {
            case decided = "case"
            case outcome
        }
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
}

/// A ruling against a side that stayed silent.
public struct DefaultRulingBody: WireBody {
    public var against: Side
    public var ruling: RulingBody
}

public struct AppealBody: WireBody {
    public var grounds: String
    public var newEvidence: Bool?

    enum CodingKeys: String, CodingKey {
        case grounds
        case newEvidence = "new_evidence"
    }
}

public struct VoteBody: WireBody {
    /// The outcome it should be changed to; none to uphold.
    public var change: OutcomeCode?
}

public struct AppealDecisionBody: WireBody {
    public var result: Appeal.Result
    /// Why the decision was changed.
    public var cause: OverturnCode?
    public var because: String
    /// The new ruling, unless it was upheld.
    public var ruling: RulingBody?
}

public struct ExtensionBody: WireBody {
    /// Milliseconds; a regime's clock goes to the regime's own longest term.
    public var by: Int64?
    public var because: String
}

public struct ResponseBody: WireBody {
    public var kind: ResponseSent.Kind
    public var outcome: OutcomeCode?
    public var text: String
}

public struct SchemeEventBody: WireBody {
    public var what: SchemeEventRecorded.What
    /// The stage it moved to.
    public var stage: String?
    public var reference: String
}

/// Another case: the one this is a duplicate of, the incident, a complaint.
public struct OtherCaseBody: WireBody {
    public var other: String

    enum CodingKeys: String, CodingKey { case other = "case" }
}
