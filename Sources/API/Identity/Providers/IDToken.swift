import Chronicle
import Crypto
import JWTKit
import Runtime

/// What a provider says of somebody, signed (OpenID Connect Core §2): claims by name, read only after the signature was found good.
struct IDToken: JWTPayload {
    enum Claim: Hashable, Sendable, Codable {
        case text(String)
        case truth(Bool)
        case number(Double)
        case texts([String])
        /// Of a shape that nothing here asks for.
        case other

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) { self = .text(text); return }
            if let truth = try? value.decode(Bool.self) { self = .truth(truth); return }
            if let number = try? value.decode(Double.self) { self = .number(number); return }
            if let texts = try? value.decode([String].self) { self = .texts(texts); return }
            self = .other
        }

        func encode(to encoder: any Encoder) throws {
            var value = encoder.singleValueContainer()
            switch self {
            case .text(let text): try value.encode(text)
            case .truth(let truth): try value.encode(truth)
            case .number(let number): try value.encode(number)
            case .texts(let texts): try value.encode(texts)
            case .other: try value.encodeNil()
            }
        }
    }

    let claims: [String: Claim]

    init(from decoder: any Decoder) throws { claims = try decoder.singleValueContainer().decode([String: Claim].self) }
    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(claims)
    }

    /// Only the signature is the library's affair; everything else goes by the desk's own clock and is checked by `IDTokenCheck`.
    func verify(using algorithm: some JWTAlgorithm) throws {}

    func text(_ name: String) -> String? { if case .text(let text)? = claims[name] { text } else { nil } }

    /// One or several: both shapes are written (Core §2, `aud`).
    func texts(_ name: String) -> [String] {
        switch claims[name] {
        case .text(let text): [text]
        case .texts(let texts): texts
        default: []
        }
    }

    func instant(_ name: String) -> Instant? { if case .number(let seconds)? = claims[name] { Instant(numericDate: seconds) } else { nil } }

    /// Some providers write their truths as text.
    func isTrue(_ name: String) -> Bool { claims[name] == .truth(true) || text(name) == "true" }
}

extension Instant {
    /// Seconds since 1970, as tokens have them (RFC 7519 §2); `nil` beyond the year 9999.
    init?(numericDate seconds: Double) {
        guard seconds.isFinite, 0...253_402_300_799 ~= seconds else { return nil }
        self.init(milliseconds: Int64(seconds * 1_000))
    }
}

/// Why an ID token lets nobody in. For the log: whoever brought it is told that it does not, and no more.
enum TokenComplaint: String, Error, Hashable, Sendable, CaseIterable {
    case header, key, signature, issuer, audience, otherParty = "authorized-party", expired, notYet = "not-yet", stale, nonce
    case accessToken = "access-token"
    case subject
}

/// The whole check of an ID token that came for a code (OpenID Connect Core §3.1.3.7, ASVS 10.5).
struct IDTokenCheck: Sendable {
    let provider: IdentityProvider
    let nonce: String
    /// What came with it; held against `at_hash`, where there is one.
    let accessToken: String?
    let begun: Instant
    let now: Instant

    /// By how much the provider's clock may be another than the desk's.
    static let skew = Span.minutes(1)

    /// - Parameter key: the provider's key for a header, as it is kept or asked for anew; `nil` where there is none.
    func passed(_ token: String, key: (TokenHeader, _ anew: Bool) async throws -> JWK?) async throws -> (token: IDToken, subject: String) {
        guard let header = TokenHeader(of: token) else { throw TokenComplaint.header }
        guard let known = try await key(header, false) else { throw TokenComplaint.key }
        var signed = await known.verified(token, as: IDToken.self)
        // Where keys have no names, a new one is known by the old one's not fitting.
        if signed == nil, header.key == nil, let anew = try await key(header, true) { signed = await anew.verified(token, as: IDToken.self) }
        guard let read = signed else { throw TokenComplaint.signature }
        try check(read)
        try check(accessTokenOf: read, header.algorithm)
        guard let subject = read.text(provider.subjectClaim), 1...255 ~= subject.count, read.text("sub")?.isEmpty == false else {
            throw TokenComplaint.subject
        }
        return (read, subject)
    }

    private func check(_ token: IDToken) throws(TokenComplaint) {
        guard token.text("iss") == provider.issuer.text else { throw .issuer }
        let audience = token.texts("aud")
        guard audience.contains(provider.clientID) else { throw .audience }
        // With others in the audience, and wherever it is said, the token was given to this desk and to nobody else.
        guard audience.count == 1 || token.text("azp") != nil, token.text("azp") ?? provider.clientID == provider.clientID else { throw .otherParty }
        guard let expires = token.instant("exp"), let issued = token.instant("iat") else { throw .expired }
        guard now < expires + IDTokenCheck.skew else { throw .expired }
        guard issued <= now + IDTokenCheck.skew, token.claims["nbf"] == nil || token.instant("nbf").map({ $0 <= now + IDTokenCheck.skew }) == true else {
            throw .notYet
        }
        guard issued >= begun - IDTokenCheck.skew else { throw .stale }
        guard let said = token.text("nonce"), equalInConstantTime(said, nonce) else { throw .nonce }
    }

    /// Left half of the hash that goes with the signature (Core §3.1.3.6): SHA-256, or SHA-512 with Ed25519.
    private func check(accessTokenOf token: IDToken, _ algorithm: TokenHeader.Algorithm) throws(TokenComplaint) {
        guard token.claims["at_hash"] != nil else { return }
        guard let accessToken, let said = token.text("at_hash") else { throw .accessToken }
        let bytes = Array(accessToken.utf8)
        let hash: [UInt8] = algorithm == .eddsa ? Array(SHA512.hash(data: bytes)) : Array(SHA256.hash(data: bytes))
        guard equalInConstantTime(Base64.encodeForAddress(hash.prefix(hash.count / 2)), said) else { throw .accessToken }
    }
}
