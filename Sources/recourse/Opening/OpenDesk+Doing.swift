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
        ) { try await !tick().isQuiet }
    }

    /// What a tick did.
    struct Tick: Hashable, Sendable {
        var carriedOut = 0
        var refused = 0
        var closedByParties = 0
        var woken = 0
        var isQuiet: Bool { carriedOut + refused + closedByParties + woken == 0 }
    }

    /// One thing leads to another (a deadline to a ruling's settlement, that to a window), but never for ever.
    private static let roundsMax = 8

    /// Delivers to the exchange, listens to it, and rings the timer, until nothing moves.
    @discardableResult
    func tick(always: Bool = false) async throws -> Tick {
        guard always || !options.noTick else { return Tick() }
        var total = Tick()
        for _ in 0..<OpenDesk.roundsMax {
            let delivered = try await OutboxCourier(desk, exchange).deliver(at: now, occurred: options.at)
            let closed = try await EscrowWatch(desk, exchange).look()
            let woken = try await DeadlineTimer(desk).ring(at: now)
            let round = Tick(carriedOut: delivered.carriedOut, refused: delivered.refused, closedByParties: closed, woken: woken)
            if round.isQuiet { break }
            total.carriedOut += round.carriedOut
            total.refused += round.refused
            total.closedByParties += round.closedByParties
            total.woken += round.woken
        }
        return total
    }
}
