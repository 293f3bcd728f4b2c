import Chronicle
import Disputes
import Policies
import RecourseClient
import Timekeeping
import Wire

/// The heart of the console: everything about one case on one screen.
struct OneCasePage: Page {
    static let template = "case"
    let detail: CaseDetail
    let messages: [MessageView]
    let clocks: [ClockExplanation]
    let events: [EventView]
    let frame: StaffFrame
    let handles: [StaffID: String]
    let problem: Problem?
    let foreseen: Consequences?
    let secondKey: Consequences?
    let attention: AttentionView

    /// So many events stand on the case's page; all of them on a page of their own.
    private static let eventsShown = 12

    func title(_ visit: Visit) -> String { detail.summary.short + " · " + frame.words.title(of: detail.summary.reason) }

    func fields(_ visit: Visit) -> Fields {
        let names = CaseNames(detail: detail, words: frame.words, phrases: visit.phrases)
        let summary = detail.summary
        let exhibits = detail.exhibits.enumerated().map { ExhibitWords(index: $0, exhibit: $1, names: names) }
        let fields: Fields = [
            "id": .text(summary.id.description), "short": .text(summary.short), "version": .text(String(summary.version)),
            "simulated": .flag(summary.simulated), "legalHold": .flag(detail.legalHold), "tier": .text(frame.words.title(ofTier: summary.tier)),
            "tierTitle": .text(frame.words.tiers.first { $0.rank == summary.tier }?.title ?? ""), "reasonCode": .text(summary.reason.text),
            "reason": .text(frame.words.title(of: summary.reason)), "headline": .text(names.headline), "problem": problemFields(visit),
            "stake": stake(names, visit), "sides": .list([Side.filer, .other].enumerated().compactMap { side($1, number: $0, names, visit) }),
            "anyExhibits": .flag(!exhibits.isEmpty), "exhibitCount": .init(count: exhibits.count), "exhibits": .list(exhibits.map(\.fields)),
            "anyMessages": .flag(!messages.isEmpty), "messageCount": .init(count: messages.count),
            "messages": .list(messages.map { message($0, names, visit) }),
            "ruling": ruling(names, visit),
            "appeals": detail.appeals.isEmpty ? .none : .group(["list": .list(detail.appeals.map { appeal($0, names, visit) })]), "order": order(names, visit),
            "facts": .list(facts(names, visit)), "links": links(visit),
            "allEvents": .text(visit.phrases.counted("all_events", events.count)),
            "events": .list(events.suffix(OneCasePage.eventsShown).reversed().map { HistoryPage.fields($0, names, handles, visit) }),
        ]
        let acts = CaseActs(page: self, names: names, visit: visit)
        let reader = CaseAttention(attention: attention, detail: detail, mayWriteNotes: acts.may(.note))
        return fields.with(time(names, visit)).with(acts.fields).with(reader.fields(visit))
    }

    private func problemFields(_ visit: Visit) -> Field {
        guard let problem else { return .none }
        var changes: Field = .none
        // What happened since the reader's copy: what they typed still stands below.
        if problem.code == .overtaken, let seen = visit.request["version"].flatMap(Int.init) {
            let names = CaseNames(detail: detail, words: frame.words, phrases: visit.phrases)
            let since = events.filter { $0.version > seen }
            changes = .group(["lines": .list(since.map { ["text": .text("\(names.name($0.actor, handles)): \(HistoryPage.words($0, names, visit.phrases))")] })]
            )
        }
        let title = problem.code == .overtaken ? visit.phrases("overtaken_title") : problem.title + "."
        return .group(["title": .text(title), "detail": .text(problem.code == .overtaken ? visit.phrases("overtaken") : problem.detail), "changes": changes])
    }

