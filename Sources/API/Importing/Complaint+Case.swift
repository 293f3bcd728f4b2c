import Chronicle
import Disputes
import EventStorage
import Intake
import Policies
import Runtime
import Timekeeping

/// One published complaint as what it means here: a case of its own, with the same id however often it is read.
struct ComplaintCase: Sendable {
    let complaint: CFPBComplaint

    static let source = "cfpb"
    static let importer = Requester.machine("import-cfpb")

    var name: String { "\(ComplaintCase.source):\(complaint.id)" }
    var party: PartyID { PartyID(naming: name) }
    /// Sorts by when the complaint was received.
    var id: CaseID { CaseID(at: complaint.received.instant, randomness: CaseID(naming: name).bits) }

    /// Everything published about it, in a fixed order: another reading with another value is another row.
    var fingerprint: Digest {
        let fields: [String?] = [
            complaint.received.instant.description, complaint.sentToCompany?.instant.description, complaint.product, complaint.subProduct,
            complaint.issue, complaint.subIssue, complaint.narrative, complaint.publicResponse, complaint.company, complaint.state,
            complaint.zip, complaint.tags.map(\.rawValue).sorted().joined(separator: ","), complaint.consent?.rawValue, complaint.channel.rawValue,
            complaint.companyResponse.rawValue, complaint.timely.map { "\($0)" }, complaint.disputed.map { "\($0)" },
        ]
        return Digest(hashing: Array(fields.map { $0.map { "\($0.utf8.count) \($0)" } ?? "-" }.joined(separator: "\n").utf8))
    }

    func opening(statement: Sealed?) throws -> CaseCommand.Opening {
        let language: Language = try known("en")
        let place: Jurisdiction = try known("US")
        return CaseCommand.Opening(
            id: id, type: try known(CFPBClassification.caseType),
            claim: Claim(
                by: party, reason: try known(CFPBClassification.reason), statement: statement, happened: complaint.received.instant),
            parties: [Party(id: party, side: .filer, capacity: .user, language: language, jurisdiction: place)], language: language,
            jurisdiction: place, regimes: [try known("CFPB-PORTAL")], channel: complaint.channel.rawValue,
            reference: ExternalReference(source: ComplaintCase.source, number: complaint.id.text))
    }

    /// What the bureau says the complaint is about. Published, and no personal data: so it stands in the log in the clear.
    var subject: CaseCommand.ImportedChange {
        let classification = CFPBClassification(complaint)
        var known: [(String, String?)] = [
            ("product", complaint.product), ("sub-product", complaint.subProduct), ("issue", complaint.issue), ("sub-issue", complaint.subIssue),
            ("company", complaint.company), ("state", complaint.state),
            ("tags", complaint.tags.isEmpty ? nil : complaint.tags.map(\.rawValue).sorted().joined(separator: ", ")),
            ("public-response", complaint.publicResponse), ("disputed", complaint.disputed.map { $0 ? "yes" : "no" }),
        ]
        switch classification.subject {
        case .reason(let code): known.append(("reason", code))
        case .topic(let topic): known.append(("topic", topic))
        }
        return CaseCommand.ImportedChange(
            state: "received", holder: .staff, changed: known.compactMap { name, value in value.map { "\(name)=\($0)" } },
            group: classification.family.rawValue)
    }

    /// The company's published answer; `nil` where only its lateness is known and nothing was answered yet.
    func answer() throws -> CaseCommand {
        var outcome: OutcomeCode?
        if case .ruled(let code) = CFPBOutcome(complaint.companyResponse) { outcome = try known(code) }
        return .respond(
            isAnswered ? .final : .holding, outcome: outcome, body: nil, sourceCategory: complaint.companyResponse.rawValue,
            timely: complaint.timely)
    }

    var isAnswered: Bool { complaint.companyResponse != .inProgress }

    /// The end, where the pack's workflow does not end a case by its answer alone.
    var end: CaseCommand {
        .importHistory(.init(state: complaint.companyResponse.rawValue, holder: .system, changed: ["state"], closes: true))
    }
}
