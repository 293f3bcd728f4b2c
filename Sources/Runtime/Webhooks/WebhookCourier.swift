import Chronicle
import Disputes
import EventStorage
import Logging

/// Carries the log's events of cases to one webhook, each until it was accepted or given up: sent at least once, in each case's order.
///
/// It reads the log from the webhook's position, puts what the webhook wants into rows with the position in the same step, and sends from there; so
/// whatever becomes of the process, what was read is on its way and what was not is still to be read. It alone writes these rows.
struct WebhookCourier {
    let desk: Desk
    let line: any WebhookLine
    let counts: WebhookCounts
    let id: WebhookID

    /// Messages on the line at the same time, no two of one case.
    static let parallelMax = 4
    /// Events read and not yet ended; beyond that the log waits to be read.
    static let pendingMax = 10_000
    private static let pageEvents = 256

    private enum Word: Sendable {
        case woke
        case sent(DeliveryQueue.Item, at: Instant, WebhookOutcome)
        /// Could not be sent or said of what is no receiver's fault: the store, the keys.
        case unsent(DeliveryQueue.Item, String)
    }

    /// Works until the webhook is disabled or gone, or the task is cancelled; what is on the line then is waited for.
    func run() async throws(DeskError) {
        guard let webhook = try await enabled() else { return }
        let post = try await Post(courier: self, loading: webhook)
        do {
            try await withThrowingTaskGroup(of: Word.self) { group in
                group.addTask { await post.wake() }
                while let word = try await group.next() {
                    switch word {
                    case .woke:
                        // Disabled and enabled again in between is a new beginning: the next courier loads what waited as due.
                        guard !Task.isCancelled, let now = try await enabled(), now.since == webhook.since else {
                            await post.close()
                            continue
                        }
                        try await post.turn(now)
                        group.addTask { await post.wake() }
                    case .sent(let item, let at, let outcome): try await post.note(item, outcome, at: at)
                    case .unsent(let item, let why): await post.postpone(item, why)
                    }
                    guard !Task.isCancelled else { continue }
                    for item in await post.next() { group.addTask { await send(item, webhook.id) } }
                }
            }
        } catch let error as DeskError {
            throw error
        } catch {
            throw .unreadable(sequence: 0, reason: "\(error)")
        }
    }

    private func enabled() async throws(DeskError) -> Webhook? {
        do throws(DeskError) {
            let webhook = try await desk.webhook(id)
            return webhook.isEnabled ? webhook : nil
        } catch {
            if case .webhook(.unknown) = error { return nil }
            throw error
        }
    }

    /// Sends in a task of its own: what is on the line when the desk is told to end is finished and written down, not sent twice.
    private func send(_ item: DeliveryQueue.Item, _ id: WebhookID) async -> Word {
        await Task { await carry(item) }.value
    }

    private func carry(_ item: DeliveryQueue.Item) async -> Word {
        do {
            let now = desk.surroundings.now()
            let webhook = try await desk.webhook(id)
            let secrets = try await desk.activeSecrets(of: id, at: now)
            guard let event = try await desk.store.read(after: item.sequence - 1, limit: 1).first, event.envelope.sequence == item.sequence else {
                return .unsent(item, "the log has no event \(item.sequence)")
            }
            let parcel = WebhookParcel(
                id: Webhook.messageID(id, item.sequence), address: webhook.address, secrets: secrets, at: now, content: .event(event))
            return .sent(item, at: now, await line.send(parcel))
        } catch {
            return .unsent(item, "\(error)")
        }
    }
}