    private func stake(_ names: CaseNames, _ visit: Visit) -> Field {
        guard let amount = detail.summary.amount else { return .none }
        func wants(_ side: Side) -> Field {
            guard let party = names.principal(side) else { return .none }
            let claimed = side == .filer ? "wants.claims" : detail.answered ? "wants.answered" : "wants.silent"
            return .group(["who": .text("\(names.name(party)), \(names.chair(party))"), "wants": .text(visit.phrases(claimed))])
        }
        return .group([
            "left": wants(.filer), "right": wants(.other), "amount": .text(amount.written), "where": .text(escrow(visit)),
        ])
    }

    private func escrow(_ visit: Visit) -> String {
        guard let order = detail.order, order.escrowHeld else { return visit.phrases("escrow.none") }
        if order.isPaidOut { return visit.phrases("escrow.paid_out") }
        switch detail.hold {
        case .none: return visit.phrases("escrow.free")
        case .requested: return visit.phrases("escrow.asked")
        case .placed: return visit.phrases("escrow.held")
        case .refused: return visit.phrases("escrow.refused")
        case .lifted: return visit.phrases("escrow.lifted")
        }
    }

    // MARK: Time

    private func time(_ names: CaseNames, _ visit: Visit) -> Fields {
        let ribbon = Ribbon(detail, visit.clock)
        var holders: [Holder] = []
        for interval in detail.held where !holders.contains(interval.by) { holders.append(interval.by) }
        func total(_ holder: Holder) -> Span {
            Span(
                milliseconds: detail.held.filter { $0.by == holder }.reduce(0) {
                    $0 + ((detail.summary.closed ?? $1.until ?? visit.now).earlier($1.until) - $1.from).milliseconds
                })
        }
        let rows: [Fields] = holders.map { holder in
            let intervals = detail.held.filter { $0.by == holder }
            let still = intervals.contains { $0.until == nil } && detail.summary.closed == nil
            let sum = visit.clock.long(total(holder))
            return [
                "name": .text(names.holder(holder)), "track": .markup(ribbon.held(intervals)), "total": .text(still ? visit.phrases("and_still", sum) : sum),
            ]
        }
        let longest = holders.max { total($0) < total($1) }
        let span = detail.held.first.map { (detail.summary.closed ?? visit.now) - $0.from } ?? .zero
        let finding =
            span < .minutes(1)
            ? visit.phrases("opened_just_now")
            : longest.map { visit.phrases("ribbon_finding", names.holder($0), visit.clock.long(total($0)), visit.clock.long(span)) } ?? ""
        let shown = clocks.filter { !$0.clock.cancelled }
        return [
            "axis": .markup(ribbon.axis), "ribbonFinding": .text(finding),
            "ribbonSpan": .text(visit.phrases("from_to", visit.clock.short(ribbon.from), visit.clock.short(ribbon.to))), "holders": .list(rows),
            "anyClocks": .flag(!shown.isEmpty), "clocks": .list(shown.enumerated().map { clock($1, number: $0, ribbon, names, visit) }),
        ]
    }

    private func clock(_ told: ClockExplanation, number: Int, _ ribbon: Ribbon, _ names: CaseNames, _ visit: Visit) -> Fields {
        let clock = told.clock
        let running = clock.isRunning && clock.missed == nil
        let outcome: String
        if let met = clock.met {
            outcome =
                met <= clock.due && clock.due - met < .minutes(1)
                ? visit.phrases("met_in_time")
                : met <= clock.due
                    ? visit.phrases("met_early", visit.clock.long(clock.due - met)) : visit.phrases("met_late", visit.clock.long(met - clock.due))
        } else {
            outcome = visit.phrases("missed", visit.clock.short(clock.missed ?? clock.due))
        }
        let meaning = visit.clock.meaning(clock.due)
        return [
            "n": .text(String(number)), "title": .text(names.title(clock.code) + (clock.regime.map { " (\($0))" } ?? "")),
            "track": .markup(ribbon.line(clock)), "running": .flag(running), "state": .text(running ? meaning : clock.met == nil ? "is-late" : "done"),
            "meaning": .text(meaning), "until": .markup(visit.clock.until(clock.due)), "at": .text(visit.clock.short(clock.due)), "outcome": .text(outcome),
            "why": .text(told.why ?? visit.phrases("why_unknown")),
            "source": .text(visit.phrases("rule_source", clock.code.text, clock.source, clock.confidence.rawValue)),
        ]
    }

