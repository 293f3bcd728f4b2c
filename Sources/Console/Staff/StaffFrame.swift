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
    let views: SavedViewList

    init(_ visit: Visit) async throws {
        async let me = visit.client.showMe()
        async let counts = visit.client.countCases()
        async let words = visit.vocabulary()
        async let views = visit.client.listViews(zone: visit.zone.identifier)
        (self.me, self.counts, self.words, self.views) = (try await me, try await counts, try await words, try await views)
    }

    func count(_ isMeant: (CountView) -> Bool) -> Int { Int(counts.counts.filter { $0.phase != .closed && isMeant($0) }.reduce(0) { $0 + $1.cases }) }

    func nav(_ visit: Visit) -> Fields {
        let here =
            visit.request.path
            + (visit.request.query["owner"].map { "?owner=" + $0 } ?? visit.request.query["phase"].map { "?phase=" + $0 }
                ?? visit.request.query["snoozed"].map { "?snoozed=" + $0 } ?? "")
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
                line("mentioned", "/mentioned", views.mentions > 0 ? views.mentions : nil, key: "g m"),
                line("followed", "/followed", views.news > 0 ? views.news : nil, key: "g f"),
                line("put_aside", "/queue?snoozed=yes", views.snoozed > 0 ? views.snoozed : nil),
            ]),
            "desk": .list(
                [
                    line("wallboard", "/wallboard", nil), line("policy", "/policy", nil), line("people", "/people", nil),
                    line("exchange_line", "/administration/exchange", nil), line("log_proofs", "/log", nil), line("my_desk", "/settings", nil),
                ] + (administers ? [line("keys_of_access", "/administration/keys", nil), line("webhooks", "/administration/webhooks", nil)] : [])),
            "tongues": .list(
                visit.console.languages.keys.sorted().filter { $0 != visit.phrases.language }.map {
                    ["code": .text($0), "name": .text(visit.console.languages[$0]?.known("language.\($0)")?.firstUpper ?? $0)]
                }), "address": .text(visit.request.method == .get ? visit.request.address : "/queue"),
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
