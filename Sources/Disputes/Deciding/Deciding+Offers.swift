import Chronicle
import Policies
import Timekeeping

extension Deliberation {
    mutating func offer(_ terms: Terms) throws(Refusal) {
        let party = try actingParty()
        guard let total = try dispute().order?.amount else { throw .moneyWithoutOrder }
        guard terms.divide(total) else { throw .splitDoesNotAdd(total: total) }
        try checkOpenOffers(party)
        let offer = Offer(id: context.ids.next(), by: party.id, side: party.side, terms: terms, blind: nil, expires: try offerExpiry())
        emit(OfferMade(offer: offer))
    }

    /// Double-blind bidding: each side says in secret what it would settle at (as the amount the buyer gets). When the seller would give
    /// at least what the buyer asks, the case settles at the midpoint; otherwise nothing is revealed.
    mutating func offerBlind(_ blind: CaseCommand.BlindOffer) throws(Refusal) {
        let party = try actingParty()
        guard let total = try dispute().order?.amount else { throw .moneyWithoutOrder }
        guard blind.concealed.isOf(blind.opened) else { throw .concealmentBroken }
        let mine = try Deliberation.amount(blind.opened, within: total)
        // A new secret replaces the old one.
        for earlier in try dispute().offers where earlier.isOpen && earlier.blind != nil && earlier.side == party.side {
            emit(OfferEnded(offer: earlier.id, how: .withdrawn))
        }
        try checkOpenOffers(party)
        let offer = Offer(id: context.ids.next(), by: party.id, side: party.side, terms: nil, blind: blind.concealed, expires: try offerExpiry())
        emit(OfferMade(offer: offer))

        let standing = try dispute().offers.last { $0.isOpen && $0.expires > now && $0.blind != nil && $0.side == party.side.opposite }
        guard let standing, let concealed = standing.blind else { return }
        guard let counterpart = blind.counterpart, counterpart.id == standing.id, concealed.isOf(counterpart.opened) else {
            throw .concealmentBroken
        }
        let theirs = try Deliberation.amount(counterpart.opened, within: total)
        let iAmBuyer = party.capacity == .buyer || party.capacity == .payer
        let asked = iAmBuyer ? mine : theirs
        let given = iAmBuyer ? theirs : mine
        guard given.minorUnits >= asked.minorUnits else { return }
        emit(OffersCrossed(first: standing.id, second: offer.id))
        do {
            let toBuyer = try asked.midpoint(with: given)
            try agree(Terms(toBuyer: toBuyer, toSeller: try total.subtracting(toBuyer)))
        } catch let error as Refusal {
            throw error
        } catch {
            throw .splitDoesNotAdd(total: total)
        }
    }

    private static func amount(_ opened: Concealed.Opened, within total: Amount) throws(Refusal) -> Amount {
        guard let amount = try? Amount(parsing: opened.text), amount.asset == total.asset, !amount.isNegative,
            amount.minorUnits <= total.minorUnits
        else { throw .splitDoesNotAdd(total: total) }
        return amount
    }

    private func checkOpenOffers(_ party: Party) throws(Refusal) {
        guard !(try dispute().legalHold) else { throw .underLegalHold }
        let open = try dispute().offers.filter { $0.isOpen && $0.by == party.id }.count
        guard open < policy.limits.openOffersPerPartyMax else { throw .tooMany(what: "open offers", max: policy.limits.openOffersPerPartyMax) }
    }

    /// An offer stands as long as the pack's offer clock says, a day where it says nothing.
    private func offerExpiry() throws(Refusal) -> Instant {
        guard let code = ClockCode("offer"), let rule = policy.clocks[code]?.rule(for: try dispute().facts(policy)) else { return now + .days(1) }
        return try due(RunningClock(rule, startedAt: now))
    }

    mutating func acceptOffer(_ id: OfferID) throws(Refusal) {
        let (party, offer) = try standingOffer(id)
        guard offer.side != party.side else { throw .notYours("offer") }
        guard let terms = offer.terms else { throw .noSuchThing("open offer") }
        guard !(try dispute().legalHold) else { throw .underLegalHold }
        emit(OfferEnded(offer: id, how: .accepted))
        try agree(terms)
    }

    mutating func declineOffer(_ id: OfferID) throws(Refusal) {
        let (party, offer) = try standingOffer(id)
        guard offer.side != party.side else { throw .notYours("offer") }
        emit(OfferEnded(offer: id, how: .declined))
    }

    mutating func withdrawOffer(_ id: OfferID) throws(Refusal) {
        let (party, offer) = try standingOffer(id)
        guard offer.by == party.id else { throw .notYours("offer") }
        emit(OfferEnded(offer: id, how: .withdrawn))
    }

    private func standingOffer(_ id: OfferID) throws(Refusal) -> (Party, Offer) {
        let party = try actingParty()
        guard let offer = try dispute().offers.first(where: { $0.id == id }) else { throw .noSuchThing("offer") }
        guard offer.isOpen else { throw .alreadyDone("the offer was \(offer.ending?.rawValue ?? "ended")") }
        guard offer.expires > now else { throw .windowClosed(at: offer.expires) }
        return (party, offer)
    }

    private mutating func agree(_ terms: Terms) throws(Refusal) {
        emit(AgreementReached(terms: terms))
        try mustFire(.offerAccepted, for: .acceptOffer, closing: .settledByParties)
    }
}
