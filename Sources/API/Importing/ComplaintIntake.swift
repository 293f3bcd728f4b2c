import Chronicle
import Disputes
import EventStorage
import Intake
import Policies
import Runtime
import Wire

/// Writes complaints into the log, many at once.
struct ComplaintIntake: Sendable {
    private let desk: Desk
    /// Does the pack close a complaint when its answer is recorded?
    private let answerCloses: Bool

    init(_ desk: Desk) async throws {
        self.desk = desk
        let policy = try await desk.policyInForce()
        let type = try known(CFPBClassification.caseType) as CaseTypeCode
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
                guard let key = IdempotencyKey("\(complaint.name):\(step.name)") else { throw Problem(.refused, "the number of a complaint is too long") }
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

/// A code this build and the pack both know: it stands in our own tables, not in what is read.
func known<Kind>(_ text: String) throws(Problem) -> Code<Kind> {
    guard let code = Code<Kind>(text) else { throw Problem(.fault, "“\(text)” is not a \(Kind.noun) code") }
    return code
}

/// Complaints waiting to be written.
struct WaitingComplaints: WaitingRecords {
    let intake: ComplaintIntake
    private var reader = CFPBImport()
    private var rows: [CFPBImport.Row] = []

    init(_ desk: Desk) async throws { intake = try await ComplaintIntake(desk) }

    var count: Int { rows.count }
    mutating func feed(_ chunk: [UInt8]) throws { rows += try reader.feed(chunk) }
    mutating func finish() throws { rows += try reader.finish() }
    mutating func batch(_ count: Int) -> @Sendable () async throws -> [Imported] {
        let batch = Array(rows.prefix(count))
        rows.removeFirst(batch.count)
        return { [intake] in try await intake.take(batch) }
    }
}
