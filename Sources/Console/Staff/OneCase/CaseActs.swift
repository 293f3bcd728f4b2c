import Chronicle
import Disputes
import Policies
import Wire

/// What the reader can do to the case now: what its step allows, what their roles include, and how they stand to it. The desk decides; here it is only
/// not offered in vain.
struct CaseActs {
    let page: OneCasePage
    let names: CaseNames
    let visit: Visit

    private var detail: CaseDetail { page.detail }
    private var summary: CaseSummary { page.detail.summary }
    private var isMine: Bool { summary.owner == page.frame.me.id }

    /// Acts that need no step to name them.
    private static let always: Set<Act> = [.message, .note, .take, .release, .acknowledge, .close, .reopen]

    func may(_ act: Act) -> Bool {
        guard detail.acts.contains(act) || CaseActs.always.contains(act), let relation = page.frame.me.grants?[act.rawValue] else { return false }
        switch relation {
        case Role.Relation.any.rawValue: return true
        case Role.Relation.assigned.rawValue: return isMine
        case Role.Relation.independent.rawValue: return detail.ruling?.by != .staff(page.frame.me.id)
        default: return false
        }
    }

    var fields: Fields {
        let phrases = visit.phrases
        let typed = visit.request
        let isClosed = summary.phase == .closed
        let canDecide = summary.phase == .decision && may(.rule)
        let canDecideAppeal = summary.phase == .appeal && may(.decideAppeal)
        let canApprove = summary.phase == .approval && may(.approve)
        let approve: Field = canApprove ? .group(approval) : .none
        let decide: Field = canDecide || canDecideAppeal ? .group(deciding(onAppeal: canDecideAppeal)) : .none
        let reply: Field = may(.message) && !isClosed ? .group(replying) : .none
        let ask: Field = may(.requestEvidence) && !isClosed ? .group(asking) : .none
        let uphold: Field = canDecideAppeal ? .group(["because": .text(typed.parts.last == "uphold" ? typed["because"] ?? "" : "")]) : .none
        var worded: [Fields] = []
        if may(.giveNotice), !isClosed { worded.append(wording("notice", choices: chairs(.other), label: "to_whom", asks: nil)) }
        if may(.refuse), summary.phase == .intake {
            let grounds = ["out-of-time", "not-ours", "no-case", "other"].map { (id: $0, name: phrases("ground.\($0)")) }
            worded.append(wording("refuse", choices: grounds, label: "ground", asks: "why_party_reads"))
        }
        if may(.vote), summary.phase == .appeal, detail.appeals.last.map({ $0.panelSize > 1 }) ?? false {
            let outcomes = [(id: "", name: phrases("uphold"))] + detail.outcomes.map { (id: $0.text, name: names.title($0)) }
            worded.append(wording("vote", choices: outcomes, label: "your_vote", asks: nil))
        }
        if may(.close), !isClosed { worded.append(wording("close", choices: [], label: "", asks: "why")) }
        if may(.reopen), isClosed { worded.append(wording("reopen", choices: [], label: "", asks: "why")) }
        let anyForms = canApprove || canDecide || canDecideAppeal || (may(.message) && !isClosed) || (may(.requestEvidence) && !isClosed) || !worded.isEmpty
        var bar: [Fields] = []
        func door(_ id: String, _ name: String, _ primary: Bool) { bar.append(["id": .text(id), "name": .text(phrases(name)), "primary": .flag(primary)]) }
        if canApprove { door("approve", "second_key", true) }
        if canDecide || canDecideAppeal { door("decide", "decide", true) }
        if may(.message), !isClosed { door("reply", "reply", false) }
        if may(.requestEvidence), !isClosed { door("ask", "ask_evidence", false) }
        return [
            "quick": .list(quick), "anyForms": .flag(anyForms), "approve": approve, "decide": decide, "uphold": uphold, "reply": reply, "ask": ask,
            "worded": .list(worded), "bar": .list(bar),
        ]
    }

