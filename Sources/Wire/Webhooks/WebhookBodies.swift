import Chronicle

/// Where somebody wants to be told, and of what.
public struct WebhookBody: WireBody {
    public var url: String
    /// Of the closed list; none are all.
    public var kinds: [String]?
    public var label: String

    public init(url: String, kinds: [String]?, label: String) { (self.url, self.kinds, self.label) = (url, kinds, label) }
}

/// What changes of a webhook; what is not said stays.
public struct WebhookChangeBody: WireBody {
    public var url: String?
    /// An empty list is all.
    public var kinds: [String]?
    public var label: String?
    /// `true` sends what waited, at once.
    public var enabled: Bool?

    public init(url: String? = nil, kinds: [String]? = nil, label: String? = nil, enabled: Bool? = nil) {
        (self.url, self.kinds, self.label, self.enabled) = (url, kinds, label, enabled)
    }
}

/// A webhook, without its secret.
public struct WebhookView: WireBody {
    public let id: String
    public let url: String
    /// None are all.
    public let kinds: [String]
    public let label: String
    public let enabled: Bool
    /// Why it is not enabled.
    public let because: String?
    /// Since when it is, or is not, enabled.
    public let since: Instant
    public let made: Instant
    /// The log was read for it up to this event.
    public let position: Int64
    /// Events on their way to it.
    public let pending: Int64
    /// Since when nothing was accepted.
    public let failingSince: Instant?

    enum CodingKeys: String, CodingKey {
        case id, url, kinds, label, enabled, because, since, made, position, pending
        case failingSince = "failing_since"
    }

    public init(
        id: String, url: String, kinds: [String], label: String, enabled: Bool, because: String?, since: Instant, made: Instant, position: Int64,
        pending: Int64,
        failingSince: Instant?
    ) {
        (self.id, self.url, self.kinds, self.label, self.enabled, self.because) = (id, url, kinds, label, enabled, because)
        (self.since, self.made, self.position, self.pending, self.failingSince) = (since, made, position, pending, failingSince)
    }
}

/// Every webhook, the oldest first.
public struct WebhookList: WireBody {
    public let webhooks: [WebhookView]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case webhooks
        case asOf = "as_of"
    }

    public init(webhooks: [WebhookView], asOf: Int64) { (self.webhooks, self.asOf) = (webhooks, asOf) }
}

/// A webhook as it was made, with the secret that is shown once.
public struct NewWebhook: WireBody {
    public let webhook: WebhookView
    /// `whsec_…`
    public let secret: String

    public init(webhook: WebhookView, secret: String) { (self.webhook, self.secret) = (webhook, secret) }
}

/// How long the old secret is to sign beside the new one.
public struct RotationBody: WireBody {
    /// Milliseconds the old secret signs beside the new one; a day, where nothing is said.
    public var overlap: Span?

    public init(overlap: Span? = nil) { self.overlap = overlap }
}

/// A new secret, shown once.
public struct RotatedSecret: WireBody {
    public let secret: String
    public let oldUntil: Instant

    enum CodingKeys: String, CodingKey {
        case secret
        case oldUntil = "old_until"
    }

    public init(secret: String, oldUntil: Instant) { (self.secret, self.oldUntil) = (secret, oldUntil) }
}

/// One sending.
public struct AttemptView: WireBody {
    public let at: Instant
    /// `delivered`, `failed`, `timed-out`, `gone`, `refused`.
    public let outcome: String
    /// What was answered, where anything was.
    public let status: Int?
    public let milliseconds: Int64
    /// The beginning of what went wrong.
    public let error: String?

    public init(at: Instant, outcome: String, status: Int?, milliseconds: Int64, error: String?) {
        (self.at, self.outcome, self.status, self.milliseconds, self.error) = (at, outcome, status, milliseconds, error)
    }
}

/// An event on its way to a webhook, or what became of it.
public struct DeliveryView: WireBody {
    /// As `webhook-id` has it, each time it is sent.
    public let id: String
    public let sequence: Int64
    public let dispute: String
    public let kind: String
    /// `pending`, `delivered`, or `failed` for good.
    public let state: String
    /// Not before then, where it is pending.
    public let due: Instant?
    public let ended: Instant?
    public let attempts: [AttemptView]

    enum CodingKeys: String, CodingKey {
        case id, sequence, kind, state, due, ended, attempts
        case dispute = "case"
    }

    public init(
        id: String, sequence: Int64, dispute: String, kind: String, state: String, due: Instant?, ended: Instant?, attempts: [AttemptView]
    ) {
        (self.id, self.sequence, self.dispute, self.kind, self.state) = (id, sequence, dispute, kind, state)
        (self.due, self.ended, self.attempts) = (due, ended, attempts)
    }
}

/// A page of deliveries, the newest event first.
public struct DeliveryList: WireBody {
    public let deliveries: [DeliveryView]
    /// Give it as `after` for the next page; none at the end.
    public let next: Int64?
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case deliveries, next
        case asOf = "as_of"
    }

    public init(deliveries: [DeliveryView], next: Int64?, asOf: Int64) { (self.deliveries, self.next, self.asOf) = (deliveries, next, asOf) }
}

/// From where on everything is to be sent once more.
public struct ReplayBody: WireBody {
    /// A sequence of the log.
    public var from: Int64

    public init(from: Int64) { self.from = from }
}
