import Chronicle
import Disputes
import Policies
import TestKit
import Testing
import Timekeeping

@testable import Measures

/// The laws of every fold, and that the columns say what the cases' own folds say.
@Suite("The columns as a fold")
struct TheFold {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    @Test("Replay is deterministic, and a prefix with the rest after it is the whole, wherever it is cut", arguments: [1, 2, 3] as [UInt64])
    func laws(seed: UInt64) throws {
        let log = try Logs.lived(120, seed: seed, policy)
        let whole = Logs.columns(log, policy)
        #expect(Logs.columns(log, policy) == whole, "seed \(seed)")
        var chance = Seeded(seed)
        for _ in 0..<6 {
            let cut = chance.int(0...log.count)
            var fold = MeasureFold(Glossary(policy))
            fold.apply(contentsOf: log[..<cut])
            // A snapshot is a copy: what goes on with one leaves the other alone.
            let snapshot = fold
            fold.apply(contentsOf: log[cut...])
            #expect(fold.columns == whole, "seed \(seed), cut at \(cut)")
            var again = snapshot
            again.apply(contentsOf: log[cut...])
            #expect(again.columns == whole, "seed \(seed), snapshot at \(cut)")
        }
    }

    @Test("Cases that were let go of and brought back give the same columns", arguments: [4, 5] as [UInt64])
    func lettingGo(seed: UInt64) throws {
        let log = try Logs.lived(100, seed: seed, policy)
        var fold = MeasureFold(Glossary(policy), keepingClosed: false)
        var past: [StreamID: [Recorded<CaseEvent>]] = [:]
        var recalled = 0
        for event in log {
            let stream = event.envelope.stream
            if !fold.isAtHand(stream, version: event.envelope.version) {
                fold.recall(stream, past[stream] ?? [])
                recalled += 1
            }
            fold.apply(event)
            past[stream, default: []].append(event)
        }
        #expect(fold.columns == Logs.columns(log, policy), "seed \(seed)")
    }

    @Test("Time by holder is what each case's own timeline says, to the millisecond", arguments: [6, 7] as [UInt64])
    func holders(seed: UInt64) throws {
        let log = try Logs.lived(150, seed: seed, policy)
        let columns = Logs.columns(log, policy)
        var files: [StreamID: CaseFile] = [:]
        for event in log { files[event.envelope.stream, default: CaseFile()].apply(event) }
        let now = Logs.end
        for file in files.values {
            guard let dispute = file.dispute, let row = columns.index.row[dispute.id].map(Int.init) else { continue }
            let totals = dispute.timeline.totals(over: dispute.opened..<now)
            let open = Int(columns.cases.openInterval[row])
            for holder in Holder.byLane {
                var held = columns.cases.held[holder.lane][row]
                if open >= 0, Int(columns.intervals.holder[open]) == holder.lane { held += now.milliseconds - columns.intervals.start[open] }
                #expect(held == totals[holder].milliseconds, "seed \(seed), \(dispute.id), \(holder)")
            }
            #expect((columns.cases.closed[row] == never) == !dispute.isClosed, "\(dispute.id)")
            #expect(columns.cases.acknowledged[row] == dispute.acknowledged?.milliseconds ?? never, "\(dispute.id)")
        }
    }

    @Test("Intervals neither overlap nor leave gaps while a case is open", arguments: [8] as [UInt64])
    func intervals(seed: UInt64) throws {
        let columns = Logs.columns(try Logs.lived(150, seed: seed, policy), policy)
        var last: [Int32: Int64] = [:]
        for index in columns.intervals.row.indices {
            let row = columns.intervals.row[index]
            #expect(columns.intervals.start[index] < columns.intervals.end[index])
            if let end = last[row] { #expect(end == columns.intervals.start[index] || columns.cases.firstReopened[Int(row)] != never) }
            last[row] = columns.intervals.end[index]
        }
        #expect(last.count > 100)
    }

    @Test("Waiting in the queue, work in hand, a party's turn and a machine's timer are told apart")
    func waitClasses() throws {
        var scene = Scene(policy)
        try scene.act(as: .user, Props.oneSided("DEP", "DEP-01", id: scene.id))
        try scene.pass(.minutes(10))
        try scene.act(as: .expert, .take)
        try scene.pass(.minutes(20))
        try scene.act(as: .expert, .admit)
        try scene.pass(.minutes(30))
        let columns = Logs.columns(scene.log, policy)
        let story = columns.intervals.row.indices.map { index in
            (WaitClass(rawValue: columns.intervals.waitClass[index])?.name, (columns.intervals.end[index] &- columns.intervals.start[index]) / 60_000)
        }
        #expect(story.count == 3)
        #expect(story.prefix(2).map(\.0) == ["queue", "work"])
        #expect(story.prefix(2).map(\.1) == [10, 20])
        // Admitted, the user is asked for evidence: from then on it is the user's turn.
        #expect(story.last?.0 == "customer")
    }

    @Test("Columns kept as bytes are read back the same, go on the same, and are refused with one bit turned", arguments: [9, 10] as [UInt64])
    func kept(seed: UInt64) throws {
        let log = try Logs.lived(80, seed: seed, policy)
        let cut = log.count / 2
        var fold = MeasureFold(Glossary(policy))
        fold.apply(contentsOf: log[..<cut])
        let bytes = try ColumnFile.bytes(of: fold.columns)
        let read = try ColumnFile.columns(from: bytes)
        #expect(read == fold.columns, "seed \(seed)")
        // The cases are not in the file: each is read again when something happens to it.
        var again = MeasureFold(Glossary(policy), from: read, keepingClosed: false)
        for event in log[cut...] {
            let envelope = event.envelope
            if !again.isAtHand(envelope.stream, version: envelope.version) {
                again.recall(envelope.stream, log.filter { $0.envelope.stream == envelope.stream && $0.envelope.version < envelope.version })
            }
            again.apply(event)
        }
        #expect(again.columns == Logs.columns(log, policy), "seed \(seed)")
        var chance = Seeded(seed)
        for _ in 0..<20 {
            var broken = bytes
            broken[chance.int(0...broken.count - 1)] ^= UInt8(1 << chance.int(0...7))
            #expect(throws: ColumnFile.Refusal.self) { try ColumnFile.columns(from: broken) }
        }
        #expect(throws: ColumnFile.Refusal.self) { try ColumnFile.columns(from: Array(bytes.dropLast())) }
    }

    @Test("A dimension counts what was not recorded as such, and never another word's rows")
    func lexicon() {
        var lexicon = Lexicon()
        #expect(lexicon.code(of: nil) == 0)
        let codes = (0..<70_000).map { lexicon.code(of: "word \($0)") }
        #expect(Set(codes.prefix(65_534)).count == 65_534)
        #expect(Set(codes.suffix(70_000 - 65_534)).count == 1)
        #expect(lexicon[codes[69_999]] == Lexicon.more)
        #expect(lexicon[codes[7]] == "word 7")
    }
}
