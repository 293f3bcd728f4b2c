import Chronicle
import Disputes
import EventStorage
import Runtime
import Wire

extension Operation {
    static let caseFiles: [Operation] = [
        Operation("take-case-file", .post, "/v1/cases/{case}/file", for: [.party]) { visit in try await visit.takeCaseFile() }
    ]
}

extension Visit<Caller> {
    /// Events of one case that go into one file.
    private static var fileEventsMax: Int { 5_000 }

    /// The case as the party has it, with the proof of it.
    fileprivate func takeCaseFile() async throws -> Answer {
        let (dispute, detail) = try await detail()
        guard let reader = reader(of: dispute) else { throw Problem(.notPermitted, "a case file is one party's") }
        let signer = try signer()
        let stored = try await counter.desk.store.read(StreamID(dispute.id), after: 0, limit: Self.fileEventsMax)
        let known = stored.filter { EventTape.isKnown($0, to: reader, in: dispute) }
        let (proofs, checkpoint, note) = try await counter.desk.store.proofs(
            of: known.map { ($0, EventTape.mayReadWhole($0, reader)) }, by: signer)
        let file = try Dossier(
            dispute.id, of: reader.id, taken: counter.now, sections: try sections(detail, try await messages(of: dispute)), proofs: proofs,
            checkpoint: note, signer: signer)
        // What is handed out holds.
        let faults = file.check(trusting: signer.verifier).faults
        guard faults.isEmpty else { throw DossierFaults(faults) }
        var answer = try Answer.of(file, asOf: checkpoint.size, version: dispute.version)
        answer.headers = [("Content-Disposition", "attachment; filename=\"recourse-case-\(detail.summary.short).json\"")]
        return answer
    }

    /// The case in parts, each signed by itself, so that it can be said which was changed.
    private func sections(_ detail: CaseDetail, _ messages: MessageList) throws -> Dossier.Sections {
        guard case .object(var whole) = try JSONValue(json: try detail.json()) else { return [:] }
        var sections: Dossier.Sections = [:]
        for name in ["ruling", "exhibits", "appeals"] { if let part = whole.removeValue(forKey: name) { sections[name] = part } }
        // What whoever reads it may do now is no part of what was.
        for name in ["acts", "may_rate", "staff"] { whole.removeValue(forKey: name) }
        sections["case"] = .object(whole)
        sections["messages"] = try JSONValue(json: try messages.json())
        return sections
    }
}

extension EventTape {
    /// May this party know that it happened? What the stream would tell it of, and what it said to the desk alone.
    static func isKnown(_ stored: StoredEvent, to party: Party, in dispute: Case) -> Bool {
        isOwnWord(stored, party) || told(stored).lets(party, of: dispute)
    }

    /// Not everything that follows from what a party does is its own: clocks and holds bear its name, too.
    private static func isOwnWord(_ stored: StoredEvent, _ party: Party) -> Bool {
        stored.envelope.actor == .party(party.id) && [MessageSent.type.name, ProcessRated.type.name].contains(stored.type.name)
    }

    /// Does the body hold nothing but what the case shows the party? Reasons in staff's own words, for staff, are in some that may be known of.
    static func mayReadWhole(_ stored: StoredEvent, _ party: Party) -> Bool {
        switch stored.type.name {
        case "evidence-request-ended": stored.envelope.actor == .party(party.id)
        case "clock-extended", "case-reopened", "step-entered": false
        default: true
        }
    }
}
