import Chronicle

/// A party said how it would settle, openly or blind.
public struct OfferMade: CaseHappening {
    public static let type = EventType("offer-made")
    public let offer: Offer
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.offers.append(offer)
        if offer.side == .other { dispute.answered = true }
    }
}

/// An offer is no longer open.
public struct OfferEnded: CaseHappening {
    public static let type = EventType("offer-ended")
    public let offer: OfferID
    public let how: Offer.Ending
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        guard let index = dispute.offers.firstIndex(where: { $0.id == offer }) else { return }
        dispute.offers[index].ending = how
    }
}

/// Two blind offers met: each side would give at least what the other asks. Only the midpoint is told.
public struct OffersCrossed: CaseHappening {
    public static let type = EventType("offers-crossed")
    public let first: OfferID
    public let second: OfferID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        for index in dispute.offers.indices where dispute.offers[index].id == first || dispute.offers[index].id == second {
            dispute.offers[index].ending = .crossed
        }
    }
}

/// The parties agreed how to divide the amount.
public struct AgreementReached: CaseHappening {
    public static let type = EventType("agreement-reached")
    public let terms: Terms
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.agreement = terms
        dispute.basis = .agreement
        dispute.forgetFailures()
        for index in dispute.offers.indices where dispute.offers[index].isOpen { dispute.offers[index].ending = .lapsed }
    }
}
