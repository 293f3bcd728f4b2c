import Chronicle
import EventStorage

/// Making, changing and ending webhooks. Each is an event of the webhook's own stream and a row, in one step.
extension Desk {
    /// Adds a webhook, from the log's present end on. What is returned beside it is the only time its secret is seen.
    /// - Parameter address: judged already, by whoever can resolve names.
    public func addWebhook(
        _ address: WebhookAddress, _ kinds: WebhookKinds, label: String, by requester: Requester
    ) async throws(DeskError) -> (webhook: Webhook, secret: [UInt8]) {
        try Desk.check(label)
        guard try await webhooks().count < Webhook.countMax else { throw .webhook(.tooMany) }
        let (now, secret) = (surroundings.now(), Array((surroundings.salt() + surroundings.salt()).prefix(WebhookSecrets.bytes)))
        let webhook = Webhook(
            id: WebhookID(at: now, randomness: surroundings.random()), address: address, kinds: kinds, label: label, standing: .enabled, since: now, made: now,
            version: 1)
        let head: Int64
        do { head = try await store.head().sequence } catch { throw .store(error) }
        let progress = RowChange.put(WebhookTables.progress, [.text(webhook.id.description), .integer(head), .null])
        let row = Desk.row(webhook, secrets: try await seal(WebhookSecrets(secret), of: webhook.id))
        let event = WebhookEvent.added(WebhookAdded(host: address.place, kinds: kinds.names, label: label))
        try await write(event.type, { try event.payload() }, of: StreamID(webhook.id), expecting: .none, rows: [row, progress], by: requester.actor)
        return (webhook, secret)
    }

    /// Every webhook there is, the oldest first.
    public func webhooks() async throws(DeskError) -> [Webhook] {
        do {
            return try await store.rows(RowQuery(WebhookTables.webhooks, order: [.init("id")], limit: 1_000)).rows.compactMap(Webhook.init)
        } catch {
            throw .store(error)
        }
    }

    /// One webhook; throws `.unknown` where there is none.
    public func webhook(_ id: WebhookID) async throws(DeskError) -> Webhook { try await kept(id).webhook }

    /// Changes where it goes, what it wants, or what it is called.
    @discardableResult
    public func change(
        _ id: WebhookID, address: WebhookAddress? = nil, kinds: WebhookKinds? = nil, label: String? = nil, by requester: Requester
    ) async throws(DeskError) -> Webhook {
        if let label { try Desk.check(label) }
        return try await amend(id, by: requester.actor) { webhook in
            let before = webhook
            (webhook.address, webhook.kinds, webhook.label) = (address ?? webhook.address, kinds ?? webhook.kinds, label ?? webhook.label)
            guard webhook != before else { return nil }
            return .changed(
                WebhookChanged(
                    host: webhook.address.place, addressChanged: webhook.address != before.address, kinds: webhook.kinds.names, label: webhook.label))
        }
    }

    /// Sends no more; what happens meanwhile waits in the log.
    @discardableResult
    public func disableWebhook(_ id: WebhookID, because reason: String, by requester: Requester) async throws(DeskError) -> Webhook {
        let now = surroundings.now()
        return try await amend(id, by: requester.actor) { webhook in
            guard webhook.isEnabled else { return nil }
            (webhook.standing, webhook.since) = (.disabled(because: reason), now)
            return .disabled(WebhookDisabled(because: reason))
        }
    }

    /// Goes on where it stopped, at once.
    @discardableResult
    public func enableWebhook(_ id: WebhookID, by requester: Requester) async throws(DeskError) -> Webhook {
        let now = surroundings.now()
        return try await amend(id, by: requester.actor) { webhook in
            guard !webhook.isEnabled else { return nil }
            (webhook.standing, webhook.since) = (.enabled, now)
            return .enabled(WebhookEnabled())
        }
    }

    /// Gives out a new secret; until `overlap` has passed the old one signs, too. What is returned is the only time the new one is seen.
    public func rotateSecret(
        of id: WebhookID, overlap: Span = Webhook.overlap, by requester: Requester
    ) async throws(DeskError) -> (secret: [UInt8], oldUntil: Instant) {
        guard Span.zero <= overlap, overlap <= Webhook.overlapMax else { throw .webhook(.overlapTooLong) }
        let now = surroundings.now()
        let (new, end) = (Array((surroundings.salt() + surroundings.salt()).prefix(WebhookSecrets.bytes)), now + overlap)
        for _ in 0..<Desk.retriesMax {
            var (webhook, box) = try await kept(id)
            var secrets = try await openSecrets(box, of: id)
            secrets.rotate(to: new, oldUntil: end, at: now)
            box = try await seal(secrets, of: id)
            let event = WebhookEvent.rotated(WebhookSecretRotated(oldUntil: end))
            if try await put(&webhook, box, event, by: requester.actor) { return (new, end) }
        }
        throw .store(.unavailable(reason: "\(id) is being changed by others again and again", retryAfter: .seconds(1)))
    }

