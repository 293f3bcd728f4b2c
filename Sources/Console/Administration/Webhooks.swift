import Chronicle
import RecourseClient
import Wire

extension Route {
    private static let home = "/administration/webhooks"

    static let webhookPages: [Route] = [
        Route(.get, home, for: .staff) { visit in try await visit.webhooksPage() },
        Route(.post, home, for: .staff) { visit in
            let kinds = (visit.request["kinds"] ?? "").split { $0 == "," || $0 == " " }.map(String.init)
            let body = WebhookBody(url: visit.request["url"] ?? "", kinds: kinds.isEmpty ? nil : kinds, label: visit.request["label"] ?? "")
            do {
                let new = try await visit.client.addWebhook(body)
                return try await visit.webhookPage(new.webhook.id, secret: (new.secret, nil))
            } catch let problem as Problem where problem.status < 500 {
                return problem.code == .codeNeeded ? visit.codeFirst(home) : try await visit.webhooksPage(problem: problem)
            }
        },
        Route(.get, home + "/{webhook}", for: .staff) { visit in try await visit.webhookPage(visit.parameter("webhook")) },
        Route(.post, home + "/{webhook}/test", for: .staff) { visit in
            try await visit.shown { id in try await visit.webhookPage(id, tested: try await visit.client.testWebhook(id)) }
        },
        Route(.post, home + "/{webhook}/secret", for: .staff) { visit in
            try await visit.shown { id in
                let new = try await visit.client.rotateWebhookSecret(id, RotationBody())
                return try await visit.webhookPage(id, secret: (new.secret, new.oldUntil))
            }
        },
        Route(.post, home + "/{webhook}/pause", for: .staff) { visit in
            try await visit.toWebhook("webhook_paused") { _ = try await visit.client.changeWebhook($0, WebhookChangeBody(enabled: false)) }
        },
        Route(.post, home + "/{webhook}/enable", for: .staff) { visit in
            try await visit.toWebhook("webhook_enabled") { _ = try await visit.client.changeWebhook($0, WebhookChangeBody(enabled: true)) }
        },
        Route(.post, home + "/{webhook}/remove", for: .staff) { visit in
            let id = visit.parameter("webhook")
            return try await visit.doing(home, said: "webhook_removed") {
                _ = try await visit.client.removeWebhook(id)
            } refused: {
                try await visit.webhookPage(id, problem: $0)
            }
        },
        Route(.post, home + "/{webhook}/deliveries/{sequence}/retry", for: .staff) { visit in
            guard let sequence = Int64(visit.parameter("sequence")) else { throw Problem(.notFound, visit.phrases("no_such_page")) }
            return try await visit.toWebhook("sent_again") { _ = try await visit.client.redeliver(sequence, to: $0) }
        },
        Route(.post, home + "/{webhook}/retry-all", for: .staff) { visit in
            try await visit.toWebhook("sent_again") { id in
                for failed in try await visit.client.listDeliveries(of: id, state: "failed").deliveries {
                    _ = try await visit.client.redeliver(failed.sequence, to: id)
                }
            }
        },
    ]
}

extension Visit {
    fileprivate func webhooksPage(problem: Problem? = nil) async throws -> PageReply {
        let frame = try await StaffFrame(self)
        let page = WebhooksPage(webhooks: try await client.listWebhooks().webhooks, tabs: administrationTabs(frame), problem: problem)
        return try render(page, status: problem?.status ?? 200, nav: frame.nav(self))
    }

    fileprivate func webhookPage(
        _ id: String, problem: Problem? = nil, secret: (text: String, oldUntil: Instant?)? = nil, tested: AttemptView? = nil
    ) async throws -> PageReply {
        let frame = try await StaffFrame(self)
        let state = request.query["state"].flatMap { WebhookPage.states.contains($0) ? $0 : nil }
        let deliveries = try await client.listDeliveries(of: id, state: state, after: request.query["after"].flatMap { Int64($0) }, limit: 50)
        let page = WebhookPage(
            webhook: try await client.showWebhook(id), deliveries: deliveries, state: state, problem: problem?.detail, secret: secret, tested: tested)
        return try render(page, status: problem?.status ?? 200, nav: frame.nav(self))
    }

    /// An act whose outcome is shown on the page at once, for it is shown only once.
    fileprivate func shown(_ act: (String) async throws -> PageReply) async throws -> PageReply {
        let id = parameter("webhook")
        do { return try await act(id) } catch let problem as Problem where problem.status < 500 {
            if problem.code == .codeNeeded { return codeFirst("/administration/webhooks/" + RecourseClient.encoded(id)) }
            return try await webhookPage(id, problem: problem)
        }
    }

    fileprivate func toWebhook(_ said: String, _ act: (String) async throws -> Void) async throws -> PageReply {
        let id = parameter("webhook")
        return try await doing("/administration/webhooks/" + RecourseClient.encoded(id), said: said) {
            try await act(id)
        } refused: {
            try await webhookPage(id, problem: $0)
        }
    }
}

/// Who of the operator's systems is told what happens.
struct WebhooksPage: Page {
    static let template = "admin-webhooks"
    let webhooks: [WebhookView]
    let tabs: [Fields]
    let problem: Problem?