    // MARK: Sides

    private func side(_ side: Side, number: Int, _ names: CaseNames, _ visit: Visit) -> Fields? {
        guard let party = names.principal(side) else { return nil }
        let exhibits = detail.exhibits.enumerated().filter { $0.element.side == side }
        let open = detail.requests.filter { $0.side == side && $0.ending == nil }
        let given = Set(exhibits.map(\.element.type))
        let gaps = open.flatMap { request in request.types.filter { !given.contains($0) }.map { (request, $0) } }
        let about = [
            visit.phrases.known("language.\(party.language.text)") ?? party.language.text, party.jurisdiction?.text,
            party.merchantTier.map { visit.phrases("merchant_tier", $0) }, party.deposit.map { visit.phrases("deposit", $0.written) },
        ].compactMap(\.self).joined(separator: " · ")
        let told = detail.notices.filter { $0.to == party.id }
        let said = side == .filer ? names.spoken(detail.statement) : messages.first { $0.by == .party(party.id) }.flatMap { names.spoken($0.text) }
        return [
            "n": .text(String(number)), "name": .text(names.name(party)),
            "role": .text(names.chair(party) + (side == .filer ? ", " + visit.phrases("filed") : "")), "about": .text(about), "says": Field(said),
            "silence": .text(visit.phrases(side == .filer ? "no_statement" : detail.answered ? "answered_no_words" : "silent")),
            "shows": .text(
                exhibits.count + gaps.count == 0
                    ? visit.phrases("shows_nothing") : visit.phrases("shows", String(exhibits.count), String(exhibits.count + gaps.count))),
            "papers": .list(
                exhibits.map { index, exhibit in
                    let words = frame.words.evidence.first { $0.code == exhibit.type }
                    return [
                        "id": .text(exhibit.id.description), "case": .text(detail.summary.short), "title": .text(names.title(exhibit.type)),
                        "detail": .text("E\(index + 1) · \(exhibit.bytes.asFileSize)"), "good": .flag(words?.sufficientAlone ?? false),
                    ]
                }),
            "gaps": .list(
                gaps.map { request, type in
                    [
                        "title": .text(visit.phrases("missing", names.title(type).firstLower)),
                        "asked": .text(visit.phrases("asked_at", visit.clock.short(request.asked))),
                        "due": .flag(true), "meaning": .text(visit.clock.meaning(request.due)), "until": .markup(visit.clock.until(request.due)),
                        "at": .text(visit.clock.short(request.due)),
                    ]
                }),
            "notices": .text(
                told.isEmpty
                    ? visit.phrases("no_notices")
                    : visit.phrases(
                        "notices_given", String(told.count), String(detail.noticesNeeded), told.map { visit.clock.short($0.at) }.joined(separator: ", "))),
        ]
    }

    private func message(_ message: MessageView, _ names: CaseNames, _ visit: Visit) -> Fields {
        [
            "by": .text(names.name(message.by, handles)), "at": .markup(visit.clock.at(message.at)), "to": .text(names.audience(message.to)),
            "private": .flag(message.to == .staff), "text": .text(names.spoken(message.text) ?? ""),
        ]
    }

    // MARK: Deciding

