/// What an independent reading of a roster against an instance found: every broken rule, and every penalty by its part.
public struct RosterAudit: Sendable, Equatable {
    /// A hard rule that is broken.
    public enum Rule: String, Sendable, CaseIterable {
        /// The roster itself does not fit the instance: unknown names, too few or too many days.
        case shape
        case dayOff = "day off"
        case succession
        case shiftsMax = "shifts of a kind"
        case minutesMax = "most minutes"
        case minutesMin = "fewest minutes"
        case consecutiveShiftsMax = "most consecutive shifts"
        case consecutiveShiftsMin = "fewest consecutive shifts"
        case consecutiveDaysOffMin = "fewest consecutive days off"
        case weekendsMax = "most weekends"
    }

    /// One violation: whose, from which day where it has one, and in words.
    public struct Violation: Sendable, Equatable, CustomStringConvertible {
        public let employee: String
        public let day: Int?
        public let rule: Rule
        public let sentence: String

        public var description: String { day.map { "\(employee), day \($0): \(sentence)" } ?? "\(employee): \(sentence)" }
    }

    public internal(set) var violations: [Violation] = []
    public internal(set) var refusedOnRequests = 0
    public internal(set) var refusedOffRequests = 0
    public internal(set) var underCover = 0
    public internal(set) var overCover = 0

    /// All soft penalties together. It means something only where nothing is violated.
    public var penalty: Int { refusedOnRequests + refusedOffRequests + underCover + overCover }
}

extension ShiftBenchmark {
    /// Reads a roster against the rules of the benchmark, from the file's own rows.
    ///
    /// At the edges the rules of Curtois and Qu hold: before and after the horizon nobody works, so a run of shifts is counted from the
    /// first day; but a run of shifts or of days off that touches an edge is never too short, for it may go on beyond it.
    public func audit(_ roster: BenchmarkRoster) -> RosterAudit {
        var audit = RosterAudit()
        let shiftByID = Dictionary(uniqueKeysWithValues: shifts.map { ($0.id, $0) })
        let known = Set(employees.map(\.id))
        for name in roster.rows.keys.sorted() where !known.contains(name) {
            audit.violations.append(.init(employee: name, day: nil, rule: .shape, sentence: "the instance knows no such employee"))
        }
        var rows: [String: [String?]] = [:]
        for employee in employees {
            var row = roster.rows[employee.id] ?? []
            if row.count != days {
                audit.violations.append(.init(employee: employee.id, day: nil, rule: .shape, sentence: "\(row.count) days are given, not \(days)"))
                row = Array((row + Array(repeating: nil, count: days)).prefix(days))
            }
            for day in 0..<days {
                if let id = row[day], shiftByID[id] == nil {
                    audit.violations.append(.init(employee: employee.id, day: day, rule: .shape, sentence: "there is no shift “\(id)”"))
                    row[day] = nil
                }
            }
            rows[employee.id] = row
            audit.violations += violations(of: employee, row, shiftByID)
        }
        penalties(rows, into: &audit)
        return audit
    }

    private func violations(of employee: Employee, _ row: [String?], _ shiftByID: [String: Shift]) -> [RosterAudit.Violation] {
        var found: [RosterAudit.Violation] = []
        func add(_ day: Int?, _ rule: RosterAudit.Rule, _ sentence: String) {
            found.append(.init(employee: employee.id, day: day, rule: rule, sentence: sentence))
        }
        for day in employee.daysOff.sorted() where row[day] != nil { add(day, .dayOff, "works on a day off") }
        for day in 1..<max(days, 1) {
            guard let before = row[day - 1], let now = row[day], let shift = shiftByID[before] else { continue }
            if shift.mayNotBeFollowedBy.contains(now) { add(day, .succession, "\(now) may not follow \(before)") }
        }
        for shift in shifts {
            guard let most = employee.shiftsMax[shift.id] else { continue }
            let count = row.count { $0 == shift.id }
            if count > most { add(nil, .shiftsMax, "\(count) shifts \(shift.id), at most \(most)") }
        }
        let minutes = row.reduce(0) { $0 + ($1.flatMap { shiftByID[$0]?.minutes } ?? 0) }
        if minutes > employee.minutesMax { add(nil, .minutesMax, "\(minutes) minutes, at most \(employee.minutesMax)") }
        if minutes < employee.minutesMin { add(nil, .minutesMin, "\(minutes) minutes, at least \(employee.minutesMin)") }
        for run in runs(of: row) {
            let inside = run.start > 0 && run.start + run.length < days
            if run.works, run.length > employee.consecutiveShiftsMax {
                add(run.start, .consecutiveShiftsMax, "\(run.length) shifts in a row, at most \(employee.consecutiveShiftsMax)")
            }
            if run.works, inside, run.length < employee.consecutiveShiftsMin {
                add(run.start, .consecutiveShiftsMin, "\(run.length) shifts in a row, at least \(employee.consecutiveShiftsMin)")
            }
            if !run.works, inside, run.length < employee.consecutiveDaysOffMin {
                add(run.start, .consecutiveDaysOffMin, "\(run.length) days off in a row, at least \(employee.consecutiveDaysOffMin)")
            }
        }
        let weekends = stride(from: 5, to: days, by: 7).count { saturday in
            row[saturday] != nil || (saturday + 1 < days && row[saturday + 1] != nil)
        }
        if weekends > employee.weekendsMax { add(nil, .weekendsMax, "\(weekends) weekends, at most \(employee.weekendsMax)") }
        return found
    }

    private func runs(of row: [String?]) -> [(start: Int, length: Int, works: Bool)] {
        var runs: [(start: Int, length: Int, works: Bool)] = []
        for (day, shift) in row.enumerated() {
            if let last = runs.last, last.works == (shift != nil) {
                runs[runs.count - 1].length += 1
            } else {
                runs.append((day, 1, shift != nil))
            }
        }
        return runs
    }

    private func penalties(_ rows: [String: [String?]], into audit: inout RosterAudit) {
        for request in onRequests where rows[request.employee]?[request.day] != request.shift { audit.refusedOnRequests += request.weight }
        for request in offRequests where rows[request.employee]?[request.day] == request.shift { audit.refusedOffRequests += request.weight }
        for cover in cover {
            let present = rows.values.count { $0[cover.day] == cover.shift }
            audit.underCover += max(0, cover.need - present) * cover.underWeight
            audit.overCover += max(0, present - cover.need) * cover.overWeight
        }
    }
}
