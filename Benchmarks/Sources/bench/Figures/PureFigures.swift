import Chronicle
import Disputes
import Filling
import Policies
import Timekeeping

/// What computes and never waits: deciding, folding, calendars, the text form of events, the tree. On one thread, by its own processor time.
struct PureFigures {
    let policy: Policy
    let set: StageSet
    private let end = Instant("2026-11-01T00:00:00Z") ?? .epoch

    init(_ policy: Policy) throws {
        self.policy = policy
        set = try StageSet(policy)
    }

    /// The `number`-th life of the filling's mix.
    private func life(_ number: Int, seed: UInt64, keepingSteps: Bool = false) throws -> Life {
        try Life.lived(number, seed: seed, on: set, from: end - .days(60) + .minutes(Int64(number % 40_000)), until: end, keepingSteps: keepingSteps).0
    }

    /// Commands decided and events evolved a second: whole lives decided again, each event evolved as it is decided, nothing else timed.
    func deciding(cases: Int, seed: UInt64) throws -> (commands: Double, events: Double) {
        var (commands, events, took) = (0, 0, 0.0)
        for number in 0..<cases {
            let life = try life(number, seed: seed, keepingSteps: true)
            let began = Stopwatch.threadSeconds()
            var file = CaseFile()
            for step in life.steps {
                let decided = try DisputeDecider.decide([step.command], file, step.context)
                file = decided.state
                events += decided.events.count
            }
            took += Stopwatch.threadSeconds() - began
            commands += life.steps.count
            // The same life again, or the figure means nothing.
            guard file == life.file else { throw FillingError.missing("the same case when it is decided again") }
        }
        return (Double(commands) / took, Double(events) / took)
    }

    private func histories(_ cases: Int) throws -> [[Recorded<CaseEvent>]] {
        try (0..<cases).map { number in
            let life = try life(number, seed: 3)
            var version = 0
            return life.acts.flatMap { act in
                act.events.map { event in
                    version += 1
                    return Recorded(
                        Envelope(
                            stream: StreamID(life.id), version: version, sequence: Int64(version), occurred: act.at, recorded: act.at,
                            actor: act.actor, policy: policy.hash, causation: nil, correlation: CorrelationID(bits: 1)), event)
                }
            }
        }
    }

    /// Events folded a second into fresh cases, as a replay does.
    func evolving(cases: Int) throws -> Double {
        let histories = try histories(cases)
        return Stopwatch.perThreadSecond {
            var count = 0
            for history in histories {
                var file = CaseFile()
                file.apply(contentsOf: history)
                count += file.dispute?.version ?? 0
            }
            return count
        }
    }

    /// Events to canonical JSON and back, a second.
    func coding(cases: Int) throws -> (encoded: Double, decoded: Double, bytesAnEvent: Double) {
        let events = try (0..<cases).flatMap { try life($0, seed: 5).acts.flatMap(\.events) }
        var texts: [(EventType, [UInt8])] = []
        texts.reserveCapacity(events.count)
        let encoded = try Stopwatch.perThreadSecond {
            for event in events { texts.append((event.type, try event.payload())) }
            return events.count
        }
        let decoded = try Stopwatch.perThreadSecond {
            var count = 0
            for (type, text) in texts where try text.withUnsafeBytes({ try CaseEvent.read(type, from: $0) }).type == type { count += 1 }
            return count
        }
        return (encoded, decoded, Double(texts.reduce(0) { $0 + $1.1.count }) / Double(max(1, texts.count)))
    }

    /// Leaf hashes appended a second to an RFC 6962 tree, its root taken every 256.
    func appendingToTree(leaves: Int) -> Double {
        let hashes = (0..<256).map { Digest(hashing: [UInt8(truncatingIfNeeded: $0)]) }
        return Stopwatch.perThreadSecond {
            var frontier = MerkleFrontier()
            var sink: UInt8 = 0
            for index in 0..<leaves {
                frontier.append(hashes[index & 255])
                if index & 255 == 255 { sink ^= frontier.root.bytes[0] }
            }
            precondition(frontier.size == Int64(leaves) && sink <= .max)
            return leaves
        }
    }

    /// Questions a second to a business calendar of the pack, four kinds in turn: working time between two instants, the instant after a
    /// working span, a deadline so many business days away, business days between two dates.
    func calendarQuestions(_ rounds: Int) throws -> Double {
        guard let calendar = policy.calendars.business.values.min(by: { $0.name < $1.name }) else { throw FillingError.missing("business calendar") }
        let begin = calendar.horizon.lowerBound + .days(30)
        let room = (calendar.horizon.upperBound - begin - .days(120)).milliseconds
        var dice = Dice(seed: 11)
        let instants = (0..<4_096).map { _ in begin + Span(milliseconds: Int64(dice.next() % UInt64(max(1, room)))) }
        var sink: Int64 = 0
        let rate = try Stopwatch.perThreadSecond {
            for round in 0..<rounds {
                let start = instants[round & 4_095]
                let later = start + .hours(Int64(round & 1_023))
                sink &+= try calendar.workingTime(from: start, to: later).milliseconds
                sink &+= try calendar.instant(after: .hours(Int64(1 + round & 63)), from: start).milliseconds
                let due = try calendar.adding(businessDays: 1 + round & 31, to: start)
                sink &+= due.milliseconds
                sink &+= Int64(try calendar.businessDays(from: calendar.businessDate(at: start), to: calendar.businessDate(at: later)))
            }
            return rounds * 4
        }
        precondition(sink != 42)
        return rate
    }
}
