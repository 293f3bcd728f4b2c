import Chronicle
import Disputes
import Policies

/// People and things, thrown by the life's own dice.
extension Life {
    /// An order of 20 to 1,500 coins in escrow, disputed by its buyer.
    mutating func openOrder(_ number: Int) throws(Refusal) -> (buyer: PartyID, seller: PartyID, total: Amount) {
        let (buyer, seller) = (somebody(), somebody())
        let language = someLanguage()
        let total = someAmount()
        let parties = [
            Party(id: buyer, side: .filer, capacity: .buyer, language: language, jurisdiction: set.types.jurisdiction, account: set.types.account),
            Party(id: seller, side: .other, capacity: .seller, language: someLanguage(), account: set.types.account),
        ]
        let order = OrderSnapshot(
            reference: "ORD-\(number)", amount: total, fiat: Amount(minorUnits: total.minorUnits / 10_000, of: set.fiat),
            rail: set.rails.isEmpty ? nil : set.rails[dice.below(set.rails.count)], buyer: buyer, seller: seller, created: now - .hours(1),
            markedPaid: now - .minutes(30),
            escrowHeld: true)
        try act(
            as: .party(buyer),
            .open(
                .init(
                    id: id, type: set.types.live, claim: Claim(by: buyer, reason: set.types.paidAndSilent, statement: said(by: StreamID(buyer))),
                    parties: parties, order: order, value: total, language: language, jurisdiction: set.types.jurisdiction, channel: "app",
                    simulated: true)))
        return (buyer, seller, total)
    }

    /// One of a market of 120 bits: hardly anybody comes twice.
    mutating func somebody() -> PartyID { PartyID(at: now, randomness: dice.bits128()) }
    mutating func someone() -> StaffStanding { set.agents[dice.below(set.agents.count)] }
    mutating func someLanguage() -> Language { set.languages[dice.below(set.languages.count)] }

    mutating func someAmount() -> Amount {
        Amount(minorUnits: Int128(20 + dice.below(1_480)) * set.coin.minorUnitsPerUnit + Int128(dice.below(1_000_000)), of: set.coin)
    }

    mutating func someExhibit(_ type: EvidenceCode) -> CaseCommand {
        let hash = Digest(bytes: dice.bytes(32)) ?? Digest(hashing: [])
        return .submitExhibit(.init(type: type, sha256: hash, bytes: Int64(10_000 + dice.below(5_000_000)), mediaType: "video/mp4", method: "upload"))
    }

    /// A whole ruling: each point answered, each part with its reason.
    mutating func draft(by agent: StaffStanding) throws(Refusal) -> RulingDraft {
        let owner = StreamID(agent.id)
        let reasons = (said(by: owner), said(by: owner))
        var answers: [Ruling.Answer] = []
        for point in try dispute.points { answers.append(.init(point: point.number, accepted: true, reason: said(by: owner))) }
        return RulingDraft(
            outcome: .init(code: set.types.release, reason: reasons.0), fault: .init(code: set.types.sellersFault, reason: reasons.1), answers: answers)
    }
}
