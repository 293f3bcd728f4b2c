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
            [.answer(disputes: body.disputes, statement: try await visit.sealed(ifSaid: body.statement, in: dispute))]
        },
        act("counterclaim", "counterclaims", for: [.party]) { (body: CounterclaimBody, dispute, visit) in
            guard case .party(let context) = visit.who else { throw Refusal.notPermitted(act: .counterclaim) }
            return [.counterclaim(Claim(by: context.party, reason: body.reason, statement: try await visit.sealed(ifSaid: body.statement, in: dispute)))]
        },
        act("raise-point", "points") { (body: TextBody, dispute, visit) in [.raisePoint(text: try await visit.sealed(body.text, in: dispute))] },
        act("call-staff", "staff-call") { _, _ in [.callStaff] },
    ]
}

extension Visit<Caller> {
    fileprivate func openCase() async throws -> Answer {
        let opening = try await opening(try arrival.read(ClaimBody.self))
        let answer = try await carryOut([.open(opening)], on: opening.id, status: 201)
        if let about = opening.about { try await attach(opening.id, to: about) }
        return answer
    }

    /// Tells the case a complaint is about that there is one. That it stands on its own is enough for whoever may not do that.
    private func attach(_ complaint: CaseID, to about: CaseID) async throws {
        do {
            _ = try await counter.desk.perform(.attachComplaint(complaint), on: about, Request(by: who.requester, occurred: counter.occurred))
        } catch {
            guard case .refused = error else { throw error }
        }
    }

    /// Everything known at the door: what was said, and what the exchange says of the order.
    private func opening(_ claim: ClaimBody) async throws -> CaseCommand.Opening {
        let policy = try await counter.desk.policies.inForce()
        guard let known = policy.reasons[claim.reason] else { throw Refusal.unknownCode(noun: ReasonKind.noun, code: claim.reason.text) }
        guard let type = policy.caseTypes[claim.type ?? known.caseType] else {
            throw Refusal.unknownCode(noun: CaseTypeKind.noun, code: (claim.type ?? known.caseType).text)
        }
        var facts: OrderFacts?
        if let order = claim.order { facts = try await counter.exchange.order(try reference(order)) }
        let door = Door(claim: claim, policy: policy, requester: who.requester)
        let parties = try door.parties(type, known, facts)
        guard let filer = parties.first(where: { $0.side == .filer }) else { throw Refusal.partiesMissing("nobody claims") }
        if case .party(let context) = who, filer.id != context.party { throw Refusal.notYourCase }
        let id = try await newCase()
        let amount = try claim.amount?.atCustomaryPrecision() ?? (facts?.kind == .peerToPeer ? nil : facts?.amount)
        var points: [Sealed] = []
        for text in claim.points ?? [] { points.append(try await counter.seal(text, in: id, limits: policy.limits, by: .party(filer.id))) }
        var statement: Sealed?
        if let text = claim.statement { statement = try await counter.seal(text, in: id, limits: policy.limits, by: .party(filer.id)) }
        var about: CaseID?
        if let named = claim.about { about = try await counter.desk.find(named) }
        return CaseCommand.Opening(
            id: id, type: type.code, claim: Claim(by: filer.id, reason: claim.reason, statement: statement, wanted: claim.wanted), parties: parties,
            order: facts.map { OrderSnapshot($0) }, amount: amount, value: try door.worth(amount ?? facts?.amount), language: try door.language(),
            jurisdiction: claim.jurisdiction, regimes: claim.regimes ?? [], scheme: claim.scheme, channel: claim.channel ?? "api",
            reference: try door.externalReference(), about: about, points: points, simulated: counter.isRehearsal)
    }

    private func reference(_ text: String) throws(Problem) -> OrderReference {
        guard let reference = OrderReference(text) else { throw Problem(.malformed, "“\(text)” is not an order's reference", field: "order") }
        return reference
    }

    /// With a key, the case the key opened before, so that sending twice finds it.
    private func newCase() async throws -> CaseID {
        if let key = try request().idempotency?.key, let found = try await counter.desk.store.receipt(of: key),
            let id = CaseID(found.receipt.stream.text)
        {
            return id
        }
        return CaseID(at: counter.now, randomness: counter.desk.surroundings.random())
    }
}

/// What follows from a claim and an order alone: who sits where, and what it is worth.
private struct Door {
    let claim: ClaimBody
    let policy: Policy
    let requester: Requester

