import Chronicle
import Disputes
import Policies
import Timekeeping
import Wire

extension CaseView {
    /// Each running clock as a ribbon from start to due, with what is left and by whose rule.
    func showClocks() {
        let running = detail.clocks.filter(\.isRunning).sorted { ($0.due, $0.code) < ($1.due, $1.code) }
        guard !isClosed || !running.isEmpty else { return }
        print(screen.heading("Clocks"))
        if running.isEmpty { print("  No clock is running.") }
        let named = running.map { title($0.code) }
        let width = min(34, max(12, screen.columns - 46), named.map(displayWidth).max() ?? 0)
        for (clock, title) in zip(running, named) {
            let source = clock.source.isEmpty ? "" : " · \(clock.source), confidence \(clock.confidence.rawValue)"
            print("  " + padded(fitted(title, to: width), to: width) + "  " + ribbon(clock) + "  " + left(clock))
            for line in wrapped("due \(Moments.exact(clock.due)) UTC · \(clock.code), \(clock.kind.rawValue)\(source)", to: screen.columns - 4) {
                print("    " + screen.faint(line))
            }
        }
        print("")
    }

    private func ribbon(_ clock: ClockView) -> String {
        let cells = 20
        let whole = max(1, (clock.due - clock.started).milliseconds)
        let gone = min(max(0, (now - clock.started).milliseconds), whole)
        let filled = Int(gone * Int64(cells) / whole)
        return "[" + String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled) + "]"
    }

    private func left(_ clock: ClockView) -> String {
        if clock.due <= now { return screen.late("LATE by \((now - clock.due).shown)") }
        let paused = clock.paused ? ", standing still" : ""
        let text = "\((clock.due - now).shown) left\(paused)"
        return clock.due - now < .hours(1) ? screen.soon(text) : text
    }

    /// Who held the case when, drawn to scale; then in words, because a letter is small.
    func showTimeline() {
        let timeline = timeline
        let intervals = timeline.intervals
        guard let first = intervals.first else { return }
        let end = max(intervals.last?.end ?? now, first.start + .seconds(1))
        print(screen.heading("Who held it, \(Moments.exact(first.start)) to \(intervals.last?.end == nil ? "now" : Moments.exact(end))"))
        let columns = screen.columns - 4
        let whole = (end - first.start).milliseconds
        var line = ""
        for column in 0..<columns {
            let moment = first.start + Span(milliseconds: whole * Int64(2 * column + 1) / Int64(2 * columns))
            let holder = intervals.last { $0.start <= moment }?.holder ?? first.holder
            line += CaseView.letter(holder)
        }
        print("  " + line)
        let totals = timeline.totals(over: first.start..<end)
        let shares = Holder.allCases.filter { totals[$0] > .zero }.map { "\(CaseView.letter($0)) \(words(for: $0)) \(totals[$0].shown)" }
        screen.print(shares.joined(separator: " · ") + " · in all \(totals.gross.span.shown), ours \(totals.net.span.shown)", indent: 2)
        print("")
    }

    /// Rebuilt from what the desk tells, so that its totals are its own.
    private var timeline: HolderTimeline<StepCode> {
        var timeline = HolderTimeline<StepCode>()
        for held in detail.held { timeline.hand(to: held.by, in: held.step, at: held.from) }
        if let end = detail.held.last?.until { timeline.close(at: end) }
        return timeline
    }

    private static func letter(_ holder: Holder) -> String {
        switch holder {
        case .staff: "S"
        case .partyA: "A"
        case .partyB: "B"
        case .third: "T"
        case .system: "·"
        case .legalHold: "L"
        }
    }

    private func words(for holder: Holder) -> String {
        switch holder {
        case .staff: "staff"
        case .partyA: principal(.filer)?.capacity.rawValue ?? "claimant"
        case .partyB: principal(.other)?.capacity.rawValue ?? "other side"
        case .third: "third party"
        case .system: "system"
        case .legalHold: "legal hold"
        }
    }
}
