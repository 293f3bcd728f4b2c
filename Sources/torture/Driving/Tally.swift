/// What a run has seen, for the table at its end.
struct Tally {
    var kills = 0
    var callKills = 0
    var refusedFsyncs = 0
    var powerLosses = 0
    var writesLost = 0
    var namesLost = 0
    var unjudged = 0
    var findings = Findings()
    private var stores = 0
    private var acknowledged = 0
    private var events: Int64 = 0
    private var cases = 0
    private var instructions = 0
    private var bookings = 0
    private var settlements = 0

    /// Adds what became of one store in its whole life.
    mutating func add(_ memory: Memory, _ judge: Judge) {
        stores += 1
        acknowledged += memory.acknowledged
        events += judge.events
        cases += judge.caseCount
        instructions += judge.instructionCount
        bookings += judge.bookings
        settlements += judge.settlements
    }

    /// Adds the ledger's own count: `power lost at operation 7: writes 5 stayed 2 names 1 stayed 0`.
    mutating func count(_ said: String) {
        for line in said.split(separator: "\n") where line.hasPrefix("power lost") {
            let numbers = line.split(separator: " ").compactMap { Int($0) }
            guard numbers.count == 4 else { continue }
            writesLost += numbers[0] - numbers[1]
            namesLost += numbers[2] - numbers[3]
        }
    }

    func table(seed: UInt64, seconds: Int) -> String {
        let rows: [(String, String)] = [
            ("stores that lived through all of it, one after the other", "\(stores)"),
            ("killed by SIGKILL at a random time", "\(kills)"),
            ("killed at a chosen system call", "\(callKills)"),
            ("stopped by a failed fsync", "\(refusedFsyncs)"),
            ("losses of power", "\(powerLosses)"),
            ("ended before anyone had recovered from the end before", "\(unjudged)"),
            ("unsynchronised writes taken back", "\(writesLost)"),
            ("unsynchronised names taken back", "\(namesLost)"),
            ("commands acknowledged", "\(acknowledged)"),
            ("events in the logs at the end", "\(events)"),
            ("cases", "\(cases)"),
            ("instructions in the logs", "\(instructions)"),
            ("instructions carried out or refused, once each", "\(bookings)"),
            ("settlements confirmed", "\(settlements)"),
            ("acknowledged and lost", "\(findings.lost.count)"),
            ("commands half applied", "\(findings.halved.count)"),
            ("carried out twice or unasked", "\(findings.duplicated.count)"),
            ("roots contradicted", "\(findings.contradicted.count)"),
            ("anything else unsound", "\(findings.unsound.count)"),
            ("seed", "\(seed)"),
            ("seconds", "\(seconds)"),
        ]
        return "| what | count |\n|---|--:|\n" + rows.map { "| \($0) | \($1) |" }.joined(separator: "\n")
    }
}
