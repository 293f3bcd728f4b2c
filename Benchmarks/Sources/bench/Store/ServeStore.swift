import Chronicle
import Disputes
import EventStorage
import Filling
import Policies
import Runtime

/// `bench serve`: what a desk asks of a full store, one request after the other, each timed on the wall.
struct ServeStore {
    let options: Options

    func run() async throws {
        let folder = DeskFolder(options.store)
        let began = Stopwatch.wallSeconds()
        let store = try folder.openStore()
        let desk = try await folder.openDesk(over: store)
        _ = try await desk.policyInForce()
        let opened = Stopwatch.wallSeconds() - began
        let head = try await store.head()
        show("store: \(head.sequence) events, \(text(Machine.bytes(of: folder.database) / 1e6)) MB; \(Machine.line)")
        show(Figure(name: "serve: opening the store, pack compiled", value: opened, unit: "s", target: 1, lessIsBetter: true).line)
        let set = try StageSet(try await desk.policyInForce())
        let working = Working(desk, set, writers: options.writers, after: Int(head.sequence))
        try await ask(desk, set, store, head)
        if options.writers > 0 {
            show(Figure(name: "serve: commands meanwhile, \(options.writers) writers", value: try await working.stop(), unit: "commands/s").line)
        }
        let memory = Machine.memoryMegabytes
        show(Figure(name: "serve: memory of the process, at most", value: memory.most, unit: "MB", target: 400, lessIsBetter: true).line)
        await desk.keys.close()
        try store.close()
    }

    private func ask(_ desk: Desk, _ set: StageSet, _ store: any EventStore, _ head: LogHead) async throws {
        var dice = Dice(seed: options.seed)
        try await report("next case") { _ in
            _ = try await desk.nextCase(for: set.someAgent(&dice))
        }
        for filter in filters(set, &dice) {
            try await report("queue page of 50, \(filter.name)") { _ in
                let page = try await desk.queue(filter.filter, limit: 50)
                guard page.rows.count <= 50 else { throw FillingError.missing("limit of 50") }
            }
        }
        try await report("queue, five filters in turn, second page") { round in
            let all = filters(set, &dice)
            let first = try await desk.queue(all[round % all.count].filter, limit: 50)
            if let next = first.next { _ = try await desk.queue(all[round % all.count].filter, after: next, limit: 50) }
        }
        let ids = try await someCases(store, head.sequence, &dice)
        try await report("one case, cold from the log") { round in
            guard try await desk.dispute(ids[round % ids.count]) != nil else { throw FillingError.missing("case \(ids[round % ids.count])") }
        }
        try await report("exact counts of 20 views") { _ in
            let lines = try await desk.tallies()
            var totals: [Int64] = []
            for view in 0..<20 { totals.append(lines.filter { ServeStore.shows($0, in: view, set) }.reduce(0) { $0 + $1.cases }) }
            guard totals.count == 20 else { throw FillingError.missing("view") }
        }
    }

    private func report(_ name: String, _ request: (Int) async throws -> Void) async throws {
        var milliseconds: [Double] = []
        for round in 0..<options.requests {
            let began = Stopwatch.wallSeconds()
            try await request(round)
            milliseconds.append((Stopwatch.wallSeconds() - began) * 1_000)
        }
        show(Figure(name: "serve: \(name), p50", value: quantile(0.5, of: milliseconds), unit: "ms").line)
        show(Figure(name: "serve: \(name), p99", value: quantile(0.99, of: milliseconds), unit: "ms", target: 20, lessIsBetter: true).line)
    }

    /// Five ways to look at the queue, from one condition to five.
    private func filters(_ set: StageSet, _ dice: inout Dice) -> [(name: String, filter: QueueFilter)] {
        var phase = QueueFilter()
        phase.phase = .appealWindow
        var tier = QueueFilter()
        tier.tier = 1
        tier.unowned = true
        var typeAndLanguage = QueueFilter()
        typeAndLanguage.type = set.someType(&dice)
        typeAndLanguage.language = set.someLanguage(&dice)
        var owner = QueueFilter()
        owner.owner = set.someAgent(&dice).id
        var five = QueueFilter()
        five.phase = .intake
        five.tier = 2
        five.type = set.someType(&dice)
        five.language = set.someLanguage(&dice)
        five.dueBefore = Instant("2026-12-01T00:00:00Z")
        return [("by phase", phase), ("by tier, unowned", tier), ("by type and language", typeAndLanguage), ("by owner", owner), ("by five conditions", five)]
    }

    /// Cases from anywhere in the log, each asked for once.
    private func someCases(_ store: any EventStore, _ events: Int64, _ dice: inout Dice) async throws -> [CaseID] {
        var ids: Set<CaseID> = []
        for _ in 0..<options.requests * 4 where ids.count < options.requests {
            let after = Int64(dice.next() % UInt64(max(1, events)))
            guard let stream = try await store.read(after: after, limit: 1).first?.envelope.stream, let id = CaseID(stream.text) else { continue }
            ids.insert(id)
        }
        return ids.sorted { $0.bits.nonzeroBitCount < $1.bits.nonzeroBitCount }
    }

    private static func shows(_ line: Desk.Tally, in view: Int, _ set: StageSet) -> Bool {
        switch view {
        case 0..<10: line.phase == Phase.allCases[view % Phase.allCases.count]
        case 10..<14: line.tier == view - 10 && line.phase != .closed
        case 14..<17: line.owned == (view == 14) && line.phase != .closed
        default: line.language == ["en", "es", "zh"][view - 17] && line.phase != .closed
        }
    }
}
