import Disputes
import Runtime
import Wire

extension Operation {
    static let survey: [Operation] = [
        Operation("show-survey", .get, "/v1/survey", for: [.staff, .machine(.read)]) { visit in
            let counts = try await visit.counter.desk.surveyCounts(simulated: visit.counter.isRehearsal)
            let view = SurveyView(counts, least: Operation.surveyGroupMin)
            return try .of(view, asOf: counts.asOf)
        }
    ]

    /// Fewer answers than this would let somebody guess who gave them.
    static let surveyGroupMin: Int64 = 5
}

extension SurveyView {
    init(_ counts: SurveyCounts, least: Int64) {
        let groups = Survey.Result.allCases.compactMap { result -> Group? in
            guard let answered = counts.answered[result], answered > 0 else { return nil }
            let questions = Survey.Question.allCases.map { question in
                Answers(
                    question: question,
                    counts: Survey.Score.range.map { value in Survey.Score(value).flatMap { counts.scores[result]?[question]?[$0] } ?? 0 })
            }
            return Group(result: result, answered: answered, questions: questions)
        }
        self.init(asked: counts.asked, groups: groups, least: least, asOf: counts.asOf)
    }
}