    func title(_ visit: Visit) -> String { visit.phrases("webhooks") }

    func fields(_ visit: Visit) -> Fields {
        let typed = problem == nil ? nil : visit.request
        return [
            "tabs": .list(tabs), "anyTabs": .flag(!tabs.isEmpty), "problem": Field(problem?.detail), "any": .flag(!webhooks.isEmpty),
            "count": .text(visit.phrases.counted("n_webhooks", webhooks.count)), "label": .text(typed?["label"] ?? ""),
            "url": .text(typed?["url"] ?? "https://"), "kinds": .text(typed?["kinds"] ?? ""),
            "hooks": .list(
                webhooks.map { webhook in
                    let standing = WebhookPage.standing(of: webhook, visit)
                    return [
                        "href": .text("/administration/webhooks/" + RecourseClient.encoded(webhook.id)), "label": .text(webhook.label),
                        "url": .text(webhook.url), "kinds": .text(WebhookPage.kinds(of: webhook, visit)), "pending": .init(count: Int(webhook.pending)),
                        "state": .text(standing.text), "meaning": .text(standing.meaning),
                    ]
                }),
        ]
    }
}

/// One webhook: what was sent, what waits, what was given up on, and what can be done about it.
struct WebhookPage: Page {
    static let template = "admin-webhook"
    static let states = ["pending", "failed", "delivered"]
    let webhook: WebhookView
    let deliveries: DeliveryList
    let state: String?
    let problem: String?
    let secret: (text: String, oldUntil: Instant?)?
    let tested: AttemptView?

    func title(_ visit: Visit) -> String { webhook.label }

    static func standing(of webhook: WebhookView, _ visit: Visit) -> (text: String, meaning: String) {
        guard webhook.enabled else { return (visit.phrases("webhook_off", webhook.because ?? ""), "is-late") }
        guard let since = webhook.failingSince else { return (visit.phrases("webhook_on"), "is-good") }
        return (visit.phrases("webhook_failing", visit.clock.short(since)), "is-soon")
    }

    static func kinds(of webhook: WebhookView, _ visit: Visit) -> String {
        webhook.kinds.isEmpty ? visit.phrases("everything") : webhook.kinds.joined(separator: ", ")
    }

    func fields(_ visit: Visit) -> Fields {
        let phrases = visit.phrases
        let here = "/administration/webhooks/" + RecourseClient.encoded(webhook.id)
        let standing = WebhookPage.standing(of: webhook, visit)
        func filter(_ name: String, _ wanted: String?) -> Fields {
            ["name": .text(phrases(name)), "href": .text(here + (wanted.map { "?state=" + $0 } ?? "")), "current": .flag(state == wanted)]
        }
        return [
            "here": .text(here), "label": .text(webhook.label), "url": .text(webhook.url), "state": .text(standing.text), "meaning": .text(standing.meaning),
            "problem": Field(problem), "secret": Field(secret?.text),
            "old": Field(secret?.oldUntil.map { phrases("old_secret_until", visit.clock.short($0)) }),
            "tested": tested.map { attempt in
                .group([
                    "meaning": .text(attempt.outcome == "delivered" ? "is-good" : "is-late"), "outcome": .text(phrases("attempt.\(attempt.outcome)")),
                    "detail": .text(WebhookPage.told(attempt, visit)),
                ])
            } ?? .none,
            "retryable": .flag(state == "failed" && !deliveries.deliveries.isEmpty),
            "states": .list([filter("all", nil)] + WebhookPage.states.map { filter("deliveries.\($0)", $0) }),
            "any": .flag(!deliveries.deliveries.isEmpty), "nothing": .text(phrases(state == "failed" ? "no_dead_letters" : "no_deliveries")),
            "more": Field(deliveries.next.map { here + "?after=\($0)" + (state.map { "&state=" + $0 } ?? "") }),
            "kinds": .text(WebhookPage.kinds(of: webhook, visit)), "pending": .init(count: Int(webhook.pending)),
            "position": .init(count: Int(webhook.position)), "enabled": .flag(webhook.enabled),
            "deliveries": .list(
                deliveries.deliveries.map { delivery in
                    [
                        "sequence": .init(count: Int(delivery.sequence)), "number": .text(String(delivery.sequence)), "case": .text(delivery.dispute),
                        "kind": .text(phrases.known("event.\(delivery.kind)") ?? delivery.kind), "state": .text(phrases("delivery.\(delivery.state)")),
                        "meaning": .text(delivery.state == "delivered" ? "is-good" : delivery.state == "failed" ? "is-late" : "is-soon"),
                        "last": .text(
                            delivery.attempts.last.map {
                                "\(visit.clock.short($0.at)): \(WebhookPage.told($0, visit)) · "
                                    + phrases.counted("n_tries", delivery.attempts.count)
                            } ?? phrases("not_tried")),
                        "again": .text(phrases("send_event_again", String(delivery.sequence))),
                    ]
                }),
        ]
    }

    private static func told(_ attempt: AttemptView, _ visit: Visit) -> String {
        [visit.phrases("attempt.\(attempt.outcome)"), attempt.status.map { "HTTP \($0)" }, attempt.error].compactMap(\.self).joined(separator: ", ")
    }
}
