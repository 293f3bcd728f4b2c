import Chronicle
import Disputes
import Policies

/// Until when a case is out of one's sight.
public struct SnoozeBody: WireBody {
    public var until: Instant
    public init(until: Instant) { self.until = until }
}

/// How far one has read a case.
public struct SeenBody: WireBody {
    /// Of the case.
    public var version: Int
    public init(version: Int) { self.version = version }
}

/// How one member of staff stands to a case, besides their work on it.
public struct AttentionView: WireBody {
    public let dispute: CaseID
    public let following: Bool
    /// They put it aside until then.
    public let snoozedUntil: Instant?
    /// Up to which version they have read it; kept where they follow it or were called into it.
    public let seen: Int?
    /// They were called into a note of it and have not read it since.
    public let mentioned: Bool
    /// Handles of the others who have its page open.
    public let looking: [String]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case dispute = "case"
        case following, seen, mentioned, looking
        case snoozedUntil = "snoozed_until"
        case asOf = "as_of"
    }

    public init(dispute: CaseID, following: Bool, snoozedUntil: Instant?, seen: Int?, mentioned: Bool, looking: [String], asOf: Int64) {
        (self.dispute, self.following, self.snoozedUntil, self.seen) = (dispute, following, snoozedUntil, seen)
        (self.mentioned, self.looking, self.asOf) = (mentioned, looking, asOf)
    }
}

/// A case with what happened in it since one last read it.
public struct NewsView: WireBody {
    public let summary: CaseSummary
    /// Who called one in, for a mention.
    public let by: StaffID?
    public let seen: Bool
    /// The latest of what is new, oldest first; at most ten.
    public let news: [EventView]
    /// So much is new in all.
    public let newsCount: Int

    enum CodingKeys: String, CodingKey {
        case summary, by, seen, news
        case newsCount = "news_count"
    }

    public init(summary: CaseSummary, by: StaffID?, seen: Bool, news: [EventView], newsCount: Int) {
        (self.summary, self.by, self.seen, self.news, self.newsCount) = (summary, by, seen, news, newsCount)
    }
}

/// What is new in the cases one follows, or where one was called in.
public struct NewsList: WireBody {
    public let cases: [NewsView]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case cases
        case asOf = "as_of"
    }

    public init(cases: [NewsView], asOf: Int64) { (self.cases, self.asOf) = (cases, asOf) }
}

/// Who has which case open now.
public struct PresenceList: WireBody {
    public struct Line: WireBody {
        public let dispute: CaseID
        /// Handles.
        public let people: [String]

        enum CodingKeys: String, CodingKey {
            case dispute = "case"
            case people
        }

        public init(dispute: CaseID, people: [String]) { (self.dispute, self.people) = (dispute, people) }
    }
    public let cases: [Line]

    public init(cases: [Line]) { self.cases = cases }
}

/// The same done to several cases, one after the other; each is done or not by itself.
public struct BulkBody: WireBody {
    public enum Act: String, Codable, Hashable, Sendable, CaseIterable { case take, assign, release, snooze, wake, follow, unfollow, message }

    public struct Item: WireBody {
        /// As one calls it.
        public var dispute: String
        /// Only to this version of it.
        public var version: Int?
        /// Whose it is to be, for `assign`; where nothing is said, the body's `to`.
        public var to: String?

        enum CodingKeys: String, CodingKey {
            case dispute = "case"
            case version, to
        }

        public init(_ dispute: String, version: Int? = nil, to: String? = nil) { (self.dispute, self.version, self.to) = (dispute, version, to) }
    }

    public var act: Act
    public var cases: [Item]
    public var to: String?
    public var until: Instant?
    public var text: String?
    /// Who reads the message; the parties, where nothing is said.
    public var audience: Audience?
    /// Only says what would happen.
    public var foresee: Bool?

    public init(
        act: Act, cases: [Item], to: String? = nil, until: Instant? = nil, text: String? = nil, audience: Audience? = nil, foresee: Bool? = nil
    ) {
        (self.act, self.cases, self.to, self.until, self.text, self.audience, self.foresee) = (act, cases, to, until, text, audience, foresee)
    }
}

/// What came of each.
public struct BulkResult: WireBody {
    public struct Line: WireBody {
        public enum Outcome: String, Codable, Hashable, Sendable, CaseIterable {
            case done
            /// It would be; asked with `foresee`.
            case would
            /// It is so already.
            case unchanged
            case refused
        }
        /// The last eight characters of its id; what was asked for, where there is no such case.
        public let dispute: String
        public let outcome: Outcome
        /// Why not.
        public let detail: String?
        public let version: Int?
        /// Whose it was before, by handle.
        public let ownerBefore: String?

        enum CodingKeys: String, CodingKey {
            case dispute = "case"
            case outcome, detail, version
            case ownerBefore = "owner_before"
        }

        public init(dispute: String, outcome: Outcome, detail: String? = nil, version: Int? = nil, ownerBefore: String? = nil) {
            (self.dispute, self.outcome, self.detail, self.version, self.ownerBefore) = (dispute, outcome, detail, version, ownerBefore)
        }
    }
    public let act: BulkBody.Act
    public let cases: [Line]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case act, cases
        case asOf = "as_of"
    }

    public init(act: BulkBody.Act, cases: [Line], asOf: Int64) { (self.act, self.cases, self.asOf) = (act, cases, asOf) }
}
