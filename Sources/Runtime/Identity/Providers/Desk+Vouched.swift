import Chronicle
import Disputes
import EventStorage

/// What a provider said of somebody, after it was found to be the provider who said it.
public struct Vouched: Sendable {
    public let provider: IdentityProvider
    /// What the claim of the provider says.
    public let subject: String
    /// The provider saw a second factor, and its word for that is taken.
    public let hasSecondFactor: Bool
    /// Where somebody who leaves may end their session at the provider, too.
    public let endSession: String?

    public init(provider: IdentityProvider, subject: String, hasSecondFactor: Bool, endSession: String?) {
        (self.provider, self.subject, self.hasSecondFactor, self.endSession) = (provider, subject, hasSecondFactor, endSession)
    }
}

extension Desk {
    /// Lets in the member of staff a provider vouches for. Nobody who is not bound to that account, and no account that has ended: `.wrong` either
    /// way. Without a second factor the session opens nothing but the way to show one, as after a password.
    public func signIn(_ vouched: Vouched) async throws -> (token: SessionToken, session: Session) {
        guard let handle = try await handle(of: vouched.subject, at: vouched.provider), let account = try? await staff(handle) else {
            throw SignInError.wrong
        }
        let (token, session) = open(.staff(handle: handle), strong: vouched.hasSecondFactor, at: surroundings.now())
        let how = vouched.hasSecondFactor ? "oidc and second factor" : "oidc"
        var rows = [try row(session, token)]
        if let address = vouched.endSession { rows.append(.put(IdentityTables.endings, [.text(token.digest), .text(address)])) }
        try await record(
            .signedIn(SignedIn(by: how, through: vouched.provider.name.text)), of: try Desk.signIns(of: account.id), by: .staff(account.id), rows: rows)
        // Whoever takes a binding back ends the sessions there are after it; this one may have come after those, on what was read before.
        guard try await self.handle(of: vouched.subject, at: vouched.provider) == handle else {
            try await signOut(token)
            throw SignInError.wrong
        }
        return (token, session)
    }

    /// A code, shown in a session that was opened without one: another session, sure of its holder, takes its place. It ends when the first would
    /// have.
    public func showCode(_ code: String, in token: SessionToken) async throws -> (token: SessionToken, session: Session) {
        let now = surroundings.now()
        guard let weak = try await session(shown: token), case .staff(let handle) = weak.holder else { throw SignInError.wrong }
        let series = "code:" + handle
        if let wait = attempts.wait(for: series, at: now) { throw SignInError.throttled(wait) }
        let account = try await staff(handle)
        guard let spent = try await spending(code, of: handle, at: now) else {
            attempts.failed(series, at: now)
            try await record(.failed(SignInFailed(why: "code")), of: try Desk.signIns(of: account.id), by: .clock)
            throw SignInError.wrong
        }
        attempts.succeeded(series)
        let (strong, session) = open(.staff(handle: handle), strong: true, at: now, until: weak.expires)
        var rows = [spent, try row(session, strong), .delete(IdentityTables.sessions, key: [.text(token.digest)])]
        if let address = try await endSession(of: token) {
            rows += [
                .delete(IdentityTables.endings, key: [.text(token.digest)]), .put(IdentityTables.endings, [.text(strong.digest), .text(address)]),
            ]
        }
        try await record(.signedIn(SignedIn(by: "code")), of: try Desk.signIns(of: account.id), by: .staff(account.id), rows: rows)
        return (strong, session)
    }

    /// Where the session of this one may be ended at the provider that vouched for it.
    public func endSession(of token: SessionToken) async throws(DeskError) -> String? {
        do {
            let page = try await store.rows(RowQuery(IdentityTables.endings, where: [.compare("token_sha256", .equal, .text(token.digest))], limit: 1))
            return page.rows.first?[1].text
        } catch {
            throw .store(error)
        }
    }

    /// Writes down that a provider's word was not taken, and why: for the audit, where nobody knows whose account it was about.
    public func recordRefusal(of name: ProviderName, because why: String, more: Int) async {
        guard let stream = StreamID("denials:provider:" + name.text) else { return }
        try? await record(.denied(AccessDenied(operation: "end-provider-sign-in", code: why, more: more)), of: stream, by: .clock)
    }
}
