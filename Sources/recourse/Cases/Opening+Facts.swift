import Chronicle
import Disputes
import Policies
import Runtime

extension OpenCase {
    /// What was typed, as the desk takes it.
    func opening(_ desk: OpenDesk) async throws -> CaseCommand.Opening {
        var claim = ClaimAtTheDoor(reason, language: try language ?? Typed.code("en"), channel: channel, simulated: desk.isRehearsal)
        (claim.type, claim.order, claim.by, claim.account) = (type, order, by, party)
        claim.amount = try amount.map { try Typed.amount($0) }
        let asset = try await desk.desk.policies.inForce().authority.valueAsset
        claim.value = try value.map { try Typed.amount($0, of: asset) }
        (claim.statement, claim.wanted, claim.points, claim.scheme) = (statement, wanted, point, scheme)
        (claim.jurisdiction, claim.regimes, claim.about, claim.reference) = (jurisdiction, regime, about, reference)
        return try await desk.desk.opening(claim, desk.exchange, try await desk.request(), at: desk.now)
    }
}

extension OpenDesk {
    /// How the desk is told what to do: by whom `--as` names, when, and under which key.
    func request() async throws -> Request {
        Request(by: try await requester(), occurred: options.at, idempotency: try options.idempotency())
    }

    /// Tells the case a complaint is about that there is one. Whoever may not do that leaves it to the desk's own machinery.
    func attach(_ complaint: CaseID, to about: CaseID) async throws {
        guard try await !desk.tell(about, ofComplaint: complaint, try await request()) else { return }
        Console.complain(
            "recourse: the complaint is open; the case it is about was not told, as your role does not include that: a lead says "
                + "recourse case complain \(about) --attach \(complaint)")
    }
}
