import Chronicle
import EventStorage

/// One event on its way to one webhook, or what became of it.
public struct Delivery: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        case pending
        case delivered
        /// Given up after the last try: a dead letter. The next event of the case was sent then.
        case failed
    }

    /// One sending.
    public struct Attempt: Hashable, Sendable {
        public let at: Instant
        public let outcome: WebhookOutcome
    }

    public let webhook: WebhookID
    public let sequence: Int64
    public let dispute: String
    public let kind: String
    public var state: State
    /// Since it was last put on its way.
    public var tries: Int
    /// When it was last put on its way.
    public let queued: Instant
    /// When something was last done with it.
    public var touched: Instant
    /// While it is pending.
    public var due: Instant?
    public var ended: Instant?
    /// The oldest first.
    public var attempts: [Attempt] = []
}

/// What somebody asked of a courier.
enum WebhookWish: Hashable, Sendable {
    /// Everything from this event on once more.
    case replay(from: Int64)
    /// This one once more.
    case redeliver(Int64)
    /// The webhook is gone: forget what was sent to it.
    case forget

    var word: String {
        switch self {
        case .replay: "replay"
        case .redeliver: "redeliver"
        case .forget: "forget"
        }
    }

    var sequence: Int64 {
        switch self {
        case .replay(let from): from
        case .redeliver(let sequence): sequence
        case .forget: 0
        }
    }

    func key(_ webhook: WebhookID) -> [RowValue] { [.text(webhook.description), .text(word), .integer(sequence)] }

    init?(_ row: [RowValue]) {
        switch (row[1].text, row[2].integer) {
        case ("replay", let from?): self = .replay(from: from)
        case ("redeliver", let sequence?): self = .redeliver(sequence)
        case ("forget", _): self = .forget
        default: return nil
        }
    }
}

extension Delivery {
    init?(_ row: [RowValue]) {
        guard let webhook = row[0].text.flatMap(WebhookID.init), let sequence = row[1].integer, let dispute = row[2].text, let kind = row[3].text,
            let state = row[4].text.flatMap(State.init), let tries = row[5].integer, let queued = row[6].integer, let touched = row[7].integer
        else { return nil }
        self.init(
            webhook: webhook, sequence: sequence, dispute: dispute, kind: kind, state: state, tries: Int(tries), queued: Instant(milliseconds: queued),
            touched: Instant(milliseconds: touched), due: row[8].integer.map { Instant(milliseconds: $0) },
            ended: row[9].integer.map { Instant(milliseconds: $0) })
    }

    var row: RowChange {
        .put(
            WebhookTables.deliveries,
            [
                .text(webhook.description), .integer(sequence), .text(dispute), .text(kind), .text(state.rawValue), .integer(Int64(tries)),
                .integer(queued.milliseconds), .integer(touched.milliseconds), .integer(due?.milliseconds), .integer(ended?.milliseconds),
            ])
    }

    init(pending item: DeliveryQueue.Item, of webhook: WebhookID, touched: Instant) {
        self.init(
            webhook: webhook, sequence: item.sequence, dispute: item.dispute, kind: item.kind, state: .pending, tries: item.tries, queued: item.queued,
            touched: touched, due: item.due, ended: nil)
    }
}

extension Delivery.Attempt {
    init?(_ row: [RowValue]) {
        guard let at = row[2].integer, let kind = row[3].text.flatMap(WebhookOutcome.Kind.init), let took = row[5].integer else { return nil }
        self.init(
            at: Instant(milliseconds: at),
            outcome: WebhookOutcome(kind, status: row[4].integer.map(Int.init), took: Span(milliseconds: took), error: row[6].text))
    }

    static func row(_ outcome: WebhookOutcome, of webhook: WebhookID, _ sequence: Int64, at: Instant) -> RowChange {
        .put(
            WebhookTables.attempts,
            [
                .text(webhook.description), .integer(sequence), .integer(at.milliseconds), .text(outcome.kind.rawValue),
                .integer(outcome.status.map(Int64.init)), .integer(outcome.took.milliseconds), .text(outcome.error),
            ])
    }
}
