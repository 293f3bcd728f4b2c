/// What an equation may look at, for every origin of a past at once.
struct LagFeatures {
    /// The transformed numbers, blocks of a day counted backwards from the origin.
    let z: [Double]
    let width: Int
    private let day: Int
    private let daysAWeek: Int
    private let known: [Bool]
    private let bends: Bool
    /// The weighted mean of all weeks up to and with the slot.
    private let profile: [Double]
    /// Distance from the profile as it was a week before, from last week's number, and the former's mean over the last week at the same slot.
    private let residual: [Double]
    private let change: [Double]
    private let weekly: [Double]
    /// Per block: the mean of both distances, of both in its last hours, of the first in its second half, of both over the last week.
    private let blockResidual: [Double]
    private let blockChange: [Double]
    private let eveningResidual: [Double]
    private let eveningChange: [Double]
    private let halfResidual: [Double]
    private let weekResidual: [Double]
    private let weekChange: [Double]
    private let fading: [Double]
    private let bend: [Double]
    /// Where the row under construction is kept; written before every reading.
    private let scratch: Scratch

    private final class Scratch {
        let row: UnsafeMutablePointer<Double>
        init(_ width: Int) { row = .allocate(capacity: width) }
        deinit { row.deallocate() }
    }

    init(_ past: Past, blocks: Int, _ transform: Transform, _ halfLife: Double, bends: Bool) {
        let (day, daysAWeek, week) = (past.day, past.series.daysAWeek, past.week)
        let (start, count) = (past.end - blocks * day, blocks * day)
        let z = past.filled[start..<past.end].map(transform.forth)
        let keep = exponential(-naturalLog(2) / halfLife)
        var (profile, weight) = (z, [Double](repeating: 1, count: count))
        var (residual, change) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        for slot in week..<max(week, count) {
            let (before, weightBefore) = (profile[slot - week], weight[slot - week])
            residual[slot] = z[slot] - before
            change[slot] = z[slot] - z[slot - week]
            weight[slot] = 1 + keep * weightBefore
            profile[slot] = (z[slot] + keep * weightBefore * before) / weight[slot]
        }
        var weekly = residual
        for slot in 0..<count {
            var sum = 0.0
            for back in 0..<daysAWeek where slot >= back * day { sum += residual[slot - back * day] }
            weekly[slot] = sum / Double(daysAWeek)
        }
        let evening = max(1, day / 24)
        func means(_ numbers: [Double], from: Int) -> [Double] {
            (0..<blocks).map { mean(numbers[$0 * day + from..<($0 + 1) * day]) }
        }
        func overWeek(_ numbers: [Double]) -> [Double] {
            numbers.indices.map { mean(numbers[max(0, $0 - daysAWeek + 1)...$0]) }
        }
        blockResidual = means(residual, from: 0)
        blockChange = means(change, from: 0)
        eveningResidual = means(residual, from: day - evening)
        eveningChange = means(change, from: day - evening)
        halfResidual = means(residual, from: day / 2)
        weekResidual = overWeek(blockResidual)
        weekChange = overWeek(blockChange)
        fading = (0..<day).map { exponential(-4 * Double($0) / Double(day)) }
        bend = (0..<day).map { day > 1 ? 2 * Double($0) / Double(day - 1) - 1 : 0 }
        known = (start..<past.end).map(past.isKnown)
        width = day == 1 ? 7 : bends ? 29 : 11
        scratch = Scratch(width)
        (self.z, self.profile, self.residual, self.change, self.weekly) = (z, profile, residual, change, weekly)
        (self.day, self.daysAWeek, self.bends) = (day, daysAWeek, bends)
    }

    func isKnown(block: Int, _ slot: Int) -> Bool { known[block * day + slot] }

    /// The last block before the origin that has the target's place in the week.
    @inline(__always)
    private func last(_ origin: Int, _ lead: Int) -> Int { origin + lead - daysAWeek * (lead / daysAWeek + 1) }

    /// The weekly profile of the target as it was known at the origin: what the equation adds to.
    @inline(__always)
    func profile(origin: Int, lead: Int, _ slot: Int) -> Double { profile[last(origin, lead) * day + slot] }

    @inline(__always)
    func row(origin: Int, lead: Int, _ slot: Int, _ use: (UnsafePointer<Double>) -> Void) {
        let row = scratch.row
        let same = last(origin, lead) * day + slot
        let (block, yesterday) = (origin - 1, (origin - 1) * day + slot)
        let middle = profile[same]
        row[0] = z[same] - middle
        row[1] = (z[same] + z[same - daysAWeek * day]) / 2 - middle
        row[2] = residual[yesterday]
        row[3] = change[yesterday]
        row[4] = weekResidual[block]
        if day == 1 {
            row[5] = residual[yesterday - 1]
            row[6] = change[yesterday - 1]
            return use(UnsafePointer(row))
        }
        row[5] = blockResidual[block]
        row[6] = blockChange[block]
        row[7] = eveningResidual[block]
        row[8] = eveningChange[block]
        row[9] = eveningResidual[block] * fading[slot]
        row[10] = weekly[yesterday]
        if bends {
            row[11] = halfResidual[block]
            row[12] = weekChange[block]
            row[13] = residual[yesterday - day]
            row[14] = change[yesterday - day]
            let (x, q) = (bend[slot], bend[slot] * bend[slot] - 1.0 / 3)
            var next = 15
            for index in [2, 3, 5, 7, 0, 8, 6] {
                row[next] = row[index] * x
                row[next + 1] = row[index] * q
                next += 2
            }
        }
        use(UnsafePointer(row))
    }
}
