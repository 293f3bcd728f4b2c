import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime

/// One of eight who work the desk at once: opens cases, and does with a case whatever its stage allows, by chance.
struct Worker {
    let number: Int
    let desk: Desk
    let exchange: SandboxExchange
    let roll: Roll
    let voice: Voice
    var chance: Chance

    /// Works until something fails; refusals of the rules are no failure.
    mutating func work() async throws {
        while !Task.isCancelled {
            do {
                if chance.percent(30) { try await openCase() } else if let id = roll.any(&chance) { try await work(on: id) } else { try await openCase() }
                if chance.percent(15) { try await showHead() }
            } catch DeskError.refused(let refusal) {
                voice.tell(.refused("\(refusal)"))
            } catch DeskError.tooBusy, DeskError.store(.conflict) {
                voice.tell(.refused("somebody was faster"))
            } catch let error as ExchangeError {
                voice.tell(.refused("\(error)"))
            }
        }
    }

    private func showHead() async throws {
        let head = try await desk.store.head()
        voice.tell(.root(sequence: head.sequence, root: head.root))
    }

    // MARK: Opening

    private mutating func openCase() async throws {
        let id = CaseID(at: desk.surroundings.now(), randomness: desk.surroundings.random())
        let buyer = Int.random(in: 0..<People.usersMax / 2, using: &chance)
        let seller = Int.random(in: People.usersMax / 2..<People.usersMax, using: &chance)
        // Above 5,000 a second key is needed.
        let units = chance.percent(15) ? 9_000 : chance.percent(50) ? 1_200 : 60
        let amount = try tether(units)
        let order = "ORD-" + id.crockford
        try await place(order, amount, buyer, seller)
        let parties = [
            Party(id: People.party(buyer), side: .filer, capacity: .buyer, language: try code("en"), account: try code(People.account(buyer))),
            Party(id: People.party(seller), side: .other, capacity: .seller, language: try code("es"), account: try code(People.account(seller))),
        ]
        let statement = try await desk.seal("I paid for \(id)", of: StreamID(People.party(buyer)), in: id)
        let snapshot = OrderSnapshot(
            reference: order, amount: amount, fiat: try Amount(parsing: "\(units).00 EUR"), rail: try code("SEPA-INSTANT"),
            buyer: People.party(buyer), seller: People.party(seller), escrowHeld: true)
        let opening = CaseCommand.Opening(
            id: id, type: try code("P2P-LIVE"), claim: Claim(by: People.party(buyer), reason: try code("P2P-B01"), statement: statement),
            parties: parties, order: snapshot, value: amount, language: try code("en"), channel: "app")
        let key = IdempotencyKey("open:\(id)")
        let request = Request(by: .party(People.party(buyer)), idempotency: key.map { ($0, Digest(hashing: Array(order.utf8))) })
        try await perform([.open(opening)], id, request)
        roll.add(id)
    }

    private mutating func place(_ order: String, _ amount: Amount, _ buyer: Int, _ seller: Int) async throws {
        let seller: AccountReference = try code(People.account(seller))
        try await exchange.deposit(amount, to: seller)
        try await exchange.placeOrder(
            OrderPlacement(
                reference: try code(order), amount: amount, fiat: try Amount(parsing: "1.00 EUR"), buyer: try code(People.account(buyer)),
                seller: seller, created: desk.surroundings.now()))
        voice.tell(.placed(order: order))
        try await exchange.markPaid(try code(order))
    }

    // MARK: Working

    private mutating func work(on id: CaseID) async throws {
        guard let dispute = try await desk.dispute(id), let filer = dispute.principal(.filer)?.id, let other = dispute.principal(.other)?.id else { return }
        if chance.percent(25) { return try await write(dispute, by: chance.percent(50) ? filer : other) }
        switch dispute.stage {
        case .intake: try await perform([.take, .admit], id, by: People.agent(number))
        case .negotiation: try await negotiate(dispute, filer, other)
        case .investigation: try await investigate(dispute, filer, other)
        case .decision: try await rule(dispute)
        case .approval(let waiting): try await perform([.approve(waiting.ruling.id)], id, by: People.secondKey)
        case .appealWindow:
            guard chance.percent(40) else { return roll.drop(id) }
            let grounds = try await desk.seal("That is not so in \(id)", of: StreamID(other), in: id)
            try await perform([.appeal(newEvidence: true, grounds: grounds)], id, Request(by: .party(other)))
        case .appeal:
            let reason = try await desk.seal("It stands in \(id)", of: StreamID(id), in: id)
            try await perform([.decideAppeal(.upheld, cause: nil, reason: reason, nil)], id, by: People.senior)
        case .execution, .referred: break
        case .closed: roll.drop(id)
        }
    }

