import Chronicle
import Disputes

/// Who is signed in, and how surely.
public struct Session: Hashable, Sendable {
    public enum Holder: Hashable, Sendable, Codable {
        case staff(handle: String)
        case party(PartyID)
        /// A party who came by a link: to one case, and to less of it.
        case guest(PartyID, case: CaseID)
    }

    public let holder: Holder
    public let opened: Instant
    public let seen: Instant
    public let expires: Instant
    /// When a second factor was last shown in it; `nil` for never.
    public let proved: Instant?

    /// With a second factor.
    public var strong: Bool { proved != nil }

    /// Unused for so long, it has ended (ASVS 7.3.1).
    static let idleMax = Span.minutes(15)
    /// However much it is used (ASVS 7.3.2).
    static let lengthMax = Span.hours(12)
    /// The same of who came by a link, which others may have read.
    static let guestLengthMax = Span.hours(2)
    /// A use is written down at most so often: a session is read with every request, and written with few.
    static let seenEvery = Span.minutes(1)

    func isGood(at now: Instant) -> Bool { now < expires && now - seen < Session.idleMax }
}

/// A session as its owner shows it: `rs_<secret>`, given out once.
public struct SessionToken: Hashable, Sendable {
    let secret: String

    public var text: String { "rs_" + secret }

    init(_ secret: [UInt8]) { self.secret = Base64.encodeForAddress(secret) }

    public init?(_ text: String) {
        guard text.hasPrefix("rs_"), text.utf8.count == 46 else { return nil }
        secret = String(text.dropFirst(3))
    }

    var digest: String { Digest(hashing: Array(secret.utf8)).description }
}
