import Chronicle
import Disputes
import EventStorage
import Policies

/// A claim as somebody brings it, before the exchange was asked about the order: from the command line and over the network the same.
public struct ClaimAtTheDoor: Sendable {
    public var reason: ReasonCode
    /// The kind of case; by default the reason's.
    public var type: CaseTypeCode?
    public var order: OrderReference?
    /// Who claims, where whoever brings it is not one of the parties.
    public var by: String?
    /// The account of a one-sided case.
    public var account: AccountReference?
    /// What it is about, where no order says so.
    public var amount: Amount?
    /// What that is worth in the pack's value asset, today.
    public var value: Amount?
    public var statement: String?
    public var wanted: OutcomeCode?
    public var points: [String] = []
    public var scheme: SchemeCode?
    public var jurisdiction: Jurisdiction?
    public var regimes: [RegimeCode] = []
    /// The case a complaint is about.
    public var about: String?
    /// `source:number`
    public var reference: String?
    public var language: Language
    public var channel: String
    public var simulated: Bool

    public init(_ reason: ReasonCode, language: Language, channel: String, simulated: Bool) {
        (self.reason, self.language, self.channel, self.simulated) = (reason, language, channel, simulated)
    }
}

/// Why a claim does not get through the door.
public enum DoorRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case accountMissing(CaseTypeCode)
    case orderMissing(CaseTypeCode)
    case oneSidedOrder(OrderReference)
    /// A party names an order that is none of its own: to them there is no such order.
    case notYourOrder(OrderReference)
    case chairMissing(Filer, Filer)
    case noChair(String, Filer, Filer)
    case notAReference(String)
    case wrongValueAsset(Asset)

    public var description: String {
        switch self {
        case .accountMissing(let type): "a case of type \(type) needs the account it is about; name it with “party”"
        case .orderMissing(let type): "a case of type \(type) is about an order; name it with “order”"
        case .oneSidedOrder(let order): "the order \(order) has no seller; it cannot have two sides"
        case .notYourOrder(let order): "the exchange has no order \(order) of yours"
        case .chairMissing(let pays, let sells): "say who claims with “by”: \(pays.rawValue) or \(sells.rawValue)"
        case .noChair(let named, let pays, let sells):
            "“\(named)” is not a chair; the claim is made by the \(pays.rawValue) or the \(sells.rawValue)"
        case .notAReference(let text): "“\(text)” is not source:number"
        case .wrongValueAsset(let asset): "values are told in \(asset.code)"
        }
    }
}

extension Desk {
    /// Everything known at the door: what was said, and what the exchange says of the order. Its words are sealed with the claimant's own key.
    ///
    /// With an idempotency key that opened a case before, the opening is of that case, so that sending twice finds it.
    /// Throws `DoorRefusal`, `Refusal`, `ExchangeError` or `DeskError`.
    public func opening(_ claim: ClaimAtTheDoor, _ exchange: any Exchange, _ request: Request, at now: Instant) async throws -> CaseCommand.Opening {
        let policy = try await policyInForce()
        guard let reason = policy.reasons[claim.reason] else { throw Refusal.unknownCode(noun: ReasonKind.noun, code: claim.reason.text) }
        guard let type = policy.caseTypes[claim.type ?? reason.caseType] else {
            throw Refusal.unknownCode(noun: CaseTypeKind.noun, code: (claim.type ?? reason.caseType).text)
        }
        var facts: OrderFacts?
        if let order = claim.order {
            do { facts = try await exchange.order(order) } catch {
                // To a party an order that is not there and one that is another's are told in the same words.
                guard case .party = request.by, case .unknownOrder = error else { throw error }
                throw DoorRefusal.notYourOrder(order)
            }
        }
        let parties = try claim.parties(type, reason, facts, request.by)
        guard let filer = parties.first(where: { $0.side == .filer }) else { throw Refusal.partiesMissing("nobody claims") }
        if case .party(let id) = request.by, filer.id != id { throw Refusal.notYourCase }
        let id = try await caseID(request, at: now)
        let amount = try claim.amount?.atCustomaryPrecision() ?? (facts?.kind == .peerToPeer ? nil : facts?.amount)
        let statement = try await seal(ifSaid: claim.statement, in: id, limits: policy.limits, by: .party(filer.id))
        var points: [Sealed] = []
        for text in claim.points { points.append(try await seal(text, in: id, limits: policy.limits, by: .party(filer.id))) }
        var about: CaseID?
        if let named = claim.about { about = try await find(named) }
        return CaseCommand.Opening(
            id: id, type: type.code, claim: Claim(by: filer.id, reason: claim.reason, statement: statement, wanted: claim.wanted), parties: parties,
            order: facts.map { OrderSnapshot($0) }, amount: amount, value: try claim.worth(amount ?? facts?.amount, policy), language: claim.language,
            jurisdiction: claim.jurisdiction, regimes: claim.regimes, scheme: claim.scheme, channel: claim.channel,
            reference: try claim.externalReference(), about: about, points: points, simulated: claim.simulated)
    }

