import Chronicle

/// A provider whose word is to be taken for who staff are.
public struct ProviderBody: WireBody {
    /// As the provider writes it in its tokens.
    public var issuer: String
    public var clientID: String
    /// Shown to nobody again; without one what there was stays.
    public var clientSecret: String?
    /// `sub`, unless another claim of the provider tells people apart for ever.
    public var subjectClaim: String?
    public var emailDomains: [String]?
    /// Its word for a second factor is taken.
    public var secondFactor: Bool?

    enum CodingKeys: String, CodingKey {
        case issuer
        case clientID = "client_id"
        case clientSecret = "client_secret"
        case subjectClaim = "subject_claim"
        case emailDomains = "email_domains"
        case secondFactor = "second_factor"
    }

    public init(
        issuer: String, clientID: String, clientSecret: String? = nil, subjectClaim: String? = nil, emailDomains: [String]? = nil, secondFactor: Bool? = nil
    ) {
        (self.issuer, self.clientID, self.clientSecret, self.subjectClaim, self.emailDomains, self.secondFactor) = (
            issuer, clientID, clientSecret, subjectClaim, emailDomains, secondFactor
        )
    }
}

/// A provider, without its secret.
public struct ProviderView: WireBody {
    public let name: String
    public let issuer: String
    public let clientID: String
    public let hasSecret: Bool
    public let subjectClaim: String
    public let emailDomains: [String]
    public let secondFactor: Bool
    /// What the provider must be told of this desk, to the letter; where the desk knows its own address.
    public let redirectURI: String?
    /// Who may come in on its word.
    public let handles: [String]

    enum CodingKeys: String, CodingKey {
        case name, issuer, handles
        case clientID = "client_id"
        case hasSecret = "has_secret"
        case subjectClaim = "subject_claim"
        case emailDomains = "email_domains"
        case secondFactor = "second_factor"
        case redirectURI = "redirect_uri"
    }

    public init(
        name: String, issuer: String, clientID: String, hasSecret: Bool, subjectClaim: String, emailDomains: [String], secondFactor: Bool,
        redirectURI: String?, handles: [String]
    ) {
        (self.name, self.issuer, self.clientID, self.hasSecret, self.subjectClaim) = (name, issuer, clientID, hasSecret, subjectClaim)
        (self.emailDomains, self.secondFactor, self.redirectURI, self.handles) = (emailDomains, secondFactor, redirectURI, handles)
    }
}

public struct ProviderList: WireBody {
    public let providers: [ProviderView]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case providers
        case asOf = "as_of"
    }

    public init(providers: [ProviderView], asOf: Int64) { (self.providers, self.asOf) = (providers, asOf) }
}

/// Which account at the provider is somebody's.
public struct BindingBody: WireBody {
    /// What the provider's claim says of them.
    public var subject: String

    public init(subject: String) { self.subject = subject }
}
