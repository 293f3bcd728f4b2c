import Chronicle
import Disputes
import Policies
import Timekeeping

/// Given, when, then for disputes: people of a small cast act on one case, time passes, and the scene keeps the log.
///
/// Every command is decided by the real decider under the real pack; after each one the scene folds its log anew and insists that
/// replay and decision agree. A refusal is thrown, so that a test says `#expect(throws: Refusal.…)`.
public struct Scene {
    public let policy: Policy
    public private(set) var now: Instant
    public private(set) var log: [Recorded<CaseEvent>] = []
    public let id: CaseID
    private var randomness: UInt128 = 0x5EED
    private var file = CaseFile()

    public static let start: Instant = Instant("2026-03-02T03:00:00Z") ?? .epoch

    public init(_ policy: Policy, at now: Instant = Scene.start, case number: UInt128 = 1) {
        self.policy = policy
        self.now = now
        id = CaseID(at: now, randomness: number)
    }

    public var dispute: Case {
        get throws {
            guard let dispute = file.dispute else { throw Refusal.noSuchCase }
            return dispute
        }
    }

    /// Moves the clock forward, letting every deadline on the way pass at its own instant.
    public mutating func pass(_ span: Span) throws {
        let end = now + span
        while let next = file.dispute?.nextDeadline, next.due <= end {
            now = max(now, next.due)
            let before = log.count
            try act(as: .clock, .passTime(next.key, due: next.due))
            guard log.count > before else { throw Stuck(deadline: next.key) }
        }
        now = end
    }

    /// Moves the clock forward while nothing rings: a timer that is late, a desk that was down.
    public mutating func oversleep(_ span: Span) { now = now + span }

    /// A deadline that rings and leaves nothing behind would ring for ever.
    public struct Stuck: Error { public let deadline: DeadlineKey }

    @discardableResult
    public mutating func act(as who: Cast, _ commands: CaseCommand...) throws -> [CaseEvent] {
        randomness &+= 1 << 64
        let context = DecisionContext(
            now: now, policy: policy, actor: who.actor, staff: who.standing, ids: IDSupply(at: now, randomness: randomness))
        let decided = try DisputeDecider.decide(commands, file, context)
        for event in decided.events {
            log.append(
                Recorded(
                    Envelope(
                        stream: StreamID(id), version: log.count + 1, sequence: Int64(log.count + 1), occurred: now, recorded: now,
                        actor: who.actor, policy: policy.hash, causation: nil, correlation: CorrelationID(bits: 1)),
                    event))
        }
        var replayed = CaseFile()
        replayed.apply(contentsOf: log)
        guard replayed == decided.state else { throw ReplayDiffers(after: decided.events.map(\.type)) }
        file = decided.state
        return decided.events
    }

    /// The state decided on and the state read back from the log are not the same: an event does not say all it should.
    public struct ReplayDiffers: Error { public let after: [EventType] }

    /// Names of the events so far, for expectations that read like the story.
    public var story: [String] { log.map(\.body.type.name) }
    public func happened(_ name: String) -> Bool { story.contains(name) }
}

/// The people of the scenes.
public enum Cast: Hashable, Sendable {
    case buyer, seller, user, stranger
    /// A trainee, an agent of level 1, 2 and 3, a lead, a second key, seniors for appeals, a complaints officer, compliance.
    case trainee, agent, agent2, expert, lead, key, senior, panel(Int), complaints, compliance
    /// The same person as the panel's seat, who also has a second key.
    case panelWithKey(Int)
    case exchange, importer, clock

    public var party: PartyID { PartyID(bits: UInt128(number) | 1 << 100) }
    public var staff: StaffID { StaffID(bits: UInt128(number) | 1 << 101) }

    private var number: Int {
        switch self {
        case .buyer: 1
        case .seller: 2
        case .user: 3
        case .stranger: 4
        case .trainee: 10
        case .agent: 11
        case .agent2: 12
        case .expert: 13
        case .lead: 14
        case .key: 15
        case .senior: 16
        case .complaints: 17
        case .compliance: 18
        case .panel(let seat), .panelWithKey(let seat): 30 + seat
        case .exchange, .importer, .clock: 0
        }
    }

    public var actor: Actor {
        switch self {
        case .buyer, .seller, .user, .stranger: .party(party)
        case .exchange: .machine("exchange")
        case .importer: .machine("import-cfpb")
        case .clock: .clock
        default: .staff(staff)
        }
    }

    public var standing: StaffStanding? {
        let (roles, level): ([String], CertificateLevel)
        switch self {
        case .trainee: (roles, level) = (["R2"], .l0)
        case .agent, .agent2: (roles, level) = (["R2"], .l2)
        case .expert: (roles, level) = (["R2"], .l3)
        case .lead: (roles, level) = (["R3"], .l3)
        case .key: (roles, level) = (["R9"], .l3)
        case .senior, .panel: (roles, level) = (["R4"], .l4)
        case .panelWithKey: (roles, level) = (["R4", "R9"], .l4)
        case .complaints: (roles, level) = (["R5"], .l4)
        case .compliance: (roles, level) = (["R10"], .l4)
        default: return nil
        }
        return StaffStanding(id: staff, roles: roles.compactMap(RoleCode.init), level: level)
    }
}
