import API
import Chronicle
import Correspondence
import Runtime

extension OpenDesk {
    /// Where commands of this process are served.
    func counter(webhooks line: HTTPWebhookLine? = nil) -> Counter {
        Counter(
            desk: desk, exchange: exchange, isRehearsal: isRehearsal, signer: try? LogKey.signer(of: folder), occurred: options.at,
            webhooks: line.map { WebhookOffice(desk, $0) }
        ) { try await !tick().isNothing }
    }

    @discardableResult
    func tick(always: Bool = false) async throws -> Upkeep.Done {
        guard always || !options.noTick else { return Upkeep.Done() }
        return try await Upkeep(desk, exchange).look(at: { now }, occurred: options.at)
    }
}
