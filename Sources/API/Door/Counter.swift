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
    /// Tells operators' systems what happens; `nil` where nothing is sent.
    let webhooks: WebhookOffice?
    let passes = ViewPass()
    let tape: EventTape

    public init(
        desk: Desk, exchange: any Exchange, isRehearsal: Bool, signer: NoteSigner?, exchangeSecrets: [WebhookSecret] = [], occurred: Instant? = nil,
        webhooks: WebhookOffice? = nil, afterwards: @escaping @Sendable () async throws -> Void
    ) {
        (self.desk, self.exchange, self.isRehearsal, self.signer) = (desk, exchange, isRehearsal, signer)
        (self.occurred, self.afterwards, self.exchangeSecrets) = (occurred, afterwards, exchangeSecrets)
        self.webhooks = webhooks
        tape = EventTape(desk)
    }

    var now: Instant { occurred ?? desk.surroundings.now() }

    func policy(of dispute: Case) async throws -> Policy { try await desk.policies.policy(dispute.policy) }
}