    private func ruling(_ names: CaseNames, _ visit: Visit) -> Field {
        guard let made = detail.ruling else { return .none }
        let phrases = visit.phrases
        func why(_ part: String) -> Field { Field(names.spoken(made.reasons[part])) }
        var parts: [Fields] = [
            ["name": .text(phrases("part.outcome")), "what": .text(names.title(made.outcome)), "why": why("outcome")],
            ["name": .text(phrases("part.fault")), "what": .text(names.title(made.fault)), "why": why("fault")],
        ]
        if let terms = made.terms {
            parts.append([
                "name": .text(phrases("part.split")), "what": .text(phrases("split_terms", terms.toBuyer.written, terms.toSeller.written)), "why": .none,
            ])
        }
        if let penalty = made.penalty {
            parts.append([
                "name": .text(phrases("part.penalty")), "what": .text("\(names.title(penalty)), \(names.name(made.penaltyAgainst))"), "why": why("penalty"),
            ])
        }
        if let amount = made.compensation {
            parts.append([
                "name": .text(phrases("part.compensation")), "what": .text("\(amount.written), \(names.name(made.compensationTo))"), "why": why("compensation"),
            ])
        }
        for answer in made.answers {
            parts.append([
                "name": .text(phrases("point", String(answer.point))), "what": .text(phrases(answer.accepted ? "accepted" : "not_accepted")),
                "why": why("point \(answer.point)"),
            ])
        }
        let key = made.needsSecondKey ? made.approvedBy.map { phrases("approved_by", names.name(.staff($0), handles)) } ?? phrases("waits_second_key") : nil
        let by = [phrases("ruled_by", names.name(made.by, handles), visit.clock.short(made.at)), key].compactMap(\.self).joined(separator: " · ")
        return .group([
            "by": .text(by), "parts": .list(parts),
            "instructions": .list(
                detail.instructions.map { instruction in
                    [
                        "text": .text(InstructionWords(names: names, phrases: phrases).text(instruction)),
                        "state": .text(phrases("progress.\(instruction.progress.rawValue)")),
                        "meaning": .text(instruction.progress == .confirmed ? "is-good" : instruction.progress == .failed ? "is-late" : ""),
                    ]
                }),
        ])
    }

    private func appeal(_ appeal: AppealView, _ names: CaseNames, _ visit: Visit) -> Fields {
        let phrases = visit.phrases
        let state = appeal.result.map { phrases("appeal.\($0.rawValue)") } ?? phrases("appeal.open", String(appeal.votesIn), String(appeal.panelSize))
        let cause = appeal.cause.map { code in frame.words.causes.first { $0.code == code.text }?.title ?? code.text }
        return [
            "by": .text(names.name(appeal.by)), "at": .markup(visit.clock.at(appeal.filed)), "level": .text(phrases("appeal_to", appeal.level.rawValue)),
            "grounds": .text(names.spoken(appeal.grounds) ?? ""), "new": .flag(appeal.newEvidence), "state": .text(state), "cause": Field(cause),
            "decided": Field(appeal.decidedBy.map { names.name(.staff($0), handles) }),
        ]
    }

    // MARK: Facts

    private func order(_ names: CaseNames, _ visit: Visit) -> Field {
        guard let order = detail.order else { return .none }
        func fact(_ name: String, _ value: String?, amount: Bool = false) -> Fields? {
            value.map { ["name": .text(visit.phrases(name)), "value": .text($0), "amount": .flag(amount)] }
        }
        let facts = [
            fact("coins", order.amount.written, amount: true), fact("for", order.fiat?.written, amount: true), fact("rail", order.rail.map { names.title($0) }),
            fact("buyer", order.buyer.map { names.name($0) }), fact("seller", order.seller.map { names.name($0) }),
            fact("placed", order.created.map(visit.clock.short)), fact("marked_paid", order.markedPaid.map(visit.clock.short)), fact("escrow", escrow(visit)),
        ]
        return .group(["reference": .text(order.reference), "facts": .list(facts.compactMap(\.self))])
    }

