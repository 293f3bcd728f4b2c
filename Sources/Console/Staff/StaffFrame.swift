import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

/// What every page of staff needs: who they are, how much waits, and what codes are called.
struct StaffFrame: Sendable {
    let me: UserView
    let counts: CountList
    let words: Vocabulary

    init(_ visit: Visit) async throws {
        async let me = visit.client.showMe()
        async let counts = visit.client.countCases()
        async let words = visit.vocabulary()
        (self.me, self.counts, self.words) = (try await me, try await counts, try await words)
    }

    func count(_ isMeant: (CountView) -> Bool) -> Int { Int(counts.counts.filter { $0.phase != .closed && isMeant($0) }.reduce(0) { $0 + $1.cases }) }

    func nav(_ visit: Visit) -> Fields {
        let here = visit.request.path + (visit.request.query["owner"].map { "?owner=" + $0 } ?? visit.request.query["phase"].map { "?phase=" + $0 } ?? "")
        func line(_ name: String, _ href: String, _ count: Int?, key: String? = nil) -> Fields {
            [
                "name": .text(visit.phrases(name)), "href": .text(href), "current": .flag(here == href), "key": Field(key),
                "count": count.map { .init(count: $0) } ?? .none,
            ]
        }
        let title = me.roles.first.flatMap { role in words.roles.first { $0.code == role.text }?.title }
        return [
            "work": .list([
                line("queue", "/queue", count { _ in true }, key: "g q"), line("my_work", "/queue?owner=me", nil),
                line("second_keys", "/queue?phase=approval", count { $0.phase == .approval }),
                line("appeals", "/queue?phase=appeal", count { $0.phase == .appeal }),
            ]),
            "desk": .list(
                [
                    line("wallboard", "/wallboard", nil), line("policy", "/policy", nil), line("people", "/people", nil),
                    line("exchange_line", "/administration/exchange", nil), line("log_proofs", "/log", nil),
                ] + (administers ? [line("keys_of_access", "/administration/keys", nil), line("webhooks", "/administration/webhooks", nil)] : [])),
            "who": .text(me.handle), "standing": Field([title, me.level.rawValue].compactMap(\.self).joined(separator: ", ")),
            "head": .init(count: Int(counts.asOf)),
        ]
    }
}

extension Vocabulary {
    func title(of reason: ReasonCode) -> String { reasons.first { $0.code == reason }?.title ?? reason.text }
    func title(of step: StepCode, in type: CaseTypeCode) -> String { steps.first { $0.type == type && $0.step == step }?.title ?? step.text }
    func title(ofTier rank: Int) -> String { tiers.first { $0.rank == rank }?.code.text ?? "" }
}
