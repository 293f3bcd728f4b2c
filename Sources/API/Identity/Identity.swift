import Chronicle
import Disputes
import Runtime
import Wire

/// Tells who came from what they showed. Everything it does not know is nobody.
public struct Identity: Sendable {
    static let cookie = SessionCookie.name

    private let desk: Desk
    /// Staff without a second factor may do nothing but set one up. Rehearsals do without: there is nobody's money behind them.
    private let demandsSecondFactor: Bool

    public init(_ desk: Desk, demandsSecondFactor: Bool) { (self.desk, self.demandsSecondFactor) = (desk, demandsSecondFactor) }

    /// What a request shows of its sender.
    struct Shown: Sendable {
        /// The value of `Authorization`.
        var authorization: String?
        var cookie: String?
        /// What the browser says of the page that asks.
        var page = Page.own
        /// It changes nothing.
        var isReading = true
    }

    enum Page: Sendable {
        case own
        /// Somebody typed the address, or a browser too old to say.
        case unsaid
        case others
    }

    /// Throws `.unidentified` for whoever shows nothing, and, in the same words, for whoever shows something that is not good.
    func caller(_ shown: Shown, for operation: Operation) async throws(Problem) -> (caller: Caller, session: SessionToken?) {
        do {
            if let authorization = shown.authorization {
                let parts = authorization.split(separator: " ", maxSplits: 1)
                guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw Identity.unidentified }
                if let secret = SecretKey(String(parts[1])) { return (try await holder(of: secret), nil) }
                guard let token = SessionToken(String(parts[1])) else { throw Identity.unidentified }
                return (try await holder(of: token, operation), token)
            }
            // A browser sends a cookie whoever asks it to: only what this desk's own pages ask is done with it, and others' pages read nothing, either.
            guard let cookie = shown.cookie, let token = SessionToken(cookie), shown.page == .own || shown.isReading && shown.page == .unsaid else {
                throw Identity.unidentified
            }
            return (try await holder(of: token, operation), token)
        } catch {
            throw Problem(of: error)
        }
    }

    private func holder(of secret: SecretKey) async throws -> Caller {
        guard let key = try await desk.key(shown: secret) else { throw Identity.unidentified }
        switch key.holder {
        case .staff(let handle):
            // A key ends with its owner's account, and follows their roles.
            guard let standing = try? await desk.staff(handle) else { throw Identity.unidentified }
            return .staff(StaffContext(handle: handle, standing: standing, by: .key))
        case .party(let party): return .party(PartyContext(party: party, byKey: true))
        case .machine(let name, let scopes): return .machine(MachineContext(name: name, scopes: Set(scopes.compactMap(Scope.init))))
        }
    }

    private func holder(of token: SessionToken, _ operation: Operation) async throws -> Caller {
        guard let session = try await desk.session(shown: token) else { throw Identity.unidentified }
        switch session.holder {
        case .party(let party): return .party(PartyContext(party: party))
        case .guest(let party, let dispute): return .party(PartyContext(party: party, onlyCase: dispute))
        case .staff(let handle):
            guard let standing = try? await desk.staff(handle) else { throw Identity.unidentified }
            if !session.strong, !operation.isOfOnesOwn {
                // Whoever has codes is asked for one everywhere, also where a provider let them in: its word was for the password.
                guard try await !desk.hasCodes(handle) else {
                    throw Problem(.notPermitted, "show a code of your app first: POST /v1/me/second-factor")
                }
                guard !demandsSecondFactor else {
                    throw Problem(.notPermitted, "set up your codes first: POST /v1/me/codes, then sign in again")
                }
            }
            return .staff(StaffContext(handle: handle, standing: standing, by: .session(secondFactor: session.proved)))
        }
    }

    private static let unidentified = Problem(.unidentified, "show a key or a session: Authorization: Bearer rk_… or rs_…")
}

extension Operation {
    /// About nobody and nothing but whoever asks: what a session without a second factor may do. Ending others, and adding ways in, is not of it.
    var isOfOnesOwn: Bool {
        path == "/v1/session" || path.hasPrefix("/v1/me") && !["/v1/me/sessions", "/v1/me/passkeys"].contains(where: path.hasPrefix)
    }
}

extension Visit<Caller> {
    /// How long a second factor counts as just shown.
    private static var freshFor: Span { .minutes(15) }

    /// For what is hard to take back a session is not enough: a code is shown again first (ASVS 5.0, 7.5.3). A rehearsal does without where nobody has
    /// codes; a key, which anybody could hold, never does.
    func demandFreshFactor() throws(Problem) {
        guard case .staff(let context) = who else { return }
        switch context.proof {
        case .folder: return
        case .key:
            guard counter.isRehearsal else { throw Problem(.codeNeeded, "this is done by a person who is signed in, not by a key") }
        case .session(let shown):
            guard let shown else {
                guard counter.isRehearsal else { throw Problem(.codeNeeded, "show a code of your app first: POST /v1/me/second-factor") }
                return
            }
            guard counter.now - shown <= Self.freshFor else {
                throw Problem(.codeNeeded, "show a code of your app again: POST /v1/me/second-factor, or sign in again")
            }
        }
    }
}
