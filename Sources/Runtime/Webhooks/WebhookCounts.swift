import Synchronization

/// How often sending came to what, since the process began.
public final class WebhookCounts: Sendable {
    public struct Series: Hashable, Sendable {
        public let webhook: WebhookID
        public let outcome: WebhookOutcome.Kind
    }

    private let counts = Mutex<[Series: Int]>([:])

    public init() {}

    func count(_ outcome: WebhookOutcome.Kind, of webhook: WebhookID) {
        counts.withLock { $0[Series(webhook: webhook, outcome: outcome), default: 0] += 1 }
    }

    func forget(_ webhook: WebhookID) { counts.withLock { $0 = $0.filter { $0.key.webhook != webhook } } }

    public var all: [(series: Series, count: Int)] {
        counts.withLock(\.self).sorted { ($0.key.webhook, $0.key.outcome.rawValue) < ($1.key.webhook, $1.key.outcome.rawValue) }.map { ($0.key, $0.value) }
    }
}
