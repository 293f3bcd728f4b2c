import Chronicle
import Disputes

/// The log as columns: a row a case and the rows of its story, all integers, with the words of each dimension in a lexicon.
///
/// A fold over the cases' events (`take`). Every number of every page, report and answer is computed from here, and every number can name the
/// cases it was counted from. Rows are never removed or moved, so a row number stays good for ever.
public struct Columns: Hashable, Sendable {
    /// The last event taken; 0 for none.
    public internal(set) var sequence: Int64 = 0
    /// When that was written: later than anything in here.
    public internal(set) var asOf: Instant = .epoch

    var words: [Dimension: Lexicon] = Dictionary(uniqueKeysWithValues: Dimension.allCases.map { ($0, Lexicon()) })
    var cases = CaseColumns()
    var intervals = IntervalColumns()
    var spells = SpellColumns()
    var decisions = DecisionColumns()
    var appeals = AppealColumns()
    var requests = RequestColumns()
    var promises = PromiseColumns()
    var executions = ExecutionColumns()
    var index = ColumnIndex()

    public init() {}

    public var caseCount: Int { cases.count }
    /// How many rows there are of each kind, for whoever asks how big it is.
    public var rowCounts: [(table: String, rows: Int)] {
        [
            ("cases", cases.count), ("intervals", intervals.count), ("spells", spells.count), ("decisions", decisions.count),
            ("appeals", appeals.count), ("requests", requests.count), ("promises", promises.count), ("executions", executions.count),
        ]
    }

    /// Whether a case is here, and so whether its story can go on without being read again.
    public func knows(_ id: CaseID) -> Bool { index.row[id] != nil }

    /// The words of a dimension, without “not recorded”, in the order the log met them.
    public func words(of dimension: Dimension) -> [String] { Array((words[dimension] ?? Lexicon()).words.dropFirst()) }

    public func caseID(at row: Int) -> CaseID { cases.id[row] }
}

/// Where rows are, for the fold alone: all of it follows from the columns.
struct ColumnIndex: Hashable, Sendable {
    var row: [CaseID: Int32] = [:]
    /// Where a member of staff works, as last said.
    var siteOfAgent: [UInt16: UInt16] = [:]
    var openRequests: [RequestID: Int32] = [:]
    var openExecutions: [InstructionID: Int32] = [:]
    /// Running promises, by case and clock.
    var openPromises: [UInt64: Int32] = [:]
    var lastByOrder: [UInt64: Int32] = [:]
    var lastByClaim: [UInt64: Int32] = [:]

    static func promise(_ row: Int32, _ clock: UInt16) -> UInt64 { UInt64(UInt32(bitPattern: row)) << 16 | UInt64(clock) }
}

/// FNV-1a, 64 bits: the same on every machine and in every run, unlike `Hasher`. Of two million orders a pair shares one once in nine million desks.
struct Fingerprint {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func mix(_ text: String) {
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        value = (value ^ 0xFF) &* 0x100_0000_01B3
    }

    mutating func mix(_ bits: UInt128) {
        for shift in stride(from: 0, to: 128, by: 8) { value = (value ^ UInt64(truncatingIfNeeded: bits >> shift) & 0xFF) &* 0x100_0000_01B3 }
    }
}
