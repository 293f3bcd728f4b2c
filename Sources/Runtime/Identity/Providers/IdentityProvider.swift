import Chronicle

/// What a provider is called here, and in its redirect address: 1 to 32 of a–z, 0–9, -.
public struct ProviderName: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    public var description: String { text }

    public init?(_ text: String) {
        guard 1...32 ~= text.utf8.count, text.utf8.allSatisfy({ 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 }) else { return nil }
        self.text = text
    }

    var stream: StreamID {
        // 41 characters at most, all of a name of a stream.
        guard let stream = StreamID("provider:" + text) else { preconditionFailure("“\(text)” names no stream") }
        return stream
    }
}

/// Somebody else who knows who members of staff are: an OpenID provider, as an administrator set it up (OpenID Connect Core 1.0).
///
/// It vouches for accounts an administrator bound to it, and makes none.
public struct IdentityProvider: Hashable, Sendable {
    public let name: ProviderName
    /// As the provider writes it in its tokens, to the letter.
    public let issuer: WebAddress
    /// What the provider calls this desk.
    public let clientID: String
    /// The claim that tells one person from another for ever: `sub`, or what a provider has in its place (`oid` at Entra).
    public let subjectClaim: String
    /// Where there are any, the e-mail address must be verified by the provider and of one of these: a fence, never what somebody is known by.
    public let emailDomains: [String]
    /// Its word for a second factor (`amr` with `mfa`, RFC 8176) is taken; otherwise codes are asked for here.
    public let vouchesForSecondFactor: Bool

    public init(
        name: ProviderName, issuer: WebAddress, clientID: String, subjectClaim: String = "sub", emailDomains: [String] = [],
        vouchesForSecondFactor: Bool = false
    ) throws(ProviderRefusal) {
        guard 1...200 ~= clientID.utf8.count, clientID.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) else { throw .notAClient }
        guard 1...64 ~= subjectClaim.utf8.count, subjectClaim.utf8.allSatisfy({ 0x21..<0x7F ~= $0 }) else { throw .notAClaim(subjectClaim) }
        // What somebody can change at the provider, or be given after another, is not who they are (Core §5.7).
        guard !["email", "preferred_username", "name", "nickname", "phone_number", "upn"].contains(subjectClaim) else { throw .changingClaim(subjectClaim) }
        let domains = emailDomains.map { $0.lowercased() }
        for domain in domains where !IdentityProvider.isDomain(domain) { throw .notADomain(domain) }
        guard domains.count <= IdentityProvider.domainsMax else { throw .tooManyDomains }
        (self.name, self.issuer, self.clientID, self.subjectClaim) = (name, issuer, clientID, subjectClaim)
        (self.emailDomains, self.vouchesForSecondFactor) = (domains, vouchesForSecondFactor)
    }

    private static let domainsMax = 50

    private static func isDomain(_ text: String) -> Bool {
        3...253 ~= text.utf8.count && text.contains(".") && !text.hasPrefix(".") && !text.hasSuffix(".")
            && text.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 || $0 == 46 }
    }

    /// The same people are known by the same words.
    func knowsPeople(as other: IdentityProvider) -> Bool {
        issuer == other.issuer && clientID == other.clientID && subjectClaim == other.subjectClaim
    }
}

/// Why a provider, or what somebody is to it, was not written down.
public enum ProviderRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case unknown(String)
    case notAName(String)
    case notAnIssuer(String)
    case notAClient
    case notAClaim(String)
    case changingClaim(String)
    case notADomain(String)
    case tooManyDomains
    case notASecret
    case isAnother(ProviderName)
    case notASubject
    case boundToAnother
    case notBound(handle: String, ProviderName)

    public var description: String {
        switch self {
        case .unknown(let name): "there is no provider “\(name)”"
        case .notAName(let text): "“\(text)” is not a provider's name: 1 to 32 of a–z, 0–9, -"
        case .notAnIssuer(let text): "“\(text)” is not an issuer: https://…, as the provider writes it in its tokens; http only on this machine"
        case .notAClient: "a client has a name of 1 to 200 printable characters"
        case .notAClaim(let text): "“\(text)” is not the name of a claim"
        case .changingClaim(let text): "“\(text)” can change or pass to another person; take one that cannot, such as sub"
        case .notADomain(let text): "“\(text)” is not a domain, such as example.com"
        case .tooManyDomains: "at most 50 domains"
        case .notASecret: "a client's secret has 1 to 500 printable characters"
        case .isAnother(let name): "“\(name)” is another issuer, client or claim; remove it first, which ends what was bound to it"
        case .notASubject: "what somebody is known by has 1 to 255 characters, on one line"
        case .boundToAnother: "somebody else on staff is bound to that already"
        case .notBound(let handle, let name): "“\(handle)” is not bound to an account at \(name)"
        }
    }
}
