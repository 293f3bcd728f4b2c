import Chronicle

/// Lets time and the exchange act: instructions go out, what its users did comes in, and deadlines are rung when they pass.
public struct Upkeep: Sendable {
    /// What was done.
    public struct Done: Hashable, Sendable {
        public var carriedOut = 0
        public var refused = 0
        public var closedByParties = 0
        public var woken = 0
        public var isNothing: Bool { self == Done() }
        public init() {}
    }

    private let desk: Desk
    private let exchange: any Exchange

    /// One thing leads to another (a deadline to a ruling's settlement, that to a window), but never for ever.
    private static let roundsMax = 8

    public init(_ desk: Desk, _ exchange: any Exchange) { (self.desk, self.exchange) = (desk, exchange) }

    /// Until nothing moves.
    /// - Parameters:
    ///   - now: asked again every round.
    ///   - occurred: when it happens, where that is not now: rehearsals.
    public func look(at now: @Sendable () -> Instant, occurred: Instant? = nil) async throws -> Done {
        var total = Done()
        for _ in 0..<Upkeep.roundsMax {
            let now = now()
            let delivered = try await OutboxCourier(desk, exchange).deliver(at: now, occurred: occurred)
            let closed = try await EscrowWatch(desk, exchange).look()
            let woken = try await DeadlineTimer(desk).ring(at: now)
            guard delivered.carriedOut + delivered.refused + closed + woken > 0 else { break }
            total.carriedOut += delivered.carriedOut
            total.refused += delivered.refused
            total.closedByParties += closed
            total.woken += woken
        }
        return total
    }
}
