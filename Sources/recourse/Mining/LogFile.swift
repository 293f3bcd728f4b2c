import Archives
import ArgumentParser
import ProcessMining

/// What every command takes that reads an event log.
struct LogFileOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The log: XES, CSV or OCEL 2.0 (JSON); plain, gzip or zip.", valueName: "file"))
    var file: String

    @Option(
        name: .long, help: ArgumentHelp("What makes an activity: name, name+lifecycle, a classifier of the log, or columns joined by +.", valueName: "rule"))
    var classifier = "name"

    @Option(name: .long, help: ArgumentHelp("CSV: the column that names the case.", valueName: "name"))
    var caseColumn: String?

    @Option(name: .long, help: ArgumentHelp("CSV: the column that names what happened.", valueName: "name"))
    var activityColumn: String?

    @Option(name: .long, help: ArgumentHelp("The column or attribute that says when it happened, or was done.", valueName: "name"))
    var timeColumn: String?

    @Option(name: .long, help: ArgumentHelp("CSV: the column that says when the work began.", valueName: "name"))
    var startColumn: String?

    @Option(name: .long, help: ArgumentHelp("The column or attribute that says who did it.", valueName: "name"))
    var resourceColumn: String?

    @Flag(name: .long, help: "CSV: read dates like 03/04/2016 with the day first (found out where possible).")
    var dayFirst = false

    @Flag(name: .long, help: "CSV: read dates like 03/04/2016 with the month first.")
    var monthFirst = false

    @Option(name: .long, help: ArgumentHelp("The offset from UTC of times that say none, such as +01:00.", valueName: "±hh:mm"))
    var offset: String?

    @Option(name: .long, help: ArgumentHelp("OCEL: the kind of object whose life is a case.", valueName: "kind"))
    var objectType: String?

    @Flag(name: .long, help: "Leave out rows that cannot be read, and count them, instead of refusing the log.")
    var leaveOutBadRows = false

    func validate() throws {
        if dayFirst && monthFirst { throw ValidationError("--day-first and --month-first exclude each other.") }
        if let offset, LogFileOptions.minutes(offset) == nil { throw ValidationError("--offset is written ±hh:mm, such as +01:00.") }
    }

    /// The log, read whole. Damage, bombs and rows that cannot be read end in one sentence, and nothing is taken.
    func read() throws -> LogReading {
        let source = try ByteSource(path: file)
        var reader = LogReader(
            options: LogOptions(
                classifier: classifier, caseColumn: caseColumn, activityColumn: activityColumn, timeColumn: timeColumn, startColumn: startColumn,
                resourceColumn: resourceColumn, isDayFirst: dayFirst ? true : monthFirst ? false : nil,
                offsetMinutes: offset.flatMap(LogFileOptions.minutes), objectType: objectType, leavesOutBadRows: leaveOutBadRows))
        do {
            while let chunk = try source.next() { try reader.feed(chunk) }
            return try reader.finish()
        } catch let refusal as LogRefusal {
            throw Failure("\(file): \(refusal)")
        }
    }

    private static func minutes(_ text: String) -> Int? {
        let parts = text.dropFirst().split(separator: ":")
        guard let sign = text.first, sign == "+" || sign == "-", parts.count == 2, let hours = Int(parts[0]), let minutes = Int(parts[1]),
            (0...18).contains(hours), (0..<60).contains(minutes)
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
    }
}
