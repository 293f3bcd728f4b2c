import Chronicle
import Disputes
import Runtime
import Wire

extension Operation {
    /// Who of the operator's systems is told what happens: as keys, for whoever administers the desk and nobody else.
    static let webhooks: [Operation] = [
        Operation("list-webhooks", .get, "/v1/webhooks", for: [.staff, .machine(.administer)], demanding: .administer) { visit in
            var views: [WebhookView] = []
            for webhook in try await visit.counter.desk.webhooks() { views.append(try await visit.view(webhook)) }
            let asOf = try await visit.counter.desk.store.head().sequence
            return try .of(WebhookList(webhooks: views, asOf: asOf), asOf: asOf)
        },
        Operation("add-webhook", .post, "/v1/webhooks", for: [.staff, .machine(.administer)], bringing: .json, demanding: .administer) { visit in
            try await visit.addWebhook()
        },
        Operation("show-webhook", .get, "/v1/webhooks/{webhook}", for: [.staff, .machine(.administer)], demanding: .administer) { visit in
            try await visit.shown(try await visit.counter.desk.webhook(try visit.webhookID()))
        },
        Operation("change-webhook", .patch, "/v1/webhooks/{webhook}", for: [.staff, .machine(.administer)], bringing: .json, demanding: .administer) { visit in
            try await visit.changeWebhook()
        },
        Operation("remove-webhook", .delete, "/v1/webhooks/{webhook}", for: [.staff, .machine(.administer)], demanding: .administer) { visit in
            let id = try visit.webhookID()
            let view = try await visit.view(try await visit.counter.desk.webhook(id))
            try await visit.counter.desk.removeWebhook(id, by: visit.who.requester)
            return try .of(view, asOf: try await visit.counter.desk.store.head().sequence)
        },
        Operation(
            "rotate-webhook-secret", .post, "/v1/webhooks/{webhook}/secret", for: [.staff, .machine(.administer)], bringing: .json, demanding: .administer
        ) { visit in
            let body = try visit.arrival.read(RotationBody.self)
            let (secret, oldUntil) = try await visit.counter.desk.rotateSecret(
                of: try visit.webhookID(), overlap: body.overlap ?? Webhook.overlap, by: visit.who.requester)
            return try .of(
                RotatedSecret(secret: WebhookSecret(random: secret).text, oldUntil: oldUntil), status: 201,
                asOf: try await visit.counter.desk.store.head().sequence)
        },
        Operation("test-webhook", .post, "/v1/webhooks/{webhook}/test", for: [.staff, .machine(.administer)], demanding: .administer) { visit in
            let at = visit.counter.now
            let outcome = try await visit.office().test(try visit.webhookID())
            return try .of(AttemptView(outcome, at: at), asOf: nil)
        },
        Operation("list-deliveries", .get, "/v1/webhooks/{webhook}/deliveries", for: [.staff, .machine(.administer)], demanding: .administer) { visit in
            try await visit.listDeliveries()
        },
        Operation("redeliver", .post, "/v1/webhooks/{webhook}/deliveries/{sequence}/redelivery", for: [.staff, .machine(.administer)], demanding: .administer) {
            visit in
            let (id, named) = (try visit.webhookID(), try visit.arrival.parameter("sequence"))
            guard let sequence = Int64(named) else { throw Problem(.notFound, "there is no event “\(named)”") }
            let delivery = try await visit.counter.desk.redeliver(sequence, to: id)
            return try .of(DeliveryView(delivery), status: 202, asOf: try await visit.counter.desk.store.head().sequence)
        },
        Operation("replay-webhook", .post, "/v1/webhooks/{webhook}/replay", for: [.staff, .machine(.administer)], bringing: .json, demanding: .administer) {
            visit in
            let body = try visit.arrival.read(ReplayBody.self)
            let id = try visit.webhookID()
            try await visit.counter.desk.replay(from: body.from, to: id, by: visit.who.requester)
            return try await visit.shown(try await visit.counter.desk.webhook(id), status: 202)
        },
    ]
}

extension Visit<Caller> {
    fileprivate func webhookID() throws(Problem) -> WebhookID {
        let named = try arrival.parameter("webhook")
        guard let id = WebhookID(named) else { throw Problem(.notFound, "there is no webhook “\(named)”") }
        return id
    }

