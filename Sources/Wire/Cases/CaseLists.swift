import Chronicle
import Disputes
import Policies

/// One message of a case, as far as its reader may know of it.
public struct MessageView: WireBody {
    public let sequence: Int64
    public let at: Instant
    public let by: Actor
    public let to: Audience
    public let text: Words?
    public let language: Language

    public init(sequence: Int64, at: Instant, by: Actor, to: Audience, text: Words?, language: Language) {
        (self.sequence, self.at, self.by, self.to, self.text, self.language) = (sequence, at, by, to, text, language)
    }
}

public struct MessageList: WireBody {
    public let messages: [MessageView]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case messages
        case asOf = "as_of"
    }

    public init(messages: [MessageView], asOf: Int64) { (self.messages, self.asOf) = (messages, asOf) }
}

/// A clock with the whole reckoning behind its due instant.
public struct ClockExplanation: WireBody {
    public let clock: ClockView
    public let why: String?
}

public struct ClockList: WireBody {
    public let clocks: [ClockExplanation]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case clocks
        case asOf = "as_of"
    }

    /// - Parameter why: the reckoning of a clock, where it can be told.
    public init(_ clocks: [CaseClock], now: Instant, asOf: Int64, why: (CaseClock) -> String?) {
        self.clocks = clocks.map { ClockExplanation(clock: ClockView($0, now: now), why: why($0)) }
        self.asOf = asOf
    }
}

/// Something that happened, as the log has it; what is sealed stays sealed.
public struct EventView: WireBody {
    public let sequence: Int64
    public let version: Int
    /// `case-opened/1`
    public let type: String
    public let occurred: Instant
    public let recorded: Instant
    public let actor: Actor
    public let body: JSONValue

    public init(sequence: Int64, version: Int, type: String, occurred: Instant, recorded: Instant, actor: Actor, body: JSONValue) {
        (self.sequence, self.version, self.type) = (sequence, version, type)
        (self.occurred, self.recorded, self.actor, self.body) = (occurred, recorded, actor, body)
    }
}

public struct EventList: WireBody {
    public let events: [EventView]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case events
        case asOf = "as_of"
    }

    public init(events: [EventView], asOf: Int64) { (self.events, self.asOf) = (events, asOf) }
}

/// How many cases are alike in all of these.
public struct CountView: WireBody {
    public let phase: Phase
    public let tier: Int
    public let type: String
    public let language: String
    public let owned: Bool
    public let simulated: Bool
    public let cases: Int64

    public init(phase: Phase, tier: Int, type: String, language: String, owned: Bool, simulated: Bool, cases: Int64) {
        (self.phase, self.tier, self.type, self.language) = (phase, tier, type, language)
        (self.owned, self.simulated, self.cases) = (owned, simulated, cases)
    }
}

public struct CountList: WireBody {
    public let counts: [CountView]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case counts
        case asOf = "as_of"
    }

    public init(counts: [CountView], asOf: Int64) { (self.counts, self.asOf) = (counts, asOf) }
}

/// What somebody on staff should work on now; no case where nothing waits that they can move on.
public struct NextWork: WireBody {
    public let next: CaseSummary?
    /// It is for whoever has it: take it first.
    public let takeFirst: Bool
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case next
        case takeFirst = "take_first"
        case asOf = "as_of"
    }

    public init(next: CaseSummary?, takeFirst: Bool, asOf: Int64) { (self.next, self.takeFirst, self.asOf) = (next, takeFirst, asOf) }
}