    private func facts(_ names: CaseNames, _ visit: Visit) -> [Fields] {
        let summary = detail.summary
        func fact(_ name: String, _ value: String?, amount: Bool = false) -> Fields? {
            value.map { ["name": .text(visit.phrases(name)), "value": .text($0), "amount": .flag(amount)] }
        }
        let owner = summary.owner.map { names.name(.staff($0), handles) + ($0 == frame.me.id ? visit.phrases("you") : "") }
        let ended = summary.closed.map { closed in
            (summary.how.map { visit.phrases.known("how.\($0.rawValue)") ?? $0.rawValue } ?? "") + " " + visit.clock.short(closed)
        }
        return [
            fact("step", detail.stepTitle ?? summary.step.text), fact("owner", owner ?? visit.phrases("nobody")),
            fact("opened", visit.phrases("opened_through", visit.clock.short(summary.opened), detail.channel)), fact("ended", ended),
            fact("worth", detail.value?.written, amount: true), fact("reference", summary.reference),
            fact("regimes", detail.regimes.isEmpty ? nil : detail.regimes.map(\.text).joined(separator: ", ")), fact("policy", detail.policy.short),
            fact("version", String(summary.version)),
        ].compactMap(\.self)
    }

    private func links(_ visit: Visit) -> Field {
        let links = detail.links
        func line(_ id: CaseID, _ what: String) -> Fields { ["short": .text(String(id.crockford.suffix(8))), "what": .text(visit.phrases(what))] }
        let list =
            [
                links.mergedInto.map { line($0, "link.merged_into") }, links.incident.map { line($0, "link.incident") },
                links.about.map { line($0, "link.about") },
            ]
            .compactMap(\.self) + links.duplicates.map { line($0, "link.duplicate") } + links.children.map { line($0, "link.child") }
            + links.complaints.map { line($0, "link.complaint") }
        return list.isEmpty ? .none : .group(["list": .list(list)])
    }
}

extension Instant {
    fileprivate func earlier(_ other: Instant?) -> Instant { other.map { min(self, $0) } ?? self }
}

/// An exhibit as lists show it.
struct ExhibitWords {
    let index: Int
    let exhibit: ExhibitView
    let names: CaseNames

    var fields: Fields {
        let sha = exhibit.sha256.description
        return [
            "label": .text("E\(index + 1)"), "id": .text(exhibit.id.description), "case": .text(names.detail.summary.short),
            "title": .text(names.title(exhibit.type)),
            "sha": .text(sha), "hash": .text(sha.prefix(16) + " … " + sha.suffix(8)), "from": .text(names.name(exhibit.by)), "kind": .text(exhibit.mediaType),
            "size": .text(exhibit.bytes.asFileSize),
        ]
    }
}

/// What the exchange is told, in words.
struct InstructionWords {
    let names: CaseNames
    let phrases: Phrases

    func text(_ instruction: InstructionView) -> String {
        let amount = instruction.amount?.written ?? names.detail.order?.amount.written ?? ""
        switch instruction.kind {
        case "split": return phrases("do.split", instruction.terms?.toBuyer.written ?? "", instruction.terms?.toSeller.written ?? "")
        case "compensate", "credit", "deduct-deposit": return phrases("do.\(instruction.kind)", amount, names.name(instruction.to))
        case "release", "return-to-seller": return phrases("do.\(instruction.kind)", amount)
        default: return phrases("do.\(instruction.kind)", instruction.reference ?? "")
        }
    }
}

/// What the button that signs says.
struct SigningWords {
    let detail: CaseDetail
    let words: Vocabulary
    let phrases: Phrases

    func button(_ outcome: OutcomeCode?) -> String {
        guard let outcome, let known = words.outcomes.first(where: { $0.code == outcome }) else { return phrases("sign_none") }
        let amount = detail.order?.amount.written ?? detail.summary.amount?.written ?? ""
        switch known.settlement {
        case "release-to-buyer" where !amount.isEmpty: return phrases("sign.release", amount)
        case "return-to-seller" where !amount.isEmpty: return phrases("sign.return", amount)
        case "split" where !amount.isEmpty: return phrases("sign.split", amount)
        default: return phrases("sign.other", known.title)
        }
    }
}
