import Chronicle
import Disputes
import Filling
import Policies
import TestKit
import Timekeeping

@testable import Measures

/// Logs to fold: scenes that were played, and lives lived at random.
enum Logs {
    /// The logs of several cases as one, in the order things happened.
    static func one(of logs: [[Recorded<CaseEvent>]]) -> [Recorded<CaseEvent>] {
        let all = logs.enumerated().flatMap { place, log in log.map { (place, $0) } }
        let sorted = all.sorted { ($0.1.envelope.occurred, $0.0, $0.1.envelope.version) < ($1.1.envelope.occurred, $1.0, $1.1.envelope.version) }
        return sorted.enumerated().map { index, entry in
            var event = entry.1
            event.envelope.sequence = Int64(index + 1)
            return event
        }
    }

    static func one(of scenes: [Scene]) -> [Recorded<CaseEvent>] { one(of: scenes.map(\.log)) }

    static let end = Instant("2026-11-01T00:00:00Z") ?? .epoch

    /// Cases of every kind the filling knows, as the real decider has them.
    static func lived(_ count: Int, seed: UInt64, _ policy: Policy) throws -> [Recorded<CaseEvent>] {
        let set = try StageSet(policy)
        return one(
            of: try (0..<count).map { number in
                let begin = end - .days(60) + .minutes(Int64(number) * 7)
                return recorded(try Life.lived(number, seed: seed, on: set, from: begin, until: end).0, policy)
            })
    }

    static func recorded(_ life: Life, _ policy: Policy) -> [Recorded<CaseEvent>] {
        var log: [Recorded<CaseEvent>] = []
        for act in life.acts {
            for event in act.events {
                log.append(
                    Recorded(
                        Envelope(
                            stream: StreamID(life.id), version: log.count + 1, sequence: 0, occurred: act.at, recorded: act.at, actor: act.actor,
                            policy: policy.hash, causation: nil, correlation: CorrelationID(bits: 1)), event))
            }
        }
        return log
    }

    static func columns(_ log: [Recorded<CaseEvent>], _ policy: Policy) -> Columns {
        var fold = MeasureFold(Glossary(policy))
        fold.apply(contentsOf: log)
        return fold.columns
    }
}

extension Columns {
    /// An indicator over everything, as of an instant.
    func ask(_ code: Indicator.Code, asOf: Instant, by: [Dimension] = [], over period: Period? = nil) throws -> Answer {
        guard let ever = period ?? Period.ever else { throw QuestionRefusal.tooManyDimensions }
        return try answer(Question(code, over: ever, by: by, asOf: asOf))
    }
}

func code<Kind>(_ text: String) throws -> Code<Kind> {
    guard let code = Code<Kind>(text) else { throw Refusal.noSuchThing(text) }
    return code
}
