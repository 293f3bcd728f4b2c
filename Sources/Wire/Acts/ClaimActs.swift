import Chronicle
import Disputes
import Policies

/// A claim at the door: what was said of it. What the exchange knows of the order, the desk asks the exchange.
public struct ClaimBody: WireBody {
    public var reason: ReasonCode
    /// The kind of case; by default the reason's.
    public var type: CaseTypeCode?
    /// The exchange's order, card payment or deposit.
    public var order: String?
    /// Who claims, where both sides could: `buyer`, `seller`, `payer`, `merchant`.
    public var by: String?
    /// The account of a one-sided case.
    public var party: String?
    /// What it is about, where no order says so.
    public var amount: Amount?
    /// What that is worth in the pack's value asset, today.
    public var value: Amount?
    public var statement: String?
    public var wanted: OutcomeCode?
    /// More points to be answered than the claim itself.
    public var points: [String]?
    /// The card scheme of a chargeback.
    public var scheme: SchemeCode?
    public var jurisdiction: Jurisdiction?
    public var regimes: [RegimeCode]?
    /// The case a complaint is about.
    public var about: String?
    /// `source:number` elsewhere.
    public var reference: String?
    public var language: Language?
    /// How it reached the desk; `api` unless said.
    public var channel: String?

    public init(reason: ReasonCode) { self.reason = reason }
}

public struct RefusalBody: WireBody {
    /// In a word: `out-of-time`.
    public var ground: String
    /// As the party will read it.
    public var because: String

    public init(ground: String, because: String) { (self.ground, self.because) = (ground, because) }
}

public struct AnswerBody: WireBody {
    /// `false`: the claim is right.
    public var disputes: Bool
    public var statement: String?

    public init(disputes: Bool, statement: String? = nil) { (self.disputes, self.statement) = (disputes, statement) }
}

public struct CounterclaimBody: WireBody {
    public var reason: ReasonCode
    public var statement: String?

    public init(reason: ReasonCode, statement: String? = nil) { (self.reason, self.statement) = (reason, statement) }
}

/// How it was to be a party: a question not answered is left out.
public struct RatingBody: WireBody {
    /// 1, not at all, to 5, wholly.
    public var scores: [Survey.Question: Survey.Score]?
    /// What should be done better; read by nobody beside the case, sealed with the party's key.
    public var comment: String?

    public init(scores: [Survey.Question: Survey.Score], comment: String? = nil) { (self.scores, self.comment) = (scores, comment) }
}

public struct TextBody: WireBody {
    public var text: String

    public init(text: String) { self.text = text }
}

public struct BecauseBody: WireBody {
    public var because: String

    public init(because: String) { self.because = because }
}

public struct MessageBody: WireBody {
    public var text: String
    /// `parties` unless said.
    public var to: Audience?
    public var language: Language?

    public init(text: String, to: Audience? = nil, language: Language? = nil) { (self.text, self.to, self.language) = (text, to, language) }
}

public struct AssignmentBody: WireBody {
    /// A handle; whoever asks, unless said.
    public var to: String?

    public init(to: String? = nil) { self.to = to }
}

public struct TierBody: WireBody {
    public var tier: TierCode
    public var because: String

    public init(tier: TierCode, because: String) { (self.tier, self.because) = (tier, because) }
}

public struct RelationBody: WireBody {
    /// A handle.
    public var staff: String
    public var because: String

    public init(staff: String, because: String) { (self.staff, self.because) = (staff, because) }
}
