import Chronicle

/// What was done to a webhook. Of its address only the host: the rest may hold what only the receiver should know. No secret, ever.
public enum WebhookEvent: EventFamily {
    case added(WebhookAdded)
    case changed(WebhookChanged)
    case rotated(WebhookSecretRotated)
    case disabled(WebhookDisabled)
    case enabled(WebhookEnabled)
    case replayed(WebhookReplayed)
    case removed(WebhookRemoved)

    private var body: any Codable {
        switch self {
        case .added(let body): body
        case .changed(let body): body
        case .rotated(let body): body
        case .disabled(let body): body
        case .enabled(let body): body
        case .replayed(let body): body
        case .removed(let body): body
        }
    }

    public var type: EventType {
        switch self {
        case .added: WebhookAdded.type
        case .changed: WebhookChanged.type
        case .rotated: WebhookSecretRotated.type
        case .disabled: WebhookDisabled.type
        case .enabled: WebhookEnabled.type
        case .replayed: WebhookReplayed.type
        case .removed: WebhookRemoved.type
        }
    }

    public func payload() throws -> [UInt8] { try LedgerJSON.encode(body) }

    public static func read(_ type: EventType, from payload: UnsafeRawBufferPointer) throws -> WebhookEvent {
        switch type {
        case WebhookAdded.type: .added(try LedgerJSON.decode(WebhookAdded.self, from: payload))
        case WebhookChanged.type: .changed(try LedgerJSON.decode(WebhookChanged.self, from: payload))
        case WebhookSecretRotated.type: .rotated(try LedgerJSON.decode(WebhookSecretRotated.self, from: payload))
        case WebhookDisabled.type: .disabled(try LedgerJSON.decode(WebhookDisabled.self, from: payload))
        case WebhookEnabled.type: .enabled(try LedgerJSON.decode(WebhookEnabled.self, from: payload))
        case WebhookReplayed.type: .replayed(try LedgerJSON.decode(WebhookReplayed.self, from: payload))
        case WebhookRemoved.type: .removed(try LedgerJSON.decode(WebhookRemoved.self, from: payload))
        default: throw UnknownEvent(type)
        }
    }

    public static var catalogue: [EventType] {
        [
            WebhookAdded.type, WebhookChanged.type, WebhookSecretRotated.type, WebhookDisabled.type, WebhookEnabled.type, WebhookReplayed.type,
            WebhookRemoved.type,
        ]
    }
}

/// Somebody is told from now on.
public struct WebhookAdded: Codable, Hashable, Sendable {
    public static let type = EventType("webhook-added")
    /// Host, and port where it is not the usual one.
    public let host: String
    /// None are all.
    public let kinds: [String]
    public let label: String
}

/// As it is from now on; whether the path of its address changed is said without saying what it is.
public struct WebhookChanged: Codable, Hashable, Sendable {
    public static let type = EventType("webhook-changed")
    public let host: String
    public let addressChanged: Bool
    public let kinds: [String]
    public let label: String
}

/// A new secret was given out.
public struct WebhookSecretRotated: Codable, Hashable, Sendable {
    public static let type = EventType("webhook-secret-rotated")
    /// Until then the old one signs, too.
    public let oldUntil: Instant
}

/// Nothing is sent any more, and why.
public struct WebhookDisabled: Codable, Hashable, Sendable {
    public static let type = EventType("webhook-disabled")
    /// `asked to`, `answered 410`, `nothing was accepted for 5 days`.
    public let because: String
}

/// It is sent to again.
public struct WebhookEnabled: Codable, Hashable, Sendable {
    public static let type = EventType("webhook-enabled")
}

/// Everything from this event on was asked for once more.
public struct WebhookReplayed: Codable, Hashable, Sendable {
    public static let type = EventType("webhook-replayed")
    public let from: Int64
}

/// It is gone, and its secrets with it.
public struct WebhookRemoved: Codable, Hashable, Sendable {
    public static let type = EventType("webhook-removed")
}
