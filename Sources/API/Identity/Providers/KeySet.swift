import Chronicle
import JWTKit

/// How a token says it is signed: with one of the three that are taken. `none` and whatever needs a shared secret cannot be said here.
struct TokenHeader: Hashable, Sendable {
    enum Algorithm: String, Hashable, Sendable, CaseIterable { case rs256 = "RS256", es256 = "ES256", eddsa = "EdDSA" }

    let algorithm: Algorithm
    let key: String?

    private struct Written: Decodable {
        let alg: String
        let kid: String?
        let typ: String?
        let crit: [String]?
    }

    /// `nil` for a header that cannot be read, names another algorithm, is of another kind of token, or demands what nobody here knows.
    init?(of token: String) {
        guard let first = token.split(separator: ".", omittingEmptySubsequences: false).first, let bytes = Base64.decodeFromAddress(first),
            let written = try? LedgerJSON.decode(Written.self, from: bytes), let algorithm = Algorithm(rawValue: written.alg), written.crit == nil,
            written.typ.map({ $0.lowercased() == "jwt" }) ?? true
        else { return nil }
        (self.algorithm, key) = (algorithm, written.kid)
    }
}

/// The keys a provider publishes (RFC 7517). What it has in them for other purposes, or of kinds that are not taken, is passed over.
struct KeySet: Sendable {
    private let keys: [PublishedKey]

    private struct Document: Decodable { let keys: [PublishedKey] }

    init(_ body: [UInt8]) throws(ProviderTrouble) {
        do { keys = try LedgerJSON.decode(Document.self, from: body).keys } catch { throw .unreadable("\(error)") }
    }

    /// Is there any key a token that is taken could be signed with?
    var isUsable: Bool { keys.contains { key in TokenHeader.Algorithm.allCases.contains { key.fits($0) } } }

    /// The key a token was signed with: the one it names, or the only one there is for its algorithm.
    func key(for header: TokenHeader) -> JWK? {
        let fitting = keys.filter { $0.fits(header.algorithm) && (header.key == nil || $0.kid == header.key) }
        return fitting.count == 1 ? fitting[0].jwk(for: header.algorithm) : nil
    }
}

extension JWK {
    /// The token's claims, where this key signed it.
    func verified<Claims: JWTPayload>(_ token: String, as kind: Claims.Type = Claims.self) async -> Claims? {
        let keys = JWTKeyCollection()
        do {
            try await keys.add(jwk: self)
            return try await keys.verify(token, as: kind)
        } catch { return nil }
    }
}

/// One of them. Fields of other kinds than they should be are as good as absent.
private struct PublishedKey: Decodable, Sendable {
    let kid: String?
    private let kty, use, alg, crv: String?
    private let n, e, x, y: String?

    private enum CodingKeys: String, CodingKey { case kid, kty, use, alg, crv, n, e, x, y }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) -> String? { try? fields.decode(String.self, forKey: key) }
        (kid, kty, use, alg, crv) = (text(.kid), text(.kty), text(.use), text(.alg), text(.crv))
        (n, e, x, y) = (text(.n), text(.e), text(.x), text(.y))
    }

    func fits(_ algorithm: TokenHeader.Algorithm) -> Bool {
        guard use ?? "sig" == "sig", alg ?? algorithm.rawValue == algorithm.rawValue else { return false }
        return switch algorithm {
        case .rs256: kty == "RSA"
        case .es256: kty == "EC" && crv == "P-256"
        case .eddsa: kty == "OKP" && crv == "Ed25519"
        }
    }

    func jwk(for algorithm: TokenHeader.Algorithm) -> JWK {
        let name = JWKIdentifier(string: kid ?? "only")
        return switch algorithm {
        case .rs256: .rsa(.rs256, identifier: name, modulus: n, exponent: e)
        case .es256: .ecdsa(.es256, identifier: name, x: x, y: y, curve: .p256)
        case .eddsa: .octetKeyPair(.eddsa, identifier: name, x: x, y: nil, curve: .ed25519)
        }
    }
}
