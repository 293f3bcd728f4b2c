/// Rows of a table on their way to a series: read one after the other, judged together.
///
/// What can be set right without guessing is set right and noted (order, equal repeats, holes, clocks that went back); what cannot is refused with
/// the line it stands on.
public struct Readings: Sendable {
    /// How the readings of one slot become its number.
    public enum Gathering: String, Sendable, CaseIterable { case sum, mean }
    /// What becomes of a time that is there twice with different values.
    public enum Repeats: String, Sendable, CaseIterable { case refuse, add, mean, last }

    /// Slots a series may have.
    public static let slotsMax = 400_000

    struct Reading {
        let stamp: Stamp
        let value: Double
        let line: Int
    }

    let spacing: Spacing
    let gathering: Gathering
    let repeats: Repeats
    /// Rows are counted; a slot without rows is 0.
    let counting: Bool
    private(set) var readings: [Reading] = []
    private var unreadable: (rows: Int, line: Int, why: String)?
    private var outOfOrder = 0
    private var offset: Int??

    public init(every spacing: Spacing, gathering: Gathering = .sum, repeats: Repeats = .refuse, counting: Bool = false) {
        (self.spacing, self.gathering, self.repeats, self.counting) = (spacing, gathering, repeats, counting)
    }

    /// One row. An unreadable one is passed over and noted; times written in two ways are refused.
    public mutating func add(time: String, value text: String?, line: Int) throws(ForecastRefusal) {
        guard let stamp = Stamp(time) else { return passOver(line, "“\(time.prefix(30))” is not a time such as 2026-11-22 14:30") }
        var value = 1.0
        if let text, !counting {
            let trimmed = text.filter { $0 != " " }
            guard let number = Double(trimmed), number.isFinite else { return passOver(line, "“\(text.prefix(30))” is not a number") }
            value = number
        }
        if let offset {
            guard (offset == nil) == (stamp.offsetSeconds == nil) else { throw .zoneMissing(line: line) }
            if let before = offset, let now = stamp.offsetSeconds, abs(before - now) > 3_600 { throw .mixedZones(line: line) }
        } else {
            offset = .some(stamp.offsetSeconds)
        }
        if let last = readings.last, stamp.instant < last.stamp.instant { outOfOrder += 1 }
        readings.append(Reading(stamp: stamp, value: value, line: line))
    }

    /// A row the table itself could not give.
    public mutating func passOver(_ line: Int, _ why: String) {
        unreadable = unreadable.map { ($0.rows + 1, $0.line, $0.why) } ?? (1, line, why)
    }

    /// The series, with all there is to say about it.
    public func series() throws(ForecastRefusal) -> (series: Series, notes: [Note]) {
        var notes: [Note] = []
        if let unreadable {
            if readings.isEmpty { throw .nothingReadable(rows: unreadable.rows, line: unreadable.line, why: unreadable.why) }
            notes.append(.unreadable(rows: unreadable.rows, firstLine: unreadable.line, why: unreadable.why))
        }
        guard !readings.isEmpty else { throw .noReadings }
        let single = counting ? readings.sorted { $0.stamp.wallSeconds < $1.stamp.wallSeconds } : try withoutRepeats(&notes)
        if outOfOrder > 0, !counting, !notes.contains(where: { if case .clockWentBack = $0 { true } else { false } }) || outOfOrder > 2 {
            notes.append(.notInOrder(rows: outOfOrder))
        }
        if counting { notes.append(.counted) }
        return try SeriesBuilder(self, single).build(notes)
    }

    /// Sorted, each time once.
    private func withoutRepeats(_ notes: inout [Note]) throws(ForecastRefusal) -> [Reading] {
        let sorted = readings.enumerated().sorted { ($0.element.stamp.wallSeconds, $0.offset) < ($1.element.stamp.wallSeconds, $1.offset) }.map(\.element)
        var single: [Reading] = []
        var (equal, firstEqual): (Int, Stamp?) = (0, nil)
        var differing: [(kept: Int, reading: Reading)] = []
        for reading in sorted {
            guard let last = single.last, last.stamp.wallSeconds == reading.stamp.wallSeconds else {
                single.append(reading)
                continue
            }
            if last.value == reading.value, last.stamp.offsetSeconds == reading.stamp.offsetSeconds {
                equal += 1
                firstEqual = firstEqual ?? reading.stamp
            } else {
                differing.append((single.count - 1, reading))
            }
        }
        if let firstEqual { notes.append(.repeated(rows: equal, first: firstEqual)) }
        var groups: [Int: [(kept: Int, reading: Reading)]] = [:]
        for one in differing { groups[one.reading.stamp.dayNumber, default: []].append(one) }
        for (_, group) in groups.sorted(by: { $0.key < $1.key }) {
            if repeats == .refuse {
                guard Self.isClockChange(group, single), let first = group.first else {
                    let first = group[0].reading
                    throw .conflicting(at: first.stamp, line: first.line)
                }
                notes.append(.clockWentBack(first: first.reading.stamp))
            }
            merge(group, into: &single)
        }
        return single
    }

    private func merge(_ group: [(kept: Int, reading: Reading)], into single: inout [Reading]) {
        var counts: [Int: Int] = [:]
        for (kept, reading) in group {
            let before = single[kept]
            let count = counts[kept, default: 1]
            let value =
                switch repeats {
                case .add: before.value + reading.value
                case .last: reading.value
                case .mean, .refuse: (before.value * Double(count) + reading.value) / Double(count + 1)
                }
            counts[kept] = count + 1
            single[kept] = Reading(stamp: before.stamp, value: value, line: before.line)
        }
    }

    /// Are these the readings of one hour of the night that came twice: other distances from UTC, or one block behind the other in the table?
    private static func isClockChange(_ group: [(kept: Int, reading: Reading)], _ single: [Reading]) -> Bool {
        guard let first = group.first, let last = group.last, last.reading.stamp.wallSeconds - first.reading.stamp.wallSeconds < 3_600,
            Set(group.map(\.kept)).count == group.count
        else { return false }
        if first.reading.stamp.offsetSeconds != nil { return group.allSatisfy { single[$0.kept].stamp.offsetSeconds != $0.reading.stamp.offsetSeconds } }
        let firstPass = group.map { single[$0.kept].line }
        return first.reading.stamp.minuteOfDay < 4 * 60 && (firstPass.max() ?? 0) < (group.map(\.reading.line).min() ?? 0) && group.count > 1
            || first.reading.stamp.minuteOfDay < 4 * 60 && group.count == 1 && first.reading.line == firstPass[0] + 1
    }
}

extension Stamp {
    /// Seconds since 1970 in UTC where a distance from it is written, else on the wall.
    var instant: Int { wallSeconds - (offsetSeconds ?? 0) }
}
