import Chronicle
import Crypto
import Foundation
import Runtime
import Synchronization

/// An identity provider in the same process, which signs its tokens by hand and can be told to misbehave in any one thing.
final class PretendProvider: ProviderLine {
    static let issuer = "https://sso.example"
    static let client = "recourse-desk"
    static let secret = "p:ss word%1"

    /// A key it has, and whether it publishes it.
    enum Key: Sendable {
        case edwards(Curve25519.Signing.PrivateKey)
        case nist(P256.Signing.PrivateKey)

        var algorithm: String {
            switch self {
            case .edwards: "EdDSA";
            case .nist: "ES256"
            }
        }

        func published(_ name: String) -> [String: String] {
            switch self {
            case .edwards(let key):
                ["kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": name, "x": ExchangeTokens.text(key.publicKey.rawRepresentation)]
            case .nist(let key):
                [
                    "kty": "EC", "crv": "P-256", "kid": name, "x": ExchangeTokens.text(key.publicKey.rawRepresentation.prefix(32)),
                    "y": ExchangeTokens.text(key.publicKey.rawRepresentation.suffix(32)),
                ]
            }
        }

        func sign(_ data: Data) throws -> Data {
            switch self {
            case .edwards(let key): try key.signature(for: data)
            case .nist(let key): try key.signature(for: data).rawRepresentation
            }
        }
    }

    /// What it does otherwise than a provider should.
    struct Twist: Sendable {
        var header: (@Sendable (inout [String: String]) -> Void)?
        var claims: (@Sendable (inout [String: any Sendable]) -> Void)?
        var sign: (@Sendable (Data, Key) throws -> Data)?
    }

    struct State {
        var keys: [String: Key] = ["k1": .edwards(Curve25519.Signing.PrivateKey())]
        /// Signed with, whether it is published or not.
        var signing = "k1"
        var published: Set<String> = ["k1"]
        var twist = Twist()
        var claims: [String: any Sendable] = [:]
        var document: [String: any Sendable] = [:]
        var cacheControl: String? = "max-age=600"
        var isSilent = false
        /// By how much its clock goes before the machine's.
        var aheadSeconds: TimeInterval = 0
        fileprivate var grants: [String: Grant] = [:]
        /// Every address that was asked, in order.
        var asked: [String] = []
    }

    fileprivate struct Grant {
        let challenge: String
        let nonce: String
        let redirect: String
        let subject: String
    }

    private let state = Mutex(State())

    func set(_ change: (inout sending State) -> Void) { state.withLock { change(&$0) } }
    func count(of path: String) -> Int { state.withLock { $0.asked.filter { $0.hasSuffix(path) }.count } }
    func forgetAsked() { state.withLock { $0.asked = [] } }

    /// What somebody does there: says who they are, and is sent back.
    /// - Returns: what the desk is asked with.
    func authorize(_ location: String, as subject: String) throws -> [(String, String)] {
        let items = URLComponents(string: location)?.queryItems ?? []
        let asked = Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
        let wanted = ["response_type": "code", "client_id": Self.client, "code_challenge_method": "S256", "scope": "openid email profile"]
        for (name, value) in wanted where asked[name] != value { throw Wrong(what: "\(name) is \(asked[name] ?? "not there")") }
        guard let challenge = asked["code_challenge"], let nonce = asked["nonce"], let state = asked["state"], let redirect = asked["redirect_uri"] else {
            throw Wrong(what: "something is not there in \(asked)")
        }
        let code = UUID().uuidString
        self.state.withLock { $0.grants[code] = Grant(challenge: challenge, nonce: nonce, redirect: redirect, subject: subject) }
        return [("state", state), ("code", code), ("iss", Self.issuer)]
    }

    struct Wrong: Error { let what: String }

    // MARK: The line

