import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime
import Wire

/// Where callers are served: the desk, the exchange on its other side, and what happens after something was done.
public struct Counter: Sendable {
    public let desk: Desk
    public let exchange: any Exchange
    /// Cases opened here are simulated.
    public let isRehearsal: Bool
    /// When things happen, where that is not now: rehearsals.
    public let occurred: Instant?
    /// What is shared with the exchange: it signs what it calls back with.
    public let exchangeSecrets: [WebhookSecret]
    /// Signs checkpoints of the log; `nil` where its key is kept elsewhere.
    public let signer: NoteSigner?
    /// Called after something was done: the courier and the timer look at once instead of at their next turn.
    public let afterwards: @Sendable () async throws -> Void
    let passes = ViewPass()
    let tape: EventTape

    public init(
        desk: Desk, exchange: any Exchange, isRehearsal: Bool, signer: NoteSigner?, exchangeSecrets: [WebhookSecret] = [], occurred: Instant? = nil,
        afterwards: @escaping @Sendable () async throws -> Void
    ) {
        (self.desk, self.exchange, self.isRehearsal, self.signer) = (desk, exchange, isRehearsal, signer)
        (self.occurred, self.afterwards, self.exchangeSecrets) = (occurred, afterwards, exchangeSecrets)
        tape = EventTape(desk)
    }

    var now: Instant { occurred ?? desk.surroundings.now() }

    func policy(of dispute: Case) async throws -> Policy { try await desk.policies.policy(dispute.policy) }

    /// Seals what was said. A party's words are sealed with the party's own key, staff's with the case's: erasing a person erases what they
    /// said, and leaves why it was decided as it was.
    func seal(_ text: String, in id: CaseID, limits: CaseLimits, by requester: Requester) async throws -> Sealed {
        guard text.count <= limits.textCharactersMax else { throw Refusal.textTooLong(max: limits.textCharactersMax) }
        guard !text.isEmpty else { throw Refusal.reasonMissing(part: "text") }
        let owner: StreamID = if case .party(let party) = requester { StreamID(party) } else { StreamID(id) }
        return try await desk.seal(text, of: owner, in: id)
    }
}
