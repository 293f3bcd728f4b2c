/// Whether given people get given work done in time, exactly: work flows from batches into the time of those who can do it.
///
/// Everybody who works the same interval and knows the same is one pool. Preemptive and fluid: a case may change hands at an interval's end.
struct Feasibility {
    struct Pool: Hashable {
        let interval: Int
        let skills: Set<String>
    }

    let work: DeadlineWork
    let shifts: [ShiftKind]
    private let pools: [Pool]
    /// Pools each batch can be done in.
    private let places: [[Int]]
    /// Per shift the pools it adds to, and how much of an agent.
    let adds: [[Int]]

    init(_ work: DeadlineWork, _ shifts: [ShiftKind]) throws(StaffingRefusal) {
        guard !shifts.isEmpty else { throw .noShifts }
        (self.work, self.shifts) = (work, shifts)
        var numbers: [Pool: Int] = [:]
        var pools: [Pool] = []
        var adds: [[Int]] = []
        for shift in shifts {
            var mine: [Int] = []
            for interval in shift.works where interval < work.intervals {
                let pool = Pool(interval: interval, skills: shift.skills)
                if numbers[pool] == nil {
                    numbers[pool] = pools.count
                    pools.append(pool)
                }
                mine.append(numbers[pool] ?? 0)
            }
            adds.append(mine)
        }
        var byInterval: [[Int]] = Array(repeating: [], count: work.intervals)
        for (index, pool) in pools.enumerated() { byInterval[pool.interval].append(index) }
        var places: [[Int]] = []
        for batch in work.batches {
            let mine = work.window(batch).flatMap { byInterval[$0] }.filter { index in batch.skill.map { pools[index].skills.contains($0) } ?? true }
            guard !mine.isEmpty else { throw .uncovered(interval: batch.arrives, skill: batch.skill) }
            places.append(mine)
        }
        (self.pools, self.adds, self.places) = (pools, adds, places)
    }

    /// What is not done in time with `people[shift]` of each kind, per batch; and, where something is not, the rule those people break:
    /// Σ coefficient · people ≥ bound, which every sufficient staffing keeps.
    func check(_ people: [Double]) -> (missed: [Double], broken: (coefficients: [Double], bound: Double)?) {
        var capacity = [Double](repeating: 0, count: pools.count)
        for (shift, count) in people.enumerated() { for pool in adds[shift] { capacity[pool] += count * shifts[shift].productive } }
        let (source, sink) = (work.batches.count + pools.count, work.batches.count + pools.count + 1)
        var network = MaximumFlow(nodes: sink + 1)
        let wanted = work.batches.enumerated().map { index, batch in network.connect(source, index, batch.work) }
        for (index, mine) in places.enumerated() {
            for pool in mine where capacity[pool] > 0 { network.connect(index, work.batches.count + pool, .infinity) }
        }
        for pool in pools.indices where capacity[pool] > 0 { network.connect(work.batches.count + pool, sink, capacity[pool]) }
        let (_, reached) = network.run(from: source, to: sink)
        let missed = work.batches.indices.map { max(0, work.batches[$0].work - network.flow(on: wanted[$0])) }
        guard missed.contains(where: { $0 > 1e-7 }) else { return (missed.map { _ in 0 }, nil) }
        // All batches on the source's side must fit into all pools any of them can use.
        var coefficients = [Double](repeating: 0, count: shifts.count)
        var bound = 0.0
        var used: Set<Int> = []
        for (index, batch) in work.batches.enumerated() where reached[index] {
            bound += batch.work
            used.formUnion(places[index])
        }
        for (shift, mine) in adds.enumerated() { coefficients[shift] = Double(mine.count { used.contains($0) }) * shifts[shift].productive }
        // What is broken by less than rounding is kept.
        let held = zip(coefficients, people).reduce(0) { $0 + $1.0 * $1.1 }
        return bound - held > 1e-6 ? (missed, (coefficients, bound)) : (missed.map { _ in 0 }, nil)
    }
}
