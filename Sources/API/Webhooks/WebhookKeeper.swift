import Chronicle
import Disputes
import EventStorage
import Runtime
import ServiceLifecycle

/// Webhooks go out for as long as the desk is served; what is on the line when it closes is finished.
struct WebhookKeeper: Service {
    let office: WebhookOffice

    func run() async throws { await cancelWhenGracefulShutdown { await office.run() } }
}

/// What Prometheus reads of webhooks. Their names are ids: an address may hold what only its receiver should know.
struct WebhookFigures: Sendable {
    let desk: Desk
    let office: WebhookOffice

    func lines() async throws -> [String] {
        var lines = ["# HELP recourse_webhook_deliveries_total Messages sent, by what came of it.", "# TYPE recourse_webhook_deliveries_total counter"]
        for (series, count) in office.counts.all {
            lines.append("recourse_webhook_deliveries_total{webhook=\"\(series.webhook)\",outcome=\"\(series.outcome.rawValue)\"} \(count)")
        }
        var pending = ["# HELP recourse_webhook_pending Events on their way.", "# TYPE recourse_webhook_pending gauge"]
        var oldest = [
            "# HELP recourse_webhook_oldest_pending_seconds How long the oldest of them has been.", "# TYPE recourse_webhook_oldest_pending_seconds gauge",
        ]
        let now = desk.surroundings.now()
        for webhook in try await desk.webhooks() {
            let progress = try await desk.progress(of: webhook.id, at: now)
            pending.append("recourse_webhook_pending{webhook=\"\(webhook.id)\"} \(progress.pending)")
            oldest.append("recourse_webhook_oldest_pending_seconds{webhook=\"\(webhook.id)\"} \((progress.oldestPending ?? .zero).milliseconds / 1_000)")
        }
        return lines + pending + oldest
    }
}
