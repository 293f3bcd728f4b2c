import Disputes
import RecourseClient
import Wire

extension Visit {
    func howItWas(problem: String? = nil, status: Int = 200) async throws -> PageReply {
        let subject = try await PartyCase(self, parameter("case"))
        guard subject.detail.mayRate == true else { return .goOn(to: subject.address) }
        return try render(SurveyPage(subject: subject, problem: problem), status: status, nav: ["in": true])
    }

    func sayHowItWas() async throws -> PageReply {
        var scores: [Survey.Question: Survey.Score] = [:]
        for question in Survey.Question.allCases {
            scores[question] = request[question.rawValue].flatMap { Int($0) }.flatMap { Survey.Score($0) }
        }
        guard !scores.isEmpty || request["text"] != nil else { return try await howItWas(problem: phrases("p_rate_nothing"), status: 422) }
        do {
            let change = try await client.once(request["once"]).rateProcess(parameter("case"), RatingBody(scores: scores, comment: request["text"]))
            return .goOn(to: RecourseClient.address("/my/cases/\(change.short)", [("said", "p_rated"), ("sent", "\(change.short)/how")]))
        } catch let problem as Problem where problem.status < 500 && problem.status != 401 && problem.status != 404 {
            return try await howItWas(problem: told(problem, isGuest: false), status: problem.status)
        }
    }
}

/// How it was to be a party here: five questions about the way, none about the result, each with the same five answers in the same order and none chosen
/// beforehand; whoever wants to leave one out leaves it out.
struct SurveyPage: Page {
    static let template = "portal-survey"
    static let layout = "portal"
    let subject: PartyCase
    var problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("p_rate_title") }

    func fields(_ visit: Visit) throws -> Fields {
        let phrases = visit.phrases
        return [
            "action": .text("\(subject.address)/how-it-was"), "back": .text(subject.address), "problem": Field(problem),
            "once": .text("\(subject.summary.short)-how-\(visit.now.milliseconds)"), "draft": .text(subject.summary.short),
            "text": .text(visit.request["text"] ?? ""),
            "questions": .list(
                Survey.Question.allCases.map { question in
                    let chosen = visit.request[question.rawValue]
                    return [
                        "name": .text(question.rawValue), "text": .text(phrases("p_rate.\(question.rawValue)")),
                        "scores": .list(
                            Survey.Score.range.map { value in
                                [
                                    "value": .text(String(value)), "words": .text(phrases("p_score.\(value)")), "chosen": .flag(chosen == String(value)),
                                    "id": .text("\(question.rawValue)-\(value)"),
                                ]
                            }),
                    ]
                }),
        ]
    }
}
