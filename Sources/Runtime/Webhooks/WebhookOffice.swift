import Chronicle
import EventStorage
import Logging

/// All webhooks of a desk: one courier each, so that a slow one holds up no other; and what has to be cleared away.
public final class WebhookOffice: Sendable {
    private let desk: Desk
    /// The way out.
    public let line: any WebhookLine
    public let counts = WebhookCounts()

    private static let lookMilliseconds = 500
    private static let clearEvery = Span.hours(1)
    /// Rows taken away in one step: an append waiting behind it waits some tens of milliseconds.
    private static let sliceRows = 1_000

    public init(_ desk: Desk, _ line: any WebhookLine) { (self.desk, self.line) = (desk, line) }

    private enum Word: Sendable {
        case looked
        case ended(WebhookID)
    }

    /// Works until the task is cancelled; what is on the line then is waited for.
    public func run() async {
        await withTaskGroup(of: Word.self) { group in
            var working: Set<WebhookID> = []
            var cleared: Instant?
            group.addTask { .looked }
            while let word = await group.next() {
                switch word {
                case .ended(let id): working.remove(id)
                case .looked:
                    guard !Task.isCancelled else { continue }
                    for id in await enabled() where working.insert(id).inserted { group.addTask { await self.work(id) } }
                    let now = desk.surroundings.now()
                    if cleared.map({ now - $0 >= WebhookOffice.clearEvery }) ?? true, await clear(at: now) { cleared = now }
                    await forget()
                    group.addTask {
                        try? await Task.sleep(for: .milliseconds(WebhookOffice.lookMilliseconds))
                        return .looked
                    }
                }
            }
        }
    }

    private func enabled() async -> [WebhookID] {
        do { return try await desk.webhooks().filter(\.isEnabled).map(\.id) } catch {
            desk.log.error("the webhooks could not be read", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func work(_ id: WebhookID) async -> Word {
        do { try await WebhookCourier(desk: desk, line: line, counts: counts, id: id).run() } catch {
            desk.log.error("a webhook's courier stopped, and begins again", metadata: ["webhook": "\(id)", "error": "\(error)"])
        }
        return .ended(id)
    }

    /// Sends a message that is no event's, at once, to see whether it arrives.
    public func test(_ id: WebhookID) async throws(DeskError) -> WebhookOutcome {
        let now = desk.surroundings.now()
        let webhook = try await desk.webhook(id)
        let parcel = WebhookParcel(
            id: "msg_\(id.crockford)_test_\(now.milliseconds)", address: webhook.address, secrets: try await desk.activeSecrets(of: id, at: now), at: now,
            content: .test(id))
        return await line.send(parcel)
    }

    // MARK: Clearing away

    /// Takes away what ended longer ago than is kept; `false` where that could not be done now.
    func clear(at now: Instant) async -> Bool {
        let before = RowValue.integer((now - Webhook.deliveriesKept).milliseconds)
        do {
            try await remove(WebhookTables.deliveries, [.isNotNull("ended"), .compare("ended", .less, before)])
            try await remove(WebhookTables.attempts, [.compare("at", .less, before)])
            return true
        } catch {
            desk.log.error("old deliveries could not be cleared away", metadata: ["error": "\(error)"])
            return false
        }
    }

    /// Takes away what was sent to webhooks that are gone.
    private func forget() async {
        do {
            let wishes = try await desk.store.rows(
                RowQuery(WebhookTables.wishes, where: [.compare("what", .equal, .text(WebhookWish.forget.word))], limit: 100))
            for row in wishes.rows {
                let condition = RowQuery.Condition.compare("webhook", .equal, row[0])
                for table in [WebhookTables.deliveries, WebhookTables.attempts] { try await remove(table, [condition]) }
                try await desk.store.write([.delete(WebhookTables.progress, key: [row[0]])], position: nil)
                try await remove(WebhookTables.wishes, [condition])
                if let id = row[0].text.flatMap(WebhookID.init) { counts.forget(id) }
            }
        } catch {
            desk.log.error("what was sent to a removed webhook could not be cleared away", metadata: ["error": "\(error)"])
        }
    }

    private func remove(_ table: RowTable, _ conditions: [RowQuery.Condition]) async throws {
        let places = try table.keyPositions()
        while true {
            let rows = try await desk.store.rows(RowQuery(table, where: conditions, limit: WebhookOffice.sliceRows)).rows
            guard !rows.isEmpty else { return }
            try await desk.store.write(rows.map { row in .delete(table, key: places.map { row[$0] }) }, position: nil)
        }
    }
}
