import Chronicle

/// What one indicator saw: one entry for each thing it counts, each with the case it belongs to. Everything else (slices, quantiles, intervals,
/// the list of cases behind a number) is the same for all indicators and starts from here.
struct Observations: Sendable {
    /// The case each belongs to.
    private(set) var rows: [Int32] = []
    /// A length in milliseconds, or the upper sum of a ratio.
    private(set) var values: [Int64] = []
    /// The net length beside it, or the lower sum; empty where there is none.
    private(set) var others: [Int64] = []
    /// Over, kept, a hit. Empty where all are.
    private(set) var hits: [Bool] = []
    /// The same seen gross, for shares that have both; empty where there is none.
    private(set) var grossHits: [Bool] = []
    /// Which of `parts` each belongs to; empty where there are none.
    private(set) var marks: [UInt8] = []
    /// Names of the parts that are told apart.
    let parts: [String]
    /// When each began, for counting working time instead.
    private(set) var starts: [Int64] = []
    /// Codes of dimensions that belong to the observation and not to its case.
    private(set) var own: [Dimension: [UInt16]] = [:]

    var count: Int { rows.count }

    init(parts: [String] = [], capacity: Int = 0) {
        self.parts = parts
        rows.reserveCapacity(capacity)
    }

    mutating func reserve(_ capacity: Int, values: Bool = false, others: Bool = false, hits: Bool = false, marks: Bool = false) {
        rows.reserveCapacity(capacity)
        if values { self.values.reserveCapacity(capacity) }
        if others { self.others.reserveCapacity(capacity) }
        if hits { self.hits.reserveCapacity(capacity) }
        if marks { self.marks.reserveCapacity(capacity) }
    }

    @inline(__always) mutating func add(_ row: Int) { rows.append(Int32(truncatingIfNeeded: row)) }
    @inline(__always) mutating func value(_ value: Int64) { values.append(value) }
    @inline(__always) mutating func other(_ value: Int64) { others.append(value) }
    @inline(__always) mutating func hit(_ isHit: Bool) { hits.append(isHit) }
    @inline(__always) mutating func grossHit(_ isHit: Bool) { grossHits.append(isHit) }
    @inline(__always) mutating func mark(_ mark: UInt8) { marks.append(mark) }
    @inline(__always) mutating func start(_ instant: Int64) { starts.append(instant) }
    mutating func own(_ dimension: Dimension, _ code: UInt16) { own[dimension, default: []].append(code) }

    /// The lengths counted otherwise; there is no net view of those.
    mutating func recount(_ count: (_ from: Int64, _ to: Int64) throws -> Int64) rethrows {
        for index in values.indices { values[index] = try count(starts[index], starts[index] + values[index]) }
        others = []
    }
}

/// What an indicator looks at: the columns, the period asked for, and the instant up to which anything is known.
struct Observing: ~Copyable {
    let columns: Columns
    /// Milliseconds, half-open.
    let from: Int64
    let to: Int64
    let now: Int64

    init(_ columns: Columns, _ period: Period, asOf: Instant) {
        self.columns = columns
        (from, to, now) = (period.from.milliseconds, period.to.milliseconds, asOf.milliseconds)
    }

    /// A promise's limit, in millionths of itself: promises of five minutes and of two months are looked at on one scale.
    static let wholeLimit: Int64 = 1_000_000

    @inline(__always) func isIn(_ instant: Int64) -> Bool { from <= instant && instant < to && instant <= now }

    /// What staff and system held of a case until now: what the desk answers for.
    func netNow(_ row: Int) -> Int64 {
        let cases = columns.cases
        var sum = cases.held[0][row] + cases.held[4][row]
        let open = Int(cases.openInterval[row])
        if open >= 0, columns.intervals.holder[open] == 0 || columns.intervals.holder[open] == 4 { sum += max(0, now - columns.intervals.start[open]) }
        return sum
    }
}
