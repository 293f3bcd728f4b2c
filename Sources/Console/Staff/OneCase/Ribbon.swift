import Chronicle
import Disputes
import Timekeeping
import Wire

/// Time drawn to scale: who had the next move when, and until when each deadline runs. Every row shares one span.
struct Ribbon: Sendable {
    let from: Instant
    let to: Instant
    let now: Instant
    let clock: Clockface

    /// Narrowest bar that can be seen.
    private static let least = 0.35

    init(_ detail: CaseDetail, _ clock: Clockface) {
        let now = clock.now
        let end = detail.summary.closed ?? now
        let dues = detail.clocks.filter { $0.isRunning && $0.due > now }.map(\.due)
        // A regulator's deadline months away would press everything else into a line: what is shown ahead is at most as long as what is behind, or a day.
        let behind = max((end - detail.summary.opened).milliseconds, Span.hours(2).milliseconds)
        let ahead = min((dues.max() ?? end) - end, Span(milliseconds: max(behind, Span.days(1).milliseconds)))
        let margin = max(behind, ahead.milliseconds) / 20
        from = Instant(milliseconds: detail.summary.opened.milliseconds - margin)
        to = Instant(milliseconds: end.milliseconds + ahead.milliseconds + margin)
        (self.now, self.clock) = (now, clock)
    }

    private func place(_ instant: Instant) -> Double {
        let share = Double((instant - from).milliseconds) / Double(max(1, (to - from).milliseconds))
        return max(0, min(1, share)) * 100
    }

    private func percent(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)%"
    }

    private func ticks() -> [Instant] {
        let steps: [Span] = [.minutes(15), .minutes(30), .hours(1), .hours(2), .hours(6), .hours(12), .days(1), .days(7), .days(30), .days(90), .days(365)]
        let length = (to - from).milliseconds
        let step = (steps.first { length / $0.milliseconds <= 6 } ?? .days(365)).milliseconds
        let offset = Int64(clock.zone.secondsFromGMT()) * 1_000
        var at = ((from.milliseconds + offset) / step + 1) * step - offset
        var ticks: [Instant] = []
        while at < to.milliseconds {
            ticks.append(Instant(milliseconds: at))
            at += step
        }
        return ticks
    }

    private var isNowShown: Bool { from < now && now < to }

    private func row(_ parts: String) -> Markup {
        var svg = "<svg class=\"track\" aria-hidden=\"true\">"
        for tick in ticks() { svg += "<line class=\"grid\" x1=\"\(percent(place(tick)))\" x2=\"\(percent(place(tick)))\" y2=\"28\"/>" }
        svg += parts
        if isNowShown { svg += "<line class=\"now\" x1=\"\(percent(place(now)))\" x2=\"\(percent(place(now)))\" y2=\"28\"/>" }
        return Markup(svg + "</svg>")
    }

    var axis: Markup {
        var svg = "<svg class=\"track\" aria-hidden=\"true\">"
        for tick in ticks() where !isNowShown || abs(place(tick) - place(now)) > 9 {
            guard 4..<96 ~= place(tick) else { continue }
            svg += "<text x=\"\(percent(place(tick)))\" y=\"14\" text-anchor=\"middle\">\(clock.short(tick).escaped)</text>"
        }
        if isNowShown {
            let anchor = place(now) > 92 ? "end" : place(now) < 8 ? "start" : "middle"
            let words = clock.phrases("now", clock.short(now)).escaped
            svg += "<text class=\"now-label\" x=\"\(percent(place(now)))\" y=\"14\" text-anchor=\"\(anchor)\">\(words)</text>"
        }
        return Markup(svg + "</svg>")
    }

    /// Bars of whoever had the next move.
    func held(_ intervals: [HeldView]) -> Markup {
        row(
            intervals.map { interval in
                let (start, end) = (place(interval.from), place(interval.until ?? now))
                let last = interval.until == nil ? " lasts" : ""
                return "<rect class=\"held\(last)\" x=\"\(percent(start))\" y=\"30%\" width=\"\(percent(max(Ribbon.least, end - start)))\" height=\"40%\"/>"
            }.joined())
    }

    /// A clock: from its start to now, and on to where it is due; where it ended, once it has.
    func line(_ clock: ClockView) -> Markup {
        let end = clock.met ?? clock.missed ?? min(now, clock.due)
        var parts =
            "<line class=\"clock\(clock.met == nil && clock.due < now ? " over" : "")\" x1=\"\(percent(place(clock.started)))\" x2=\"\(percent(place(end)))\" y1=\"50%\" y2=\"50%\"/>"
        if clock.isRunning, clock.due > now {
            parts += "<line class=\"clock ahead\" x1=\"\(percent(place(now)))\" x2=\"\(percent(place(clock.due)))\" y1=\"50%\" y2=\"50%\"/>"
        }
        if clock.met != nil {
            parts += "<svg class=\"clock-met\" x=\"\(percent(place(end)))\" y=\"50%\" overflow=\"visible\"><path d=\"M-5-1-3-3-1-1 4-6 6-4-1 4z\"/></svg>"
        } else if !clock.cancelled {
            parts += "<svg class=\"clock-due\" x=\"\(percent(place(clock.due)))\" y=\"50%\" overflow=\"visible\"><path d=\"M0-6 6 0 0 6-6 0z\"/></svg>"
        }
        return row(parts)
    }
}