    func language() throws(Problem) -> Language {
        guard let language = claim.language ?? Language("en") else { throw Problem(.malformed, "say which language the party speaks", field: "language") }
        return language
    }

    func parties(_ type: CaseType, _ reason: Reason, _ facts: OrderFacts?) throws -> [Party] {
        guard type.sides == .two else {
            guard let account = try claim.party.map({ try self.account($0) }) ?? facts?.buyer else {
                throw Problem(.refused, "a case of type \(type.code) needs the account it is about", field: "party")
            }
            return [
                Party(
                    id: .account(account), side: .filer, capacity: reason.filer == .any ? .user : reason.filer, language: try language(),
                    jurisdiction: claim.jurisdiction, account: Code(account.text))
            ]
        }
        guard let facts else { throw Problem(.refused, "a case of type \(type.code) is about an order; name it", field: "order") }
        guard let seller = facts.seller else { throw Problem(.refused, "the order \(facts.reference) has no seller; it cannot have two sides", field: "order") }
        // A merchant who is paid in coin sits where a seller would.
        let chairs: (Filer, Filer) = type.code.text == "PAY" ? (.payer, .merchant) : (.buyer, .seller)
        let filer = try chair(facts, seller, chairs)
        let parties = try [(facts.buyer, chairs.0), (seller, chairs.1)].map { account, capacity in
            Party(
                id: .account(account), side: capacity == filer ? .filer : .other, capacity: capacity, language: try language(),
                jurisdiction: capacity == filer ? claim.jurisdiction : nil,
                merchant: capacity == chairs.1 ? facts.merchantTier.map { Party.Merchant(tier: $0.text, deposit: facts.merchantDeposit) } : nil,
                account: Code(account.text))
        }
        return parties.sorted { $0.side == .filer && $1.side == .other }
    }

    private func account(_ text: String) throws(Problem) -> AccountReference {
        guard let account = AccountReference(text) else { throw Problem(.malformed, "“\(text)” is not an account's reference", field: "party") }
        return account
    }

    private func chair(_ facts: OrderFacts, _ seller: AccountReference, _ chairs: (pays: Filer, sells: Filer)) throws(Problem) -> Filer {
        if case .party(let id) = requester {
            // A party sits where the order says, whatever it says of itself.
            if id == .account(facts.buyer) { return chairs.pays }
            if id == .account(seller) { return chairs.sells }
            throw Problem(.notFound, "the exchange has no order \(facts.reference) of yours", field: "order")
        }
        guard let by = claim.by else {
            throw Problem(.refused, "say who claims: \(chairs.pays.rawValue) or \(chairs.sells.rawValue)", field: "by")
        }
        guard let chair = Filer(rawValue: by), chair == chairs.pays || chair == chairs.sells else {
            throw Problem(
                .refused, "“\(by)” is not a chair; the claim is made by the \(chairs.pays.rawValue) or the \(chairs.sells.rawValue)", field: "by")
        }
        return chair
    }

    /// What was said, or the amount itself where it is in the asset values are told in.
    func worth(_ amount: Amount?) throws -> Amount? {
        let asset = policy.authority.valueAsset
        if let value = claim.value {
            guard value.asset.code == asset.code else { throw Problem(.refused, "values are told in \(asset.code)", field: "value") }
            return try Amount(number: value.number, of: asset)
        }
        guard let amount, amount.asset.code == asset.code else { return nil }
        return try Amount(number: amount.number, of: asset)
    }

    func externalReference() throws(Problem) -> ExternalReference? {
        guard let reference = claim.reference else { return nil }
        guard let colon = reference.firstIndex(of: ":"), colon != reference.startIndex else {
            throw Problem(.malformed, "“\(reference)” is not source:number", field: "reference")
        }
        return ExternalReference(source: String(reference[..<colon]), number: String(reference[reference.index(after: colon)...]))
    }
}

extension OrderSnapshot {
    init(_ facts: OrderFacts) {
        self.init(
            reference: facts.reference.text, amount: facts.amount, fiat: facts.fiat, rail: facts.rail.flatMap { RailCode($0.text) },
            buyer: .account(facts.buyer), seller: facts.seller.map { .account($0) }, created: facts.created, markedPaid: facts.paid,
            escrowHeld: facts.kind == .peerToPeer && facts.escrow.isOpen)
    }
}
