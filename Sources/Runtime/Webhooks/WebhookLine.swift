import Chronicle

/// The way out to operators' systems: resolves, judges, signs and sends. Whoever is behind it judges the address at each sending, not only once.
public protocol WebhookLine: Sendable {
    /// Would it send there? Resolves the name and judges every address it has.
    func examine(_ address: WebhookAddress) async throws(WebhookRefusal)
    /// Sends once; every way in which that can fail is an outcome.
    func send(_ parcel: WebhookParcel) async -> WebhookOutcome
}

/// One message on its way.
public struct WebhookParcel: Sendable {
    public enum Content: Sendable {
        case event(StoredEvent)
        /// Somebody tries whether it arrives.
        case test(WebhookID)
    }

    /// `webhook-id`
    public let id: String
    public let address: WebhookAddress
    /// All that sign now, the newest first.
    public let secrets: [[UInt8]]
    /// `webhook-timestamp`
    public let at: Instant
    public let content: Content
}

/// What came of sending once.
public struct WebhookOutcome: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Any 2xx.
        case delivered
        /// Another status, a broken line, a certificate that does not hold.
        case failed
        case timedOut = "timed-out"
        /// 410: the receiver wants no more.
        case gone
        /// The guard did not let it out.
        case refused
    }

    public let kind: Kind
    public let status: Int?
    public let took: Span
    /// The beginning of what went wrong; of an answer's body at most `errorBytesMax`.
    public let error: String?
    public let retryAfter: Span?

    public static let errorBytesMax = 200

    public init(_ kind: Kind, status: Int? = nil, took: Span, error: String? = nil, retryAfter: Span? = nil) {
        (self.kind, self.status, self.took, self.retryAfter) = (kind, status, took, retryAfter)
        self.error = error.map { WebhookOutcome.shortened($0) }
    }

    /// Printable, and cut where the limit falls: what a stranger answered is shown to people.
    private static func shortened(_ text: String) -> String {
        var bytes = 0
        let printable = String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 })
        return String(
            String.UnicodeScalarView(
                printable.prefix { scalar in
                    bytes += UTF8.width(scalar)
                    return bytes <= errorBytesMax
                }))
    }
}
