import Chronicle
import Policies
import Timekeeping
import Wire

/// The honest clock: who has the next move, by when, and what comes after. Nobody has to guess whether anybody works on their case.
extension MyCasePage {
    private struct Move {
        var headline: String
        var clock: ClockView?
        var due: Instant?
        var since: Instant?
        var isTheirs = false
        var lines: [String] = []
        var act: (href: String, words: String)?
    }

    func next(_ visit: Visit) -> Fields {
        let phrases = visit.phrases
        let move = self.move(visit)
        let isLate = move.due.map { $0 <= visit.now } ?? false
        var lines = move.lines
        if isLate, !move.isTheirs, let due = move.due { lines.insert(phrases("p_next_late", visit.when(due)), at: 0) }
        let meter: Field =
            if let due = move.due, let since = move.since, due > since, !isLate {
                .group([
                    "gone": .text(String(max(2, min(100, (visit.now - since).milliseconds * 100 / (due - since).milliseconds)))),
                    "from": .text(visit.when(since)), "to": .text(visit.when(due)),
                ])
            } else { .none }
        let why = move.clock.flatMap { clock in subject.why[clock.code.text].flatMap { $0.isEmpty ? nil : (clock, $0) } }
        return [
            "yours": .flag(move.isTheirs), "headline": .text(move.headline),
            "relative": move.due.flatMap { due in isLate ? nil : .markup(visit.markup("p_that_is", visit.clock.until(due))) } ?? .none,
            "meter": meter, "lines": .list(lines.map { ["line": .text($0)] }),
            "act": move.act.map { .group(["href": .text($0.href), "words": .text($0.words)]) } ?? .none,
            "why": why.map { clock, text in
                .group([
                    "name": .text(subject.title(clock.code) ?? clock.code.text), "net": .flag(clock.kind == .net),
                    "plain": .text(phrases("p_why_plain", visit.when(clock.started), visit.when(clock.due))),
                    "steps": .list(text.split(separator: "\n").map { ["step": .text(String($0))] }),
                ])
            } ?? .none,
        ]
    }

    private func move(_ visit: Visit) -> Move {
        let phrases = visit.phrases
        let other = theOther.map(visit.words.the) ?? ""
        if subject.isClosed {
            let how = subject.summary.how?.rawValue ?? ""
            return Move(headline: phrases.known("p_closed.\(how)") ?? phrases("p_closed"))
        }
        if subject.detail.legalHold || subject.phase == .referred {
            return Move(headline: phrases("p_next.referred"), lines: [phrases("p_next.referred_more")])
        }
        if let asked = askedOfMe(visit) { return asked }
        let clock = subject.phaseClock
        let locks = subject.detail.order.map { $0.escrowHeld && !$0.isPaidOut } ?? false ? [phrases("p_locks")] : []
        // The words with the deadline in them; without one, and when it has passed, words that promise no time: a broken promise is none to name again.
        func move(_ name: String, _ values: String..., clock: ClockView?, lines: [String] = []) -> Move {
            var text = visit.phrases(name + (clock.map { $0.due > visit.now } ?? false ? "" : ".open"))
            for value in values + [clock.map { visit.when($0.due) } ?? ""] {
                if let place = text.firstRange(of: "{}") { text.replaceSubrange(place, with: value) }
            }
            return Move(headline: text, clock: clock, due: clock?.due, since: clock?.started, lines: lines)
        }
        switch subject.phase {
        case .intake: return move(subject.isFiler ? "p_next.intake" : "p_next.intake_they", clock: clock, lines: locks)
        case .negotiation where !subject.isFiler && subject.allows(.answer):
            var yours = move("p_next.answer", clock: clock, lines: [phrases("p_next.answer_more")] + locks)
            (yours.isTheirs, yours.act) = (true, ("#answer", phrases("p_answer_button")))
            return yours
        case .negotiation: return move("p_next.negotiation", other.capitalizedFirst, clock: clock, lines: [phrases("p_next.negotiation_more")] + locks)
        case .investigation where !subject.theirOpenRequests.isEmpty:
            let clock = clock
            var waits = move("p_next.waits", other, clock: clock, lines: [decideLine(visit)].compactMap(\.self) + locks)
            if let due = subject.theirOpenRequests.map(\.due).min(), let asked = subject.theirOpenRequests.map(\.asked).min() {
                waits.headline = due > visit.now ? phrases("p_next.waits", other, visit.when(due)) : phrases("p_next.waits.open", other)
                (waits.due, waits.since) = (due > visit.now ? due : nil, asked)
            }
            return waits
        case .investigation: return move("p_next.investigation", clock: subject.decisionClock, lines: locks)
        case .decision:
            let isMissing = !subject.lateRequests(of: subject.me.side).isEmpty
            return move("p_next.decision", clock: clock, lines: (isMissing ? [phrases("p_next.decision_late")] : []) + locks)
        case .approval: return move("p_next.approval", clock: clock, lines: locks)
        case .execution: return move("p_next.execution", clock: clock)
        case .appealWindow: return move("p_next.appeal_window", clock: clock)
        case .appeal: return move("p_next.appeal", clock: clock)
        case .referred, .closed: return Move(headline: phrases("p_closed"))
        }
    }

    private func askedOfMe(_ visit: Visit) -> Move? {
        let requests = subject.myOpenRequests
        guard let due = requests.map(\.due).min(), let since = requests.map(\.asked).min() else { return nil }
        let phrases = visit.phrases
        let missing = requests.flatMap(subject.missing)
        let count = max(1, missing.count)
        let name = (due > visit.now ? "p_next.asked" : "p_next.asked_late") + (count == 1 ? ".one" : ".other")
        let headline = count == 1 ? phrases(name, visit.when(due)) : phrases(name, String(count), visit.when(due))
        let thing = missing.first.map { visit.words.evidence($0, pack: subject.title($0)) }
        let lines =
            (due > visit.now ? [] : [phrases("p_next.asked_late_more")])
            + [decideLine(visit), subject.detail.order.map { $0.escrowHeld && !$0.isPaidOut } ?? false ? phrases("p_locks") : nil]
            .compactMap(\.self)
        let clock = subject.detail.clocks.last { $0.isRunning && $0.due == due }
        return Move(
            headline: headline, clock: clock, due: due, since: since, isTheirs: true, lines: lines,
            act: ("#ask", count == 1 ? thing.map { phrases("p_send_thing", $0.lowercasedFirst) } ?? phrases("p_send_it") : phrases("p_see_asked")))
    }

    /// “After that a person looks at both sides and decides by …”
    private func decideLine(_ visit: Visit) -> String? {
        guard subject.detail.ruling == nil else { return nil }
        guard let due = subject.decisionClock?.due, due > visit.now else { return visit.phrases("p_after.open") }
        return visit.phrases("p_after", visit.when(due))
    }
}

extension String {
    /// For the middle of a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
