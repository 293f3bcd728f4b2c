import Testing

@testable import Staffing

@Suite("Work with deadlines")
struct DeadlineTests {
    /// The reference day: hours of work that come in each hour, 265 in all.
    static let day: [Double] = [4, 3, 2, 2, 2, 3, 6, 10, 16, 20, 22, 22, 20, 18, 18, 17, 16, 14, 12, 10, 9, 8, 6, 5]

    @Test(
        "The same staff all day",
        arguments: [(1, 22.0), (2, 120.0 / 7), (4, 169.0 / 12), (8, 265.0 / 24), (12, 265.0 / 24), (24, 265.0 / 24)] as [(Int, Double)])
    func constant(within: Int, expected: Double) throws {
        #expect(abs(try DeadlineWork(arriving: Self.day, within: within, repeats: true).constantStaff - expected) < 1e-9)
    }

    @Test("Shifts of eight hours that begin at any hour: the known fewest, proven", arguments: [(1, 37), (2, 34), (3, 34), (4, 34), (8, 34)] as [(Int, Int)])
    func shifts(within: Int, expected: Int) throws {
        let work = try DeadlineWork(arriving: Self.day, within: within, repeats: true)
        let plan = try DeadlinePlan(work, shifts: ShiftKind.of(length: 8, starts: 0..<24, day: 24))
        #expect(plan.people.reduce(0, +) == expected)
        #expect(plan.isOptimal)
        // Checked apart from the solver: nobody who is needed is missing.
        #expect(try DeadlinePlan.missed(work, shifts: plan.shifts, people: plan.people).allSatisfy { $0 == 0 })
        #expect(!plan.marginals.isEmpty)
    }

    @Test("Staff that is enough by density is enough by flow, and a little less is not", arguments: [1, 2, 3, 4, 6])
    func densityIsFlow(within: Int) throws {
        let work = try DeadlineWork(arriving: Self.day, within: within, repeats: true)
        let all = [ShiftKind("all day", works: Array(0..<24))]
        let feasibility = try Feasibility(work, all)
        #expect(feasibility.check([work.constantStaff + 1e-6]).broken == nil)
        #expect(feasibility.check([work.constantStaff - 1e-3]).broken != nil)
    }

    @Test("The most urgent first does whatever flow says can be done: random days, worked hour by hour", arguments: 1...60)
    func urgentFirst(seed: UInt64) throws {
        var chance = Chance(seed: seed)
        let hours = 12
        let batches = (0..<15).map { _ in
            let arrives = Int(chance.next() % UInt64(hours))
            return DeadlineWork.Batch(arrives: arrives, due: arrives + 1 + Int(chance.next() % 5), work: Double(1 + chance.next() % 6))
        }
        let work = try DeadlineWork(intervals: hours, repeats: false, batches: batches)
        let shifts = (0..<hours).map { ShiftKind("hour \($0)", works: [$0]) }
        let people = (0..<hours).map { _ in Int(chance.next() % 9) }
        let missed = try DeadlinePlan.missed(work, shifts: shifts, people: people)
        var left = work.batches.map(\.work)
        for hour in 0..<hours {
            var time = Double(people[hour])
            let open = work.batches.indices.filter { work.batches[$0].arrives <= hour && work.batches[$0].due > hour }.sorted {
                work.batches[$0].due < work.batches[$1].due
            }
            for batch in open {
                let done = min(time, left[batch])
                left[batch] -= done
                time -= done
            }
        }
        // EDF misses nothing where the flow misses nothing; in all it never does more than the greatest flow.
        #expect((missed.reduce(0, +) < 1e-6) == (left.reduce(0, +) < 1e-6))
        #expect(left.reduce(0, +) >= missed.reduce(0, +) - 1e-6)
    }