extension WebhookCourier {
    /// What a courier has in hand. One at a time looks at it.
    private actor Post {
        private let courier: WebhookCourier
        private var desk: Desk { courier.desk }
        private var queue = DeliveryQueue()
        private var position: Int64
        private var failingSince: Instant?
        private var sending = 0
        private var isOver = false
        /// Nothing is sent until what is on the line has come to an end.
        private var isHeld = false

        init(courier: WebhookCourier, loading webhook: Webhook) async throws(DeskError) {
            self.courier = courier
            let desk = courier.desk
            let now = desk.surroundings.now()
            do throws(StoreError) {
                let name = RowQuery.Condition.compare("webhook", .equal, .text(webhook.id.description))
                let row = try await desk.store.rows(RowQuery(WebhookTables.progress, where: [name], limit: 1)).rows.first
                let head = try await desk.store.head().sequence
                position = row?[1].integer ?? head
                // Failures before it was enabled again are not held against it.
                failingSince = (row?[2].integer).map { Instant(milliseconds: $0) }.flatMap { $0 < webhook.since ? nil : $0 }
                var after: [RowValue]?
                repeat {
                    let page = try await desk.store.rows(
                        RowQuery(WebhookTables.deliveries, where: [name, .isNotNull("due")], order: [.init("queued")], after: after, limit: 1_000))
                    for delivery in page.rows.compactMap(Delivery.init) {
                        // Who was enabled again is sent at once what waited.
                        let isAnew = delivery.touched < webhook.since
                        queue.add(
                            .init(
                                sequence: delivery.sequence, dispute: delivery.dispute, kind: delivery.kind, queued: delivery.queued,
                                tries: isAnew ? 0 : delivery.tries, due: isAnew ? now : delivery.due ?? now))
                    }
                    after = page.next
                } while after != nil
            } catch {
                throw .store(error)
            }
        }

        /// Returns when there may be something to do: an event, something due, something asked for, or a second gone by.
        nonisolated func wake() async -> Word {
            let (seen, due) = await (reach, nextDue)
            let now = courier.desk.surroundings.now()
            let wait = min(Span.seconds(1), max(.zero, (due ?? .distantFuture) - now))
            // A moment for what comes together, and so that a queue that is always due does not spin.
            try? await Task.sleep(for: .milliseconds(20))
            if wait > .zero { _ = try? await courier.desk.store.wait(after: seen, timeout: wait) }
            return .woke
        }

        private var reach: Int64 { get async { isFull ? .max : position } }
        /// Of no use while every hand is busy.
        private var nextDue: Instant? { sending >= WebhookCourier.parallelMax ? nil : queue.nextDue }
        private var isFull: Bool { queue.count >= WebhookCourier.pendingMax }

        func turn(_ webhook: Webhook) async throws {
            try await grantWishes(webhook)
            try await readLog(webhook)
        }

        /// What may be sent now; each is under way from here on.
        func next() -> [DeliveryQueue.Item] {
            var items: [DeliveryQueue.Item] = []
            while !isOver, !isHeld, sending < WebhookCourier.parallelMax, let item = queue.next(at: desk.surroundings.now()) {
                sending += 1
                items.append(item)
            }
            return items
        }

        /// Nothing more is sent; what is on the line is waited for.
        func close() { isOver = true }

        // MARK: Reading

        private func readLog(_ webhook: Webhook) async throws {
            while !isFull {
                let page = try await desk.store.read(after: position, limit: WebhookCourier.pageEvents)
                guard let last = page.last?.envelope.sequence else { return }
                let now = desk.surroundings.now()
                // A replay meets what is on its way already.
                let items = page.filter { CaseID($0.envelope.stream.text) != nil && webhook.kinds.wants($0.type.name) && !queue.contains($0.envelope.sequence) }
                    .map { event in
                        DeliveryQueue.Item(
                            sequence: event.envelope.sequence, dispute: event.envelope.stream.text, kind: event.type.name, queued: now, due: now)
                    }
                try await write(items.map { Delivery(pending: $0, of: webhook.id, touched: now).row } + [progress(at: last)])
                position = last
                for item in items { queue.add(item) }
            }
        }

        private func grantWishes(_ webhook: Webhook) async throws {
            let query = RowQuery(WebhookTables.wishes, where: [.compare("webhook", .equal, .text(webhook.id.description))], limit: 1_000)
            for row in try await desk.store.rows(query).rows {
                guard let wish = WebhookWish(row), wish != .forget else { continue }
                let granted = RowChange.delete(WebhookTables.wishes, key: wish.key(webhook.id))
                switch wish {
                case .forget: continue
                case .replay(let from):
                    // What is on the line was sent before this was asked for, and is to be sent once more: it is waited for first.
                    isHeld = sending > 0
                    if isHeld { continue }
                    let start = min(position, from - 1)
                    try await write([granted, progress(at: start)])
                    position = start
                case .redeliver(let sequence): try await redeliver(sequence, webhook, granted)
                }
            }
        }

        private func redeliver(_ sequence: Int64, _ webhook: Webhook, _ granted: RowChange) async throws {
            let now = desk.surroundings.now()
            if queue.contains(sequence) {
                // On the line: it is asked for again at the next turn.
                guard let item = queue.hurry(sequence, at: now) else { return }
                return try await write([granted, Delivery(pending: item, of: webhook.id, touched: now).row])
            }
            guard let kept = try? await desk.delivery(sequence, to: webhook.id) else { return try await write([granted]) }
            let item = DeliveryQueue.Item(sequence: sequence, dispute: kept.dispute, kind: kept.kind, queued: now, due: now)
            try await write([granted, Delivery(pending: item, of: webhook.id, touched: now).row])
            queue.add(item)
        }

        // MARK: What came of it

        func note(_ item: DeliveryQueue.Item, _ outcome: WebhookOutcome, at: Instant) async throws {
            sending -= 1
            courier.counts.count(outcome.kind, of: courier.id)
            let now = desk.surroundings.now()
            var item = item
            item.tries += 1
            var delivery = Delivery(pending: item, of: courier.id, touched: now)
            var rows = [Delivery.Attempt.row(outcome, of: courier.id, item.sequence, at: at)]
            var ending: String?
            switch outcome.kind {
            case .delivered:
                (delivery.state, delivery.due, delivery.ended) = (.delivered, nil, now)
                if failingSince != nil {
                    failingSince = nil
                    rows.append(progress(at: position))
                }
            case .gone, .failed, .timedOut, .refused:
                if failingSince == nil {
                    failingSince = at
                    rows.append(progress(at: position))
                }
                if outcome.kind == .gone {
                    ending = "answered 410"
                } else if let since = failingSince, now - since >= Webhook.failingMax {
                    ending = "nothing was accepted for \(Webhook.failingMax.milliseconds / 86_400_000) days"
                }
                if let wait = RetrySchedule.wait(after: item.tries, chance: desk.surroundings.random(), asked: outcome.retryAfter) {
                    item.due = now + wait
                    delivery.due = item.due
                } else {
                    (delivery.state, delivery.due, delivery.ended) = (.failed, nil, now)
                }
            }
            try await write([delivery.row] + rows)
            if delivery.due == nil { queue.end(item) } else { queue.putBack(item) }
            if outcome.kind != .delivered {
                desk.log.notice(
                    "a webhook was not accepted",
                    metadata: [
                        "webhook": "\(courier.id)", "sequence": "\(item.sequence)", "outcome": "\(outcome.kind.rawValue)", "status": "\(outcome.status ?? 0)",
                    ])
            }
            if let ending {
                isOver = true
                desk.log.warning("a webhook is disabled", metadata: ["webhook": "\(courier.id)", "because": "\(ending)"])
                _ = try await desk.disableWebhook(courier.id, because: ending, by: .machine("webhooks"))
            }
        }

        func postpone(_ item: DeliveryQueue.Item, _ why: String) {
            sending -= 1
            var item = item
            item.due = desk.surroundings.now() + .seconds(5)
            queue.putBack(item)
            desk.log.error("a webhook could not be sent", metadata: ["webhook": "\(courier.id)", "sequence": "\(item.sequence)", "why": "\(why)"])
        }

        // MARK: Rows

        private func progress(at position: Int64) -> RowChange {
            .put(WebhookTables.progress, [.text(courier.id.description), .integer(position), .integer(failingSince?.milliseconds)])
        }

        /// An append without events: it shares its fsync with whatever else is being written.
        private func write(_ rows: [RowChange]) async throws {
            _ = try await desk.store.append(Append(to: StreamID(courier.id), expecting: .any, [], rows: rows))
        }
    }
}
