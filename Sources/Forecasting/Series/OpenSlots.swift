/// When a desk works, found from when there are readings: which slots of which weekdays most weeks have.
struct OpenSlots {
    private let slots: Int
    private var open: [Bool]
    private var usualCount: [Int]
    /// Slots of the day that have readings and are still taken as closed, because they are mostly not covered.
    private(set) var leftOut: [Int] = []

    /// Monday is 0.
    static func weekday(_ dayNumber: Int) -> Int { ((dayNumber + 3) % 7 + 7) % 7 }

    init(_ sums: [Int: (sum: Double, count: Int)], slots: Int, first: Int, last: Int, expected: Int?, isCounting: Bool) {
        self.slots = slots
        open = Array(repeating: false, count: 7 * slots)
        usualCount = Array(repeating: 1, count: 7 * slots)
        var counts: [[Int]] = Array(repeating: [], count: 7 * slots)
        for (key, cell) in sums {
            let day = key.quotientFloored(by: slots)
            counts[Self.weekday(day) * slots + key - day * slots].append(cell.count)
        }
        var weeks = [Int](repeating: 0, count: 7)
        for day in first...last { weeks[Self.weekday(day)] += 1 }
        // Less than two weeks cannot tell a day of rest from a gap: then what one day has, every day has.
        if last - first + 1 < 14 {
            for slot in 0..<slots {
                let all = (0..<7).flatMap { counts[$0 * slots + slot] }
                for weekday in 0..<7 { counts[weekday * slots + slot] = all }
            }
            weeks = Array(repeating: 1, count: 7)
        }
        var covered: Set<Int> = []
        for phase in 0..<7 * slots {
            let present = Double(counts[phase].count) / Double(max(1, weeks[phase / slots]))
            usualCount[phase] = max(1, middle(counts[phase]))
            let isCovered = isCounting ? !counts[phase].isEmpty || weeks[phase / slots] < 4 : present >= SeriesBuilder.presenceMin
            let isWhole = expected.map { usualCount[phase] * 2 >= $0 || slots == 1 } ?? true
            open[phase] = isCovered && isWhole
            if open[phase] { covered.insert(phase % slots) }
        }
        if covered.isEmpty { for phase in open.indices where !counts[phase].isEmpty { open[phase] = true } }
        leftOut = (0..<slots).filter { slot in
            (0..<7).contains { !counts[$0 * slots + slot].isEmpty } && !(0..<7).contains { open[$0 * slots + slot] }
        }
    }

    func isOpen(weekday: Int, _ slot: Int) -> Bool { open[weekday * slots + slot] }
    func isOpen(weekday: Int) -> Bool { open[weekday * slots..<(weekday + 1) * slots].contains(true) }
    /// Readings this slot of the week usually has.
    func usual(_ weekday: Int, _ slot: Int) -> Int { usualCount[weekday * slots + slot] }
}
