import Chronicle
import Disputes
import Runtime

/// Names for whoever appears in a case: handles for staff, chairs and accounts for parties.
struct People: Sendable {
    private let handles: [StaffID: String]
    private let parties: [Party]

    init(_ dispute: Case, _ desk: OpenDesk) async throws {
        handles = try await desk.handles()
        parties = dispute.parties
    }

    func name(of actor: Actor) -> String {
        switch actor {
        case .staff(let id): name(of: id)
        case .party(let id): name(of: id)
        case .machine(let name): name
        case .clock: "time"
        }
    }

    func name(of id: StaffID) -> String { handles[id] ?? "staff …" + id.crockford.suffix(6) }

    func name(of id: PartyID) -> String {
        guard let party = parties.first(where: { $0.id == id }) else { return "party …" + id.crockford.suffix(6) }
        return party.capacity.rawValue + (party.account.map { " \($0)" } ?? "")
    }
}
