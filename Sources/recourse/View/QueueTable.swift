import Chronicle
import Disputes
import Wire

/// Cases as a table: what is due first on top, what is late said in words.
struct QueueTable {
    let rows: [CaseSummary]
    let names: [StaffID: String]
    let now: Instant
    let screen: Screen

    func show(isPart: Bool, asOf: Int64?) {
        guard !rows.isEmpty else { return print("No case answers to that.") }
        let moments = Moments(now: now)
        // A narrow screen does without the clock's name; `case show` has it.
        let isWide = screen.columns >= 118
        var table = TextTable(
            [("case", .left), ("due", .left)] + (isWide ? [("clock", .left)] : [])
                + [("urgency", .left), ("stands", .left), ("amount", .right), ("owner", .left), ("about", .left)])
        if isAllSimulated { print(screen.simulated("SIMULATED: all of these are from a rehearsal, not from life")) }
        for row in rows {
            let (due, dress) = deadline(row, moments)
            let clock: [TextTable.Cell] = isWide ? [.init(row.dueClock?.text ?? "—")] : []
            table.add(
                [.init(row.short, screen.strong), .init(due, dress)] + clock + [
                    .init("T\(row.tier) \(row.reason)"), .init(row.how?.rawValue ?? row.phase.rawValue), .init(row.amount?.shown ?? "—"),
                    .init(row.owner.map { names[$0] ?? "someone" } ?? "—"), about(row),
                ])
        }
        for line in table.lines(on: screen) { print(line) }
        var foot = "\(rows.count) \(rows.count == 1 ? "case" : "cases")"
        if isPart { foot += ", and more: --limit" }
        if let asOf { foot += " · as of event \(asOf)" }
        print(screen.faint(foot))
    }

    private var isAllSimulated: Bool { rows.allSatisfy(\.simulated) }

    private func about(_ row: CaseSummary) -> TextTable.Cell {
        let name = row.order ?? row.reference ?? ""
        return row.simulated && !isAllSimulated ? .init("SIMULATED " + name, screen.simulated) : .init(name)
    }

    private func deadline(_ row: CaseSummary, _ moments: Moments) -> (String, (String) -> String) {
        if let closed = row.closed { return ("closed " + Moments.exact(closed).prefix(10), screen.faint) }
        guard let due = row.due else { return ("no clock", screen.faint) }
        if due <= now { return ("LATE by \((now - due).shown)", screen.late) }
        if due - now < .hours(1) { return (moments.relative(due), screen.soon) }
        return (moments.relative(due), { $0 })
    }
}
