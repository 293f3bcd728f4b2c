import Chronicle

/// Whom a link is for, how long it is good, where it leads.
public struct LinkBody: WireBody {
    /// A chair, a side, an account or an id.
    public var party: String
    /// Milliseconds; a quarter of an hour unless it is said.
    public var lasts: Int64?
    /// A path of this desk; the case's page, unless it is said.
    public var next: String?

    public init(party: String, lasts: Int64? = nil, next: String? = nil) { (self.party, self.lasts, self.next) = (party, lasts, next) }
}

/// A link to be sent to a party: whoever has it is the party, once.
public struct IssuedLink: WireBody {
    public let url: String
    public let party: String
    public let expires: Instant

    public init(url: String, party: String, expires: Instant) { (self.url, self.party, self.expires) = (url, party, expires) }
}

/// The word of a link, shown by whoever it was sent to.
public struct LinkEntryBody: WireBody {
    /// What stands behind the `#`: `rl_…`.
    public var token: String

    public init(token: String) { self.token = token }
}
