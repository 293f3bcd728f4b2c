import Chronicle
import EventStorage

/// The port to the exchange whose disputes these are: what Recourse asks of it, and what it must promise.
///
/// **Every instruction carries a key.** The exchange does what a key asks at most once and remembers what came of it, refusals included:
/// the same key with the same instruction gives the same answer for ever; with another instruction, `.keyReused`. Only `.unavailable`
/// leaves the question open, and sending again answers it. On this promise the outbox builds “exactly once”.
public protocol Exchange: Sendable {
    /// The order as it stands.
    func order(_ reference: OrderReference) async throws(ExchangeError) -> OrderFacts
    /// Does it, or says why not; durable before it answers.
    func carryOut(_ instruction: Instruction, key: IdempotencyKey) async throws(ExchangeError) -> InstructionResult
    /// What became of a key.
    func status(of key: IdempotencyKey) async throws(ExchangeError) -> InstructionStatus
    /// What the parties (or their order's clock) did to escrows after `cursor`, oldest first: a dispute about an order that its parties have
    /// settled must be able to close itself. What Recourse instructed is not listed.
    func movements(after cursor: MovementCursor, limit: Int) async throws(ExchangeError) -> MovementPage
}

extension Exchange {
    public func hold(_ order: OrderReference, key: IdempotencyKey) async throws(ExchangeError) -> InstructionResult {
        try await carryOut(.hold(order: order), key: key)
    }

    public func releaseToBuyer(_ order: OrderReference, key: IdempotencyKey) async throws(ExchangeError) -> InstructionResult {
        try await carryOut(.releaseToBuyer(order: order), key: key)
    }

    public func returnToSeller(_ order: OrderReference, key: IdempotencyKey) async throws(ExchangeError) -> InstructionResult {
        try await carryOut(.returnToSeller(order: order), key: key)
    }

    public func split(_ order: OrderReference, buyer: Amount, seller: Amount, key: IdempotencyKey) async throws(ExchangeError) -> InstructionResult {
        try await carryOut(.split(order: order, buyer: buyer, seller: seller), key: key)
    }
}
