import Timekeeping

/// Makes a regular series out of sorted readings: finds their own spacing, when the desk works, and where something is missing.
struct SeriesBuilder {
    private let spacing: Spacing
    private let gathering: Readings.Gathering
    private let counting: Bool
    private let readings: [Readings.Reading]
    /// Seconds between neighbouring readings, where they keep to a grid.
    private let base: Int?

    /// A slot of the week is open when at least this part of the weeks has it.
    static let presenceMin = 0.25

    init(_ all: Readings, _ sorted: [Readings.Reading]) throws(ForecastRefusal) {
        (spacing, gathering, counting, readings) = (all.spacing, all.gathering, all.counting, sorted)
        base = all.counting ? nil : Self.usualDistance(sorted)
        if let base, base > spacing.minutes * 60 { throw .tooFine(asked: spacing, found: base) }
    }

    /// The commonest distance, when nine of ten readings lie on its grid.
    private static func usualDistance(_ readings: [Readings.Reading]) -> Int? {
        var counts: [Int: Int] = [:]
        for (one, next) in zip(readings, readings.dropFirst()) { counts[next.stamp.wallSeconds - one.stamp.wallSeconds, default: 0] += 1 }
        guard let usual = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key, usual > 0, let first = readings.first else { return nil }
        let grid = readings.count { ($0.stamp.wallSeconds - first.stamp.wallSeconds) % usual == 0 }
        return grid * 10 >= readings.count * 9 ? usual : nil
    }

    func build(_ notes: [Note]) throws(ForecastRefusal) -> (series: Series, notes: [Note]) {
        guard let first = readings.first, let last = readings.last else { throw .noReadings }
        let span = day(last.stamp) - day(first.stamp) + 1
        let slots = spacing == .week || spacing == .day ? 1 : 1_440 / spacing.minutes
        guard span <= Readings.slotsMax, span * slots <= Readings.slotsMax else {
            throw .tooLong(slots: span.multipliedReportingOverflow(by: slots).partialValue)
        }
        var sums: [Int: (sum: Double, count: Int)] = [:]
        for reading in readings {
            let cell = sums[key(reading.stamp, slots), default: (0, 0)]
            sums[key(reading.stamp, slots)] = (cell.sum + reading.value, cell.count + 1)
        }
        return spacing == .week ? weekly(sums, notes, first.stamp, last.stamp) : daily(sums, notes, slots, first.stamp, last.stamp)
    }

    /// Days since 1970; of weekly series weeks since the Monday before.
    private func day(_ stamp: Stamp) -> Int { spacing == .week ? (stamp.dayNumber + 3).quotientFloored(by: 7) : stamp.dayNumber }

    private func key(_ stamp: Stamp, _ slots: Int) -> Int { day(stamp) * slots + (slots == 1 ? 0 : stamp.minuteOfDay / spacing.minutes) }

    private func number(_ cell: (sum: Double, count: Int)) -> Double { gathering == .sum ? cell.sum : cell.sum / Double(cell.count) }

    // MARK: Weeks

    private func weekly(
        _ sums: [Int: (sum: Double, count: Int)], _ notes: [Note], _ first: Stamp, _ last: Stamp
    ) -> (series: Series, notes: [Note]) {
        let usual = middle(sums.values.map(\.count))
        var (notes, values, partial): ([Note], [Double], [Int]) = (notes, [], [])
        for week in day(first)...day(last) {
            guard let cell = sums[week] else {
                values.append(counting ? 0 : .nan)
                continue
            }
            let isWhole = counting ? true : cell.count >= usual
            if !isWhole { partial.append(week) }
            values.append(isWhole ? number(cell) : .nan)
        }
        var start = day(first)
        while let one = values.first, one.isNaN, values.count > 1 {
            values.removeFirst()
            start += 1
        }
        while let one = values.last, one.isNaN, values.count > 1 { values.removeLast() }
        let series = Series(
            spacing: spacing, values: values, isOpenPhase: Array(repeating: true, count: 52), firstWeek: (0..<52).map { (start + $0) * 7 - 3 },
            daysToNextWeek: 364, slotMinutes: [0])
        note(series, partial.first.map { (partial.count, Stamp(wallSeconds: ($0 * 7 - 3) * 86_400)) }, &notes)
        return (series, notes)
    }

