import Rostering
import Testing

@Suite("The search against the evaluator")
struct SearchTests {
    @Test("After any number of moves the engine's cost is the evaluator's, and it knows when a rule is broken", arguments: 1...12 as ClosedRange<UInt64>)
    func incremental(seed: UInt64) throws {
        let benchmark = try SmallInstances.random(seed, days: 12 + Int(seed), people: 5, shifts: 3)
        let problem = benchmark.problem
        var search = Annealing(problem, seed: seed, ruleWeight: 3)
        for burst in 0..<60 {
            search.run(moves: 37, temperature: burst % 2 == 0 ? 400 : 5)
            let audit = benchmark.audit(benchmark.roster(of: search.board.plan))
            #expect(search.board.cost == audit.penalty, "seed \(seed)")
            #expect((search.board.broken == 0) == audit.violations.isEmpty, "seed \(seed): \(audit.violations)")
            #expect(search.board.broken >= 0)
            // What was changed step by step equals what is laid at once.
            var fresh = Board(problem)
            fresh.lay(search.board.plan)
            #expect(fresh.cost == search.board.cost)
            #expect(fresh.broken == search.board.broken)
        }
    }

    @Test("A plan too long for whole rows to be drawn is searched all the same")
    func long() throws {
        let benchmark = try SmallInstances.random(3, days: 900, people: 4, shifts: 4)
        var search = Annealing(benchmark.problem, seed: 1, ruleWeight: 20)
        search.run(moves: 20_000, temperature: 10)
        #expect(search.board.cost == benchmark.audit(benchmark.roster(of: search.board.plan)).penalty)
    }

    @Test("The same seed and calls are the same search")
    func seeded() throws {
        let problem = try SmallInstances.random(4, days: 14, people: 6, shifts: 2).problem
        var one = PlannedSearch(problem, seed: 9)
        var two = PlannedSearch(problem, seed: 9)
        for step in 0..<50 {
            _ = one.work(moves: 200, share: Double(step) / 50)
            _ = two.work(moves: 200, share: Double(step) / 50)
        }
        #expect(one.annealing.board.plan == two.annealing.board.plan)
        #expect(one.annealing.bestCost == two.annealing.bestCost)
    }

    @Test("On instances where every roster can be tried, the search finds the cheapest and the bound stays below it", arguments: 1...14 as ClosedRange<UInt64>)
    func exhaustive(seed: UInt64) throws {
        let benchmark = try SmallInstances.random(seed, days: 5, people: 2, shifts: 2)
        let problem = benchmark.problem
        // Given every plan, by the engine's own count, which the test above holds against the evaluator.
        var board = Board(problem)
        var cheapest = Int.max
        SmallInstances.plans(problem) { plan in
            guard zip(plan.indices, plan).allSatisfy({ (problem.people[$0 / problem.days].allowed[$0 % problem.days] >> UInt64($1)) & 1 != 0 }) else { return }
            board.lay(plan)
            if board.broken == 0 { cheapest = min(cheapest, board.cost) }
        }
        var search = PlannedSearch(problem, seed: seed)
        for step in 0..<200 { if search.work(moves: 500, share: Double(step) / 200) { search.share(search.annealing.best, cost: search.annealing.bestCost) } }
        #expect(search.annealing.bestCost == cheapest, "seed \(seed)")
        if let best = search.annealing.best { #expect(benchmark.audit(benchmark.roster(of: best)).violations.isEmpty) }
        var bound = try #require(LowerBound(problem))
        for _ in 0..<300 { bound.improve(towards: cheapest == .max ? 1_000 : cheapest) }
        if cheapest == .max { return }
        #expect(bound.impossible.isEmpty)
        let value = try #require(bound.value)
        #expect(value <= cheapest, "seed \(seed)")
        // It says something: never less than what the needs cannot be spared.
        #expect(value >= 0)
    }

    @Test("Where one person's rules permit nothing, the bound names the person")
    func impossible() throws {
        // Bo must work every minute of every day and may not work on the second.
        let text = SmallInstances.text.replacing("Bo,E=10|L=10,3360,0,5,1,1,2", with: "Bo,E=10|L=10,4800,4500,10,1,1,2")
            .replacing("Ann,9", with: "Ann,9\nBo,1")
        var bound = try #require(LowerBound(ShiftBenchmark(reading: text).problem))
        bound.improve(towards: 100)
        #expect(bound.impossible == [1])
        let conflict = Conflict(try ShiftBenchmark(reading: text).problem, person: 1)
        #expect(conflict?.person == "Bo")
        #expect(conflict?.rules == [.daysOff, .least])
        #expect(Conflict(try ShiftBenchmark(reading: SmallInstances.text).problem, person: 1) == nil)
    }

    @Test("A repair keeps all it can: with a heavy weight on changes a roster that breaks nothing stays as it is")
    func repair() throws {
        let benchmark = try ShiftBenchmark(reading: SmallInstances.text)
        let published = benchmark.plan(of: try BenchmarkRoster(reading: "Ann E E - - E E - - - -\nBo - E E - - L L - - -"))
        #expect(benchmark.audit(benchmark.roster(of: published)).violations.isEmpty)
        func solved(_ problem: RosterProblem) -> [UInt8]? {
            var search = PlannedSearch(problem, seed: 3)
            for step in 0..<100 {
                if search.work(moves: 500, share: Double(step) / 100) { search.share(search.annealing.best, cost: search.annealing.bestCost) }
            }
            return search.annealing.best
        }
        #expect(solved(benchmark.problem.keeping(published, changeWeight: 1_000)) == published)
        // Ann may now not work on day 4: the day goes, and with it what the rules ask for, and no more.
        let changed = try ShiftBenchmark(reading: SmallInstances.text.replacing("Ann,9", with: "Ann,4,9"))
        let plan = try #require(solved(changed.problem.keeping(published, changeWeight: 1_000)))
        #expect(changed.audit(changed.roster(of: plan)).violations.isEmpty)
        #expect(zip(plan, published).count { $0 != $1 } == 2)
    }
}
