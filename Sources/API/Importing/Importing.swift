import Archives
import Chronicle
import Disputes
import Intake
import Runtime
import Wire

extension Operation {
    /// Other desks' records become cases here.
    static let importing: [Operation] = [
        Operation("import-records", .post, "/v1/imports/{format}", for: [.machine(.administer)], bringing: .file) { visit in
            let desk = visit.counter.desk
            let format = try visit.arrival.parameter("format")
            guard let records = try await waiting(format, desk) else {
                throw Problem(.notFound, "there is no format “\(format)”; there are cfpb and incidents")
            }
            guard let file = visit.arrival.file else { throw Problem(.malformed, "the body is the file") }
            let name = "import-\(CaseID(at: visit.counter.now, randomness: desk.surroundings.random()).crockford.lowercased())"
            let run = try await desk.vault.passing(file.pieces, named: name, within: importBytesMax) { path in
                do { return try ImportRun(path: path, records: records, counter: visit.counter) } catch let error as ArchiveError {
                    throw Problem(.refused, error.description(of: "the file"))
                }
            }
            let first = try await run.next()
            // Nothing was written yet: it is told by a status, not in the last line.
            if let failure = first?.failure, first?.imported == 0, first?.unchanged == 0 { throw Problem(.refused, failure) }
            let asOf = try await desk.store.head().sequence
            return Answer(body: .pieces(ImportLines(run: run, first: first), bytes: nil), mediaType: "application/jsonl", asOf: asOf)
        }
    ]

    /// Largest file that is taken, packed as it comes.
    private static let importBytesMax: Int64 = 4 << 30

    private static func waiting(_ format: String, _ desk: Desk) async throws -> (any WaitingRecords)? {
        switch format {
        case "cfpb": try await WaitingComplaints(desk)
        case "incidents": WaitingIncidents(desk)
        default: nil
        }
    }
}
