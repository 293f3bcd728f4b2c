import Disputes
import Policies
import RecourseClient
import Wire

extension Visit {
    func counterclaimPage(problem: String? = nil, status: Int = 200) async throws -> PageReply {
        let subject = try await PartyCase(self, parameter("case"))
        guard subject.me.side == .other, !subject.isClosed, subject.allows(.counterclaim) else {
            throw Problem(.notNow, subject.isGuest ? phrases("p_guest_cannot") : phrases("p_problem.not-now"))
        }
        let page = CounterclaimPage(subject: subject, vocabulary: try await vocabulary(), problem: problem)
        return try render(page, status: status, nav: ["in": true])
    }

    func claimInReturn() async throws -> PageReply {
        guard let reason = request["reason"].flatMap({ ReasonCode($0) }) else {
            return try await counterclaimPage(problem: phrases("p_file_miss_reason"), status: 422)
        }
        guard let words = request["text"] else { return try await counterclaimPage(problem: phrases("p_file_miss_words"), status: 422) }
        do {
            let change = try await client.once(request["once"]).counterclaim(parameter("case"), CounterclaimBody(reason: reason, statement: words))
            return .goOn(to: RecourseClient.address("/my/cases/\(change.short)", [("said", "p_countered"), ("sent", "\(change.short)/counter")]))
        } catch let problem as Problem where problem.status < 500 && problem.status != 401 && problem.status != 404 {
            return try await counterclaimPage(problem: told(problem, isGuest: problem.code == .notPermitted), status: problem.status)
        }
    }
}

/// A claim in return, about the same order: what went wrong, in one's own words, and what follows from sending it.
struct CounterclaimPage: Page {
    static let template = "portal-counterclaim"
    static let layout = "portal"
    let subject: PartyCase
    let vocabulary: Vocabulary
    var problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("p_counter_title") }

    func fields(_ visit: Visit) throws -> Fields {
        let phrases = visit.phrases
        let other = (subject.other?.capacity).map(visit.words.the) ?? phrases("p_the.other")
        let claimed = Set([subject.summary.reason] + subject.detail.counterclaims.map(\.reason))
        let capacity = subject.me.capacity
        let fitting = vocabulary.reasons.filter { reason in
            reason.type == subject.summary.type && !claimed.contains(reason.code)
                && (reason.filer == capacity || reason.filer == .any || capacity == .merchant && reason.filer == .seller)
        }
        return [
            "lead": .text(phrases("p_counter_lead", other)), "action": .text("\(subject.address)/counterclaim"), "back": .text(subject.address),
            "problem": Field(problem), "once": .text("\(subject.summary.short)-counter-\(visit.now.milliseconds)"), "draft": .text(subject.summary.short),
            "text": .text(visit.request["text"] ?? ""), "then_other": .text(phrases("p_counter_then_other", other.capitalizedFirst)),
            "reasons": .list(
                fitting.map { reason in
                    [
                        "code": .text(reason.code.text), "words": .text(visit.words.claim(reason.code, pack: reason.title)),
                        "chosen": .flag(visit.request["reason"] == reason.code.text),
                    ]
                }),
        ]
    }
}
