import Chronicle
import Disputes
import Policies
import Runtime
import Wire

extension Operation {
    static let letters: [Operation] = [
        Operation("list-letters", .get, "/v1/cases/{case}/letters", for: [.staff, .party, .machine(.read)]) { visit in try await visit.listLetters() },
        Operation("preview-letter", .get, "/v1/cases/{case}/letters/{letter}", for: [.staff, .machine(.read)]) { visit in try await visit.previewLetter() },
    ]
}

extension Visit<Caller> {
    /// Every letter that went out, as each reader had it: written from the case as it was when it went.
    fileprivate func listLetters() async throws -> Answer {
        let dispute = try await dispute()
        let policy = try await counter.policy(of: dispute)
        let reader = reader(of: dispute)
        var file = CaseFile()
        var letters: [LetterView] = []
        for event in try await counter.desk.history(dispute.id) {
            file.apply(event)
            guard let sent = event.body.body as? LetterSent, let then = file.dispute else { continue }
            let writing = LetterWriting(then, policy, spoken: try await spoken(in: then))
            for party in then.parties where then.mayRead(sent.audience, party) && (reader == nil || reader?.id == party.id) {
                guard let letter = writing.letter(sent.letter, to: party) else { continue }
                letters.append(LetterView(letter, to: party.id, at: event.envelope.occurred, sequence: event.envelope.sequence))
            }
        }
        let asOf = try await counter.desk.store.head().sequence
        return try .of(LetterList(letters: letters, asOf: asOf), asOf: asOf, version: dispute.version)
    }

    /// What one letter would say if it went out now.
    fileprivate func previewLetter() async throws -> Answer {
        let dispute = try await dispute()
        let policy = try await counter.policy(of: dispute)
        let named = try arrival.parameter("letter")
        let side = try arrival.query("to", "filer or other") { Side(rawValue: $0) } ?? .filer
        guard let code = LetterCode(named), policy.letters[code] != nil else { throw Problem(.notFound, "the pack has no letter “\(named)”") }
        guard let party = dispute.principal(side) ?? dispute.parties(on: side).first else {
            throw Problem(.notFound, "nobody sits on the side “\(side.rawValue)” of this case")
        }
        let writing = LetterWriting(dispute, policy, spoken: try await spoken(in: dispute))
        guard let letter = writing.letter(code, to: party) else { throw Problem(.notFound, "the letter “\(named)” is not written in English") }
        let asOf = try await counter.desk.store.head().sequence
        return try .of(LetterView(letter, to: party.id, at: counter.now, sequence: nil), asOf: asOf, version: dispute.version)
    }

    /// What letters quote of what was said, as far as this store's keys open it.
    private func spoken(in dispute: Case) async throws -> LetterWriting.Spoken {
        var spoken = LetterWriting.Spoken(statement: try await text(dispute.claim.statement, in: dispute.id))
        guard let ruling = dispute.announcedRuling?.ruling else { return spoken }
        let parts = [
            (false, ruling.outcome.reason), (false, ruling.fault.reason), (true, ruling.penalty.reason), (false, ruling.compensation.reason),
            (false, ruling.cost.reason), (false, ruling.deviationReason),
        ]
        for (isOfPenalty, sealed) in parts + ruling.answers.map({ (false, $0.reason) }) {
            guard let text = try await text(sealed, in: dispute.id) else { continue }
            spoken.reasons.append(.init(isOfPenalty: isOfPenalty, text: text))
        }
        return spoken
    }

    private func text(_ sealed: Sealed?, in id: CaseID) async throws -> String? {
        let words = try await words(sealed, id)
        return words?.state == .said ? words?.text : nil
    }
}
