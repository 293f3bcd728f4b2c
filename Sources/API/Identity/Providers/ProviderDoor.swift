import Chronicle
import Runtime
import Wire

/// Members of staff coming in on the word of somebody else: the authorization code flow with PKCE (OpenID Connect Core §3.1, RFC 7636, RFC 9700).
///
/// Somebody begins here, is sent to the provider, and comes back with a code; what the code is exchanged for says who they are. Nobody is made an
/// account of: who comes in is somebody an administrator bound to that account at the provider before.
final class ProviderDoor: Sendable {
    private let desk: Desk
    private let line: (any ProviderLine)?
    private let address: WebAddress?
    private let known: KnownProviders?
    private let beginnings = Beginnings()
    private let denials = Denials()

    /// - Parameter address: as browsers know this desk; providers send people back to it.
    init(_ desk: Desk, _ line: (any ProviderLine)?, address: WebAddress?) {
        (self.desk, self.line, self.address) = (desk, line, address)
        known = line.map { KnownProviders($0, desk.surroundings) }
    }

    /// What the provider must be told of this desk, to the letter.
    func redirectURI(of name: ProviderName) -> String? { address.map { "\($0.origin)/v1/sign-in/oidc/\(name)/callback" } }

    /// Where to send a browser so that the provider asks who is there, and what the browser must bring back.
    /// - Parameter next: where they want to go on to.
    func begin(_ name: String, next: String?) async throws -> (address: String, secret: BrowserSecret) {
        let provider = try await provider(name)
        let path = try next.map { text throws(Problem) in
            guard let path = LocalPath(text) else { throw Problem(.malformed, "“return_to” is a path of this desk, such as /cases", field: "return_to") }
            return path
        }
        guard let known, let redirect = redirectURI(of: provider.name) else { throw ProviderDoor.shut }
        let metadata = try await ask(provider) { () async throws(ProviderTrouble) in try await known.metadata(of: provider.issuer) }
        let secret = BrowserSecret(random: desk.surroundings.salt() + desk.surroundings.salt())
        try beginnings.keep(.init(provider: provider.name, next: path, at: desk.surroundings.now()), under: secret)
        let asked = [
            ("response_type", "code"), ("client_id", provider.clientID), ("redirect_uri", redirect), ("scope", "openid email profile"),
            ("state", secret.state), ("nonce", secret.nonce), ("code_challenge", secret.challenge), ("code_challenge_method", "S256"),
        ]
        return (metadata.authorization.adding(asked), secret)
    }

    /// What the provider sent somebody back with.
    struct Return: Sendable {
        let provider: String
        /// What their browser kept; `nil` for one that began nothing.
        let secret: BrowserSecret?
        let query: [String: String]
    }

    /// Ends what was begun, whatever comes of it: the same answer a second time finds nothing.
    func end(_ back: Return) async throws -> (token: SessionToken, session: Session, next: LocalPath?) {
        let now = desk.surroundings.now()
        guard let secret = back.secret, let begun = beginnings.take(secret, at: now), begun.provider.text == back.provider,
            equalInConstantTime(back.query["state"] ?? "", secret.state)
        else {
            throw Problem(.unidentified, "no sign-in was begun in this browser, or it took longer than ten minutes, or it is over; begin again")
        }
        let provider = try await provider(back.provider)
        guard let known, let redirect = redirectURI(of: provider.name) else { throw ProviderDoor.shut }
        let metadata = try await ask(provider) { () async throws(ProviderTrouble) in try await known.metadata(of: provider.issuer) }
        // Another provider's answer must not be exchanged at this one (RFC 9207 §2.4).
        if let said = back.query["iss"] { guard said == provider.issuer.text else { throw await refused(provider, "issuer-of-answer") } }
        guard back.query["iss"] != nil || !metadata.namesItself else { throw await refused(provider, "issuer-of-answer") }
        if let error = back.query["error"] { throw await letNobodyIn(provider, error) }
        guard let code = back.query["code"], !code.isEmpty else { throw await refused(provider, "no-code") }

        let tokens = try await exchange(code, at: metadata, provider, redirect, secret)
        let check = IDTokenCheck(provider: provider, nonce: secret.nonce, accessToken: tokens.access_token, begun: begun.at, now: desk.surroundings.now())
        let (token, subject): (IDToken, String)
        do {
            (token, subject) = try await check.passed(tokens.id_token) { header, anew in
                try await ask(provider) { () async throws(ProviderTrouble) in try await known.key(for: header, of: metadata, anew: anew) }
            }
        } catch let complaint as TokenComplaint { throw await refused(provider, complaint.rawValue) }
        guard ProviderDoor.isOfTheDomains(token, provider) else {
            await record(provider, "email")
            throw Problem(.notPermitted, "“\(provider.name)” vouches for no address of yours that is let in here")
        }
        let vouched = Vouched(
            provider: provider, subject: subject, hasSecondFactor: provider.vouchesForSecondFactor && token.texts("amr").contains("mfa"),
            endSession: metadata.endSession?.adding([("client_id", provider.clientID)]))
        do {
            let (session, opened) = try await desk.signIn(vouched)
            return (session, opened, begun.next)
        } catch SignInError.wrong {
            await record(provider, "nobody")
            throw Problem(.notPermitted, "nobody on staff here is bound to “\(subject)” of “\(provider.name)”; an administrator can do that")
        }
    }

