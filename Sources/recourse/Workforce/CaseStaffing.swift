import ArgumentParser
import Staffing

/// `staffing cases`: work that may wait, but not past its deadline.
struct CaseStaffing: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cases", abstract: "People on shifts so that every case is done before its deadline; what one fewer misses.",
        discussion: """
            Short form: --work hour by hour in agent-hours, due --within hours after the hour in which it comes, of a day that repeats; shifts of --shift hours
            beginning at any hour.

            Tables: a file with the columns arrives, due, work and skill (backlog arrives in 0 with the time it has left), and --shifts with name, site, start,
            length, utc_offset, skills (with semicolons between), cost and productive (per cent of the shift worked on cases). Hours are counted from 0 in
            UTC; a shift's start is local to its site.

            Examples:
              recourse staffing cases --work 4,3,2,2,2,3,6,10,16,20,22,22,20,18,18,17,16,14,12,10,9,8,6,5 --within 2 --shift 8
              recourse staffing cases work.csv --shifts shifts.csv --hours 24 --repeats
            """)

    @Argument(help: ArgumentHelp("A table of work.", valueName: "file")) var file: String?
    @Option(name: .long, help: ArgumentHelp("Work per hour in agent-hours, with commas.", valueName: "numbers")) var work: String?
    @Option(name: .long, help: ArgumentHelp("With --work: hours from the beginning of the hour it comes in until it must be done.", valueName: "hours"))
    var within: Int?
    @Option(name: .long, help: ArgumentHelp("With --work: hours a shift lasts.", valueName: "hours")) var shift = 8
    @Option(name: .long, help: ArgumentHelp("A table of shifts.", valueName: "file")) var shifts: String?
    @Option(name: .long, help: ArgumentHelp("With a table: hours planned.", valueName: "hours")) var hours = 24
    @Flag(name: .long, help: "With a table: the hours repeat, so what comes at the end may be done at the beginning.") var repeats = false
    @Flag(name: .long, help: "Print as JSON.") var json = false

    func validate() throws {
        guard (file == nil) != (work == nil) else { throw ValidationError("give a table of work or --work") }
        if work != nil, within == nil { throw ValidationError("--work needs --within") }
        if file != nil, shifts == nil { throw ValidationError("a table of work needs --shifts") }
        guard 1...24 ~= shift else { throw ValidationError("--shift is between 1 and 24 hours") }
    }

    func run() throws {
        let (work, kinds) = try asked()
        let plan = try DeadlinePlan(work, shifts: kinds)
        let constant = Set(work.batches.map(\.skill)).count <= 1 ? work.constantStaff : nil
        if json { print(line(work, plan, constant).line) } else { show(work, plan, constant) }
    }

    private func asked() throws -> (DeadlineWork, [ShiftKind]) {
        if let text = work, let within {
            let hourly = try numbers(text, "--work")
            return (
                try DeadlineWork(arriving: hourly, within: within, repeats: true),
                ShiftKind.of(length: min(shift, hourly.count), starts: hourly.indices, day: hourly.count)
            )
        }
        guard let file, let shifts else { throw Failure("give a table of work and --shifts") }
        return (try WorkTable.work(file, hours: hours, repeats: repeats), try WorkTable.shifts(shifts, hours: hours, repeats: repeats))
    }

    private func line(_ work: DeadlineWork, _ plan: DeadlinePlan, _ constant: Double?) -> JSON {
        let rows = plan.shifts.indices.filter { plan.people[$0] > 0 }.map { index in
            let marginal = plan.marginals.first { $0.shift == index }
            return JSON.object([
                ("shift", .text(plan.shifts[index].name)), ("site", .text(plan.shifts[index].site)), ("people", .integer(plan.people[index])),
                ("skills", .list(plan.shifts[index].skills.sorted().map { .text($0) })), ("one_fewer_misses_hours", .real(marginal?.missedWork)),
                (
                    "one_fewer_misses",
                    .object((marginal?.missedBySkill ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, .real($0.value)) })
                ),
            ])
        }
        return .object([
            ("work_hours", .real(work.total)), ("constant_staff", .real(constant, places: 6)), ("people", .integer(plan.people.reduce(0, +))),
            ("cost", .real(plan.cost)), ("lower_bound", .real(plan.bound)), ("optimal", .boolean(plan.isOptimal)), ("shifts", .list(rows)),
        ])
    }

    private func show(_ work: DeadlineWork, _ plan: DeadlinePlan, _ constant: Double?) {
        let screen = Screen.standard
        if let constant { screen.print("The same staff all day: \(constant.rounded(places: 3)) people, for \(work.total.rounded(places: 1)) hours of work.") }
        var table = TextTable([("shift", .left), ("site", .left), ("skills", .left), ("people", .right), ("one fewer misses", .right)])
        for index in plan.shifts.indices where plan.people[index] > 0 {
            let missed = plan.marginals.first { $0.shift == index }?.missedWork ?? 0
            table.add([
                .init(harmless(plan.shifts[index].name)), .init(harmless(plan.shifts[index].site ?? "")),
                .init(harmless(plan.shifts[index].skills.sorted().joined(separator: ", "))), .init("\(plan.people[index])"),
                .init(missed > 0 ? "\(missed.rounded(places: 2)) h of work" : "nothing"),
            ])
        }
        for line in table.lines(on: screen) { print(line) }
        screen.print(
            "\(plan.people.reduce(0, +)) people; "
                + (plan.isOptimal
                    ? "no plan does with less."
                    : "no plan is known to do with less than a cost of \(plan.bound.rounded(places: 2)), this one costs \(plan.cost.rounded(places: 2))."))
    }
}

/// Work and shifts from tables.
private enum WorkTable {
    static func work(_ path: String, hours: Int, repeats: Bool) throws -> DeadlineWork {
        var batches: [DeadlineWork.Batch] = []
        try Table.read(path, columns: ["arrives", "due", "work", "skill"]) { line, fields in
            guard case .success(let fields) = fields, let arrives = Int(fields[0]), let due = Int(fields[1]), let work = Double(fields[2]) else {
                throw Failure("\(path), line \(line): whole hours for arrives and due and a number for work are needed")
            }
            batches.append(.init(arrives: arrives, due: due, work: work, skill: fields[3].isEmpty ? nil : fields[3]))
        }
        return try DeadlineWork(intervals: hours, repeats: repeats, batches: batches)
    }

    static func shifts(_ path: String, hours: Int, repeats: Bool) throws -> [ShiftKind] {
        var kinds: [ShiftKind] = []
        try Table.read(path, columns: ["name", "site", "start", "length", "utc_offset", "skills", "cost", "productive"]) { line, fields in
            guard case .success(let fields) = fields, let start = Int(fields[2]), let length = Int(fields[3]), 1...24 ~= length, let offset = Int(fields[4]),
                let cost = Double(fields[6]), cost > 0, cost.isFinite, let productive = Double(fields[7]), productive > 0, productive <= 100
            else {
                throw Failure(
                    "\(path), line \(line): start, length (1 to 24) and utc_offset in whole hours, a cost above 0 and productive in per cent are needed")
            }
            let begin = start - offset
            let works = (begin..<begin + length).compactMap { hour -> Int? in
                repeats ? ((hour % hours) + hours) % hours : 0..<hours ~= hour ? hour : nil
            }
            kinds.append(
                ShiftKind(
                    fields[0], site: fields[1].isEmpty ? nil : fields[1], works: works, skills: Set(fields[5].split(separator: ";").map(String.init)),
                    cost: cost,
                    productive: productive / 100))
        }
        return kinds
    }
}
