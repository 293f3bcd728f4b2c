import Chronicle
import Disputes
import Policies
import Runtime
import Wire

extension Operation {
    static let evidence: [Operation] = [
        act("request-evidence", "requests", for: staffOnly) { (body: EvidenceRequestBody, dispute, visit) in
            [.requestEvidence(of: try visit.party(body.of, in: dispute).id, types: body.types)]
        },
        act("answer-request", "requests/{request}/answer", for: [.staff, .party]) { (body: StatementBody, dispute, visit) in
            [.answerRequest(try visit.request(in: dispute), statement: try await visit.sealed(ifSaid: body.statement, in: dispute))]
        },
        act("waive-request", "requests/{request}/waiver", for: staffOnly) { (body: BecauseBody, dispute, visit) in
            [.waiveRequest(try visit.request(in: dispute), reason: body.because)]
        },
        act("give-notice", "notices", for: staffAndMachines) { (body: NoticeBody, dispute, visit) in
            [.giveNotice(to: try visit.party(body.to, in: dispute).id)]
        },
    ]

    static let negotiating: [Operation] = [
        act("make-offer", "offers", for: [.party]) { (body: OfferBody, dispute, visit) in
            guard case .party(let context) = visit.who else { throw Refusal.notPermitted(act: .offer) }
            guard let total = dispute.order?.amount else { throw Refusal.moneyWithoutOrder }
            let amount = try visit.amount(body.toBuyer, as: total.asset)
            if body.blind == true { return [try await visit.counter.desk.blindOffer(amount, by: context.party, on: dispute.id)] }
            guard !amount.isNegative, !(try amount.exceeds(total)) else { throw Refusal.splitDoesNotAdd(total: total) }
            return [.offer(Terms(toBuyer: amount, toSeller: try total.subtracting(amount)))]
        },
        act("accept-offer", "offers/{offer}/acceptance", for: [.party]) { _, visit in [.acceptOffer(try visit.offer())] },
        act("decline-offer", "offers/{offer}/refusal", for: [.party]) { _, visit in [.declineOffer(try visit.offer())] },
        act("withdraw-offer", "offers/{offer}", by: .delete, for: [.party]) { _, visit in [.withdrawOffer(try visit.offer())] },
    ]

    static let holding: [Operation] = [
        act("place-hold", "hold", by: .put, for: staffAndMachines) { _, _ in [.placeHold] },
        act("lift-hold", "hold", by: .delete, for: staffAndMachines) { _, _ in [.liftHold] },
        act("place-legal-hold", "legal-hold", by: .put, for: staffOnly) { (body: LegalHoldBody, dispute, visit) in
            [.placeLegalHold(authority: body.authority, reference: try await visit.sealed(ifSaid: body.reference, in: dispute))]
        },
        act("lift-legal-hold", "legal-hold", by: .delete, for: staffOnly) { _, _ in [.liftLegalHold] },
    ]
}

extension Visit<Caller> {
    fileprivate func request(in dispute: Case) throws -> RequestID {
        let named = try arrival.parameter("request")
        guard let id = RequestID(named) else { throw Problem(.notFound, "there is no evidence request “\(named)”") }
        return id
    }

    fileprivate func offer() throws -> OfferID {
        let named = try arrival.parameter("offer")
        guard let id = OfferID(named) else { throw Problem(.notFound, "there is no offer “\(named)”") }
        return id
    }
}
