import Chronicle

/// How one person likes their desk.
public struct ArrangementView: WireBody {
    /// Of the pages; none for what the browser asks for.
    public let language: String?
    /// The zone times are read in; none for the device's.
    public let zone: String?
    /// Columns of the queue, in order; none for the house's.
    public let columns: [String]?

    public init(language: String?, zone: String?, columns: [String]?) { (self.language, self.zone, self.columns) = (language, zone, columns) }
}

/// What changes of it; what is not said stays, and what is empty is the house's again.
public struct ArrangementBody: WireBody {
    public var language: String?
    public var zone: String?
    public var columns: [String]?

    public init(language: String? = nil, zone: String? = nil, columns: [String]? = nil) { (self.language, self.zone, self.columns) = (language, zone, columns) }
}

/// What a column of the queue shows besides the case itself, which always stands there.
public enum QueueColumn: String, Codable, Hashable, Sendable, CaseIterable {
    case due, number, amount, step, owner, tier, code, language, opened, order, kind

    /// What stands there where nobody chose.
    public static let usual: [QueueColumn] = [.due, .number, .amount, .step, .owner, .tier, .code]
}

/// Which deadlines a view is about.
public enum DueWindow: String, Codable, Hashable, Sendable, CaseIterable {
    /// Those that have passed.
    case late
    /// Those of the next two hours.
    case soon
    /// Those until midnight of whoever asks, late ones with them.
    case today
}

public struct SavedViewBody: WireBody {
    public var name: String
    /// As the queue's address has it: `owner=me&due=today`.
    public var query: String

    public init(name: String, query: String) { (self.name, self.query) = (name, query) }
}

/// What changes of a view; what is not said stays.
public struct SavedViewChangeBody: WireBody {
    public var name: String?
    public var query: String?
    /// Its place among one's own; 0 is the first.
    public var place: Int?

    public init(name: String? = nil, query: String? = nil, place: Int? = nil) { (self.name, self.query, self.place) = (name, query, place) }
}

/// A view with what is in it now.
public struct SavedViewView: WireBody {
    /// `view_…`; for the house's `all`, `mine`, `unassigned`, `due-today`, `second-key`.
    public let id: String
    /// As its owner calls it; the house's have names in each language, and none here.
    public let name: String?
    public let query: String
    /// Open cases in it, counted up to `count_max`.
    public let count: Int
    /// There are more than that.
    public let more: Bool
    /// One's own, and not the house's.
    public let own: Bool

    public init(id: String, name: String?, query: String, count: Int, more: Bool, own: Bool) {
        (self.id, self.name, self.query, self.count, self.more, self.own) = (id, name, query, count, more, own)
    }
}

/// The house's views, then one's own in their order, and what waits for one beside them.
public struct SavedViewList: WireBody {
    public let views: [SavedViewView]
    public let countMax: Int
    /// Notes one was called into and has not seen the case since.
    public let mentions: Int
    /// Cases one follows in which something happened since one last saw them.
    public let news: Int
    /// Cases one has put aside.
    public let snoozed: Int
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case views, mentions, news, snoozed
        case countMax = "count_max"
        case asOf = "as_of"
    }

    public init(views: [SavedViewView], countMax: Int, mentions: Int, news: Int, snoozed: Int, asOf: Int64) {
        (self.views, self.countMax, self.mentions, self.news, self.snoozed, self.asOf) = (views, countMax, mentions, news, snoozed, asOf)
    }
}

/// How many open cases there are, counted no further than somebody reads.
public struct BoundedCount: WireBody {
    public let count: Int
    /// There are more than that.
    public let more: Bool

    public init(count: Int, more: Bool) { (self.count, self.more) = (count, more) }
}

/// All that is in a queue, not only on its page.
public struct QueueSummary: WireBody {
    public let all: BoundedCount
    public let late: BoundedCount
    /// Due within two hours.
    public let soon: BoundedCount
    public let free: BoundedCount
    public let countMax: Int
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case all, late, soon, free
        case countMax = "count_max"
        case asOf = "as_of"
    }

    public init(all: BoundedCount, late: BoundedCount, soon: BoundedCount, free: BoundedCount, countMax: Int, asOf: Int64) {
        (self.all, self.late, self.soon, self.free, self.countMax, self.asOf) = (all, late, soon, free, countMax, asOf)
    }
}
