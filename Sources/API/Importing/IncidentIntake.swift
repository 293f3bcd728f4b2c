import Chronicle
import Disputes
import EventStorage
import Intake
import Runtime
import Wire

/// Writes another desk's incidents into the log, many at once; the rows of one are written one after the other.
struct IncidentIntake: Sendable {
    let desk: Desk

    /// The outcomes in the order of the items.
    func take(_ items: [IncidentLog.Item]) async throws -> [Imported] {
        try await withThrowingTaskGroup(of: (Int, Imported).self) { group in
            for (index, item) in items.enumerated() {
                group.addTask {
                    switch item {
                    case .failure(let rejection): (index, .rejected(line: rejection.line, reason: "\(rejection.reason)"))
                    case .success(let history): (index, try await take(IncidentCase(history: history)))
                    }
                }
            }
            var outcomes = [Imported?](repeating: nil, count: items.count)
            for try await (index, outcome) in group { outcomes[index] = outcome }
            return outcomes.compactMap(\.self)
        }
    }

    private func take(_ incident: IncidentCase) async throws -> Imported {
        do {
            var isNew = false
            func write(_ step: String, _ commands: [CaseCommand], at occurred: Instant, _ fingerprint: Digest) async throws {
                guard let key = IdempotencyKey("\(incident.name):\(step)") else { throw Problem(.refused, "the number is too long") }
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

/// Incidents waiting to be written.
struct WaitingIncidents: WaitingRecords {
    let intake: IncidentIntake
    private var log = IncidentLog()
    private var items: [IncidentLog.Item] = []

    init(_ desk: Desk) { intake = IncidentIntake(desk: desk) }

    var count: Int { items.count }
    mutating func feed(_ chunk: [UInt8]) throws { items += try log.feed(chunk) }
    mutating func finish() throws { items += try log.finish() }
    mutating func batch(_ count: Int) -> @Sendable () async throws -> [Imported] {
        let batch = Array(items.prefix(count))
        items.removeFirst(batch.count)
        return { [intake] in try await intake.take(batch) }
    }
}
