import Chronicle
import EventStorage
import JWTKit
import Runtime
import Wire

/// Tokens with which an exchange sends its users in: signed with a key it published here, for this desk, good for minutes, and once.
///
/// Refused: an algorithm that is not the key's, `none` and symmetric ones among them, another kind of token, a demand nobody here knows (`crit`), a
/// key of another issuer, a token without `jti`, one that lasts longer than ten minutes or is for later (RFC 8725).
struct PartyTokens: Sendable {
    static let lastsMax = Span.minutes(10)
    /// What `aud` must name.
    static let audience = "recourse"

    let desk: Desk

    private struct Claims: JWTPayload {
        let iss: String
        /// The account at the exchange.
        let sub: String
        let aud: AudienceClaim
        let exp: ExpirationClaim
        let iat: IssuedAtClaim
        let nbf: NotBeforeClaim?
        let jti: String

        func verify(using algorithm: some JWTAlgorithm) throws {
            try exp.verifyNotExpired()
            try aud.verifyIntendedAudience(includes: PartyTokens.audience)
        }
    }

    /// Who the token lets in. Everything that is wrong with one is told in one sentence, whatever it is.
    func account(_ token: String) async throws -> (account: AccountReference, proof: String, until: Instant) {
        let refused = Problem(.unidentified, "the token is not one that lets anybody in: it must be signed by the exchange, for this desk, and new")
        guard let header = TokenHeader(of: token), let claimed = try? await JWTKeyCollection().unverified(token, as: Claims.self),
            let published = try await keySet(of: claimed.iss), let key = (try? KeySet(Array(published.utf8)))?.key(for: header),
            let claims = await key.verified(token, as: Claims.self), (1...200).contains(claims.jti.utf8.count), let account = AccountReference(claims.sub)
        else { throw refused }
        guard let issued = Instant(numericDate: claims.iat.value.timeIntervalSince1970),
            let until = Instant(numericDate: claims.exp.value.timeIntervalSince1970)
        else { throw refused }
        let soon = desk.surroundings.now() + IDTokenCheck.skew
        guard until - issued <= PartyTokens.lastsMax, issued <= soon else { throw refused }
        if let nbf = claims.nbf { guard let from = Instant(numericDate: nbf.value.timeIntervalSince1970), from <= soon else { throw refused } }
        return (account, claims.iss + "\n" + claims.jti, until)
    }

    private func keySet(of issuer: String) async throws -> String? {
        let page = try await desk.store.rows(RowQuery(IdentityTables.issuers, where: [.compare("name", .equal, .text(issuer))], limit: 1))
        return page.rows.first?[1].text
    }

    /// Is it a set of public keys that can sign, and nothing else? The complaint, if not.
    static func complaint(about keySet: String) async -> String? {
        guard let set = try? LedgerJSON.decode(JSONValue.self, from: Array(keySet.utf8)), case .object(let fields) = set,
            case .list(let keys)? = fields["keys"],
            !keys.isEmpty
        else { return "it is not a JWK set with keys in it" }
        for key in keys {
            guard case .object(let fields) = key, case .text(let kind)? = fields["kty"] else { return "a key in it says not what kind it is" }
            guard ["OKP", "EC", "RSA"].contains(kind) else { return "“\(kind)” keys are not taken: only public ones that sign" }
            guard fields["d"] == nil else { return "it holds a private key; publish only public ones" }
        }
        let collection = JWTKeyCollection()
        do { try await collection.add(jwksJSON: keySet) } catch { return "a key in it cannot be used: \(error)" }
        guard let set = try? KeySet(Array(keySet.utf8)), set.isUsable else { return "no key in it is for EdDSA (Ed25519), ES256 or RS256" }
        return nil
    }
}
