import Chronicle
import Disputes
import Policies
import RecourseClient
import Timekeeping
import Wire

extension Visit {
    func myCase(failure: MyCasePage.Failure? = nil, status: Int = 200) async throws -> PageReply {
        let subject = try await PartyCase(self, parameter("case"))
        return try render(MyCasePage(subject: subject, failure: failure), status: status, nav: ["in": true])
    }
}

/// A case as one of its parties sees it: what happens next and by when, what is asked of them, what they may do, and what came of it.
struct MyCasePage: Page {
    static let template = "portal-case"
    static let layout = "portal"
    let subject: PartyCase
    var failure: Failure?

    /// A form that was sent and refused: which, why, and what was typed, so that nobody types it twice.
    struct Failure: Sendable {
        let form: String
        let problem: Problem
        let typed: [String: String]
    }

    func title(_ visit: Visit) -> String { visit.phrases("p_case_title", subject.summary.short) }

    func fields(_ visit: Visit) throws -> Fields {
        let phrases = visit.phrases
        let order = subject.detail.order?.reference ?? subject.summary.order ?? subject.summary.reference
        let fields: Fields = [
            "where": .text(
                order.map { phrases(subject.other == nil ? "p_case_and_number" : "p_case_and_order", subject.summary.short, $0) }
                    ?? phrases("p_case_title", subject.summary.short)),
            "headline": .text(headline(visit)), "next": .group(next(visit)), "money": money(visit), "guest": .flag(subject.isGuest && !subject.isClosed),
            "failed": failure.map { .group(["text": .text(visit.told($0.problem, isGuest: subject.isGuest)), "form": .text($0.form)]) } ?? .none,
            "asked": .list((subject.myOpenRequests + subject.lateRequests(of: subject.me.side)).map { asked($0, visit) }), "said_by": said(visit),
            "papers": papers(visit),
            "timeline": .list(timeline(visit)), "draft": .text(subject.summary.short),
        ]
        return fields.with(acts(visit)).with(decided(visit)).with(talk(visit)).with(afterwards(visit))
    }

    // MARK: What the forms share

    /// Where a form goes, the key under which it is done once, what was typed, and why it was refused.
    func form(_ name: String, to path: String, _ visit: Visit, _ more: Fields = [:]) -> Fields {
        let failed = failure.flatMap { $0.form == name ? $0 : nil }
        let fields: Fields = [
            "id": .text(name), "action": .text("\(subject.address)/\(path)"), "once": .text("\(subject.summary.short)-\(name)-\(visit.now.milliseconds)"),
            "version": .text(String(subject.summary.version)), "problem": Field(failed.map { visit.told($0.problem, isGuest: subject.isGuest) }),
            "text": .text(failed?.typed["text"] ?? ""),
        ]
        return fields.with(more)
    }

    /// `the seller`; `you` for whoever reads.
    func the(_ party: PartyID, _ visit: Visit) -> String {
        if party == subject.me.id { return visit.phrases("p_the.you") }
        return subject.detail.parties.first { $0.id == party }.map { visit.words.the($0.capacity) } ?? visit.phrases("p_the.other")
    }

    var theOther: Filer? { subject.other?.capacity }

    // MARK: The claim in a sentence

    private func headline(_ visit: Visit) -> String {
        let (phrases, summary) = (visit.phrases, subject.summary)
        if let ruling = subject.detail.ruling {
            let amount = subject.detail.order?.amount ?? summary.amount
            return visit.words.outcome(ruling.outcome, to: subject.me.capacity, amount?.written, pack: subject.title(ruling.outcome))
        }
        if subject.detail.agreement != nil { return phrases("p_head.settled-by-parties") }
        if let how = summary.how, let words = phrases.known("p_head.\(how.rawValue)") { return words }
        let claim = visit.words.claim(summary.reason, pack: subject.title(summary.reason))
        if subject.isFiler { return phrases("p_you_say", claim) }
        return phrases("p_they_say", visit.words.The(subject.filer?.capacity ?? .any), claim)
    }

    private func money(_ visit: Visit) -> Field {
        let (detail, phrases) = (subject.detail, visit.phrases)
        guard let amount = detail.order?.amount ?? subject.summary.amount else { return .none }
        let isLocked = !subject.isClosed && (detail.order.map { $0.escrowHeld && !$0.isPaidOut } ?? false)
        var line: String?
        if let order = detail.order, let fiat = order.fiat {
            let price = order.rail.flatMap { subject.title($0) }.map { phrases("p_price_by", fiat.written, $0) } ?? fiat.written
            let who = subject.isBuyer ? "p_price.buyer" : "p_price.seller"
            line = phrases(who, amount.written, price)
        }
        var agreed: String?
        if let terms = detail.agreement {
            let both = (terms.toBuyer, terms.toSeller)
            agreed = phrases(
                "p_agreed", subject.mine(both).written, theOther.map(visit.words.the) ?? phrases("p_the.other"), subject.theirs(both).written)
        }
        return .group([
            "label": .text(phrases(isLocked ? "p_locked" : subject.other == nil ? "p_about" : "p_was_about")), "amount": .text(amount.written),
            "line": Field(line), "agreed": Field(agreed),
            "account": Field(subject.other?.account.flatMap { account in theOther.map { phrases("p_account", visit.words.The($0), account) } }),
        ])
    }