    // MARK: Underneath

    private static let shut = Problem(
        .unavailable, "nobody comes in by a provider here: the desk must be served with its address (recourse serve --address https://…)",
        retryAfterSeconds: 60)

    private func provider(_ text: String) async throws -> IdentityProvider {
        guard let name = ProviderName(text) else { throw ProviderRefusal.unknown(text) }
        return try await desk.provider(name)
    }

    private func ask<Value>(_ provider: IdentityProvider, _ question: () async throws(ProviderTrouble) -> Value) async throws(Problem) -> Value {
        do { return try await question() } catch { throw ProviderDoor.problem(provider, "\(error)") }
    }

    private static func problem(_ provider: IdentityProvider, _ why: String) -> Problem {
        Problem(.unavailable, "“\(provider.name)” cannot be asked: \(why)", retryAfterSeconds: 10)
    }

    /// What comes for a code (Core §3.1.3.3).
    private struct Tokens: Decodable {
        let id_token: String
        let access_token: String?
    }

    private func exchange(
        _ code: String, at metadata: ProviderMetadata, _ provider: IdentityProvider, _ redirect: String, _ secret: BrowserSecret
    ) async throws -> Tokens {
        guard let line else { throw ProviderDoor.shut }
        var form = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("code_verifier", secret.verifier)]
        var authorization: String?
        let client = provider.clientID
        switch try await desk.clientSecret(of: provider.name) {
        case let own? where !metadata.wantsSecretInForm:
            // Both are encoded as in a form first (RFC 6749 §2.3.1).
            authorization = "Basic " + Base64.encode(Array("\(FormText.encoded(client)):\(FormText.encoded(own))".utf8))
        case let own?: form += [("client_id", client), ("client_secret", own)]
        case nil: form.append(("client_id", client))
        }
        let reply: ProviderReply
        do throws(ProviderLineError) { reply = try await line.send(form, to: metadata.token, authorization: authorization) } catch {
            throw ProviderDoor.problem(provider, "\(error)")
        }
        guard reply.status < 500 else { throw ProviderDoor.problem(provider, "it answers with status \(reply.status)") }
        guard reply.status == 200, let tokens = try? LedgerJSON.decode(Tokens.self, from: reply.body) else { throw await refused(provider, "code") }
        return tokens
    }

    /// An address of one of these domains, which the provider has verified; any, where there are none.
    private static func isOfTheDomains(_ token: IDToken, _ provider: IdentityProvider) -> Bool {
        guard !provider.emailDomains.isEmpty else { return true }
        guard token.isTrue("email_verified"), let email = token.text("email"), let at = email.lastIndex(of: "@") else { return false }
        return provider.emailDomains.contains(email[email.index(after: at)...].lowercased())
    }

    /// Somebody said no at the provider, or the provider did. Its word for that is shown where it is one (RFC 6749 §4.1.2.1).
    private func letNobodyIn(_ provider: IdentityProvider, _ error: String) async -> Problem {
        let word = 1...60 ~= error.utf8.count && error.utf8.allSatisfy { 97...122 ~= $0 || $0 == 95 } ? error : "an error"
        await record(provider, "provider-said-no")
        return Problem(.unidentified, "“\(provider.name)” lets nobody in: \(word)")
    }

    private func refused(_ provider: IdentityProvider, _ why: String) async -> Problem {
        await record(provider, why)
        return Problem(.unidentified, "what “\(provider.name)” says cannot be relied on, and lets nobody in; tell whoever looks after this desk")
    }

    /// The first of a minute, and the next with how many there were: being refused is no way to fill a disk.
    private func record(_ provider: IdentityProvider, _ why: String) async {
        guard let more = denials.more(by: provider.name.text, "end-provider-sign-in", why, at: desk.surroundings.now()) else { return }
        await desk.recordRefusal(of: provider.name, because: why, more: more)
    }
}