    func fetch(_ address: WebAddress) async throws(ProviderLineError) -> ProviderReply {
        let reply = state.withLock { state -> ProviderReply? in
            state.asked.append(address.text)
            guard !state.isSilent else { return nil }
            switch address.text {
            case Self.issuer + "/.well-known/openid-configuration":
                var document: [String: any Sendable] = [
                    "issuer": Self.issuer, "authorization_endpoint": Self.issuer + "/authorize", "token_endpoint": Self.issuer + "/token",
                    "jwks_uri": Self.issuer + "/keys", "end_session_endpoint": Self.issuer + "/logout", "claims_parameter_supported": false,
                    "authorization_response_iss_parameter_supported": true, "code_challenge_methods_supported": ["plain", "S256"],
                ]
                document.merge(state.document) { $1 }
                return Self.reply(document, state.cacheControl)
            case Self.issuer + "/keys":
                let keys: [[String: String]] = state.published.sorted().compactMap { name in state.keys[name]?.published(name) }
                // As real sets have: a key for something else, and one of a kind nobody here takes.
                let others = [["kty": "RSA", "use": "enc", "kid": "e1", "n": "AQAB", "e": "AQAB"], ["kty": "oct", "kid": "h1", "k": "AAAA"]]
                return Self.reply(["keys": keys + others], state.cacheControl)
            default: return ProviderReply(status: 404, body: [])
            }
        }
        guard let reply else { throw .silent }
        return reply
    }

    func send(_ form: [(String, String)], to address: WebAddress, authorization: String?) async throws(ProviderLineError) -> ProviderReply {
        let fields = Dictionary(uniqueKeysWithValues: form)
        let found = state.withLock { state -> (Grant, State)? in
            state.asked.append(address.text)
            guard let grant = state.grants.removeValue(forKey: fields["code"] ?? "") else { return nil }
            return (grant, state)
        }
        let basic = "Basic " + Data("\(Self.client):p%3Ass%20word%251".utf8).base64EncodedString()
        let isProven = authorization == basic || authorization == nil && fields["client_id"] == Self.client && fields["client_secret"] == Self.secret
        guard address.text == Self.issuer + "/token", isProven, let (grant, state) = found, fields["redirect_uri"] == grant.redirect,
            fields["grant_type"] == "authorization_code",
            ExchangeTokens.text(Data(SHA256.hash(data: Data((fields["code_verifier"] ?? "").utf8)))) == grant.challenge
        else { return ProviderReply(status: 400, body: Array(#"{"error":"invalid_grant"}"#.utf8)) }
        do {
            let access = UUID().uuidString
            let token = try Self.token(for: grant, access: access, state)
            return Self.reply(["id_token": token, "access_token": access, "token_type": "Bearer", "expires_in": 3_600], "no-store")
        } catch { throw .silent }
    }

    private static func token(for grant: Grant, access: String, _ state: State) throws -> String {
        guard let key = state.keys[state.signing] else { throw Wrong(what: "no such key") }
        var header = ["alg": key.algorithm, "typ": "JWT", "kid": state.signing]
        state.twist.header?(&header)
        let now = Int(Date().timeIntervalSince1970 + state.aheadSeconds)
        let hash: Data = key.algorithm == "EdDSA" ? Data(SHA512.hash(data: Data(access.utf8))) : Data(SHA256.hash(data: Data(access.utf8)))
        var claims: [String: any Sendable] = [
            "iss": issuer, "sub": grant.subject, "aud": client, "exp": now + 300, "iat": now, "nonce": grant.nonce,
            "at_hash": ExchangeTokens.text(hash.prefix(hash.count / 2)), "auth_time": Double(now) + 0.25,
        ]
        claims.merge(state.claims) { $1 }
        state.twist.claims?(&claims)
        let signed = ExchangeTokens.text(try json(header)) + "." + ExchangeTokens.text(try json(claims))
        let signature = try (state.twist.sign ?? { try $1.sign($0) })(Data(signed.utf8), key)
        return signed + "." + ExchangeTokens.text(signature)
    }

    private static func json(_ object: Any) throws -> Data { try JSONSerialization.data(withJSONObject: object, options: .sortedKeys) }

    private static func reply(_ object: [String: any Sendable], _ cacheControl: String?) -> ProviderReply {
        ProviderReply(status: 200, body: (try? json(object)).map { Array($0) } ?? [], cacheControl: cacheControl)
    }
}
