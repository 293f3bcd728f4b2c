import Chronicle
import Disputes
import Runtime
import Wire

extension Operation {
    /// What an operator does to the desk itself.
    static let upkeeping: [Operation] = [
        Operation("look-after", .post, "/v1/upkeep", for: [.staff, .machine(.administer)]) { visit in
            let counter = visit.counter
            let done = try await Upkeep(counter.desk, counter.exchange).look(at: { counter.now }, occurred: counter.occurred)
            let asOf = try await counter.desk.store.head().sequence
            let view = UpkeepView(
                carriedOut: done.carriedOut, refused: done.refused, closedByParties: done.closedByParties, woken: done.woken, asOf: asOf)
            return try .of(view, asOf: asOf)
        },
        Operation("erase-person", .post, "/v1/parties/{party}/erasure", for: [.staff, .machine(.administer)], bringing: .json) { visit in
            let body = try visit.arrival.read(BecauseBody.self)
            let text = try visit.arrival.parameter("party")
            guard let party = PartyID(text) else { throw Problem(.notFound, "“\(text)” is not a party; write party_…") }
            guard 1...500 ~= body.because.count else { throw Problem(.refused, "an erasure needs its reason, of at most 500 characters", field: "because") }
            try visit.demandFreshFactor()
            if case .staff(let context) = visit.who { try await visit.counter.desk.demand(.erasePerson, of: context.standing) }
            try await visit.counter.desk.erase(party, because: body.because, by: visit.who.requester.actor)
            return try .of(ErasureView(party: party, erased: true), asOf: try await visit.counter.desk.store.head().sequence)
        },
    ]
}
