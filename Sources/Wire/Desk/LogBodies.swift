import Chronicle

/// How the log stands.
public struct LogView: WireBody {
    public let size: Int64
    public let root: Digest
    /// The key the log signs with, as it publishes it.
    public let key: String?
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case size, root, key
        case asOf = "as_of"
    }

    public init(size: Int64, root: Digest, key: String?) { (self.size, self.root, self.key, asOf) = (size, root, key, size) }
}

/// A page of the log.
public struct LogPage: WireBody {
    public let events: [StreamedEvent]
    /// Give it as `after` for the next page; none at the end.
    public let next: Int64?
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case events, next
        case asOf = "as_of"
    }

    public init(events: [StreamedEvent], next: Int64?, asOf: Int64) { (self.events, self.next, self.asOf) = (events, next, asOf) }
}

/// An instruction on its way to the exchange.
public struct OutboxEntry: WireBody {
    public let id: String
    public let dispute: String
    public let kind: String
    /// `waiting`, or `aside` where it needs a person.
    public let state: String
    public let due: Instant
    public let attempts: Int64
    public let error: String?

    enum CodingKeys: String, CodingKey {
        case id, kind, state, due, attempts, error
        case dispute = "case"
    }

    public init(id: String, dispute: String, kind: String, state: String, due: Instant, attempts: Int64, error: String?) {
        (self.id, self.dispute, self.kind, self.state) = (id, dispute, kind, state)
        (self.due, self.attempts, self.error) = (due, attempts, error)
    }
}

public struct OutboxList: WireBody {
    public let entries: [OutboxEntry]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case entries
        case asOf = "as_of"
    }

    public init(entries: [OutboxEntry], asOf: Int64) { (self.entries, self.asOf) = (entries, asOf) }
}