    /// The filer's own words, and whether the other side has been heard.
    private func said(_ visit: Visit) -> Field {
        let (detail, phrases) = (subject.detail, visit.phrases)
        let statement = detail.statement.map { text(of: $0, visit) }
        let points = detail.points.filter { $0.text != nil }
        guard statement != nil || !points.isEmpty || subject.other != nil || detail.requests.contains(where: { $0.statement != nil }) else { return .none }
        var heard: String?
        if let theOther {
            if subject.isFiler {
                heard = phrases(detail.answered ? "p_heard" : "p_not_heard", visit.words.The(theOther))
            } else {
                heard = phrases(detail.answered ? "p_heard_you" : "p_not_heard_you")
            }
        }
        return .group([
            "statement": Field(statement),
            "answers": .list(answers(visit)), "cannot": .list(notBrought(visit)),
            "who": .text(subject.isFiler ? phrases("p_you_said") : phrases("p_they_said", visit.words.The(subject.filer?.capacity ?? .any))),
            "heard": Field(heard), "any_points": .flag(!points.isEmpty),
            "points": .list(
                points.map { point in
                    [
                        "number": .text(String(point.number)), "who": .text(the(point.by, visit).capitalizedFirst),
                        "text": .text(point.text.map { text(of: $0, visit) } ?? ""),
                    ]
                }),
            "counter": .list(
                detail.counterclaims.map { claim in
                    [
                        "text": .text(
                            phrases("p_counter", the(claim.by, visit).capitalizedFirst, visit.words.claim(claim.reason, pack: subject.title(claim.reason)))),
                        "statement": Field(claim.statement.map { text(of: $0, visit) }),
                    ]
                }),
        ])
    }

    /// What was answered to the claim, each in the words of whoever answered.
    private func answers(_ visit: Visit) -> [Fields] {
        subject.detail.answers.map { answer in
            let isMine = answer.by == subject.me.id
            let name = (answer.disputes ? "p_answered" : "p_conceded") + (isMine ? "_you" : "")
            return [
                "who": .text(
                    isMine ? visit.phrases(name, visit.when(answer.at)) : visit.phrases(name, the(answer.by, visit).capitalizedFirst, visit.when(answer.at))),
                "text": Field(answer.statement.map { text(of: $0, visit) }),
            ]
        }
    }

    /// What somebody said in place of what they were asked for.
    private func notBrought(_ visit: Visit) -> [Fields] {
        subject.detail.requests.compactMap { request in
            guard let statement = request.statement else { return nil }
            let things = request.types.map { visit.words.evidence($0, pack: subject.title($0)).lowercasedFirst }.joined(separator: ", ")
            let isMine = request.of == subject.me.id
            return [
                "who": .text(
                    isMine ? visit.phrases("p_not_brought_you", things) : visit.phrases("p_not_brought", the(request.of, visit).capitalizedFirst, things)),
                "text": .text(text(of: statement, visit)),
            ]
        }
    }

    /// What somebody said, or why it cannot be read.
    func text(of words: Words, _ visit: Visit) -> String {
        switch words.state {
        case .said: words.text ?? ""
        case .erased: visit.phrases("p_erased")
        case .sealed: visit.phrases("p_sealed")
        }
    }

    // MARK: Where it stands

    private func timeline(_ visit: Visit) -> [Fields] {
        let (detail, phrases) = (subject.detail, visit.phrases)
        var past: [(at: Instant, text: String, isNow: Bool)] = []
        let first = subject.isFiler ? phrases("p_tl.filed_you") : phrases("p_tl.filed_they", visit.words.The(subject.filer?.capacity ?? .any))
        past.append((subject.summary.opened, first, false))
        var steps: [(step: StepCode, from: Instant)] = []
        var last: StepCode?
        for held in detail.held where held.step != last {
            last = held.step
            steps.append((held.step, held.from))
        }
        if let closed = subject.summary.closed, last != subject.summary.step { steps.append((subject.summary.step, closed)) }
        for (index, at) in steps.enumerated() {
            let isNow = index == steps.count - 1
            let alone = subject.other == nil ? phrases.known((isNow ? "p_step_own." : "p_step_own_done.") + at.step.text) : nil
            let now = phrases.known("p_step.\(at.step)") ?? (isNow ? detail.stepTitle : nil)
            guard let words = alone ?? (isNow ? now : phrases.known("p_step_done.\(at.step)") ?? now) else { continue }
            past.append((at.from, words, isNow && !subject.isClosed))
        }
        var lines: [Fields] = past.map { line in
            ["state": .text(line.isNow ? "now" : "done"), "text": .text(line.text), "time": .markup(visit.clock.at(line.at))]
        }
        func coming(_ name: String, _ due: Instant?) {
            let time = due.map { Markup("<time datetime=\"\($0.description.escaped)\">\(phrases("p_by", visit.when($0)).escaped)</time>") }
            lines.append(["state": "next-step", "text": .text(phrases(name)), "time": .markup(time ?? Markup(""))])
        }
        if [.intake, .negotiation, .investigation].contains(subject.phase) { coming("p_tl.will_decide", subject.decisionClock?.due) }
        if [.intake, .negotiation, .investigation, .decision, .approval].contains(subject.phase) { coming("p_tl.may_appeal", nil) }
        if subject.phase == .appealWindow { coming("p_tl.window_ends", subject.phaseClock?.due) }
        return lines
    }
}