    /// Tells the case a complaint is about that there is one. `false`: whoever opened it may not do that; the complaint stands on its own.
    public func tell(_ about: CaseID, ofComplaint complaint: CaseID, _ request: Request) async throws -> Bool {
        do {
            _ = try await perform(.attachComplaint(complaint), on: about, Request(by: request.by, occurred: request.occurred))
            return true
        } catch {
            guard case .refused = error else { throw error }
            return false
        }
    }

    private func caseID(_ request: Request, at now: Instant) async throws -> CaseID {
        if let key = request.idempotency?.key, let found = try await store.receipt(of: key), let id = CaseID(found.receipt.stream.text) { return id }
        return CaseID(at: now, randomness: surroundings.random())
    }
}

extension ClaimAtTheDoor {
    fileprivate func parties(_ type: CaseType, _ reason: Reason, _ facts: OrderFacts?, _ requester: Requester) throws(DoorRefusal) -> [Party] {
        guard type.sides == .two else {
            guard let account = account ?? facts?.buyer else { throw .accountMissing(type.code) }
            return [
                Party(
                    id: .account(account), side: .filer, capacity: reason.filer == .any ? .user : reason.filer, language: language,
                    jurisdiction: jurisdiction, account: Code(account.text))
            ]
        }
        guard let facts else { throw .orderMissing(type.code) }
        guard let seller = facts.seller else { throw .oneSidedOrder(facts.reference) }
        // A merchant who is paid in coin sits where a seller would.
        let chairs: (pays: Filer, sells: Filer) = type.code.text == "PAY" ? (.payer, .merchant) : (.buyer, .seller)
        let filer = try chair(facts, seller, chairs, requester)
        let parties = [(facts.buyer, chairs.pays), (seller, chairs.sells)].map { account, capacity in
            Party(
                id: .account(account), side: capacity == filer ? .filer : .other, capacity: capacity, language: language,
                jurisdiction: capacity == filer ? jurisdiction : nil,
                merchant: capacity == chairs.sells ? facts.merchantTier.map { Party.Merchant(tier: $0.text, deposit: facts.merchantDeposit) } : nil,
                account: Code(account.text))
        }
        return parties.sorted { $0.side == .filer && $1.side == .other }
    }

    /// A party sits where the order says, whatever it says of itself; of others' claims whoever brings them says whose they are.
    private func chair(
        _ facts: OrderFacts, _ seller: AccountReference, _ chairs: (pays: Filer, sells: Filer), _ requester: Requester
    ) throws(DoorRefusal) -> Filer {
        if case .party(let id) = requester {
            if id == .account(facts.buyer) { return chairs.pays }
            if id == .account(seller) { return chairs.sells }
            throw .notYourOrder(facts.reference)
        }
        guard let by else { throw .chairMissing(chairs.pays, chairs.sells) }
        guard let chair = Filer(rawValue: by), chair == chairs.pays || chair == chairs.sells else { throw .noChair(by, chairs.pays, chairs.sells) }
        return chair
    }

    /// What was said, or the amount itself where it is in the asset values are told in.
    fileprivate func worth(_ amount: Amount?, _ policy: Policy) throws -> Amount? {
        let asset = policy.authority.valueAsset
        if let value {
            guard value.asset.code == asset.code else { throw DoorRefusal.wrongValueAsset(asset) }
            return try Amount(number: value.number, of: asset)
        }
        guard let amount, amount.asset.code == asset.code else { return nil }
        return try Amount(number: amount.number, of: asset)
    }

    fileprivate func externalReference() throws(DoorRefusal) -> ExternalReference? {
        guard let reference else { return nil }
        guard let colon = reference.firstIndex(of: ":"), colon != reference.startIndex else { throw .notAReference(reference) }
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
