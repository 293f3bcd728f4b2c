/// A regular series: one number for every slot of every working day, with holes where nothing is known.
///
/// Slots lie in one flat row, day after day; days on which the desk never works are not in it, so that Monday follows Friday where weekends are free.
/// A slot in which the desk is closed on that weekday is there and marked closed, so that a day is always `slotsADay` long and a week
/// always `slotsADay · daysAWeek`. Weekly series have one slot a “day” and 52 “days a week”: the year is their season.
public struct Series: Sendable {
    public let spacing: Spacing
    public let slotsADay: Int
    public let daysAWeek: Int
    /// NaN where nothing is known or the desk is closed.
    public let values: [Double]
    /// For each slot of the week, counted from the first of the series: is the desk ever open then?
    let isOpenPhase: [Bool]
    /// Day number of each day of the series' first week, and how many days later the same slot comes again (7, or 364 for weekly series).
    let firstWeek: [Int]
    let daysToNextWeek: Int
    /// Minute of the day at which each slot begins.
    let slotMinutes: [Int]

    init(spacing: Spacing, values: [Double], isOpenPhase: [Bool], firstWeek: [Int], daysToNextWeek: Int, slotMinutes: [Int]) {
        (self.spacing, self.values, self.isOpenPhase) = (spacing, values, isOpenPhase)
        (self.firstWeek, self.daysToNextWeek, self.slotMinutes) = (firstWeek, daysToNextWeek, slotMinutes)
        slotsADay = slotMinutes.count
        daysAWeek = firstWeek.count
    }

    public var slotsAWeek: Int { slotsADay * daysAWeek }
    public var count: Int { values.count }

    public func isOpen(_ slot: Int) -> Bool { isOpenPhase[slot % slotsAWeek] }

    public func dayNumber(_ slot: Int) -> Int {
        let day = slot / slotsADay
        return firstWeek[day % daysAWeek] + day / daysAWeek * daysToNextWeek
    }

    /// When the slot begins, also of slots that are still to come.
    public func stamp(_ slot: Int) -> Stamp {
        Stamp(wallSeconds: dayNumber(slot) * 86_400 + slotMinutes[slot % slotsADay] * 60)
    }

    /// The next `count` open slots from `slot` on.
    public func openSlots(from slot: Int, count: Int) -> [Int] {
        var found: [Int] = []
        var next = slot
        while found.count < count {
            if isOpen(next) { found.append(next) }
            next += 1
        }
        return found
    }

    /// How many open slots a day has on average, for a person and as the step between origins.
    public var openSlotsADay: Int { max(1, Int((Double(isOpenPhase.count { $0 }) / Double(daysAWeek)).rounded())) }

    /// The same series with other numbers.
    func with(_ values: [Double]) -> Series {
        Series(
            spacing: spacing, values: values, isOpenPhase: isOpenPhase, firstWeek: firstWeek, daysToNextWeek: daysToNextWeek, slotMinutes: slotMinutes)
    }
}
