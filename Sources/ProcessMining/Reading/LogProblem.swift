/// Something a log says that cannot be quite right, but does not keep it from being read. Counted, with the places of the first ones.
public struct LogProblem: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Events that stand before an earlier event of their case. They were put in the order of time.
        case wrongOrder = "wrong_order"
        /// Two traces of one name. They were read as one case.
        case duplicateCase = "duplicate_case"
        /// A start without its completion.
        case missingEnd = "missing_end"
        /// Times that say no offset from UTC.
        case zoneAssumed = "zone_assumed"
        /// Dates like 03/04/2016 that read both ways.
        case dateOrderAssumed = "date_order_assumed"
        /// Traces without an event, and events outside any trace.
        case emptyCase = "empty_case"
        case strayEvent = "stray_event"
        /// Rows that were left out because leaving out was asked for.
        case leftOut = "left_out"
    }

    public let kind: Kind
    public let count: Int
    /// Lines of the file (CSV, XES) or numbers of events (OCEL), of the first twenty.
    public let lines: [Int]
    /// What it is and what was done about it, in a sentence.
    public let sentence: String

    public init(_ kind: Kind, count: Int, lines: [Int], sentence: String) {
        (self.kind, self.count, self.lines, self.sentence) = (kind, count, lines, sentence)
    }
}

/// Why a log was not read. Nothing of it was taken.
public struct LogRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// One thing that is wrong, where the file says it.
    public struct Fault: Hashable, Sendable {
        public let line: Int
        public let reason: String
    }

    public let sentence: String
    /// The first twenty.
    public let faults: [Fault]
    /// All of them.
    public let faultCount: Int

    init(_ sentence: String) { (self.sentence, faults, faultCount) = (sentence, [], 0) }

    init(line: Int, _ reason: String) {
        (sentence, faults, faultCount) = ("the log cannot be read", [Fault(line: line, reason: reason)], 1)
    }

    init(_ sentence: String, _ faults: Faults) {
        (self.sentence, self.faults, faultCount) = (sentence, faults.first, faults.count)
    }

    public var description: String {
        let listed = faults.map { "\n  line \($0.line): \($0.reason)" }.joined()
        let more = faultCount > faults.count ? "\n  and \(faultCount - faults.count) more" : ""
        return sentence + (faults.isEmpty ? "" : ":") + listed + more
    }
}

/// Faults as they are met: all counted, the first kept.
struct Faults: Sendable {
    static let kept = 20
    private(set) var first: [LogRefusal.Fault] = []
    private(set) var count = 0

    mutating func add(_ line: Int, _ reason: String) {
        if count < Faults.kept { first.append(LogRefusal.Fault(line: line, reason: reason)) }
        count += 1
    }
}

/// Places as they are met: all counted, the first kept.
struct Places: Sendable {
    private(set) var first: [Int] = []
    private(set) var count = 0

    @inline(__always)
    mutating func add(_ line: Int) {
        if count < Faults.kept { first.append(line) }
        count += 1
    }
}
