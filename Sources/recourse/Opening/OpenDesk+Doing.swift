import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime

extension OpenDesk {
    /// Carries commands out for whoever `--as` names.
    func perform(_ commands: [CaseCommand], on id: CaseID) async throws -> Performed {
        try await perform(commands, on: id, by: try await requester())
    }

    func perform(_ commands: [CaseCommand], on id: CaseID, by requester: Requester) async throws -> Performed {
        let request = Request(by: requester, occurred: options.at, idempotency: try options.idempotency())
        return try await desk.perform(commands, on: id, request)
    }

    /// What a tick did.
    struct Tick: Hashable, Sendable {
        var carriedOut = 0
        var refused = 0
        var closedByParties = 0
        var woken = 0
        var isQuiet: Bool { carriedOut + refused + closedByParties + woken == 0 }
    }

    /// One thing leads to another (a deadline to a ruling's settlement, that to a window), but never for ever.
    private static let roundsMax = 8

    /// Delivers to the exchange, listens to it, and rings the timer, until nothing moves.
    @discardableResult
    func tick(always: Bool = false) async throws -> Tick {
        guard always || !options.noTick else { return Tick() }
        var total = Tick()
        for _ in 0..<OpenDesk.roundsMax {
            let delivered = try await OutboxCourier(desk, exchange).deliver(at: now, occurred: options.at)
            let closed = try await EscrowWatch(desk, exchange).look()
            let woken = try await DeadlineTimer(desk).ring(at: now)
            let round = Tick(carriedOut: delivered.carriedOut, refused: delivered.refused, closedByParties: closed, woken: woken)
            if round.isQuiet { break }
            total.carriedOut += round.carriedOut
            total.refused += round.refused
            total.closedByParties += round.closedByParties
            total.woken += round.woken
        }
        return total
    }

    /// The case somebody typed, as it stands.
    func dispute(_ typed: String) async throws -> Case {
        guard let dispute = try await desk.dispute(try await desk.find(typed)) else { throw Failure("no case answers to “\(typed)”") }
        return dispute
    }

    /// The same for reading: a party reads only its own cases, staff and operators read all.
    func disputeToRead(_ typed: String) async throws -> (dispute: Case, reader: Party?) {
        let dispute = try await dispute(typed)
        guard let party = try await readingParty() else { return (dispute, nil) }
        guard let reader = dispute.party(party) else { throw Refusal.notYourCase }
        return (dispute, reader)
    }

    /// The party who reads, when `--as` names one.
    func readingParty() async throws -> PartyID? {
        guard options.actor != nil, case .party(let party) = try await requester() else { return nil }
        return party
    }

    /// Refuses a party what only staff and operators may see.
    func staffOnly(_ what: String) async throws {
        guard try await readingParty() == nil else {
            throw Failure("\(what) is for staff; a party reads its own cases: recourse case list, recourse case show")
        }
    }

    func policy(of dispute: Case) async throws -> Policy { try await desk.policies.policy(dispute.policy) }

    func sealed(_ text: String, in dispute: Case) async throws -> Sealed {
        try await desk.seal(text, in: dispute.id, limits: try await policy(of: dispute).limits, by: try await requester())
    }

    func seal(_ text: String?, in dispute: Case) async throws -> Sealed? {
        guard let text else { return nil }
        return try await sealed(text, in: dispute)
    }
}
