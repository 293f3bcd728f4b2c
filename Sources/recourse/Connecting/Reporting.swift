import Chronicle
import Wire

extension WireBody {
    /// As one line for scripts.
    var line: String { (try? json()).map { String(decoding: $0, as: UTF8.self) } ?? "null" }

    /// The same with the sequence it is true for, where a list has it once for all of its lines.
    func line(asOf: Int64) -> String { String(line.dropLast()) + ",\"as_of\":\(asOf)}" }
}

extension Connection {
    /// One line on the screen, or one object: which case, what happened to it, where it stands now.
    func report(_ change: CaseChange) {
        guard !options.json else { return print(change.line) }
        let mark = change.simulated ? " SIMULATED" : ""
        let what = change.repeated ? "done before, nothing new" : change.events.isEmpty ? "nothing changed" : change.events.joined(separator: ", ")
        print("\(change.short)\(mark)  \(what)  → \(change.stepTitle)")
    }
}
