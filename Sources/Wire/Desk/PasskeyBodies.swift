import Chronicle

/// What a browser is asked to make a passkey with, or to use one for.
public struct PasskeyChallenge: WireBody {
    /// 32 random bytes, base 64 for addresses; good once, for five minutes.
    public let challenge: String
    /// The host passkeys of this desk are bound to.
    public let relyingParty: String
    /// Whose it will be; none where one is used, as the passkey says it.
    public let user: String?
    public let handle: String?
    /// Those somebody has: an authenticator makes no second.
    public let known: [String]?

    enum CodingKeys: String, CodingKey {
        case challenge, user, handle, known
        case relyingParty = "rp_id"
    }

    public init(challenge: String, relyingParty: String, user: String? = nil, handle: String? = nil, known: [String]? = nil) {
        (self.challenge, self.relyingParty, self.user, self.handle, self.known) = (challenge, relyingParty, user, handle, known)
    }
}

/// A passkey that was just made (WebAuthn `AuthenticatorAttestationResponse`); bytes are base 64 for addresses.
public struct NewPasskeyBody: WireBody {
    /// What its owner calls it.
    public var name: String
    public var challenge: String
    public var clientData: String
    public var attestation: String

    enum CodingKeys: String, CodingKey {
        case name, challenge, attestation
        case clientData = "client_data"
    }

    public init(name: String, challenge: String, clientData: String, attestation: String) {
        (self.name, self.challenge, self.clientData, self.attestation) = (name, challenge, clientData, attestation)
    }
}

/// A passkey that is shown at the door (WebAuthn `AuthenticatorAssertionResponse`); bytes are base 64 for addresses.
public struct PasskeyEntryBody: WireBody {
    public var credential: String
    public var challenge: String
    public var clientData: String
    public var authenticatorData: String
    public var signature: String

    enum CodingKeys: String, CodingKey {
        case credential, challenge, signature
        case clientData = "client_data"
        case authenticatorData = "authenticator_data"
    }

    public init(credential: String, challenge: String, clientData: String, authenticatorData: String, signature: String) {
        (self.credential, self.challenge, self.clientData) = (credential, challenge, clientData)
        (self.authenticatorData, self.signature) = (authenticatorData, signature)
    }
}

public struct PasskeyView: WireBody {
    public let id: String
    public let name: String
    public let made: Instant
    public let used: Instant?
    public init(id: String, name: String, made: Instant, used: Instant?) { (self.id, self.name, self.made, self.used) = (id, name, made, used) }
}

/// One's own, the oldest first.
public struct PasskeyList: WireBody {
    public let passkeys: [PasskeyView]
    public init(passkeys: [PasskeyView]) { self.passkeys = passkeys }
}
