import Policies
import Timekeeping

/// What a stretch of a case's life was spent on. Every moment has one, so that queueing is never called work and a machine's timer is never
/// blamed on people.
public enum WaitClass: UInt8, Hashable, Sendable, CaseIterable {
    /// It is staff's move and nobody has the case, or a second key or an appeal waits for somebody.
    case queue
    /// It is staff's move and somebody has it. Time in hand, not time at the keyboard: that would need focus time, which is not recorded yet.
    case work
    /// A party has the next move.
    case customer
    /// A bank, the police, another exchange, a court.
    case thirdParty
    /// Nobody is awaited: a window runs, or a machine is carrying something out.
    case timer

    /// - Parameter isTaken: somebody on staff has it. In the phases of approval and appeal its owner is not whom it waits for.
    init(_ holder: Holder, in phase: Phase, isTaken: Bool) {
        switch holder {
        case .staff: self = isTaken && phase != .approval && phase != .appeal ? .work : .queue
        case .partyA, .partyB: self = .customer
        case .third, .legalHold: self = .thirdParty
        case .system: self = .timer
        }
    }

    public var name: String {
        switch self {
        case .queue: "queue"
        case .work: "work"
        case .customer: "customer"
        case .thirdParty: "third party"
        case .timer: "timer"
        }
    }
}

extension Holder {
    /// Its place in the columns; for ever the same.
    var lane: Int {
        switch self {
        case .staff: 0
        case .partyA: 1
        case .partyB: 2
        case .third: 3
        case .system: 4
        case .legalHold: 5
        }
    }

    static let byLane: [Holder] = [.staff, .partyA, .partyB, .third, .system, .legalHold]
}

extension Phase {
    var lane: UInt8 {
        switch self {
        case .intake: 0
        case .negotiation: 1
        case .investigation: 2
        case .decision: 3
        case .approval: 4
        case .execution: 5
        case .appealWindow: 6
        case .appeal: 7
        case .referred: 8
        case .closed: 9
        }
    }
}