    private mutating func write(_ dispute: Case, by party: PartyID) async throws {
        let body = try await desk.seal("Message \(dispute.messages + 1) on \(dispute.id)", of: StreamID(party), in: dispute.id)
        try await perform([.message(audience: .parties, body: body, language: dispute.language)], dispute.id, Request(by: .party(party)))
    }

    private mutating func negotiate(_ dispute: Case, _ filer: PartyID, _ other: PartyID) async throws {
        if let offer = dispute.offers.last(where: \.isOpen), chance.percent(60) {
            return try await perform([.acceptOffer(offer.id)], dispute.id, Request(by: .party(offer.by == filer ? other : filer)))
        }
        if chance.percent(15), let order = dispute.order {
            // The parties settle without the desk, which learns of it from the exchange.
            try await exchange.releaseBySeller(try code(order.reference))
        } else if chance.percent(50), let total = dispute.order?.amount {
            let toBuyer = Amount(minorUnits: total.minorUnits / 3, of: total.asset)
            try await perform([.offer(Terms(toBuyer: toBuyer, toSeller: try total.subtracting(toBuyer)))], dispute.id, Request(by: .party(other)))
        } else {
            try await perform([.callStaff], dispute.id, Request(by: .party(filer)))
        }
    }

    private mutating func investigate(_ dispute: Case, _ filer: PartyID, _ other: PartyID) async throws {
        let agent = try await owner(of: dispute)
        switch Int.random(in: 0..<4, using: &chance) {
        case 0: try await submit("EV-VIDEO", dispute, by: filer)
        case 1: try await submit("EV-BRCPT", dispute, by: filer)
        case 2: try await submit("EV-VIDEO", dispute, by: other)
        default: try await perform([.conclude], dispute.id, by: agent)
        }
    }

    private mutating func submit(_ type: String, _ dispute: Case, by party: PartyID) async throws {
        let lines = Int.random(in: 1...200, using: &chance)
        let text = "\(type) of \(dispute.id), \(UInt64.random(in: 0 ... .max, using: &chance))\n" + String(repeating: "paid 1 EUR\n", count: lines)
        let kept: StoredExhibit
        do {
            kept = try await desk.vault.accept(Bytes(text), declared: .plainText, within: Allowance(fileBytesMax: 1 << 20))
        } catch { throw DeskError.vault(error) }
        voice.tell(.kept(kept.sha256))
        let submission = CaseCommand.Submission(
            type: try code(type), sha256: kept.sha256, bytes: kept.sizeBytes, mediaType: kept.sniffed.rawValue, method: "upload")
        try await perform([.submitExhibit(submission)], dispute.id, Request(by: .party(party)))
    }

    private mutating func rule(_ dispute: Case) async throws {
        let agent = try await owner(of: dispute)
        let outcome = dispute.exhibits.contains { $0.side == .filer && $0.type.text == "EV-VIDEO" } ? "OUT-REL" : "OUT-RET"
        let because = try await desk.seal("Ruled on \(dispute.id)", of: StreamID(dispute.id), in: dispute.id)
        let draft = RulingDraft(
            outcome: .init(code: try code(outcome), reason: because), fault: .init(code: try code("FLT-SEL"), reason: because),
            answers: dispute.points.map { .init(point: $0.number, accepted: true, reason: because) })
        try await perform([.rule(draft)], dispute.id, by: agent)
    }

    private func owner(of dispute: Case) async throws -> StaffStanding {
        if let owner = dispute.owner, let agent = People.agent(owner) { return agent }
        try await perform([.take], dispute.id, by: People.agent(number))
        return People.agent(number)
    }

    // MARK: Performing

    private func perform(_ commands: [CaseCommand], _ id: CaseID, by staff: StaffStanding) async throws {
        try await perform(commands, id, Request(by: .staff(staff)))
    }

    private func perform(_ commands: [CaseCommand], _ id: CaseID, _ request: Request) async throws {
        let performed = try await desk.perform(commands, on: id, request)
        if let receipt = performed.receipt { voice.tell(.performed(stream: receipt.stream.text, version: receipt.version)) }
    }
}

/// A small upload, in one chunk.
private struct Bytes: AsyncSequence, Sendable {
    private let bytes: [UInt8]
    init(_ text: String) { bytes = Array(text.utf8) }

    struct Iterator: AsyncIteratorProtocol {
        var rest: [UInt8]?
        mutating func next() async -> [UInt8]? {
            defer { rest = nil }
            return rest
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(rest: bytes) }
}
