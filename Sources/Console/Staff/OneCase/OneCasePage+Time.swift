import Chronicle
import Disputes
import Timekeeping
import Wire

/// Who held the case when, and its clocks, to scale.
extension OneCasePage {
    func time(_ names: CaseNames, _ visit: Visit) -> Fields {
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
}

extension Instant {
    fileprivate func earlier(_ other: Instant?) -> Instant { other.map { min(self, $0) } ?? self }
}
