import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime

/// Fills a store with cases that were truly decided: rehearsed lives under the pack in force, written through the store's own port.
///
/// Cases open evenly over `days` before `end` and are told up to `end`; those still waiting then are the open ones. Several hundred lives
/// are written side by side, so that the events of a case lie apart in the log as they do on a desk, and a transaction carries hundreds.
/// The rows of a case are written with its last event; a filling that is interrupted leaves rows missing, and its folder is thrown away.
/// The outbox stays empty: what the exchange was told, it has answered.
public struct Filling: Sendable {
    public let cases: Int
    public let seed: UInt64
    public let end: Instant
    public let days: Int
    /// Lives written at once; twice a group of the writer, so that one group decides while the other is on its way to the disk.
    static let lanes = 512

    /// What is in the store now.
    public struct Filled: Hashable, Sendable {
        public internal(set) var cases = 0
        public internal(set) var commands = 0
        public internal(set) var events = 0
        public internal(set) var open = 0

        mutating func add(_ other: Filled) {
            cases += other.cases
            commands += other.commands
            events += other.events
            open += other.open
        }
    }

    public init(cases: Int, seed: UInt64, until end: Instant, days: Int = 730) {
        (self.cases, self.seed, self.end, self.days) = (cases, seed, end, days)
    }

    /// - Parameter progress: called with the number of cases written so far, now and then, from any thread.
    public func fill(_ desk: Desk, progress: @escaping @Sendable (Int) -> Void = { _ in }) async throws -> Filled {
        let set = try StageSet(try await desk.policyInForce())
        let lanes = min(Filling.lanes, max(1, cases))
        return try await withThrowingTaskGroup(of: Filled.self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    var filled = Filled()
                    for number in stride(from: lane, to: cases, by: lanes) {
                        filled.add(try await write(number, set, desk))
                        if number % 10_000 == 0, number > 0 { progress(number) }
                    }
                    return filled
                }
            }
            var all = Filled()
            for try await filled in group { all.add(filled) }
            return all
        }
    }

    /// When the `number`-th case opens.
    func opening(of number: Int) -> Instant {
        let whole = Span.days(Int64(days)).milliseconds
        return end - Span(milliseconds: whole - whole / Int64(max(1, cases)) * Int64(number))
    }

    private func write(_ number: Int, _ set: StageSet, _ desk: Desk) async throws -> Filled {
        let (life, _) = try Life.lived(number, seed: seed, on: set, from: opening(of: number), until: end)
        var salts = Dice(seed: ~seed, case: number)
        let stream = StreamID(life.id)
        let correlation = CorrelationID(at: opening(of: number), randomness: salts.bits128())
        var version = 0
        for (index, act) in life.acts.enumerated() {
            let recorded = desk.surroundings.now()
            var proposed: [ProposedEvent] = []
            proposed.reserveCapacity(act.events.count)
            for event in act.events {
                proposed.append(
                    ProposedEvent(
                        type: event.type, payload: try event.payload(), salt: salts.bytes(16), occurred: act.at, recorded: recorded,
                        actor: act.actor, policy: set.policy.hash, causation: nil, correlation: correlation))
            }
            let rows = index == life.acts.count - 1 ? Filling.rows(of: life, set.policy) : []
            _ = try await desk.store.append(Append(to: stream, expecting: version == 0 ? .none : .exactly(version), proposed, rows: rows))
            version += proposed.count
        }
        return Filled(
            cases: 1, commands: life.commandsDecided, events: life.eventCount, open: life.file.dispute?.isClosed == false ? 1 : 0)
    }

    private static func rows(of life: Life, _ policy: Policy) -> [RowChange] {
        guard let dispute = life.file.dispute else { return [] }
        return CaseRowChanges.of(life.acts.flatMap(\.events), before: nil, after: dispute) { policy.tiers[$0]?.rank ?? 9 }
            .filter { $0.table.name != CaseTables.outbox.name }
    }
}
