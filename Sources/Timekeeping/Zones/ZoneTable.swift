import Chronicle

/// A zone made ready for use: every change of offset from 1970 to 2100 in one sorted table. Made once, then only read.
final class ZoneTable: Sendable {
    let name: ZoneName
    let eras: [ZoneEra]
    /// The second from which each offset holds; the first is the beginning of the table.
    private let changes: SortedIndex
    private let offsets: ContiguousArray<Int32>

    private static let years = 1970...2100
    private static let firstSecond: Int64 = 0
    /// 2101-01-01T00:00:00Z
    private static let endSecond: Int64 = 4_133_980_800
    /// No rule is further from UTC than this, so the instant of a local time lies within it.
    private static let offsetSecondsMax = Int64(ZoneRule.offsetHoursMax) * 3_600

    init(_ name: ZoneName, _ eras: [ZoneEra]) {
        (self.name, self.eras) = (name, eras)
        var candidates: Set<Int64> = []
        for (index, era) in eras.enumerated() {
            let from = era.from.map(Self.second) ?? .min
            let end = index + 1 < eras.count ? eras[index + 1].from.map(Self.second) ?? .max : .max
            candidates.insert(from)
            for year in Self.years.lowerBound - 1...Self.years.upperBound + 1 {
                for change in era.rule.changeSeconds(inYear: year) where from <= change && change < end { candidates.insert(change) }
            }
        }
        var starts: ContiguousArray<Int64> = [Self.firstSecond]
        var offsets: ContiguousArray<Int32> = [Int32(Self.workedOut(eras, at: Self.firstSecond))]
        for candidate in candidates.sorted() where Self.firstSecond < candidate && candidate < Self.endSecond {
            let offset = Int32(Self.workedOut(eras, at: candidate))
            guard offset != offsets[offsets.count - 1] else { continue }
            starts.append(candidate)
            offsets.append(offset)
        }
        changes = SortedIndex(starts)
        self.offsets = offsets
    }

    func offsetSeconds(at second: Int64) -> Int {
        guard Self.firstSecond <= second, second < Self.endSecond else { return Self.workedOut(eras, at: second) }
        return Int(offsets[changes.last(notAfter: second)])
    }

    /// The POSIX second at which local clocks show `local` seconds since 1970-01-01T00:00: the first one where there are two, moved
    /// forward by the gap where there is none.
    func second(ofLocal local: Int64) -> Int64 {
        guard Self.firstSecond + Self.offsetSecondsMax <= local, local < Self.endSecond - Self.offsetSecondsMax else {
            return workedOutSecond(ofLocal: local)
        }
        var index = changes.last(notAfter: local - Self.offsetSecondsMax)
        while true {
            let second = local - Int64(offsets[index])
            let next = index + 1 < offsets.count ? changes.keys[index + 1] : .max
            if second < next { return second }
            // Too late for this offset; if the next one has not begun at that reading, the clock skips it.
            if local - Int64(offsets[index + 1]) < next { return second }
            index += 1
        }
    }

    private func workedOutSecond(ofLocal local: Int64) -> Int64 {
        let before = local - Int64(Self.workedOut(eras, at: local - Self.offsetSecondsMax))
        let after = local - Int64(Self.workedOut(eras, at: local + Self.offsetSecondsMax))
        let fits = { (second: Int64) in second + Int64(Self.workedOut(self.eras, at: second)) == local }
        return fits(before) || !fits(after) ? before : after
    }

    private static func workedOut(_ eras: [ZoneEra], at second: Int64) -> Int {
        var rule = eras[0].rule
        for era in eras.dropFirst() {
            guard let from = era.from, Self.second(from) <= second else { break }
            rule = era.rule
        }
        return rule.offsetSeconds(at: second)
    }

    /// An era that starts within a second is taken to start at the next whole one.
    private static func second(_ instant: Instant) -> Int64 { -(-instant.milliseconds).flooredDivision(by: 1_000) }
}
