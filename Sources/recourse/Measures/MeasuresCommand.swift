import ArgumentParser
import Chronicle
import Measures
import RecourseClient
import Wire

/// `recourse measures`: what the operation's numbers say.
struct MeasuresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measures", abstract: "Show indicators over a period, cut by up to two dimensions, with counts, intervals and the cases behind.",
        discussion: """
            Without a code all that can be answered. Every number comes from the log, with how many cases it rests on; where the log does not
            record it yet, that is said instead.

            Examples:
              recourse measures
              recourse measures --catalogue
              recourse measures time-to-resolve --by reason --by language --from 2026-10-01 --to 2026-11-01 --compare
              recourse measures appeal-rate --by agent --adjusted
              recourse measures backlog-age --where type=P2P-LIVE --cases 20
            """)

    @Argument(help: ArgumentHelp("Codes of the catalogue: first-reply, sla-attainment …", valueName: "code")) var codes: [Indicator.Code] = []
    @Flag(name: .long, help: "The catalogue: what each means, and what is missing where it cannot be answered.") var catalogue = false
    @Option(name: .long, help: ArgumentHelp("Cut by this; twice for two.", valueName: "dimension")) var by: [Dimension] = []
    @Option(name: .long, help: ArgumentHelp("First day or instant; 30 days before the end by default.", valueName: "when")) var from: String?
    @Option(name: .long, help: ArgumentHelp("The day or instant it ends before; now by default.", valueName: "when")) var to: String?
    @Flag(name: .long, help: "Beside it as long a period just before.") var compare = false
    @Option(name: .customLong("before-from"), help: ArgumentHelp("Compare with the period from here.", valueName: "when")) var beforeFrom: String?
    @Option(name: .customLong("before-to"), help: ArgumentHelp("Where that one ends.", valueName: "when")) var beforeTo: String?
    @Option(name: .long, help: ArgumentHelp("Only a slice: reason=P2P-B01|P2P-B02.", valueName: "slice")) var `where`: [String] = []
    @Option(name: .long, help: ArgumentHelp("Count the working time of this calendar.", valueName: "name")) var calendar: String?
    @Flag(name: .long, help: "Beside each slice what its mix of reasons, rails and languages lets expect.") var adjusted = false
    @Option(name: .long, help: ArgumentHelp("List so many of the cases behind the number.", valueName: "count")) var cases: Int?
    @Option(name: .long, help: ArgumentHelp("At most so many slices.", valueName: "count")) var limit = 40
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if by.count > Question.dimensionsMax { throw ValidationError("--by can be given twice at most") }
        if let cases, !(1...1_000 ~= cases) { throw ValidationError("--cases takes a number from 1 to 1000") }
        guard 1...1_000 ~= limit else { throw ValidationError("--limit takes a number from 1 to 1000") }
    }

    mutating func run() async throws {
        let me = self
        try await Connection.use(shared) { desk in
            try desk.staffOnly("what the numbers say")
            if me.catalogue { return MeasureScreen.show(try await desk.client.listMeasures(), me.shared.json) }
            let query = try me.query()
            let wanted = me.codes.isEmpty ? Catalogue.all.filter { $0.needs == nil }.map(\.code) : me.codes
            guard me.codes.count == 1 || me.cases == nil else { throw Failure("--cases lists those behind one number: name one code") }
            if let count = me.cases, let code = me.codes.first { return try await me.showCases(code, count, query, desk) }
            var answers: [MeasureAnswer] = []
            for code in wanted {
                let answer = try await desk.client.showMeasure(code, query)
                if me.shared.json { print(answer.line) } else { answers.append(answer) }
            }
            guard !me.shared.json else { return }
            let handles = me.by.contains(.agent) ? try await desk.handles() : [:]
            let screen = MeasureScreen(screen: .standard, names: Dictionary(handles.map { ($0.key.description, $0.value) }) { $1 })
            if me.codes.isEmpty, me.by.isEmpty { screen.overview(answers) } else { for answer in answers { screen.show(answer) } }
        }
    }

    private func showCases(_ code: Indicator.Code, _ count: Int, _ query: MeasureQuery, _ desk: Connection) async throws {
        var query = query
        query.limit = count
        let found = try await desk.client.listMeasuredCases(code, query)
        guard !shared.json else { return found.cases.forEach { print($0.line(asOf: found.asOf)) } }
        let unit = Catalogue.indicator(code)?.unit ?? .count
        var table = TextTable([("case", .left), ("value", .right), ("", .left), ("part", .left)])
        for one in found.cases {
            let value = one.value.map { unit.isLength ? MeasureScreen.length($0) : String($0) } ?? ""
            table.add([.init(one.id.description), .init(value), .init(one.hit.map { $0 ? "yes" : "no" } ?? ""), .init(one.part ?? "")])
        }
        for line in table.lines(on: .standard) { print(line) }
        print(Screen.standard.faint("\(found.cases.count) of \(found.count) cases · as of event \(found.asOf)"))
    }

    private func query() throws -> MeasureQuery {
        var query = MeasureQuery()
        (query.by, query.calendar, query.isAdjusted, query.limit, query.isComparedWithPrevious) = (by, calendar, adjusted, limit, compare)
        (query.from, query.to) = (try from.map(MeasuresCommand.instant), try to.map(MeasuresCommand.instant))
        (query.beforeFrom, query.beforeTo) = (try beforeFrom.map(MeasuresCommand.instant), try beforeTo.map(MeasuresCommand.instant))
        if !`where`.isEmpty {
            guard let slice = Slice.read(`where`.joined(separator: ";")) else {
                throw Failure(
                    "write --where as DIMENSION=WORD or DIMENSION=WORD|WORD; dimensions are: \(Dimension.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            query.slice = slice
        }
        return query
    }

    /// A day is its first instant in UTC.
    private static func instant(_ text: String) throws -> Instant {
        if let instant = Instant(text) { return instant }
        if let date = CivilDate(text) { return Instant.epoch + .days(Int64(date.dayNumber)) }
        throw Failure("“\(text)” is neither a day (2026-11-01) nor an instant (2026-11-01T00:00:00+08:00)")
    }
}

extension Indicator.Code: ExpressibleByArgument {}
extension Dimension: ExpressibleByArgument {}