    /// Ends it. Its secrets are destroyed with the key they are sealed with; its deliveries are forgotten.
    public func removeWebhook(_ id: WebhookID, by requester: Requester) async throws(DeskError) {
        let (webhook, _) = try await kept(id)
        let name = RowValue.text(id.description)
        let event = WebhookEvent.removed(WebhookRemoved())
        let rows: [RowChange] = [
            .delete(WebhookTables.webhooks, key: [name]), .delete(WebhookTables.progress, key: [name]),
            .put(WebhookTables.wishes, [name, .text(WebhookWish.forget.word), .integer(0)]),
        ]
        try await write(
            event.type, { try event.payload() }, of: StreamID(id), expecting: .exactly(webhook.version), rows: rows, by: requester.actor)
        do { try await keys.destroy(StreamID(id)) } catch { throw .sealing(error) }
    }

    /// What signs now, the newest first: 32 bytes each.
    func activeSecrets(of id: WebhookID, at now: Instant) async throws(DeskError) -> [[UInt8]] {
        try await openSecrets(try await kept(id).secrets, of: id).active(at: now)
    }

    // MARK: Rows

    private func kept(_ id: WebhookID) async throws(DeskError) -> (webhook: Webhook, secrets: RowValue) {
        let page: RowPage
        do {
            page = try await store.rows(RowQuery(WebhookTables.webhooks, where: [.compare("id", .equal, .text(id.description))], limit: 1))
        } catch {
            throw .store(error)
        }
        guard let row = page.rows.first, let webhook = Webhook(row) else { throw .webhook(.unknown(id.description)) }
        return (webhook, row[9])
    }

    /// Reads, changes and writes; again where somebody was faster. `change` gives no event where there is nothing to change.
    /// - Parameter rows: what else is written in the same step.
    @discardableResult
    func amend(
        _ id: WebhookID, by actor: Actor, rows: [RowChange] = [], _ change: (inout Webhook) throws(DeskError) -> WebhookEvent?
    ) async throws(DeskError) -> Webhook {
        for _ in 0..<Desk.retriesMax {
            var (webhook, secrets) = try await kept(id)
            guard let event = try change(&webhook) else { return webhook }
            if try await put(&webhook, secrets, event, rows, by: actor) { return webhook }
        }
        throw .store(.unavailable(reason: "\(id) is being changed by others again and again", retryAfter: .seconds(1)))
    }

    /// `false` where somebody was faster.
    private func put(
        _ webhook: inout Webhook, _ secrets: RowValue, _ event: WebhookEvent, _ rows: [RowChange] = [], by actor: Actor
    ) async throws(DeskError) -> Bool {
        let seen = webhook.version
        webhook.version += 1
        do throws(DeskError) {
            try await write(
                event.type, { try event.payload() }, of: StreamID(webhook.id), expecting: .exactly(seen),
                rows: [Desk.row(webhook, secrets: secrets)] + rows, by: actor)
            return true
        } catch {
            if case .store(.conflict) = error { return false }
            throw error
        }
    }

    private static func check(_ label: String) throws(DeskError) {
        guard 1...Webhook.labelCharactersMax ~= label.count else { throw .webhook(.labelLength) }
    }

    private static func row(_ webhook: Webhook, secrets: RowValue) -> RowChange {
        let (state, because): (String, RowValue) =
            switch webhook.standing {
            case .enabled: ("enabled", .null)
            case .disabled(let because): ("disabled", .text(because))
            }
        return .put(
            WebhookTables.webhooks,
            [
                .text(webhook.id.description), .text(webhook.address.text), .text(webhook.kinds.names.joined(separator: " ")), .text(webhook.label),
                .text(state), because, .integer(webhook.since.milliseconds), .integer(webhook.made.milliseconds), .integer(Int64(webhook.version)), secrets,
            ])
    }
}

extension Webhook {
    fileprivate init?(_ row: [RowValue]) {
        guard let id = row[0].text.flatMap(WebhookID.init), let text = row[1].text, let address = try? WebhookAddress(text), let names = row[2].text,
            let kinds = try? WebhookKinds(names.split(separator: " ").map(String.init)), let label = row[3].text, let since = row[6].integer,
            let made = row[7].integer, let version = row[8].integer
        else { return nil }
        self.init(
            id: id, address: address, kinds: kinds, label: label, standing: row[4].text == "enabled" ? .enabled : .disabled(because: row[5].text ?? ""),
            since: Instant(milliseconds: since), made: Instant(milliseconds: made), version: Int(version))
    }
}
