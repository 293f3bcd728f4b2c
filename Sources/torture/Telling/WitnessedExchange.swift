import EventStorage
import Runtime

/// An exchange that tells what it has answered.
struct WitnessedExchange: Exchange {
    let exchange: any Exchange
    let voice: Voice

    func order(_ reference: OrderReference) async throws(ExchangeError) -> OrderFacts { try await exchange.order(reference) }

    func carryOut(_ instruction: Instruction, key: IdempotencyKey) async throws(ExchangeError) -> InstructionResult {
        let result = try await exchange.carryOut(instruction, key: key)
        voice.tell(.booked(key: key.text, booking: result.booking))
        return result
    }

    func status(of key: IdempotencyKey) async throws(ExchangeError) -> InstructionStatus { try await exchange.status(of: key) }

    func movements(after cursor: MovementCursor, limit: Int) async throws(ExchangeError) -> MovementPage {
        try await exchange.movements(after: cursor, limit: limit)
    }
}
