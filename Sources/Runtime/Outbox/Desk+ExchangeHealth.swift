import Chronicle
import Disputes
import EventStorage

/// How the way to the exchange is, as the outbox knows it.
public struct ExchangeHealth: Hashable, Sendable {
    /// Instructions on their way, those that were tried in vain among them.
    public let pending: Int64
    /// Of those, tried and not answered.
    public let failing: Int64
    /// Put aside for a person.
    public let aside: Int64
    /// When the oldest instruction still on its way was given.
    public let oldestWaiting: Instant?
    /// When the exchange last answered an instruction, whether it did it or would not; `nil` for not since this is recorded.
    public let lastAnswer: Instant?
    /// How far its list of movements was read.
    public let movementsRead: Int64
    public let asOf: Int64
}

extension OutboxCourier {
    static let answeredName = "exchange-answered"

    /// The exchange answered an instruction at `now`.
    static func heard(_ now: Instant) -> RowChange { .put(CaseTables.cursors, [.text(answeredName), .integer(now.milliseconds)]) }
}

extension Desk {
    /// Larger boxes are counted no further: then it is not the count that matters.
    private static var entriesMax: Int { 10_000 }

    public func exchangeHealth() async throws(DeskError) -> ExchangeHealth {
        do {
            let page = try await store.rows(RowQuery(CaseTables.outbox, limit: Desk.entriesMax))
            let cursors = try await store.rows(RowQuery(CaseTables.cursors, limit: 100)).rows
            func cursor(_ name: String) -> Int64? { cursors.first { $0[0].text == name }?[1].integer }
            let waiting = page.rows.filter { $0[3].text == "pending" }
            // The first 48 bits of an id are when it was given.
            let given = waiting.compactMap { $0[0].text.flatMap(InstructionID.init) }.map { Instant(milliseconds: Int64($0.bits >> 80)) }
            return ExchangeHealth(
                pending: Int64(waiting.count), failing: Int64(waiting.filter { $0[5].integer ?? 0 > 0 }.count),
                aside: Int64(page.rows.filter { $0[3].text == "aside" }.count), oldestWaiting: given.min(),
                lastAnswer: cursor(OutboxCourier.answeredName).map { Instant(milliseconds: $0) },
                movementsRead: cursor(EscrowWatch.cursorName) ?? 0, asOf: page.asOf)
        } catch { throw .store(error) }
    }
}
