import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime
import Wire

extension Operation {
    static let claiming: [Operation] = [
        Operation("open-case", .post, "/v1/cases", for: anyone, bringing: .json) { visit in try await visit.openCase() },
        act("admit-claim", "admission", for: staffOnly) { _, _ in [.admit] },
        act("refuse-claim", "refusal", for: staffOnly) { (body: RefusalBody, dispute, visit) in
            [.refuse(ground: body.ground, reason: try await visit.sealed(ifSaid: body.because, in: dispute))]
        },
        act("withdraw-claim", "withdrawal") { _, _ in [.withdraw] },
        act("answer-claim", "answer") { (body: AnswerBody, dispute, visit) in
            if !body.disputes { try visit.refuseGuest("conceding a claim, which moves what lies in escrow") }
            return [.answer(disputes: body.disputes, statement: try await visit.sealed(ifSaid: body.statement, in: dispute))]
        },
        act("counterclaim", "counterclaims", for: [.party]) { (body: CounterclaimBody, dispute, visit) in
            guard case .party(let context) = visit.who else { throw Refusal.notPermitted(act: .counterclaim) }
            return [.counterclaim(Claim(by: context.party, reason: body.reason, statement: try await visit.sealed(ifSaid: body.statement, in: dispute)))]
        },
        act("raise-point", "points") { (body: TextBody, dispute, visit) in [.raisePoint(text: try await visit.sealed(body.text, in: dispute))] },
        // How it was, once the case is over. Kept apart from what was decided; read only added up.
        act("rate-process", "rating", for: [.party]) { (body: RatingBody, dispute, visit) in
            [.rate(body.scores ?? [:], comment: try await visit.sealed(ifSaid: body.comment, in: dispute))]
        },
        act("call-staff", "staff-call") { _, _ in [.callStaff] },
    ]
}

extension Visit<Caller> {
    fileprivate func openCase() async throws -> Answer {
        let request = try request()
        var claim = try atTheDoor(try arrival.read(ClaimBody.self))
        // Whose account a party's own claim is about, the party need not say.
        if case .party(let context) = who, claim.account == nil, claim.order == nil { claim.account = try await counter.desk.account(of: context.party) }
        let opening = try await counter.desk.opening(claim, counter.exchange, request, at: counter.now)
        let performed = try await counter.desk.perform([.open(opening)], on: opening.id, request)
        var told: Bool?
        if let about = opening.about, !performed.repeated { told = try await counter.desk.tell(about, ofComplaint: opening.id, request) }
        return try await answer(to: performed, status: 201, aboutTold: told)
    }

    private func atTheDoor(_ body: ClaimBody) throws(Problem) -> ClaimAtTheDoor {
        guard let language = body.language ?? Language("en") else { throw Problem(.malformed, "say which language the party speaks", field: "language") }
        var claim = ClaimAtTheDoor(body.reason, language: language, channel: body.channel ?? "api", simulated: counter.isRehearsal)
        (claim.type, claim.by, claim.amount, claim.value) = (body.type, body.by, body.amount, body.value)
        (claim.statement, claim.wanted, claim.points, claim.scheme) = (body.statement, body.wanted, body.points ?? [], body.scheme)
        (claim.jurisdiction, claim.regimes, claim.about, claim.reference) = (body.jurisdiction, body.regimes ?? [], body.about, body.reference)
        if let text = body.order {
            guard let order = OrderReference(text) else { throw Problem(.malformed, "“\(text)” is not an order's reference", field: "order") }
            claim.order = order
        }
        if let text = body.party {
            guard let account = AccountReference(text) else { throw Problem(.malformed, "“\(text)” is not an account's reference", field: "party") }
            claim.account = account
        }
        return claim
    }
}
