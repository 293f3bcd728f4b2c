import Chronicle
import Runtime

/// What a provider says of itself (OpenID Connect Discovery 1.0 §3), as far as it is needed.
struct ProviderMetadata: Hashable, Sendable {
    let authorization: WebAddress
    let token: WebAddress
    let keys: WebAddress
    let endSession: WebAddress?
    /// Says with every answer who it is (RFC 9207), so that an answer without it is another's.
    let namesItself: Bool
    /// Takes the client's secret in the form only.
    let wantsSecretInForm: Bool

    /// Where an issuer has it.
    static func address(of issuer: WebAddress) -> WebAddress? {
        WebAddress((issuer.text.hasSuffix("/") ? String(issuer.text.dropLast()) : issuer.text) + "/.well-known/openid-configuration")
    }

    private struct Document: Decodable {
        let issuer: String
        let authorization_endpoint: WebAddress
        let token_endpoint: WebAddress
        let jwks_uri: WebAddress
        let end_session_endpoint: WebAddress?
        let authorization_response_iss_parameter_supported: Bool?
        let token_endpoint_auth_methods_supported: [String]?
        let code_challenge_methods_supported: [String]?
    }

    /// Reads it, and refuses one that is not the issuer's own: its keys would sign in another's name.
    init(_ body: [UInt8], of issuer: WebAddress) throws(ProviderTrouble) {
        let document: Document
        do { document = try LedgerJSON.decode(Document.self, from: body) } catch { throw .unreadable("\(error)") }
        guard document.issuer == issuer.text else { throw .anotherIssuer(String(document.issuer.prefix(200))) }
        guard document.code_challenge_methods_supported?.contains("S256") ?? true else { throw .noChallenge }
        (authorization, token, keys) = (document.authorization_endpoint, document.token_endpoint, document.jwks_uri)
        (endSession, namesItself) = (document.end_session_endpoint, document.authorization_response_iss_parameter_supported ?? false)
        let methods = document.token_endpoint_auth_methods_supported ?? ["client_secret_basic"]
        wantsSecretInForm = !methods.contains("client_secret_basic") && methods.contains("client_secret_post")
    }
}

/// Why a provider cannot be asked at the moment.
enum ProviderTrouble: Error, Hashable, Sendable, CustomStringConvertible {
    case line(ProviderLineError)
    case status(Int)
    case unreadable(String)
    case anotherIssuer(String)
    case noChallenge

    var description: String {
        switch self {
        case .line(let error): "\(error)"
        case .status(let status): "it answers with status \(status)"
        case .unreadable(let why): "what it says of itself cannot be read: \(why)"
        case .anotherIssuer(let name): "it calls itself “\(name)”"
        case .noChallenge: "it takes no S256 challenge (RFC 7636)"
        }
    }
}
