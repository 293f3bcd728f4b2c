import Chronicle
import Disputes
import Policies

/// One case lived from its opening to its end, or to the instant at which the filling stops: every command decided by the real decider.
///
/// Nothing here knows what follows from an act; that is the pack's business. A life only says who does what, when.
public struct Life: Sendable {
    public let id: CaseID
    /// What was done, oldest first; acts that changed nothing are not among them.
    public private(set) var acts: [LivedAct] = []
    public private(set) var file = CaseFile()
    /// Commands decided, deadlines included.
    public private(set) var commandsDecided = 0
    /// Every command with what it was decided in, where asked for: to decide the same life again and time only that.
    public private(set) var steps: [(command: CaseCommand, context: DecisionContext)] = []
    private let keepsSteps: Bool
    public var eventCount: Int { acts.reduce(0) { $0 + $1.events.count } }

    let set: StageSet
    let end: Instant
    var now: Instant
    var dice: Dice

    init(_ set: StageSet, id: CaseID, from begin: Instant, until end: Instant, dice: Dice, keepsSteps: Bool) {
        (self.set, self.id, now, self.end, self.dice, self.keepsSteps) = (set, id, begin, end, dice, keepsSteps)
    }

    var dispute: Case {
        get throws(Refusal) {
            guard let dispute = file.dispute else { throw .noSuchCase }
            return dispute
        }
    }

    mutating func act(as actor: Actor, staff: StaffStanding? = nil, _ command: CaseCommand) throws(Refusal) {
        let context = DecisionContext(
            now: now, policy: set.policy, actor: actor, staff: staff, ids: IDSupply(at: now, randomness: dice.bits128()))
        if keepsSteps { steps.append((command, context)) }
        let before = file
        file = CaseFile()
        let decided = try DisputeDecider.decide([command], before, context)
        file = decided.state
        commandsDecided += 1
        if !decided.events.isEmpty { acts.append(LivedAct(actor: actor, at: now, events: decided.events)) }
    }

    /// Lets time pass, and every deadline on the way at its own instant. False when the filling stops before: the case is left as it is.
    mutating func pass(_ span: Span) throws(Refusal) -> Bool {
        let until = now + span
        while let next = file.dispute?.nextDeadline, next.due <= min(until, end) {
            now = max(now, next.due)
            let count = acts.count
            try act(as: .clock, .passTime(next.key, due: next.due))
            guard acts.count > count else { throw .packFault("the deadline \(next.key) passes and leaves nothing") }
        }
        guard until <= end else { return false }
        now = until
        return true
    }

    /// The same to whatever closes the case by itself.
    mutating func waitForTheEnd() throws(Refusal) {
        while let next = file.dispute?.nextDeadline, !(try dispute.isClosed) {
            guard try pass(next.due - now) else { return }
        }
    }

    /// A sentence of 20 to 180 characters, sealed; the core never looks inside, and the filling makes no keys.
    mutating func said(by who: StreamID) -> Sealed { Sealed(owner: who, box: dice.bytes(28 + 20 + dice.below(160))) }
}

/// What one command made happen.
public struct LivedAct: Sendable {
    public let actor: Actor
    public let at: Instant
    public let events: [CaseEvent]
}