    // MARK: Days and parts of days

    private func daily(
        _ sums: [Int: (sum: Double, count: Int)], _ notes: [Note], _ slots: Int, _ first: Stamp, _ last: Stamp
    ) -> (series: Series, notes: [Note]) {
        var notes = notes
        let hours = OpenSlots(sums, slots: slots, first: first.dayNumber, last: last.dayNumber, expected: expected, isCounting: counting)
        if !hours.leftOut.isEmpty { notes.append(.leftOutSlots(minutes: hours.leftOut.map { $0 * spacing.minutes })) }
        let days = (first.dayNumber...last.dayNumber).filter { hours.isOpen(weekday: OpenSlots.weekday($0)) }
        let rest = (0..<7).filter { !hours.isOpen(weekday: $0) }
        if !rest.isEmpty { notes.append(.restDays(rest.compactMap { Weekday(rawValue: $0 + 1)?.description }.joined(separator: ", "))) }
        let used = (0..<slots).filter { slot in (0..<7).contains { hours.isOpen(weekday: $0, slot) } }
        var values: [Double] = []
        values.reserveCapacity(days.count * used.count)
        var partial: (count: Int, first: Stamp)?
        for day in days {
            let weekday = OpenSlots.weekday(day)
            for slot in used {
                guard hours.isOpen(weekday: weekday, slot) else {
                    values.append(.nan)
                    continue
                }
                guard let cell = sums[day * slots + slot] else {
                    values.append(counting ? 0 : .nan)
                    continue
                }
                let needed = gathering == .sum ? hours.usual(weekday, slot) : (hours.usual(weekday, slot) + 1) / 2
                if counting || cell.count >= needed {
                    values.append(number(cell))
                } else {
                    let stamp = Stamp(wallSeconds: day * 86_400 + slot * spacing.minutes * 60)
                    partial = (1 + (partial?.count ?? 0), partial?.first ?? stamp)
                    values.append(.nan)
                }
            }
        }
        return finish(values, days, used, hours, partial, notes)
    }

    /// Readings a slot should have.
    private var expected: Int? { base.map { max(1, spacing.minutes * 60 / $0) } }

    private func finish(
        _ values: [Double], _ days: [Int], _ used: [Int], _ hours: OpenSlots, _ partial: (Int, Stamp)?, _ notes: [Note]
    ) -> (series: Series, notes: [Note]) {
        var (values, days, notes) = (values, days, notes)
        // A first day that is mostly unknown would teach nothing but zeros.
        while days.count > 2,
            values[..<used.count].count(where: { !$0.isNaN }) * 2 < used.count(where: { hours.isOpen(weekday: OpenSlots.weekday(days[0]), $0) })
        {
            values.removeFirst(used.count)
            days.removeFirst()
        }
        let week = (0..<7).map { days[0] + $0 }.filter { hours.isOpen(weekday: OpenSlots.weekday($0)) }
        let phases = week.flatMap { day in used.map { hours.isOpen(weekday: OpenSlots.weekday(day), $0) } }
        var end = (values.lastIndex { !$0.isNaN } ?? 0) + 1
        // The closed slots behind the last reading are over as well.
        while end % phases.count < phases.count, !phases[end % phases.count], end < values.count { end += 1 }
        values.removeLast(values.count - end)
        let series = Series(
            spacing: spacing, values: values, isOpenPhase: phases, firstWeek: week, daysToNextWeek: 7,
            slotMinutes: used.map { spacing == .day ? 0 : $0 * spacing.minutes })
        note(series, partial, &notes)
        return (series, notes)
    }

    private func note(_ series: Series, _ partial: (Int, Stamp)?, _ notes: inout [Note]) {
        if let partial { notes.append(.partial(slots: partial.0, first: partial.1)) }
        let holes = (0..<series.count).filter { series.isOpen($0) && series.values[$0].isNaN }
        if let first = holes.first { notes.append(.filled(holes: holes.count, first: series.stamp(first))) }
    }
}

/// The lower middle of whole numbers.
func middle(_ numbers: [Int]) -> Int { numbers.isEmpty ? 0 : numbers.sorted()[(numbers.count - 1) / 2] }
