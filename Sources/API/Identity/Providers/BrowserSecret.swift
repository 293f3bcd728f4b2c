import Chronicle
import Crypto

/// What one browser alone knows of a sign-in it began: 32 random bytes in a cookie. What the provider is told and what it must send back are derived
/// from it, each for itself, so that the desk keeps no more of a beginning than this secret's hash.
struct BrowserSecret: Hashable, Sendable {
    static let cookie = "__Host-recourse-begun"

    private let bytes: [UInt8]

    init(random bytes: [UInt8]) { self.bytes = bytes }

    init?(_ text: String) {
        guard let bytes = Base64.decodeFromAddress(text), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    var text: String { Base64.encodeForAddress(bytes) }
    var digest: Chronicle.Digest { Chronicle.Digest(hashing: bytes) }

    /// Ties the answer to this browser (RFC 6749 §10.12).
    var state: String { derived("state") }
    /// Ties the ID token to this beginning (OpenID Connect Core §3.1.2.1).
    var nonce: String { derived("nonce") }
    /// Shown only where the code is exchanged (RFC 7636 §4.1): 43 characters.
    var verifier: String { derived("verifier") }
    /// `S256` of the verifier (RFC 7636 §4.2).
    var challenge: String { Base64.encodeForAddress(Array(SHA256.hash(data: Array(verifier.utf8)))) }

    private func derived(_ what: String) -> String {
        let label = Array("recourse-begun/1 \(what)".utf8)
        return Base64.encodeForAddress(Array(HMAC<SHA256>.authenticationCode(for: label, using: SymmetricKey(data: bytes))))
    }
}
