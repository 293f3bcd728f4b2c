import Policies

// The rows of a case's story: each table has the row of its case first. Appended, never removed; an end is filled in when it comes.

/// Stretches of a case's life in one pair of hands, one class of waiting and one phase.
struct IntervalColumns: Hashable, Sendable {
    var row: [Int32] = []
    var start: [Int64] = []
    var end: [Int64] = []
    var holder: [UInt8] = []
    var waitClass: [UInt8] = []
    var phase: [UInt8] = []
    var agent: [UInt16] = []
    var site: [UInt16] = []
    var count: Int { row.count }
}

/// The times a case was open: one, and one more for each reopening.
struct SpellColumns: Hashable, Sendable {
    var row: [Int32] = []
    var opened: [Int64] = []
    var closed: [Int64] = []
    var ending: [UInt8] = []
    var count: Int { row.count }
}

/// Signed rulings.
struct DecisionColumns: Hashable, Sendable {
    var row: [Int32] = []
    var signed: [Int64] = []
    var agent: [UInt16] = []
    var site: [UInt16] = []
    var outcome: [UInt16] = []
    /// When whoever disagreed could no longer appeal, or did.
    var windowOpened: [Int64] = []
    var windowClosed: [Int64] = []
    var appealed: [Int64] = []
    var count: Int { row.count }
}

struct AppealColumns: Hashable, Sendable {
    var row: [Int32] = []
    var decision: [Int32] = []
    var filed: [Int64] = []
    var decided: [Int64] = []
    /// 0 undecided, 1 upheld, 2 varied, 3 overturned.
    var result: [UInt8] = []
    /// Changed because whoever decided had erred, and not for new evidence or a changed policy.
    var isHandlersError: [Bool] = []
    var count: Int { row.count }
}

/// Evidence asked for.
struct RequestColumns: Hashable, Sendable {
    var row: [Int32] = []
    var side: [UInt8] = []
    var evidence: [UInt16] = []
    var asked: [Int64] = []
    var ended: [Int64] = []
    /// 0 open, 1 answered, 2 waived, 3 lapsed.
    var ending: [UInt8] = []
    var count: Int { row.count }
}

/// Promises about time: each start of a clock.
struct PromiseColumns: Hashable, Sendable {
    var row: [Int32] = []
    var clock: [UInt16] = []
    var bound: [UInt8] = []
    var started: [Int64] = []
    /// When it would be due had it never stood still: the gross view (trap 2).
    var dueGross: [Int64] = []
    var due: [Int64] = []
    var met: [Int64] = []
    var cancelled: [Int64] = []
    var count: Int { row.count }
}

/// Instructions to the exchange, from the decision they follow from to the ledger.
struct ExecutionColumns: Hashable, Sendable {
    var row: [Int32] = []
    var decided: [Int64] = []
    var confirmed: [Int64] = []
    var failed: [Int64] = []
    var count: Int { row.count }
}

extension ClockSpec.Bound {
    var lane: UInt8 {
        switch self {
        case .staff: 1
        case .party: 2
        case .system: 3
        case .legal: 4
        case .scheme: 5
        }
    }

    /// Whether the desk answers for it. Lane 0 is a clock no pack at hand explains.
    static func isOurs(_ lane: UInt8) -> Bool { lane == 1 || lane == 4 || lane == 5 }
}
