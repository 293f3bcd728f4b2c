/// A roster for a benchmark instance: who works which shift on which day.
///
/// As text a line an employee, the shift of each day after the name, `-` for a day off, all separated by blanks or commas:
/// `A D D - - D`. Lines that begin with `#` say nothing.
public struct BenchmarkRoster: Sendable, Equatable {
    /// Per employee one entry a day: the name of a shift, or `nil` for a day off.
    public var rows: [String: [String?]]

    public init(rows: [String: [String?]]) { self.rows = rows }

    /// The roster in a text of the form above. Whether its names and days fit an instance is for the evaluator to say.
    public init(reading text: String) throws(FileFaults) {
        rows = [:]
        var faults: [FileFault] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmingSpaces
            if line.isEmpty || line.first == "#" { continue }
            let fields = line.split { $0 == "," || $0.isWhitespace }.map(String.init)
            guard let name = fields.first else {
                faults.append(FileFault(line: index + 1, sentence: "there is no name on this line"))
                continue
            }
            let days = fields.dropFirst().map { $0 == "-" ? nil : $0 }
            if rows.updateValue(days, forKey: name) != nil {
                faults.append(FileFault(line: index + 1, sentence: "employee “\(name)” stands here a second time"))
            }
            if faults.count >= FileFaults.kept { break }
        }
        if !faults.isEmpty { throw FileFaults(faults: faults) }
    }

    /// The text form, employees in the order of the instance.
    public func text(of benchmark: ShiftBenchmark) -> String {
        benchmark.employees.map { employee in
            ([employee.id] + (rows[employee.id] ?? []).map { $0 ?? "-" }).joined(separator: " ") + "\n"
        }.joined()
    }
}