    @Test("A plan is never beaten by trying every small plan", arguments: 1...12)
    func exhaustive(seed: UInt64) throws {
        var chance = Chance(seed: seed &* 977)
        let batches = (0..<6).map { _ in
            let arrives = Int(chance.next() % 6)
            return DeadlineWork.Batch(
                arrives: arrives, due: min(8, arrives + 1 + Int(chance.next() % 3)), work: Double(1 + chance.next() % 3),
                skill: chance.next() % 2 == 0 ? "ms" : nil)
        }
        let work = try DeadlineWork(intervals: 8, repeats: false, batches: batches)
        let shifts = [
            ShiftKind("early", works: [0, 1, 2, 3], skills: ["ms"], cost: 3), ShiftKind("middle", works: [2, 3, 4, 5], cost: 2),
            ShiftKind("late", works: [4, 5, 6, 7], skills: ["ms"], cost: 3), ShiftKind("long", works: [0, 1, 2, 3, 4, 5, 6, 7], cost: 5),
        ]
        var best = Double.infinity
        for a in 0...6 {
            for b in 0...6 {
                for c in 0...6 {
                    for d in 0...6 {
                        let cost = Double(3 * a + 2 * b + 3 * c + 5 * d)
                        guard cost < best else { continue }
                        if try DeadlinePlan.missed(work, shifts: shifts, people: [a, b, c, d]).allSatisfy({ $0 == 0 }) { best = cost }
                    }
                }
            }
        }
        let plan = try DeadlinePlan(work, shifts: shifts)
        #expect(plan.isOptimal)
        #expect(plan.cost == best)
    }

    @Test("Languages and sites: who knows what decides where people are needed; one fewer is missed in that language")
    func followTheSun() throws {
        // Malay work by day in Kuala Lumpur, Spanish work while Bogotá is awake, anything at any time.
        let batches =
            (0..<8).map { DeadlineWork.Batch(arrives: $0, due: $0 + 4, work: 2, skill: "ms") }
            + (13..<21).map { DeadlineWork.Batch(arrives: $0, due: $0 + 4, work: 2, skill: "es") }
            + (0..<24).map { DeadlineWork.Batch(arrives: $0, due: $0 + 8, work: 3) }
        let work = try DeadlineWork(intervals: 24, repeats: true, batches: batches)
        let shifts = [
            ShiftKind("KL day", site: "Kuala Lumpur", works: Array(1..<9), skills: ["ms"]),
            ShiftKind("Bogotá day", site: "Bogotá", works: Array(14..<22), skills: ["es"]),
            ShiftKind("Malta day", site: "Malta", works: Array(8..<16)),
        ]
        let plan = try DeadlinePlan(work, shifts: shifts)
        #expect(plan.isOptimal)
        #expect(plan.people.reduce(0, +) == 13)
        let spanish = try #require(plan.marginals.first { plan.shifts[$0.shift].site == "Bogotá" })
        #expect(spanish.missedWork > 0)
        #expect(throws: StaffingRefusal.uncovered(interval: 13, skill: "es")) { try DeadlinePlan(work, shifts: [shifts[0], shifts[2]]) }
    }

    @Test("Backlog enters with the time it has left")
    func backlog() throws {
        let backlog = [DeadlineWork.Batch(arrives: 0, due: 2, work: 10), .init(arrives: 0, due: 24, work: 30)]
        let work = try DeadlineWork(intervals: 24, repeats: false, batches: backlog)
        #expect(abs(work.constantStaff - 5) < 1e-9)
    }

    @Test("More people never miss more", arguments: 1...20)
    func monotone(seed: UInt64) throws {
        var chance = Chance(seed: seed)
        let work = try DeadlineWork(arriving: (0..<24).map { _ in Double(chance.next() % 12) }, within: 3, repeats: true)
        let shifts = ShiftKind.of(length: 6, starts: stride(from: 0, to: 24, by: 3), day: 24)
        var people = shifts.map { _ in Int(chance.next() % 3) }
        var before = Double.infinity
        for _ in 0..<6 {
            let missed = try DeadlinePlan.missed(work, shifts: shifts, people: people).reduce(0, +)
            #expect(missed <= before + 1e-6)
            before = missed
            people[Int(chance.next() % UInt64(people.count))] += 1
        }
    }

    @Test("What cannot be planned is refused with a sentence")
    func refusals() throws {
        #expect(throws: StaffingRefusal.window(arrives: 5, due: 5)) {
            try DeadlineWork(intervals: 24, repeats: true, batches: [.init(arrives: 5, due: 5, work: 1)])
        }
        #expect(throws: StaffingRefusal.self) { try DeadlineWork(intervals: 24, repeats: true, batches: [.init(arrives: 0, due: 5, work: .nan)]) }
        #expect(throws: StaffingRefusal.intervals(0)) { try DeadlineWork(arriving: [], within: 1, repeats: true) }
        let work = try DeadlineWork(arriving: [1, 2], within: 1, repeats: true)
        #expect(throws: StaffingRefusal.noShifts) { try DeadlinePlan(work, shifts: []) }
        #expect(StaffingRefusal.noShifts.description == "no shift is given: nobody could work")
    }
}
