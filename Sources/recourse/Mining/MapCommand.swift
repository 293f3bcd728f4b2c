import ArgumentParser
import ProcessMining

/// `map`: what a log says about the process behind it.
struct MapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Draw the map of a process from its event log.",
        discussion: """
            Reads a log of any desk (XES 1.0 and 2.0, CSV, OCEL 2.0 in JSON; plain, gzip or zip) and says how its cases went: activities, the steps
            between them with their times, variants, work done again, and where the time goes. Events of a case are put in the order of (time,
            place in the file). A log with rows that cannot be read is refused with their lines.

            With --json durations are in milliseconds (`_ms`), hours or days, as their names say.

            Example: recourse map Examples/incidents/uci_extract.csv --limit 5
            """)

    @OptionGroup var log: LogFileOptions

    @Option(name: .long, help: ArgumentHelp("How many variants, edges and bottlenecks to show; --json has all edges.", valueName: "n"))
    var limit = 10

    @Option(name: .long, help: ArgumentHelp("What cases in an activity wait for: ACTIVITY=queue, work, customer, “third party” or timer.", valueName: "pair"))
    var waitClass: [String] = []

    @Flag(name: .long, help: "Say on standard error what reading and mapping cost in processor time, and the memory at its highest.")
    var timings = false

    @Flag(name: .long, help: "Print as JSON.")
    var json = false

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit is zero or more.") }
        _ = try declared()
    }

    func run() throws {
        let began = Spent.now
        let reading = try log.read()
        let read = Spent.now
        let map = ProcessMap(reading.log)
        if timings { Console.complain(Spent.line(reading: read - began, mapping: Spent.now - read)) }
        let bottlenecks = reading.log.bottlenecks(limit: max(limit, json ? 12 : 0), declared: try declared())
        if json {
            print(MapJSON(reading: reading, map: map, bottlenecks: bottlenecks, limit: limit).json.line)
        } else {
            MapReport(reading: reading, map: map, bottlenecks: bottlenecks, limit: limit, screen: .standard).print()
        }
    }

    private func declared() throws -> [String: WaitClass] {
        var declared: [String: WaitClass] = [:]
        for pair in waitClass {
            guard let equals = pair.lastIndex(of: "="), let value = WaitClass(rawValue: String(pair[pair.index(after: equals)...])) else {
                throw ValidationError("--wait-class is written ACTIVITY=CLASS; classes are " + WaitClass.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
            declared[String(pair[..<equals])] = value
        }
        return declared
    }
}
