import ProcessMining
import Testing

@Suite("Conformance")
struct ConformanceTests {
    /// A, then B and C in either order, then D; a silent step splits.
    static let parallel = PetriNet(
        placeCount: 6,
        transitions: [
            .init(label: "A", takes: [0: 1], gives: [1: 1]), .init(label: nil, takes: [1: 1], gives: [2: 1, 3: 1]),
            .init(label: "B", takes: [2: 1], gives: [4: 1]), .init(label: "C", takes: [3: 1], gives: [5: 1]),
            .init(label: "D", takes: [4: 1, 5: 1], gives: [1: 0, 0: 0]),
        ], initial: [0: 1], final: [:])

    @Test(
        "The cheapest pairing is found",
        arguments: [
            ("ABCD", 0, "ABCD"), ("ACBD", 0, "ACBD"), ("ABD", 1, "AB-CD"), ("ABCCD", 1, "ABC+CD"), ("", 4, "-A-B-C-D"), ("DX", 4, "-A-B-CD+X"),
            ("BCDA", 2, "-ABCD+A"),
        ])
    func alignments(path: String, deviations: Int, moves: String) throws {
        let log = Logs.letters(path.isEmpty ? "Z" : path)
        let conformance = try Conformance(log, Variants(log), against: ConformanceTests.parallel)
        let alignment = conformance.alignments[0]
        guard !path.isEmpty else {
            #expect(alignment.cost / 10_000 == 5)
            return
        }
        #expect(alignment.cost / 10_000 == deviations)
        // Several pairings may be as cheap; what they cost and pair is the same.
        let found = alignment.moves.map { move in
            switch move {
            case .both(let activity): activity
            case .skipped(let activity): "-" + activity
            case .extra(let activity): "+" + activity
            }
        }
        #expect(found.count { $0.hasPrefix("-") } == moves.count { $0 == "-" })
        #expect(found.count { $0.hasPrefix("+") } == moves.count { $0 == "+" })
        #expect(found.filter { !$0.hasPrefix("-") }.map { $0.replacing("+", with: "") }.joined() == path)
    }

    @Test("Variants that begin alike give what each gives alone")
    func shared() throws {
        let paths = ["ABCD", "ABD", "ABCCD", "ACBD", "AD", "D", "ABCDD", "BACD", "AXBCD"]
        var columns = EventColumns()
        for (index, path) in paths.enumerated() {
            for (step, letter) in path.enumerated() { columns.append(case: "\(index)", activity: String(letter), microseconds: Int64(step)) }
        }
        let log = EventLog(columns)
        let variants = Variants(log)
        let together = try Conformance(log, variants, against: ConformanceTests.parallel)
        for (index, variant) in variants.all.enumerated() {
            let alone = Logs.letters(paths[variant.example])
            let single = try Conformance(alone, Variants(alone), against: ConformanceTests.parallel)
            #expect(single.alignments[0].cost == together.alignments[index].cost, "\(paths[variant.example])")
        }
        #expect(together.unknown == ["X"])
        #expect(together.deviations.first { $0.activity == "X" }?.kind == .extra)
    }

    @Test("A model that never ends, or gathers tokens without end, is refused")
    func unsound() {
        let log = Logs.letters("A")
        let dead = PetriNet(placeCount: 2, transitions: [.init(label: "A", takes: [0: 1], gives: [:])], initial: [0: 1], final: [1: 1])
        #expect(throws: LogRefusal.self) { try Conformance(log, Variants(log), against: dead) }
        let source = PetriNet(placeCount: 2, transitions: [.init(label: "A", takes: [0: 1], gives: [0: 1, 1: 1])], initial: [0: 1], final: [1: 7])
        #expect(throws: LogRefusal.self) { try Conformance(log, Variants(log), against: source) }
    }

    @Test("BPMN: a choice, a parallel part and a task become a net that means the same")
    func bpmn() throws {
        let net = try Logs.model("claim.bpmn")
        #expect(net.labels == ["Open", "Ask buyer", "Ask seller", "Decide", "Withdraw"])
        for (path, fits) in [
            (["Open", "Ask buyer", "Ask seller", "Decide"], true), (["Open", "Ask seller", "Ask buyer", "Decide"], true), (["Open", "Withdraw"], true),
            (["Open", "Ask buyer", "Decide"], false),
        ] {
            var columns = EventColumns()
            for (step, name) in path.enumerated() { columns.append(case: "1", activity: name, microseconds: Int64(step)) }
            let log = EventLog(columns)
            #expect(try Conformance(log, Variants(log), against: net).fittingCases == (fits ? 1 : 0), "\(path)")
        }
    }

    @Test(
        "What is no model is refused",
        arguments: [
            "", "<a/>", "<pnml><net id='1'/></pnml>", "<pnml><net><place id='p'/><transition id='t'/><arc source='p' target='x'/></net></pnml>",
            "<definitions><process><inclusiveGateway id='i'/></process></definitions>",
        ])
    func noModel(text: String) { #expect(throws: LogRefusal.self) { try ModelReader.read(Array(text.utf8)) } }

    /// Nets that an inductive miner (noise 0.2) makes of each log, and the fitness PM4Py 2.7.23 finds for it, with its own optimal alignments.
    @Test(
        "Fitness is PM4Py's (needs RECOURSE_DATA)", .enabled(if: Logs.areThere),
        arguments: [
            ("helpdesk_italian.xes.gz", "helpdesk.pnml", 0.9784476270770972, 0.978753413385285, 85.78602620087337),
            ("bpic2013_closed_problems.xes.gz", "closed_problems.pnml", 0.984909140965791, 0.9876262567913189, 91.99731002017485),
            ("uci_incident_event_log.zip", "uci.pnml", 0.9882362436073321, 0.9904403415406589, 91.59242314792519),
            ("receipt.xes.gz", "receipt.pnml", 0.8277414240117233, 0.8154953330871839, 49.721059972106),
            ("csm_15k_servicenow_inail.xes.gz", "csm.pnml", 0.9045621709637366, 0.9405386239960541, 84.09841372612496),
        ])
    func oracle(file: String, model: String, fitness: Double, average: Double, fitting: Double) throws {
        let log = try Logs.real(file).log
        let conformance = try Conformance(log, Variants(log), against: Logs.model(model))
        #expect(abs(conformance.fitness - fitness) < 1e-9)
        #expect(abs(conformance.averageFitness - average) < 1e-9)
        #expect(abs(Double(conformance.fittingCases) * 100 / Double(log.caseCount) - fitting) < 1e-9)
    }
}
