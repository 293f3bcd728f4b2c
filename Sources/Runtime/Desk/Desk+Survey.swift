import Disputes
import EventStorage

/// How it was to be a party here, added up.
public struct SurveyCounts: Sendable {
    /// Parties who could answer, or did.
    public internal(set) var asked: Int64 = 0
    /// Who answered, by what came of their case.
    public internal(set) var answered: [Survey.Result: Int64] = [:]
    /// How often each score was given.
    public internal(set) var scores: [Survey.Result: [Survey.Question: [Survey.Score: Int64]]] = [:]
    public internal(set) var asOf: Int64 = 0
}

extension Desk {
    /// The counts of the survey; of rehearsals only where `simulated`.
    public func surveyCounts(simulated: Bool) async throws(DeskError) -> SurveyCounts {
        var counts = SurveyCounts()
        do {
            // Results × questions × scores: fewer than two hundred rows, whatever the number of cases.
            let page = try await store.rows(RowQuery(CaseTables.survey, limit: 1_000))
            counts.asOf = page.asOf
            for row in page.rows where row[3].integer == (simulated ? 1 : 0) {
                let (result, question, score, number) = (row[0].text ?? "", row[1].text ?? "", Int(row[2].integer ?? 0), row[4].integer ?? 0)
                if question == SurveyTally.asked { counts.asked += number }
                guard let result = Survey.Result(rawValue: result) else { continue }
                if question == SurveyTally.answered { counts.answered[result, default: 0] += number }
                if let question = Survey.Question(rawValue: question), let score = Survey.Score(score) {
                    counts.scores[result, default: [:]][question, default: [:]][score, default: 0] += number
                }
            }
        } catch { throw .store(error) }
        return counts
    }
}