    /// Acts without a word to add: one button each.
    private var quick: [Fields] {
        func button(_ act: String, _ isPrimary: Bool = false) -> Fields {
            ["act": .text(act), "name": .text(visit.phrases("act.\(act)")), "primary": .flag(isPrimary)]
        }
        guard summary.phase != .closed else { return [] }
        var buttons: [Fields] = []
        if summary.owner == nil, may(.take) { buttons.append(button("take", true)) }
        if summary.phase == .intake, may(.admit) { buttons.append(button("admit", true)) }
        if may(.conclude) { buttons.append(button("conclude", true)) }
        if detail.clocks.contains(where: { $0.isRunning && $0.code.text.contains("ack") }), may(.acknowledge) { buttons.append(button("acknowledge")) }
        if isMine, may(.release) { buttons.append(button("release")) }
        return buttons
    }

    private var approval: Fields {
        [
            "lines": .list((page.secondKey?.lines ?? []).map { ["text": .text($0)] }),
            "button": .text(
                visit.phrases("turn_key", SigningWords(detail: detail, words: page.frame.words, phrases: visit.phrases).button(detail.ruling?.outcome))),
            "returned": .text(visit.request.parts.last == "return" ? visit.request["because"] ?? "" : ""),
        ]
    }

    private func deciding(onAppeal: Bool) -> Fields {
        let (typed, words) = (visit.request, page.frame.words)
        func option(_ code: String, _ title: String, _ field: String) -> Fields {
            ["code": .text(code), "title": .text(title), "chosen": .flag(typed[field] == code)]
        }
        let outcome = typed["outcome"].flatMap(OutcomeCode.init)
        let canSplit = detail.outcomes.contains { code in words.outcomes.first { $0.code == code }?.settlement == "split" }
        let isMerchant = detail.parties.contains { $0.merchantTier != nil }
        return [
            "heading": .text(visit.phrases(onAppeal ? "decide_appeal" : "decide")), "act": .text(onAppeal ? "decide" : "rule"), "open": true,
            "onAppeal": .flag(onAppeal), "causes": .list(words.causes.map { option($0.code, $0.title, "cause") }),
            "outcomes": .list(detail.outcomes.map { option($0.text, names.title($0), "outcome") }),
            "split": canSplit ? .group(["value": .text(typed["to_buyer"] ?? "")]) : .none,
            "because": .text(typed["outcome"] == nil ? "" : typed["because"] ?? ""),
            "faults": .list(words.faults.map { option($0.code, $0.title, "fault") }),
            "penalties": .list(words.penalties.filter { isMerchant || !$0.merchantsOnly }.map { option($0.code.text, $0.title, "penalty") }),
            "faultBecause": .text(typed["fault_because"] ?? ""), "penaltyBecause": .text(typed["penalty_because"] ?? ""),
            "chairs": .list(chairFields(.other, field: "against")), "payees": .list(chairFields(.filer, field: "compensation_to")),
            "moreOpen": .flag(typed["compensation"] != nil || typed["penalty"] != nil || typed["cost"] != nil),
            "compensation": .text(typed["compensation"] ?? ""),
            "compensationBecause": .text(typed["compensation_because"] ?? ""),
            "points": .list(
                detail.points.map { point in
                    let answer = typed["point_\(point.number)"]
                    let text = names.spoken(point.text) ?? page.frame.words.title(of: summary.reason)
                    return [
                        "n": .text(String(point.number)), "title": .text(visit.phrases("point_of", String(point.number), text)), "yes": .flag(answer == "yes"),
                        "no": .flag(answer == "no"), "because": .text(typed["point_\(point.number)_because"] ?? ""),
                    ]
                }),
            "deviation": deviation, "costs": .list(costFields), "sources": .list(sourceFields), "cost": .text(typed["cost"] ?? ""),
            "costBecause": .text(typed["cost_because"] ?? ""),
            "lines": .list((page.foreseen?.lines ?? []).map { ["text": .text($0)] }), "anyLines": .flag(page.foreseen != nil),
            "button": .text(SigningWords(detail: detail, words: words, phrases: visit.phrases).button(outcome)),
        ]
    }

    /// The reason for deciding unlike the precedents, asked for where there are any.
    private var deviation: Field {
        guard let list = page.precedents, list.nearest.count(where: \.near) >= list.needed else { return .none }
        return .group([
            "text": .text(visit.request["deviation"] ?? ""), "finding": .text(PrecedentWords(list: list, words: page.frame.words, visit: visit).finding),
        ])
    }

