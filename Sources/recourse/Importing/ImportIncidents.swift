import Archives
import ArgumentParser
import Chronicle
import Disputes
import EventStorage
import Intake
import Runtime

/// `import incidents`: the incident log of an IT desk, as published by the UCI Machine Learning Repository.
struct ImportIncidents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents",
        abstract: "Import the UCI incident log: each incident a case, each of its rows a step of its history.",
        discussion: """
            The last line reads “imported N, rejected M, unchanged K”, counted in incidents.

            Example: recourse import incidents Examples/incidents/uci_extract.csv
            """)

    @OptionGroup var options: ImportOptions

    /// Incidents worked on at once; the rows of one are written one after the other.
    private static let batchIncidents = 256

    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(options.shared) { desk in try await me.run(on: desk) }
    }

    private func run(on desk: OpenDesk) async throws {
        let source = try ByteSource(path: options.file)
        var log = IncidentLog()
        var tally = ImportTally()
        var waiting: [IncidentLog.Item] = []
        while let chunk = try source.next() {
            waiting += try log.feed(chunk)
            while waiting.count >= ImportIncidents.batchIncidents {
                let batch = Array(waiting.prefix(ImportIncidents.batchIncidents))
                waiting.removeFirst(batch.count)
                try await take(batch, desk.desk, &tally)
            }
        }
        waiting += try log.finish()
        try await take(waiting, desk.desk, &tally)
        options.finish(tally)
    }

    private func take(_ items: [IncidentLog.Item], _ desk: Desk, _ tally: inout ImportTally) async throws {
        let outcomes = try await withThrowingTaskGroup(of: (Int, Imported).self) { group in
            for (index, item) in items.enumerated() {
                group.addTask {
                    switch item {
                    case .failure(let rejection): (index, .rejected(line: rejection.line, reason: "\(rejection.reason)"))
                    case .success(let history): (index, try await ImportIncidents.take(IncidentCase(history: history), desk))
                    }
                }
            }
            var outcomes = [Imported?](repeating: nil, count: items.count)
            for try await (index, outcome) in group { outcomes[index] = outcome }
            return outcomes.compactMap(\.self)
        }
        for outcome in outcomes { options.report(outcome, to: &tally) }
        options.showProgress(tally)
    }

    private static func take(_ incident: IncidentCase, _ desk: Desk) async throws -> Imported {
        do {
            var isNew = false
            func write(_ step: String, _ commands: [CaseCommand], at occurred: Instant, _ fingerprint: Digest) async throws {
                guard let key = IdempotencyKey("\(incident.name):\(step)") else { throw Failure("the number is too long") }
                let request = Request(by: IncidentCase.importer, occurred: occurred, idempotency: (key, fingerprint))
                if try await !desk.perform(commands, on: incident.id, request).repeated { isNew = true }
            }
            for (index, row) in incident.rows().enumerated() {
                // The first row opens the case and is its first change, in one write.
                let opening: [CaseCommand] = index == 0 ? [.open(try incident.opening())] : []
                try await write(String(index + 1), opening + [.importHistory(row.change)], at: row.occurred, row.fingerprint)
            }
            return isNew ? .new : .unchanged
        } catch DeskError.store(.keyReused) {
            return .rejected(
                line: incident.history.changes.first?.line ?? 0, reason: "incident \(incident.history.number) was imported before with other content")
        } catch DeskError.refused(let refusal) {
            return .rejected(line: incident.history.changes.first?.line ?? 0, reason: "\(refusal)")
        }
    }
}
