import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

/// What can be done to several cases of the queue at once. Nothing that reaches a party: what is said to many at once is read by each as said to them.
typealias BulkAct = BulkBody.Act

extension BulkBody.Act {
    static let offered: [BulkBody.Act] = [.take, .assign, .release, .snooze, .follow, .message]

    /// What takes it back; `nil` where nothing does.
    var undoing: [BulkBody.Act] {
        switch self {
        case .take, .assign, .release: [.assign, .release]
        case .snooze: [.wake]
        case .follow: [.unfollow]
        case .wake, .unfollow, .message: []
        }
    }
}

extension Route {
    static let bulk: [Route] = [
        Route(.post, "/queue/bulk", for: .staff) { visit in try await visit.previewBulk() },
        Route(.post, "/queue/bulk/do", for: .staff) { visit in try await visit.carryOutBulk() },
        Route(.post, "/queue/bulk/undo", for: .staff) { visit in try await visit.undoBulk() },
    ]
}

extension Visit {
    /// What a form is sent under, so that sending it twice does it once.
    fileprivate static var freshKey: String { String(UInt64.random(in: .min ... .max), radix: 36) }

    /// Where the page came from: a queue of this desk.
    private var back: String { Visit.local(request["back"]).flatMap { $0.hasPrefix("/queue") ? $0 : nil } ?? "/queue" }

    /// `7K2M9QXA:12`: the case and the version it was seen at.
    private var items: [BulkBody.Item] {
        (request.form["case"] ?? []).compactMap { text in
            let parts = text.split(separator: ":", maxSplits: 1)
            return parts.first.map { BulkBody.Item(String($0), version: parts.count == 2 ? Int(parts[1]) : nil) }
        }
    }

    private var snoozedUntil: Instant? { SnoozeMoments(self).moment(request["moment"]) ?? request["until"].flatMap(Instant.init) }

    private func body(_ act: BulkAct, _ items: [BulkBody.Item], foresee: Bool) -> BulkBody {
        BulkBody(act: act, cases: items, to: request["to"], until: snoozedUntil, text: request["text"], audience: .staff, foresee: foresee)
    }

    /// What applies to how many, before anything is done.
    fileprivate func previewBulk(problem: String? = nil) async throws -> PageReply {
        guard let act = request["act"].flatMap(BulkAct.init), BulkAct.offered.contains(act), !items.isEmpty else {
            return .goOn(to: back + (back.contains("?") ? "&" : "?") + "said=choose_first")
        }
        async let frame = StaffFrame(self)
        async let users = client.listUsers()
        let asks: Bool =
            switch act {
            case .assign: request["to"] == nil
            case .message: request["text"] == nil
            default: false
            }
        var foreseen: BulkResult?
        var told = problem
        if !asks {
            var asked = body(act, items, foresee: true)
            if act == .snooze, asked.until == nil { asked.until = SnoozeMoments(self).offered.first?.at }
            do { foreseen = try await client.doInBulk(asked) } catch let failed as Problem where failed.status < 500 { told = failed.detail }
        }
        let (staff, people) = (try await frame, try await users.users)
        let page = BulkPage(
            act: act, items: items, outcome: foreseen, isDone: false, people: people.filter(\.active).map(\.handle), back: back,
            key: Visit.freshKey, problem: told)
        return try render(page, status: told == nil ? 200 : 422, nav: staff.nav(self))
    }

    fileprivate func carryOutBulk() async throws -> PageReply {
        guard let act = request["act"].flatMap(BulkAct.init), BulkAct.offered.contains(act), !items.isEmpty else { return .goOn(to: back) }
        do {
            let result = try await client.once(request["key"]).doInBulk(body(act, items, foresee: false))
            let frame = try await StaffFrame(self)
            return try render(
                BulkPage(act: act, items: items, outcome: result, isDone: true, people: [], back: back, key: Visit.freshKey, problem: nil), nav: frame.nav(self)
            )
        } catch let failed as Problem where failed.status < 500 {
            return try await previewBulk(problem: failed.detail)
        }
    }

