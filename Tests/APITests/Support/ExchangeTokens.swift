import Crypto
import Foundation

/// An exchange that signs its users' tokens: EdDSA, by hand, so that what the desk checks with its library is made without it.
struct ExchangeTokens: Sendable {
    let issuer: String
    private let key = Curve25519.Signing.PrivateKey()

    init(issuer: String) { self.issuer = issuer }

    /// What it publishes.
    var keySet: String {
        #"{"keys":[{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","kid":"k1","x":"\#(ExchangeTokens.text(key.publicKey.rawRepresentation))"}]}"#
    }

    /// A token for an account; every part can be made wrong.
    func token(
        for account: String, audience: String = "recourse", issuer: String? = nil, issued: Int = 0, lasts: Int = 300, id: String = UUID().uuidString,
        header: String = #"{"alg":"EdDSA","typ":"JWT","kid":"k1"}"#, notBefore: Int? = nil,
        sign: (Data, Curve25519.Signing.PrivateKey) throws -> Data = { try $1.signature(for: $0) }
    ) throws -> String {
        let now = Int(Date().timeIntervalSince1970) + issued
        let claims =
            #"{"iss":"\#(issuer ?? self.issuer)","sub":"\#(account)","aud":"\#(audience)","iat":\#(now),"exp":\#(now + lasts),"jti":"\#(id)"\#(notBefore.map { #","nbf":\#(now + $0)"# } ?? "")}"#
        let signed = ExchangeTokens.text(Data(header.utf8)) + "." + ExchangeTokens.text(Data(claims.utf8))
        return signed + "." + ExchangeTokens.text(try sign(Data(signed.utf8), key))
    }

    static func text(_ data: Data) -> String {
        data.base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }
}
