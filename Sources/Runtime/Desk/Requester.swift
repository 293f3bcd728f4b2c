import Chronicle
import Disputes
import EventStorage

/// Who asks, as proven by whoever let them in.
public enum Requester: Hashable, Sendable {
    case staff(StaffStanding)
    case party(PartyID)
    case machine(String)
    case clock

    public var actor: Actor {
        switch self {
        case .staff(let standing): .staff(standing.id)
        case .party(let id): .party(id)
        case .machine(let name): .machine(name)
        case .clock: .clock
        }
    }

    var standing: StaffStanding? { if case .staff(let standing) = self { standing } else { nil } }
}

/// How a command reached the desk.
public struct Request: Sendable {
    public var by: Requester
    /// When it happened, if not now: an import, a rehearsal.
    public var occurred: Instant?
    public var correlation: CorrelationID?
    public var causation: Int64?
    /// Sending the same request twice does it once.
    public var idempotency: (key: IdempotencyKey, fingerprint: Digest)?
    /// The caller decided on this version; another one is a conflict for them to see.
    public var expecting: Int?

    public init(
        by: Requester, occurred: Instant? = nil, correlation: CorrelationID? = nil, causation: Int64? = nil,
        idempotency: (key: IdempotencyKey, fingerprint: Digest)? = nil, expecting: Int? = nil
    ) {
        (self.by, self.occurred, self.correlation, self.causation) = (by, occurred, correlation, causation)
        (self.idempotency, self.expecting) = (idempotency, expecting)
    }
}

/// What came of it.
public struct Performed: Sendable {
    public let dispute: Case
    public let events: [CaseEvent]
    /// `nil` when nothing had to be written.
    public let receipt: Receipt?
    /// The same request was done before; nothing new was written.
    public let repeated: Bool
}
