import Filling
import Policies

/// `bench figures`: everything in one run, so that ratios are fair whatever else the machine does.
struct AllFigures {
    let options: Options

    func run() async throws {
        let folder = TemporaryFolder(in: options.store, "figures")
        defer { folder.remove() }
        let pack = try PackFolder.files(in: options.pack)
        show(Machine.line)
        show(Figure.heading)
        if options.verb != "durable" { try pure(try PureFigures(try PackFolder.policy(in: options.pack))) }
        if options.verb != "pure" { try await durable(pack, folder.path) }
        if options.verb == "figures" { try await small(pack, folder.path) }
        show(Machine.line)
    }

    private func pure(_ figures: PureFigures) throws {
        var (commands, events, evolved, encoded, decoded): ([Double], [Double], [Double], [Double], [Double]) = ([], [], [], [], [])
        var (leaves, questions, bytes): ([Double], [Double], Double) = ([], [], 0)
        for run in 0..<options.runs {
            let deciding = try figures.deciding(cases: 8_000, seed: UInt64(run + 1))
            commands.append(deciding.commands)
            events.append(deciding.events)
            evolved.append(try figures.evolving(cases: 8_000))
            let coding = try figures.coding(cases: 8_000)
            encoded.append(coding.encoded)
            decoded.append(coding.decoded)
            bytes = coding.bytesAnEvent
            leaves.append(figures.appendingToTree(leaves: 500_000))
            questions.append(try figures.calendarQuestions(1_000_000))
        }
        show(Figure(name: "decide: commands decided", value: median(commands), unit: "commands/s").line)
        show(Figure(name: "decide + evolve: events decided and evolved", value: median(events), unit: "events/s", target: 200_000).line)
        show(Figure(name: "evolve: events folded in a replay", value: median(evolved), unit: "events/s").line)
        show(Figure(name: "business calendar: questions answered", value: median(questions), unit: "ops/s", target: 5_000_000).line)
        show(Figure(name: "LedgerJSON: events encoded", value: median(encoded), unit: "events/s").line)
        show(Figure(name: "LedgerJSON: events decoded", value: median(decoded), unit: "events/s").line)
        show(Figure(name: "LedgerJSON: size of an event", value: bytes, unit: "bytes").line)
        show(Figure(name: "Merkle tree: leaves appended", value: median(leaves), unit: "leaves/s", peer: ("RFC 6962 trial", 406_000)).line)
    }

    private func durable(_ pack: [PackFile], _ folder: String) async throws {
        var syncs: [Double] = []
        var (single, grouped): ([Double], [Double]) = ([], [])
        var (one, many): ([Double], [Double]) = ([], [])
        var desk: [String: [DeskFigures.Rates]] = [:]
        for run in 0..<options.runs {
            // In turn within each run, so that a busy minute of the disk hits them all.
            syncs.append(Machine.syncsPerSecond(in: folder))
            let raw = RawSQLite(path: folder + "/raw-\(run).sqlite")
            single.append(try raw.rowsPerSecond(group: 1, transactions: Int(max(100, syncs[run] * options.seconds / 2))))
            grouped.append(try raw.rowsPerSecond(group: 50, transactions: Int(max(100, syncs[run] * options.seconds / 3))))
            one.append(try await StoreFigures.appendsPerSecond(writers: 1, seconds: options.seconds, in: folder, run: run))
            many.append(try await StoreFigures.appendsPerSecond(writers: 32, seconds: options.seconds, in: folder, run: run))
            for (writers, sealing) in [(1, false), (32, false), (32, true)] {
                let rates = try await DeskFigures.rates(
                    writers: writers, sealing: sealing, seconds: options.seconds, pack: pack, in: folder, run: run)
                desk["\(writers) \(sealing)", default: []].append(rates)
            }
        }
        let (sync, rawSingle, rawGrouped) = (median(syncs), median(single), median(grouped))
        func commands(_ key: String) -> Double { median((desk[key] ?? []).map(\.commandsPerSecond)) }
        func rows(_ key: String) -> Double { median((desk[key] ?? []).map(\.rowsPerSecond)) }
        show(Figure(name: "disk: fdatasync of 4 KiB", value: sync, unit: "syncs/s").line)
        show(Figure(name: "raw SQLite: 1 row a commit", value: rawSingle, unit: "rows/s", peer: ("fdatasync", sync)).line)
        show(Figure(name: "raw SQLite: 50 rows a commit", value: rawGrouped, unit: "rows/s").line)
        show(Figure(name: "store: appends, 1 writer", value: median(one), unit: "events/s", peer: ("raw, 1 a commit", rawSingle)).line)
        show(Figure(name: "store: appends, 32 writers", value: median(many), unit: "events/s", peer: ("raw, 50 a commit", rawGrouped)).line)
        show(Figure(name: "desk: commands, 1 writer", value: commands("1 false"), unit: "commands/s", peer: ("fdatasync", sync)).line)
        show(Figure(name: "desk: commands, 32 writers", value: commands("32 false"), unit: "commands/s", peer: ("RT create", 2.6), target: 2_000).line)
        show(
            Figure(
                name: "desk: rows of those commands, 32 writers", value: rows("32 false"), unit: "rows/s", peer: ("raw, 50 a commit", rawGrouped),
                target: rawGrouped / 2
            ).line)
        show(Figure(name: "desk: commands, 32 writers, words sealed", value: commands("32 true"), unit: "commands/s", peer: ("RT create", 2.6)).line)
    }

    /// Verifying and rebuilding, on a store small enough for every run.
    private func small(_ pack: [PackFile], _ parent: String) async throws {
        var options = options
        options.store = parent + "/filled"
        options.rebuilds = options.runs
        try await FillStore(options: options).run()
        try await ServeStore(options: options).run()
        try await ProveStore(options: options).run()
    }
}
