import Chronicle
import Disputes
import Policies
import Runtime

/// One dispute about an order, worked on a running desk from its opening to the parties' agreement, each command on its own and each
/// acknowledged before the next: eleven commands of everybody who takes part.
public struct LiveOrder: Sendable {
    let desk: Desk
    let set: StageSet
    /// Are words sealed with keys of their owners? Then two people get their keys on the way, each with an fsync.
    let sealing: Bool
    private let id: CaseID
    private let number: Int
    private let buyer, seller: PartyID
    private var dice: Dice

    public static let commands = 11

    public init(_ number: Int, on desk: Desk, _ set: StageSet, sealing: Bool, seed: UInt64) {
        (self.number, self.desk, self.set, self.sealing) = (number, desk, set, sealing)
        dice = Dice(seed: seed, case: number)
        let now = desk.surroundings.now()
        id = CaseID(at: now, randomness: dice.bits128())
        (buyer, seller) = (PartyID(at: now, randomness: dice.bits128()), PartyID(at: now, randomness: dice.bits128()))
    }

    public mutating func work() async throws {
        let agent = set.agents[dice.below(set.agents.count)]
        let total = Amount(minorUnits: Int128(20 + dice.below(1_480)) * set.coin.minorUnitsPerUnit, of: set.coin)
        let half = Amount(minorUnits: total.minorUnits / 2, of: total.asset)
        let terms = Terms(toBuyer: half, toSeller: try total.subtracting(half))
        try await act(.party(buyer), try await opening(total))
        try await act(.machine("exchange"), .confirmHold(receipt: "hold-\(number)"))
        try await act(.party(buyer), .message(audience: .parties, body: try await said(by: StreamID(buyer)), language: set.languages[0]))
        try await act(.party(buyer), exhibit(set.types.video))
        try await act(.staff(agent), .take)
        try await act(.staff(agent), .admit)
        try await act(.party(seller), .message(audience: .parties, body: try await said(by: StreamID(seller)), language: set.languages[1]))
        try await act(.party(seller), exhibit(set.types.video))
        let offered = try await act(.party(seller), .offer(terms))
        guard let offer = offered.dispute.offers.last else { throw Refusal.noSuchThing("offer") }
        let agreed = try await act(.party(buyer), .acceptOffer(offer.id))
        guard let instruction = agreed.dispute.instructions.last else { throw Refusal.wrongInstruction }
        try await act(.machine("exchange"), .confirmSettlement(instruction.id, receipt: "booking-\(number)"))
    }

    @discardableResult
    private func act(_ who: Requester, _ command: CaseCommand) async throws -> Performed {
        try await desk.perform(command, on: id, Request(by: who))
    }

    private mutating func opening(_ total: Amount) async throws -> CaseCommand {
        let parties = [
            Party(id: buyer, side: .filer, capacity: .buyer, language: set.languages[0], jurisdiction: set.types.jurisdiction, account: set.types.account),
            Party(id: seller, side: .other, capacity: .seller, language: set.languages[1], account: set.types.account),
        ]
        let order = OrderSnapshot(
            reference: "ORD-\(number)", amount: total, fiat: Amount(minorUnits: total.minorUnits / 10_000, of: set.fiat), rail: set.rails.first,
            buyer: buyer, seller: seller, escrowHeld: true)
        return .open(
            .init(
                id: id, type: set.types.live, claim: Claim(by: buyer, reason: set.types.paidAndSilent, statement: try await said(by: StreamID(buyer))),
                parties: parties, order: order, value: total, language: set.languages[0], jurisdiction: set.types.jurisdiction, channel: "app",
                simulated: true))
    }

    private mutating func said(by owner: StreamID) async throws -> Sealed {
        let words = dice.bytes(40 + dice.below(160))
        guard sealing else { return Sealed(owner: owner, box: words) }
        return try await desk.sealer.seal(words, for: owner, context: id.description)
    }

    private mutating func exhibit(_ type: EvidenceCode) -> CaseCommand {
        let hash = Digest(bytes: dice.bytes(32)) ?? Digest(hashing: [])
        return .submitExhibit(.init(type: type, sha256: hash, bytes: 1_000_000, mediaType: "video/mp4", method: "upload"))
    }
}
