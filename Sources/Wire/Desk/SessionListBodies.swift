import Chronicle

/// One of somebody's own sessions.
public struct SessionEntry: WireBody {
    /// `ses_…`: names the session and does not open it.
    public let id: String
    public let opened: Instant
    /// Last used, to within a minute.
    public let seen: Instant
    /// However much it is used.
    public let expires: Instant
    /// When a second factor was last shown in it.
    public let proved: Instant?
    /// It is the one that asks.
    public let current: Bool

    public init(id: String, opened: Instant, seen: Instant, expires: Instant, proved: Instant?, current: Bool) {
        (self.id, self.opened, self.seen, self.expires, self.proved, self.current) = (id, opened, seen, expires, proved, current)
    }
}

/// Everything somebody is signed in with, the latest used first.
public struct SessionList: WireBody {
    public let sessions: [SessionEntry]
    public init(sessions: [SessionEntry]) { self.sessions = sessions }
}

/// What somebody on staff needs to choose a password of their own: shown once.
public struct IssuedInvitation: WireBody {
    public let handle: String
    /// `ri_…`
    public let word: String
    /// Where it leads, with the word behind the `#`; `nil` where the desk was not told its own address.
    public let url: String?
    public let expires: Instant

    public init(handle: String, word: String, url: String?, expires: Instant) {
        (self.handle, self.word, self.url, self.expires) = (handle, word, url, expires)
    }
}

/// Somebody who was invited, at the door.
public struct JoinBody: WireBody {
    /// `ri_…`
    public var word: String
    public var password: String

    public init(word: String, password: String) { (self.word, self.password) = (word, password) }
}