    private var costFields: [Fields] {
        let chosen = visit.request["cost_bearer"]
        return Ruling.CostPart.Bearer.allCases.compactMap { bearer in
            let name: String? =
                switch bearer {
                case .filer: names.principal(.filer).map(names.name)
                case .other: names.principal(.other).map(names.name)
                case .nobody, .platform: visit.phrases("bearer.\(bearer.rawValue)")
                }
            return name.map { ["code": .text(bearer.rawValue), "title": .text($0), "chosen": .flag(chosen == bearer.rawValue)] }
        }
    }

    private var sourceFields: [Fields] {
        let chosen = visit.request["compensation_from"] ?? Ruling.CompensationPart.Source.platform.rawValue
        return Ruling.CompensationPart.Source.allCases.map { source in
            ["code": .text(source.rawValue), "title": .text(visit.phrases("payer.\(source.rawValue)")), "chosen": .flag(chosen == source.rawValue)]
        }
    }

    private var replying: Fields {
        let typed = visit.request
        let isRetry = typed.parts.last == "message"
        let chosen = isRetry ? typed["to"] ?? "parties" : "parties"
        let audiences: [Audience] = names.principal(.other) == nil ? [.parties, .staff] : [.parties, .filer, .other, .staff]
        return [
            "open": .flag(isRetry), "text": .text(isRetry ? typed["text"] ?? "" : ""),
            "audiences": .list(
                audiences.map { audience in
                    [
                        "code": .text(audience.rawValue), "name": .text(visit.phrases("to.\(audience.rawValue)", partyName(audience))),
                        "who": .text(names.audience(audience)),
                        "chosen": .flag(chosen == audience.rawValue),
                    ]
                }),
        ]
    }

    private func partyName(_ audience: Audience) -> String {
        switch audience {
        case .filer: names.principal(.filer).map(names.name) ?? ""
        case .other: names.principal(.other).map(names.name) ?? ""
        default: ""
        }
    }

    private var asking: Fields {
        let typed = visit.request
        let reason = page.frame.words.reasons.first { $0.code == summary.reason }
        let fitting = Set((reason?.fromFiler ?? []) + (reason?.fromOther ?? []))
        // What the reason speaks of comes first.
        let papers = page.frame.words.evidence.filter { !$0.automatic }.sorted {
            (fitting.contains($0.code) ? 0 : 1, $0.title) < (fitting.contains($1.code) ? 0 : 1, $1.title)
        }
        return [
            "open": .flag(typed.parts.last == "ask"), "chairs": .list(chairFields(.other, field: "of")),
            "papers": .list(papers.map { ["code": .text($0.code.text), "title": .text($0.title), "chosen": .flag(typed["type"] == $0.code.text)] }),
        ]
    }

    private func chairs(_ first: Side) -> [(id: String, name: String)] {
        [first, first.opposite].compactMap { names.principal($0) }.map { (id: $0.id.description, name: "\(names.name($0)), \(names.chair($0))") }
    }

    private func chairFields(_ first: Side, field: String) -> [Fields] {
        let chosen = visit.request[field]
        return chairs(first).enumerated().map { index, chair in
            ["id": .text(chair.id), "name": .text(chair.name), "chosen": .flag(chosen.map { $0 == chair.id } ?? (index == 0))]
        }
    }

    private func wording(_ act: String, choices: [(id: String, name: String)], label: String, asks: String?) -> Fields {
        let typed = visit.request
        let isRetry = typed.parts.last == act
        return [
            "act": .text(act), "name": .text(visit.phrases("act.\(act)")), "button": .text(visit.phrases("do_act.\(act)")), "open": .flag(isRetry),
            "anyChoices": .flag(!choices.isEmpty), "choiceLabel": .text(label.isEmpty ? "" : visit.phrases(label)),
            "choices": .list(choices.map { ["id": .text($0.id), "name": .text($0.name), "chosen": .flag(isRetry && typed["choice"] == $0.id)] }),
            "asks": asks.map { .group(["label": .text(visit.phrases($0)), "because": .text(isRetry ? typed["because"] ?? "" : "")]) } ?? .none,
        ]
    }
}