    fileprivate func office() throws(DeskError) -> WebhookOffice {
        guard let office = counter.webhooks else { throw .webhook(.notSending) }
        return office
    }

    /// An address somebody gave, resolved and judged.
    private func judged(_ url: String) async throws -> WebhookAddress {
        do {
            let address = try WebhookAddress(url)
            try await office().line.examine(address)
            return address
        } catch let refusal as WebhookRefusal {
            throw Problem(.refused, "\(refusal)", field: "url")
        }
    }

    fileprivate func addWebhook() async throws -> Answer {
        let body = try arrival.read(WebhookBody.self)
        let kinds = try WebhookKinds(body.kinds ?? [])
        let (webhook, secret) = try await counter.desk.addWebhook(try await judged(body.url), kinds, label: body.label, by: who.requester)
        let made = NewWebhook(webhook: try await view(webhook), secret: WebhookSecret(random: secret).text)
        return try .of(made, status: 201, asOf: try await counter.desk.store.head().sequence, location: "/v1/webhooks/\(webhook.id)")
    }

    fileprivate func changeWebhook() async throws -> Answer {
        let body = try arrival.read(WebhookChangeBody.self)
        let id = try webhookID()
        var webhook = try await counter.desk.webhook(id)
        var address: WebhookAddress?
        if let url = body.url { address = try await judged(url) }
        webhook = try await counter.desk.change(id, address: address, kinds: try body.kinds.map { try WebhookKinds($0) }, label: body.label, by: who.requester)
        switch body.enabled {
        case true?: webhook = try await counter.desk.enableWebhook(id, by: who.requester)
        case false?: webhook = try await counter.desk.disableWebhook(id, because: "asked to", by: who.requester)
        case nil: break
        }
        return try await shown(webhook)
    }

    fileprivate func listDeliveries() async throws -> Answer {
        let state = try arrival.query("state", "pending, delivered or failed") { Delivery.State(rawValue: $0) }
        let after = try arrival.query("after", "a sequence") { Int64($0).flatMap { $0 >= 0 ? $0 : nil } }
        let limit = try arrival.query("limit", "a number from 1 to 200") { Int($0).flatMap { 1...200 ~= $0 ? $0 : nil } } ?? 50
        let page = try await counter.desk.deliveries(of: try webhookID(), state, after: after, limit: limit)
        return try .of(DeliveryList(deliveries: page.deliveries.map(DeliveryView.init), next: page.next, asOf: page.asOf), asOf: page.asOf)
    }

    fileprivate func shown(_ webhook: Webhook, status: Int = 200) async throws -> Answer {
        try .of(try await view(webhook), status: status, asOf: try await counter.desk.store.head().sequence)
    }

    fileprivate func view(_ webhook: Webhook) async throws -> WebhookView {
        WebhookView(webhook, try await counter.desk.progress(of: webhook.id, at: counter.now))
    }
}

extension WebhookView {
    package init(_ webhook: Webhook, _ progress: WebhookProgress) {
        var because: String?
        if case .disabled(let why) = webhook.standing { because = why }
        self.init(
            id: webhook.id.description, url: webhook.address.text, kinds: webhook.kinds.names, label: webhook.label, enabled: webhook.isEnabled,
            because: because, since: webhook.since, made: webhook.made, position: progress.position, pending: progress.pending,
            failingSince: progress.failingSince)
    }
}

extension AttemptView {
    init(_ outcome: WebhookOutcome, at: Instant) {
        self.init(at: at, outcome: outcome.kind.rawValue, status: outcome.status, milliseconds: outcome.took.milliseconds, error: outcome.error)
    }
}

extension DeliveryView {
    package init(_ delivery: Delivery) {
        self.init(
            id: Webhook.messageID(delivery.webhook, delivery.sequence), sequence: delivery.sequence, dispute: delivery.dispute, kind: delivery.kind,
            state: delivery.state.rawValue, due: delivery.due, ended: delivery.ended, attempts: delivery.attempts.map { AttemptView($0.outcome, at: $0.at) })
    }
}
