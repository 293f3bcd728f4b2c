import Chronicle
import Disputes
import EventStorage

/// The word of an invitation, given out once: `ri_<secret>`. Only its SHA-256 is kept.
public struct InvitationToken: Hashable, Sendable {
    private let secret: String

    public var text: String { "ri_" + secret }

    init(_ secret: [UInt8]) { self.secret = Base64.encodeForAddress(secret) }

    /// Reads what somebody showed; `nil` for what was never one of ours.
    public init?(_ text: String) {
        guard text.hasPrefix("ri_"), text.utf8.count == 46 else { return nil }
        secret = String(text.dropFirst(3))
    }

    var digest: String { Digest(hashing: Array(secret.utf8)).description }
}

extension Desk {
    /// How long somebody has to choose their password.
    public static let invitationLasts = Span.hours(72)

    /// Invites somebody on staff to choose a password of their own, so that nobody else ever knows it. An invitation made before is void.
    public func invite(_ handle: String, by requester: Requester) async throws -> (token: InvitationToken, expires: Instant) {
        let account = try await staff(handle)
        let token = InvitationToken(surroundings.salt() + surroundings.salt())
        let expires = surroundings.now() + Desk.invitationLasts
        let row = RowChange.put(IdentityTables.invitations, [.text(handle), .text(token.digest), .integer(expires.milliseconds)])
        try await record(.credentialSet(CredentialSet(what: "invitation")), of: try Desk.signIns(of: account.id), by: requester.actor, rows: [row])
        return (token, expires)
    }

    /// Lets somebody in who was invited, with the password they choose; what they were signed in with before ends, codes stay. An invitation that was
    /// used, that ran out, that another took the place of, or that never was, is `.wrong`.
    public func join(by token: InvitationToken, password: String) async throws -> (token: SessionToken, session: Session) {
        let now = surroundings.now()
        let page = try await store.rows(
            RowQuery(IdentityTables.invitations, where: [.compare("secret_sha256", .equal, .text(token.digest))], limit: 1))
        guard let row = page.rows.first, let handle = row[0].text, let expires = row[2].integer, now.milliseconds < expires,
            let account = try? await staff(handle)
        else { throw SignInError.wrong }
        var kept = try await credential(handle) ?? Credential(handle: handle)
        do {
            try Passwords.check(password, of: handle)
            kept.password = try await Passwords.hash(password)
        } catch { throw SignInError.password(error) }
        let (session, opened) = open(.staff(handle: handle), strong: false, at: now)
        // Two who show it at once are told apart by the log: the stream of an invitation begins once.
        guard let stream = StreamID("invitation:" + token.digest.prefix(32)) else { throw SignInError.wrong }
        let rows =
            try await endings(of: .staff(handle: handle)) + [
                self.row(kept), .delete(IdentityTables.invitations, key: [row[0]]), try self.row(opened, session),
            ]
        do {
            try await record(.credentialSet(CredentialSet(what: "password")), of: stream, by: .staff(account.id), expecting: .none, rows: rows)
        } catch {
            guard case .store(.conflict) = error else { throw error }
            throw SignInError.wrong
        }
        try await record(.signedIn(SignedIn(by: "invitation")), of: try Desk.signIns(of: account.id), by: .staff(account.id))
        return (session, opened)
    }
}
