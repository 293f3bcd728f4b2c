import Archives
import ArgumentParser
import Chronicle
import Disputes
import EventStorage
import Intake
import Policies
import Runtime

/// `import cfpb`: the Consumer Complaint Database, any of its three layouts.
struct ImportComplaints: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cfpb",
        abstract: "Import complaints of the CFPB's Consumer Complaint Database.",
        discussion: """
            Each row becomes a regulated complaint under CFPB-PORTAL (15 and 60 calendar days), with its own number, narrative and answer.
            The last line reads “imported N, rejected M, unchanged K”.

            Example: recourse import cfpb Examples/complaints/cfpb_2023-08_sample.csv
            """)

    @OptionGroup var options: ImportOptions

    /// Rows worked on at once: enough for one fsync to carry hundreds of events.
    private static let batchRows = 256

    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(options.shared) { desk in try await me.run(on: desk) }
    }

    private func run(on desk: OpenDesk) async throws {
        let source = try ByteSource(path: options.file)
        let answering = try await ComplaintIntake(desk.desk)
        var reader = CFPBImport()
        var tally = ImportTally()
        var waiting: [CFPBImport.Row] = []
        while let chunk = try source.next() {
            waiting += try reader.feed(chunk)
            while waiting.count >= ImportComplaints.batchRows {
                let batch = Array(waiting.prefix(ImportComplaints.batchRows))
                waiting.removeFirst(batch.count)
                try await take(batch, answering, &tally)
            }
        }
        waiting += try reader.finish()
        try await take(waiting, answering, &tally)
        try await desk.tick()
        options.finish(tally)
    }

    private func take(_ rows: [CFPBImport.Row], _ intake: ComplaintIntake, _ tally: inout ImportTally) async throws {
        for outcome in try await intake.take(rows) { options.report(outcome, to: &tally) }
        options.showProgress(tally)
    }
}

/// Writes complaints into the log, many at once.
struct ComplaintIntake: Sendable {
    private let desk: Desk
    /// Does the pack close a complaint when its answer is recorded?
    private let answerCloses: Bool

    init(_ desk: Desk) async throws {
        self.desk = desk
        let policy = try await desk.policies.inForce()
        let type = try Typed.code(CFPBClassification.caseType, CaseTypeCode.self)
        let workflow = policy.caseTypes[type].flatMap { policy.workflows[$0.workflow] }
        answerCloses = workflow.flatMap { $0.steps[$0.start] }?.exits.contains { $0.on == .responded } ?? false
    }

    /// The outcomes in the order of the rows.
    func take(_ rows: [CFPBImport.Row]) async throws -> [Imported] {
        // One write of keys for all of them. Only those who said something have something to seal.
        let speakers = rows.compactMap { row in (try? row.get()).flatMap { $0.narrative == nil ? nil : StreamID(ComplaintCase(complaint: $0).party) } }
        do {
            try await desk.keys.ensureKeys(for: speakers)
        } catch {
            guard case .erased = error else { throw error }
            // Somebody asked to be forgotten: the others get their keys one by one, and that row says so.
        }
        return try await withThrowingTaskGroup(of: (Int, Imported).self) { group in
            for (index, row) in rows.enumerated() {
                group.addTask {
                    switch row {
                    case .failure(let rejection): (index, .rejected(line: rejection.line, reason: "\(rejection.reason)"))
                    case .success(let complaint): (index, try await take(ComplaintCase(complaint: complaint)))
                    }
                }
            }
            var outcomes = [Imported?](repeating: nil, count: rows.count)
            for try await (index, outcome) in group { outcomes[index] = outcome }
            return outcomes.compactMap(\.self)
        }
    }

    private func take(_ complaint: ComplaintCase) async throws -> Imported {
        do {
            var isNew = false
            for step in try await steps(complaint) {
                guard let key = IdempotencyKey("\(complaint.name):\(step.name)") else { throw Failure("the number is too long") }
                let request = Request(by: ComplaintCase.importer, occurred: step.occurred, idempotency: (key, complaint.fingerprint))
                if try await !desk.perform(step.commands, on: complaint.id, request).repeated { isNew = true }
            }
            return isNew ? .new : .unchanged
        } catch DeskError.store(.keyReused) {
            return .rejected(line: complaint.complaint.line, reason: "complaint \(complaint.complaint.id) was imported before with other content")
        } catch DeskError.refused(let refusal) {
            return .rejected(line: complaint.complaint.line, reason: "\(refusal)")
        } catch DeskError.sealing(let error) {
            return .rejected(line: complaint.complaint.line, reason: "\(error)")
        }
    }

    private struct Step {
        let name: String
        let occurred: Instant
        let commands: [CaseCommand]
    }

    private func steps(_ complaint: ComplaintCase) async throws -> [Step] {
        let row = complaint.complaint
        let received = row.received.instant
        var statement: Sealed?
        if let narrative = row.narrative {
            // Sealing is undone by nothing but the key, so a repeated row is not sealed again for nothing: it is thrown away unsaved.
            statement = try await desk.seal(narrative, of: StreamID(complaint.party), in: complaint.id)
        }
        var steps = [
            Step(name: "open", occurred: received, commands: [.open(try complaint.opening(statement: statement)), .importHistory(complaint.subject)])
        ]
        if let sent = row.sentToCompany { steps.append(Step(name: "ack", occurred: sent.instant, commands: [.acknowledge])) }
        var answer = [try complaint.answer()]
        if complaint.isAnswered, !answerCloses { answer.append(complaint.end) }
        // The bureau does not publish when the company answered; the day it was given the complaint is the latest one known.
        steps.append(Step(name: "response", occurred: max(received, row.sentToCompany?.instant ?? received), commands: answer))
        return steps
    }
}
