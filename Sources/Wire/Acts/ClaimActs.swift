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
}

public struct AnswerBody: WireBody {
    /// `false`: the claim is right.
    public var disputes: Bool
    public var statement: String?
}

public struct CounterclaimBody: WireBody {
    public var reason: ReasonCode
    public var statement: String?
}

public struct TextBody: WireBody {
    public var text: String
}

public struct BecauseBody: WireBody {
    public var because: String
}

public struct MessageBody: WireBody {
    public var text: String
    /// `parties` unless said.
    public var to: Audience?
    public var language: Language?
}

public struct AssignmentBody: WireBody {
    /// A handle; whoever asks, unless said.
    public var to: String?
}

public struct TierBody: WireBody {
    public var tier: TierCode
    public var because: String
}

public struct RelationBody: WireBody {
    /// A handle.
    public var staff: String
    public var because: String
}
