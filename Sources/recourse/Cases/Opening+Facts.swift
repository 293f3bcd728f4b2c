import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime

extension OpenCase {
    /// Everything known at the door: what was typed, and what the exchange says of the order.
    func opening(_ desk: OpenDesk) async throws -> CaseCommand.Opening {
        let policy = try await desk.desk.policies.inForce()
        guard let known = policy.reasons[reason] else { throw Refusal.unknownCode(noun: ReasonKind.noun, code: reason.text) }
        guard let type = policy.caseTypes[type ?? known.caseType] else {
            throw Refusal.unknownCode(noun: CaseTypeKind.noun, code: (type ?? known.caseType).text)
        }
        let requester = try await desk.requester()
        let language = try self.language ?? Typed.code("en")
        var facts: OrderFacts?
        if let order { facts = try await desk.exchange.order(order) }
        let parties = try await parties(type, known, facts, requester, language, desk)
        guard let filer = parties.first(where: { $0.side == .filer }) else { throw Refusal.partiesMissing("nobody claims") }
        let id = try await id(desk)
        let amount = try amount.map { try Typed.amount($0) } ?? (facts?.kind == .peerToPeer ? nil : facts?.amount)
        return CaseCommand.Opening(
            id: id, type: type.code,
            claim: Claim(
                by: filer.id, reason: reason, statement: try await seal(statement, of: filer, id, policy, desk), wanted: wanted),
            parties: parties, order: try facts.map { try snapshot($0, policy) }, amount: amount,
            value: try worth(amount ?? facts?.amount, policy), language: language, jurisdiction: jurisdiction, regimes: regime, scheme: scheme,
            channel: channel, reference: try externalReference(), about: try await aboutCase(desk),
            points: try await points(of: filer, id, policy, desk), simulated: desk.isRehearsal)
    }

    /// With a key, the case the key opened before, so that sending twice finds it.
    private func id(_ desk: OpenDesk) async throws -> CaseID {
        if let (key, _) = try shared.idempotency(), let found = try await desk.store.receipt(of: key), let id = CaseID(found.receipt.stream.text) {
            return id
        }
        return CaseID(at: desk.now, randomness: desk.desk.surroundings.random())
    }

    private func parties(
        _ type: CaseType, _ reason: Reason, _ facts: OrderFacts?, _ requester: Requester, _ language: Language, _ desk: OpenDesk
    ) async throws -> [Party] {
        guard type.sides == .two else {
            guard let account = party ?? facts?.buyer else { throw Failure("name the account it is about with --party") }
            return [
                Party(
                    id: .account(account), side: .filer, capacity: reason.filer == .any ? .user : reason.filer, language: language,
                    jurisdiction: jurisdiction, account: Code(account.text))
            ]
        }
        guard let facts else { throw Failure("a case of type \(type.code) is about an order; name it with --order") }
        guard let seller = facts.seller else { throw Failure("the order \(facts.reference) has no seller; it cannot have two sides") }
        // A merchant who is paid in coin sits where a seller would.
        let chairs: (Filer, Filer) = type.code.text == "PAY" ? (.payer, .merchant) : (.buyer, .seller)
        let filer = try chair(of: requester, facts, seller, chairs)
        var parties: [Party] = []
        for (account, capacity) in [(facts.buyer, chairs.0), (seller, chairs.1)] {
            var merchant: Party.Merchant?
            if capacity == chairs.1, let tier = facts.merchantTier {
                merchant = Party.Merchant(tier: tier.text, deposit: try await desk.exchange.merchantDeposit(of: account, facts.amount.asset))
            }
            parties.append(
                Party(
                    id: .account(account), side: capacity == filer ? .filer : .other, capacity: capacity, language: language,
                    jurisdiction: capacity == filer ? jurisdiction : nil, merchant: merchant, account: Code(account.text)))
        }
        return parties.sorted { $0.side == .filer && $1.side == .other }
    }

    private func chair(
        of requester: Requester, _ facts: OrderFacts, _ seller: AccountReference, _ chairs: (pays: Filer, sells: Filer)
    ) throws(Failure) -> Filer {
        if let by {
            guard let chair = Filer(rawValue: by), chair == chairs.pays || chair == chairs.sells else {
                throw Failure("“\(by)” is not a chair; the claim is made by the \(chairs.pays.rawValue) or the \(chairs.sells.rawValue)")
            }
            return chair
        }
        if case .party(let id) = requester {
            if id == .account(facts.buyer) { return chairs.pays }
            if id == .account(seller) { return chairs.sells }
        }
        throw Failure("say who claims: --by \(chairs.pays.rawValue) or --by \(chairs.sells.rawValue)")
    }

    private func snapshot(_ facts: OrderFacts, _ policy: Policy) throws -> OrderSnapshot {
        OrderSnapshot(
            reference: facts.reference.text, amount: facts.amount, fiat: facts.fiat, rail: facts.rail.flatMap { RailCode($0.text) },
            buyer: .account(facts.buyer), seller: facts.seller.map { .account($0) }, created: facts.created, markedPaid: facts.paid,
            escrowHeld: facts.kind == .peerToPeer && facts.escrow.isOpen)
    }

    /// What was typed, or the amount itself where it is in the asset values are told in.
    private func worth(_ amount: Amount?, _ policy: Policy) throws -> Amount? {
        let asset = policy.authority.valueAsset
        if let value { return try Typed.amount(value, of: asset) }
        guard let amount, amount.asset.code == asset.code else { return nil }
        return try Typed.amount(amount.number, of: asset)
    }

    private func externalReference() throws(Failure) -> ExternalReference? {
        guard let reference else { return nil }
        guard let colon = reference.firstIndex(of: ":"), colon != reference.startIndex else {
            throw Failure("“\(reference)” is not source:number")
        }
        return ExternalReference(source: String(reference[..<colon]), number: String(reference[reference.index(after: colon)...]))
    }

    private func aboutCase(_ desk: OpenDesk) async throws -> CaseID? {
        guard let about else { return nil }
        return try await desk.desk.find(about)
    }

    private func seal(_ text: String?, of filer: Party, _ id: CaseID, _ policy: Policy, _ desk: OpenDesk) async throws -> Sealed? {
        guard let text else { return nil }
        return try await desk.seal(text, in: id, limits: policy.limits, by: .party(filer.id))
    }

    private func points(of filer: Party, _ id: CaseID, _ policy: Policy, _ desk: OpenDesk) async throws -> [Sealed] {
        var points: [Sealed] = []
        for text in point { points.append(try await desk.seal(text, in: id, limits: policy.limits, by: .party(filer.id))) }
        return points
    }
}

extension OpenDesk {
    /// Tells the case a complaint is about that there is one. Whoever may not do that leaves it to the desk's own machinery.
    func attach(_ complaint: CaseID, to about: CaseID) async throws {
        let request = Request(by: try await requester(), occurred: options.at)
        do {
            _ = try await desk.perform(.attachComplaint(complaint), on: about, request)
        } catch {
            guard case .refused = error else { throw error }
            Console.complain(
                "recourse: the complaint is open; the case it is about was not told, as your role does not include that: a lead says "
                    + "recourse case complain \(about) --attach \(complaint)")
        }
    }
}
