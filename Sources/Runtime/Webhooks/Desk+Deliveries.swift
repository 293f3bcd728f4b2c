import Chronicle
import EventStorage

/// Looking at what was sent, and asking for it once more.
extension Desk {
    /// A page of a webhook's deliveries with every attempt, the newest event first.
    /// - Parameter after: the `next` of the page before.
    public func deliveries(
        of id: WebhookID, _ state: Delivery.State? = nil, after: Int64? = nil, limit: Int
    ) async throws(DeskError) -> (deliveries: [Delivery], next: Int64?, asOf: Int64) {
        _ = try await webhook(id)
        var conditions: [RowQuery.Condition] = [.compare("webhook", .equal, .text(id.description))]
        if let state { conditions.append(.compare("state", .equal, .text(state.rawValue))) }
        if let after { conditions.append(.compare("sequence", .less, .integer(after))) }
        do {
            let page = try await store.rows(
                RowQuery(WebhookTables.deliveries, where: conditions, order: [.init("sequence", descending: true)], limit: limit))
            let found = page.rows.compactMap(Delivery.init)
            return (try await withAttempts(found, of: id), page.next == nil ? nil : found.last?.sequence, page.asOf)
        } catch {
            throw .store(error)
        }
    }

    /// One delivery with its attempts; throws `.unknownDelivery` where there is none.
    public func delivery(_ sequence: Int64, to id: WebhookID) async throws(DeskError) -> Delivery {
        _ = try await webhook(id)
        do {
            let query = RowQuery(
                WebhookTables.deliveries, where: [.compare("webhook", .equal, .text(id.description)), .compare("sequence", .equal, .integer(sequence))],
                limit: 1)
            if let found = try await store.rows(query).rows.first.flatMap(Delivery.init), let whole = try await withAttempts([found], of: id).first {
                return whole
            }
        } catch {
            throw .store(error)
        }
        throw .webhook(.unknownDelivery(sequence))
    }

    private func withAttempts(_ deliveries: [Delivery], of id: WebhookID) async throws(StoreError) -> [Delivery] {
        guard !deliveries.isEmpty else { return [] }
        let query = RowQuery(
            WebhookTables.attempts,
            where: [.compare("webhook", .equal, .text(id.description)), .anyOf("sequence", deliveries.map { .integer($0.sequence) })],
            order: [.init("sequence"), .init("at")], limit: 10_000)
        var attempts: [Int64: [Delivery.Attempt]] = [:]
        for row in try await store.rows(query).rows {
            if let sequence = row[1].integer, let attempt = Delivery.Attempt(row) { attempts[sequence, default: []].append(attempt) }
        }
        return deliveries.map { delivery in
            var delivery = delivery
            delivery.attempts = attempts[delivery.sequence] ?? []
            return delivery
        }
    }

    /// Sends one event once more, under the name it had, at the courier's next turn.
    public func redeliver(_ sequence: Int64, to id: WebhookID) async throws(DeskError) -> Delivery {
        let delivery = try await delivery(sequence, to: id)
        try await wish(.redeliver(sequence), of: id)
        return delivery
    }

    /// Sends everything the webhook wants from this event on once more, each under the name it had or would have had, in the log's order, and then
    /// goes on with what happens.
    public func replay(from sequence: Int64, to id: WebhookID, by requester: Requester) async throws(DeskError) {
        let head: Int64
        do { head = try await store.head().sequence } catch { throw .store(error) }
        guard 1...max(1, head) ~= sequence else { throw .webhook(.beyondLog(head: head)) }
        let wish = RowChange.put(WebhookTables.wishes, WebhookWish.replay(from: sequence).key(id))
        try await amend(id, by: requester.actor, rows: [wish]) { webhook throws(DeskError) in
            guard webhook.isEnabled else { throw .webhook(.disabled(id)) }
            return .replayed(WebhookReplayed(from: sequence))
        }
    }

    private func wish(_ wish: WebhookWish, of id: WebhookID) async throws(DeskError) {
        guard try await webhook(id).isEnabled else { throw .webhook(.disabled(id)) }
        do { try await store.write([.put(WebhookTables.wishes, wish.key(id))], position: nil) } catch { throw .store(error) }
    }

    /// How each webhook stands: how far it has read, how much is on its way and since when, since when nothing was accepted.
    public func progress(of id: WebhookID, at now: Instant) async throws(DeskError) -> WebhookProgress {
        let name = RowQuery.Condition.compare("webhook", .equal, .text(id.description))
        do {
            let row = try await store.rows(RowQuery(WebhookTables.progress, where: [name], limit: 1)).rows.first
            let pending: [RowQuery.Condition] = [name, .isNotNull("due")]
            let oldest = try await store.rows(RowQuery(WebhookTables.deliveries, where: pending, order: [.init("queued")], limit: 1)).rows.first
            return WebhookProgress(
                position: row?[1].integer ?? 0, failingSince: (row?[2].integer).map { Instant(milliseconds: $0) },
                pending: try await store.count(RowQuery(WebhookTables.deliveries, where: pending)).count,
                oldestPending: oldest?[6].integer.map { now - Instant(milliseconds: $0) })
        } catch {
            throw .store(error)
        }
    }
}

/// How a webhook stands.
public struct WebhookProgress: Hashable, Sendable {
    /// The log was read up to this event.
    public let position: Int64
    public let failingSince: Instant?
    public let pending: Int64
    /// How long the oldest of them has been on its way.
    public let oldestPending: Span?
}
