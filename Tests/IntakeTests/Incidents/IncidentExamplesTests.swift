import Archives
import Chronicle
import Intake
import Testing

/// Expected counts were taken with another parser (Python's `csv`) from the same files.
@Suite("Incidents in Examples and beside the project")
struct IncidentExamplesTests {
    /// What is counted over a whole log.
    struct Counts: Equatable, Sendable {
        var incidents = 0
        var rows = 0
        var changes: [String: Int] = [:]
        var anomalies: [String: Int] = [:]
        var updatesMissing = 0
        var sharedMinutes = 0
    }

    @Test("The extract is read whole, row by row")
    func extract() throws {
        let counts = try count(Samples.path("incidents/uci_extract.csv"))
        #expect(
            counts
                == Counts(
                    incidents: 400, rows: 2_627,
                    changes: [
                        "opened": 400, "stateChanged": 1_105, "groupChanged": 344, "assigneeChanged": 165, "reassignmentsCounted": 346,
                        "reopened": 6, "priorityChanged": 28, "serviceLevelChanged": 133, "detailChanged": 241, "touched": 686,
                        "resolved": 400, "closed": 400,
                    ],
                    anomalies: [
                        "updatesMissing": 150, "sharedMinutes": 140, "firstSeen": 103, "recordedBeforeOpened": 5, "beginningMissing": 5,
                        "modificationRepeated": 5, "countFellBack": 5, "changedAfterClosing": 2, "resolutionTimeMissing": 16,
                        "endTimeImpossible": 14, "outOfOrder": 1, "createdBeforeOpened": 6,
                    ],
                    updatesMissing: 1_033, sharedMinutes: 201))
    }

    @Test("The whole log is read, row by row (needs RECOURSE_DATA)")
    func whole() throws {
        guard let path = Samples.data("logs/uci_incident_event_log.zip") else {
            print("RECOURSE_DATA is not set: the whole incident log (141,712 rows) was NOT read; the extract was.")
            return
        }
        #expect(try ByteSource(path: path).packaging == .zip(member: "incident_event_log.csv"))
        let counts = try count(path)
        #expect(
            counts
                == Counts(
                    incidents: 24_918, rows: 141_712,
                    changes: [
                        "opened": 24_918, "stateChanged": 64_034, "groupChanged": 23_321, "assigneeChanged": 14_006,
                        "reassignmentsCounted": 23_414, "reopened": 331, "priorityChanged": 436, "serviceLevelChanged": 9_114,
                        "detailChanged": 26_046, "touched": 28_427, "resolved": 24_918, "closed": 24_918,
                    ],
                    anomalies: [
                        "updatesMissing": 9_255, "sharedMinutes": 9_318, "firstSeen": 8_521, "recordedBeforeOpened": 5, "beginningMissing": 5,
                        "modificationRepeated": 5, "countFellBack": 5, "changedAfterClosing": 57, "resolutionTimeMissing": 1_556,
                        "endTimeImpossible": 336, "outOfOrder": 1, "neverResolved": 13, "activityDisagrees": 1, "createdBeforeOpened": 6,
                    ],
                    updatesMissing: 49_774, sharedMinutes: 14_118))
    }

    private func count(_ path: String) throws -> Counts {
        var counts = Counts()
        var log = IncidentLog()
        let source = try ByteSource(path: path)
        while let chunk = try source.next() { try add(log.feed(chunk), to: &counts) }
        try add(log.finish(), to: &counts)
        return counts
    }

    private func add(_ items: [IncidentLog.Item], to counts: inout Counts) throws {
        for item in items {
            let history = try item.get()
            checkLaws(history)
            counts.incidents += 1
            counts.rows += history.rowCount
            for change in history.changes { counts.changes[caseName(change.what), default: 0] += 1 }
            for anomaly in history.anomalies {
                counts.anomalies[caseName(anomaly), default: 0] += 1
                if case .updatesMissing(let count) = anomaly { counts.updatesMissing += count }
                if case .sharedMinutes(let count) = anomaly { counts.sharedMinutes += count }
            }
        }
    }

    /// The name of an enum's case without what it carries.
    private func caseName(_ value: some Sendable) -> String {
        String("\(value)".prefix { $0 != "(" })
    }
}
