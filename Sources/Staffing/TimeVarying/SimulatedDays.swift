/// A plan tried on simulated days: Poisson arrivals, exponential handling, one queue in order of arrival, agents as the plan says. Simulated, and marked so.
///
/// An agent whose shift ends finishes the case in hand. Arrivals of an interval fall evenly into it. One seed gives one result, for ever.
public struct SimulatedDays: Sendable {
    public static let isSimulated = true
    /// Per interval: the part of arrivals that waited, over all days.
    public let waiting: [Double]
    /// Per interval: the part that waited longer than `threshold`.
    public let late: [Double]
    public let arrivals: Int

    /// `handling` and `threshold` in intervals. The first `warmUp` days are not counted.
    public init(arrivals rates: [Double], handling: Double, agents: [Int], days: Int, seed: UInt64, threshold: Double = 0, warmUp: Int = 3) {
        var chance = Chance(seed: seed)
        let count = rates.count
        var (waited, tardy, came) = ([Int](repeating: 0, count: count), [Int](repeating: 0, count: count), [Int](repeating: 0, count: count))
        var working = EarliestFirst()
        var queue: [Double] = []
        var head = 0
        /// Lets everybody begin who can at `now`; who begins late has waited.
        func admit(_ now: Double, _ staff: Int) {
            while head < queue.count, working.count < staff {
                let arrival = queue[head]
                head += 1
                let interval = Int(arrival)
                if interval >= warmUp * count {
                    let place = interval % count
                    if now > arrival { waited[place] += 1 }
                    if now - arrival > threshold { tardy[place] += 1 }
                }
                working.insert(now + chance.exponential(mean: handling))
            }
            if head > 4_096 {
                queue.removeFirst(head)
                head = 0
            }
        }
        for interval in 0..<(days + warmUp) * count {
            let staff = agents[interval % count]
            let end = Double(interval + 1)
            var now = Double(interval)
            admit(now, staff)
            var next = rates[interval % count] > 0 ? now + chance.exponential(mean: 1 / rates[interval % count]) : .infinity
            while true {
                if let done = working.first, done <= min(next, end) {
                    now = done
                    working.removeFirst()
                    admit(now, staff)
                } else if next < end {
                    now = next
                    if interval >= warmUp * count { came[interval % count] += 1 }
                    queue.append(now)
                    admit(now, staff)
                    next = now + chance.exponential(mean: 1 / rates[interval % count])
                } else {
                    break
                }
            }
        }
        waiting = zip(waited, came).map { $1 > 0 ? Double($0) / Double($1) : 0 }
        late = zip(tardy, came).map { $1 > 0 ? Double($0) / Double($1) : 0 }
        self.arrivals = came.reduce(0, +)
    }
}

/// Numbers that look like chance and follow from a seed (SplitMix64, Steele, Lea and Flood 2014).
struct Chance {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Above 0, at most 1.
    mutating func unit() -> Double { (Double(next() >> 11) + 1) / 9_007_199_254_740_992 }
    mutating func exponential(mean: Double) -> Double { -mean * naturalLog(unit()) }
}

/// Times, the earliest first: a binary heap.
struct EarliestFirst {
    private var times: [Double] = []
    var count: Int { times.count }
    var first: Double? { times.first }

    mutating func insert(_ time: Double) {
        times.append(time)
        var child = times.count - 1
        while child > 0, times[(child - 1) / 2] > times[child] {
            times.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() {
        guard let last = times.popLast(), !times.isEmpty else { return }
        times[0] = last
        var parent = 0
        while true {
            let (left, right) = (2 * parent + 1, 2 * parent + 2)
            var least = parent
            if left < times.count, times[left] < times[least] { least = left }
            if right < times.count, times[right] < times[least] { least = right }
            if least == parent { return }
            times.swapAt(parent, least)
            parent = least
        }
    }
}
