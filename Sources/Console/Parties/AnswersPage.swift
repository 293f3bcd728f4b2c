import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

/// Answering several claims in one go: chosen case by case, read over as a whole, and only then sent. Each is an answer of its own, to the case as it was
/// read; what has changed meanwhile is not answered, and said.
extension Visit {
    private static var answersMax: Int { 20 }

    /// Claims against the party that wait for its answer.
    private func unanswered() async throws -> (subjects: [PartyCase], more: Bool) {
        var query = OwnCaseQuery()
        (query.side, query.waiting) = (.other, true)
        let page = try await client.listOwnCases(query, limit: Visit.answersMax)
        var subjects: [PartyCase] = []
        for summary in page.cases {
            let subject = try await PartyCase(outlineOf: summary.id.description, self)
            if subject.allows(.answer), subject.detail.answers.isEmpty { subjects.append(subject) }
        }
        return (subjects, page.next != nil)
    }

    func answersPage(done: [AnswersPage.Done] = [], problem: String? = nil, status: Int = 200) async throws -> PageReply {
        let (subjects, more) = try await unanswered()
        return try render(AnswersPage(subjects: subjects, more: more, done: done, problem: problem), status: status, nav: ["in": true])
    }

    func answerAll() async throws -> PageReply {
        let (subjects, more) = try await unanswered()
        let chosen = subjects.compactMap { subject in AnswersPage.Choice(subject, request) }
        guard !chosen.isEmpty else { return try await answersPage(problem: phrases("p_bulk_none"), status: 422) }
        guard request["go"] == "send" else {
            return try render(AnswersPage(subjects: subjects, more: more, chosen: chosen), nav: ["in": true])
        }
        var done: [AnswersPage.Done] = []
        for choice in chosen {
            let short = choice.subject.summary.short
            do {
                let client = client.once((request["once"] ?? "answers") + "-" + short).ifStill(at: request["version-\(short)"].flatMap { Int($0) })
                _ = try await client.answerClaim(short, AnswerBody(disputes: choice.disputes, statement: choice.disputes ? request["text"] : nil))
                done.append(.init(short: short, problem: nil, disputes: choice.disputes))
            } catch let problem as Problem where problem.status != 401 {
                done.append(.init(short: short, problem: told(problem, isGuest: false), disputes: choice.disputes))
            }
        }
        return try await answersPage(done: done)
    }
}

struct AnswersPage: Page {
    static let template = "portal-answers"
    static let layout = "portal"
    let subjects: [PartyCase]
    let more: Bool
    var chosen: [Choice] = []
    var done: [Done] = []
    var problem: String?

    struct Choice: Sendable {
        let subject: PartyCase
        let disputes: Bool

        init?(_ subject: PartyCase, _ request: PageRequest) {
            switch request["case-\(subject.summary.short)"] {
            case "wrong": disputes = true
            case "right": disputes = false
            default: return nil
            }
            self.subject = subject
        }
    }

    struct Done: Sendable {
        let short: String
        let problem: String?
        let disputes: Bool
    }

    func title(_ visit: Visit) -> String { visit.phrases("p_bulk_title") }

    func fields(_ visit: Visit) throws -> Fields {
        let phrases = visit.phrases
        return [
            "problem": Field(problem), "any": .flag(!subjects.isEmpty), "more": .flag(more), "text": .text(visit.request["text"] ?? ""),
            "once": .text(visit.request["once"] ?? "answers-\(visit.now.milliseconds)"),
            "done": .list(
                done.map { one in
                    [
                        "href": .text("/my/cases/\(one.short)"), "short": .text(one.short), "failed": .flag(one.problem != nil),
                        "text": .text(one.problem ?? phrases(one.disputes ? "p_bulk_disputed" : "p_bulk_agreed")),
                    ]
                }),
            "check": chosen.isEmpty
                ? .none : .group(["lines": .list(chosen.map { line($0, visit) }), "button": .text(phrases.counted("p_bulk_send", chosen.count))]),
            "cases": .list(chosen.isEmpty ? subjects.map { card($0, visit) } : []), "choosing": .flag(chosen.isEmpty && !subjects.isEmpty),
        ]
    }

    private func claim(_ subject: PartyCase, _ visit: Visit) -> String {
        let claim = visit.words.claim(subject.summary.reason, pack: subject.title(subject.summary.reason))
        return visit.phrases("p_they_say", visit.words.The(subject.filer?.capacity ?? .any), claim)
    }

    /// What agreeing does, with the exact amount.
    private func agreeing(_ subject: PartyCase, _ visit: Visit) -> String {
        guard let amount = subject.detail.order?.amount.written else { return visit.phrases("p_agree") }
        let filerBuys = subject.filer?.capacity == .buyer || subject.filer?.capacity == .payer
        return visit.phrases(filerBuys ? "p_agree.releases" : "p_agree.returns", amount, visit.words.the(subject.filer?.capacity ?? .any))
    }

    private func card(_ subject: PartyCase, _ visit: Visit) -> Fields {
        let chosen = visit.request["case-\(subject.summary.short)"]
        return [
            "short": .text(subject.summary.short), "href": .text(subject.address), "claim": .text(claim(subject, visit)),
            "amount": Field(subject.detail.order?.amount.written), "order": Field(subject.detail.order?.reference),
            "due": Field(subject.phaseClock.map { visit.phrases("p_bulk_due", visit.when($0.due)) }),
            "agree": .text(agreeing(subject, visit)), "wrong": .flag(chosen == "wrong"), "right": .flag(chosen == "right"),
            "later": .flag(chosen != "wrong" && chosen != "right"),
        ]
    }

    private func line(_ choice: Choice, _ visit: Visit) -> Fields {
        let subject = choice.subject
        return [
            "short": .text(subject.summary.short), "version": .text(String(subject.summary.version)), "value": .text(choice.disputes ? "wrong" : "right"),
            "claim": .text(claim(subject, visit)), "order": Field(subject.detail.order?.reference),
            "does": .text(choice.disputes ? visit.phrases("p_bulk_does_dispute") : agreeing(subject, visit) + ". " + visit.phrases("p_agree_text_money")),
        ]
    }
}
