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
    /// Called after something was done, where what follows from it is to be waited for: the courier and the timer look at once. Says whether
    /// anything followed. A server's own keeper looks without anybody waiting.
    public let afterwards: @Sendable () async throws -> Bool
    /// As browsers know this desk, `https://desk.example`; `nil` where nobody said.
    public let address: WebAddress?
    /// Members of staff come in on the word of somebody else here.
    let providers: ProviderDoor
    /// Tells operators' systems what happens; `nil` where nothing is sent.
    let webhooks: WebhookOffice?
    let passes = ViewPass()
    let uploads = UploadTurns()
    let challenges = PasskeyChallenges()
    let tape: EventTape
    let presence = Presence()
    let counts = BoundedCounts()

    public init(
        desk: Desk, exchange: any Exchange, isRehearsal: Bool, signer: NoteSigner?, exchangeSecrets: [WebhookSecret] = [], occurred: Instant? = nil,
        address: WebAddress? = nil, providerLine: (any ProviderLine)? = nil, webhooks: WebhookOffice? = nil,
        afterwards: @escaping @Sendable () async throws -> Bool = { false }
    ) {
        (self.desk, self.exchange, self.isRehearsal, self.signer) = (desk, exchange, isRehearsal, signer)
        (self.occurred, self.afterwards, self.exchangeSecrets) = (occurred, afterwards, exchangeSecrets)
        (self.address, self.webhooks) = (address, webhooks)
        providers = ProviderDoor(desk, providerLine, address: address)
        tape = EventTape(desk)
    }

    var now: Instant { occurred ?? desk.surroundings.now() }

    func policy(of dispute: Case) async throws -> Policy { try await desk.policies.policy(dispute.policy) }
}
