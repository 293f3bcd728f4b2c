import Chronicle

/// That somebody came in, was sent away, or left: for the audit, without what they showed.
public enum SignInEvent: EventFamily {
    case signedIn(SignedIn)
    case failed(SignInFailed)
    case signedOut(SignedOut)
    case credentialSet(CredentialSet)
    case denied(AccessDenied)

    private var body: any Codable {
        switch self {
        case .signedIn(let body): body
        case .failed(let body): body
        case .signedOut(let body): body
        case .credentialSet(let body): body
        case .denied(let body): body
        }
    }

    public var type: EventType {
        switch self {
        case .signedIn: SignedIn.type
        case .failed: SignInFailed.type
        case .signedOut: SignedOut.type
        case .credentialSet: CredentialSet.type
        case .denied: AccessDenied.type
        }
    }

    public func payload() throws -> [UInt8] { try LedgerJSON.encode(body) }

    public static func read(_ type: EventType, from payload: UnsafeRawBufferPointer) throws -> SignInEvent {
        switch type {
        case SignedIn.type: .signedIn(try LedgerJSON.decode(SignedIn.self, from: payload))
        case SignInFailed.type: .failed(try LedgerJSON.decode(SignInFailed.self, from: payload))
        case SignedOut.type: .signedOut(try LedgerJSON.decode(SignedOut.self, from: payload))
        case CredentialSet.type: .credentialSet(try LedgerJSON.decode(CredentialSet.self, from: payload))
        case AccessDenied.type: .denied(try LedgerJSON.decode(AccessDenied.self, from: payload))
        default: throw UnknownEvent(type)
        }
    }

    public static var catalogue: [EventType] { [SignedIn.type, SignInFailed.type, SignedOut.type, CredentialSet.type, AccessDenied.type] }
}

public struct SignedIn: Codable, Hashable, Sendable {
    public static let type = EventType("signed-in")
    /// `password`, `password and code`, `token of the exchange`, `oidc`, `oidc and second factor`, `code`, `link`, `invitation`, `passkey`.
    public let by: String
    /// The provider that vouched, by its name here.
    public let through: String?

    public init(by: String, through: String? = nil) { (self.by, self.through) = (by, through) }
}

public struct SignInFailed: Codable, Hashable, Sendable {
    public static let type = EventType("sign-in-failed")
    public let why: String
}

public struct SignedOut: Codable, Hashable, Sendable {
    public static let type = EventType("signed-out")
    public let why: String
}

public struct CredentialSet: Codable, Hashable, Sendable {
    public static let type = EventType("credential-set")
    /// `password`, `codes`, `no codes`, `invitation`, `passkey`, `no passkey`.
    public let what: String
}

/// Somebody who was known asked for what is not theirs.
public struct AccessDenied: Codable, Hashable, Sendable {
    public static let type = EventType("access-denied")
    public let operation: String
    public let code: String
    /// So many more like it since the last that was written down.
    public let more: Int
}
