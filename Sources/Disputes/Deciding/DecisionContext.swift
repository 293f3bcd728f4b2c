import Chronicle
import Policies

/// What deciding needs besides the case: now, the rules, who asks, and fresh ids.
public struct DecisionContext: Sendable {
    /// When it happened; for imports, when it happened there.
    public var now: Instant
    public var policy: Policy
    public var actor: Actor
    /// Present when the actor is a member of staff.
    public var staff: StaffStanding?
    public var ids: IDSupply
    /// How often each party was sanctioned with each penalty before, as far as the penalty's ladder asks.
    public var priorOffences: [PartyID: [PenaltyCode: Int]]

    public init(
        now: Instant, policy: Policy, actor: Actor, staff: StaffStanding? = nil, ids: IDSupply,
        priorOffences: [PartyID: [PenaltyCode: Int]] = [:]
    ) {
        (self.now, self.policy, self.actor, self.staff, self.ids) = (now, policy, actor, staff, ids)
        self.priorOffences = priorOffences
    }
}