    /// Takes back what can be: each by its own counter-act, and only where nobody did anything since.
    fileprivate func undoBulk() async throws -> PageReply {
        guard let act = request["act"].flatMap(BulkAct.init), !act.undoing.isEmpty else { return .goOn(to: back) }
        var items: [BulkAct: [BulkBody.Item]] = [:]
        for line in request.form["undo"] ?? [] {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3 else { continue }
            let counter: BulkAct = act.undoing.count == 1 ? act.undoing[0] : parts[2].isEmpty ? .release : .assign
            // Following is no case's version.
            items[counter, default: []].append(
                BulkBody.Item(parts[0], version: counter == .unfollow ? nil : Int(parts[1]), to: counter == .assign ? parts[2] : nil))
        }
        var lines: [BulkResult.Line] = []
        var asOf: Int64 = 0
        for (counter, those) in items.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let key = request["key"].map { "\($0)-\(counter.rawValue)" }
            let result = try await client.once(key).doInBulk(BulkBody(act: counter, cases: those))
            (lines, asOf) = (lines + result.cases, result.asOf)
        }
        let frame = try await StaffFrame(self)
        let result = BulkResult(act: act.undoing.first ?? act, cases: lines, asOf: asOf)
        return try render(
            BulkPage(act: act, items: [], outcome: result, isDone: true, isUndone: true, people: [], back: back, key: "", problem: nil), nav: frame.nav(self))
    }
}

/// One page for what would be done, what was done, and what was taken back.
struct BulkPage: Page {
    static let template = "bulk"
    let act: BulkAct
    let items: [BulkBody.Item]
    let outcome: BulkResult?
    let isDone: Bool
    var isUndone = false
    let people: [String]
    let back: String
    let key: String
    let problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("bulk.\(act.rawValue)") }

    private func lines(_ outcomes: [BulkResult.Line.Outcome]) -> [BulkResult.Line] { (outcome?.cases ?? []).filter { outcomes.contains($0.outcome) } }

    func fields(_ visit: Visit) -> Fields {
        let (phrases, typed) = (visit.phrases, visit.request)
        let (applying, refused, already) = (lines([.would, .done]), lines([.refused]), lines([.unchanged]))
        let undo = isDone && !isUndone && !act.undoing.isEmpty && !applying.isEmpty
        let moments = SnoozeMoments(visit)
        let heading: String =
            isUndone
            ? phrases.counted("bulk_undone", applying.count)
            : isDone
                ? phrases.counted("bulk_done.\(act.rawValue)", applying.count)
                : outcome == nil ? phrases.counted("bulk_chosen", items.count) : phrases.counted("bulk_would.\(act.rawValue)", applying.count)
        return [
            "heading": .text(heading), "back": .text(back), "act": .text(act.rawValue), "key": .text(key), "problem": Field(problem), "isDone": .flag(isDone),
            "cases": .list(items.map(value)),
            "applying": .list((outcome == nil || isDone ? items : items.filter { item in applying.contains { $0.dispute == item.dispute } }).map(value)),
            "note": .text(isDone ? undo || isUndone ? "" : phrases("bulk_final.\(act.rawValue)") : phrases("bulk_note.\(act.rawValue)")),
            "anyLines": .flag(!(outcome?.cases.isEmpty ?? true)),
            "lines": .list(
                (refused + already + applying).map { line in
                    [
                        "short": .text(line.dispute), "detail": .text(words(line, phrases)),
                        "meaning": .text(line.outcome == .refused ? "is-late" : line.outcome == .unchanged ? "" : "is-good"),
                    ]
                }),
            "asksTo": .flag(!isDone && act == .assign), "asksUntil": .flag(!isDone && act == .snooze), "asksText": .flag(!isDone && act == .message),
            "people": .list(people.sorted().map { ["code": .text($0), "chosen": .flag(typed["to"] == $0)] }),
            "moments": .list(
                moments.offered.map { ["at": .text($0.at.description), "name": .text($0.name), "chosen": .flag(typed["until"] == $0.at.description)] }),
            "moment": .text(typed["moment"] ?? ""), "text": .text(typed["text"] ?? ""),
            "confirm": outcome == nil || isDone || applying.isEmpty
                ? .none : .group(["button": .text(phrases.counted("bulk_do.\(act.rawValue)", applying.count))]),
            "look": .flag(!isDone && (act == .assign || act == .message)),
            "undo": undo
                ? .group([
                    "lines": .list(
                        applying.map { ["value": .text("\($0.dispute):\($0.version ?? 0):\(act == .snooze || act == .follow ? "" : $0.ownerBefore ?? "")")] })
                ]) : .none,
        ]
    }

    /// A case as the form carries it on.
    private func value(_ item: BulkBody.Item) -> Fields { ["value": .text(item.version.map { "\(item.dispute):\($0)" } ?? item.dispute)] }

    private func words(_ line: BulkResult.Line, _ phrases: Phrases) -> String {
        switch line.outcome {
        case .refused: (line.detail ?? phrases("bulk_refused")).firstUpper
        case .unchanged: phrases("bulk_unchanged")
        case .would: line.ownerBefore.map { phrases("bulk_now_with", $0) } ?? phrases("bulk_would_be")
        case .done: isUndone ? phrases("bulk_taken_back") : phrases("bulk_was_done")
        }
    }
}
