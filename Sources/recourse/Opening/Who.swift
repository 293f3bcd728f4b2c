import Chronicle
import Disputes
import EventStorage
import Runtime

extension OpenDesk {
    /// Who acts, as `--as` says. Whoever may run this program on this store is trusted to say it.
    func requester() async throws -> Requester {
        guard let name = options.actor else {
            throw Failure("say who acts: --as HANDLE, --as account:REFERENCE, --as party_… or --as machine:NAME (or set RECOURSE_AS)")
        }
        return try await requester(named: name)
    }

    /// The same for what an operator does to the store itself; without a name it is the operator.
    func operatorOrNamed() async throws -> Requester {
        guard let name = options.actor else { return .machine("operator") }
        return try await requester(named: name)
    }

    private func requester(named name: String) async throws -> Requester {
        if let id = PartyID(name) { return .party(id) }
        if name.hasPrefix("account:") {
            guard let account = AccountReference(String(name.dropFirst(8))) else { throw Failure("“\(name)” does not name an account") }
            return .party(.account(account))
        }
        if name.hasPrefix("machine:") {
            guard case .machine(let machine)? = Actor(name) else {
                throw Failure("“\(name)” is not a machine's name: machine: and 1 to 32 of a–z, 0–9, -")
            }
            return .machine(machine)
        }
        return .staff(try await desk.staff(name))
    }

    /// The party a person means: a chair, a side, an account or an id.
    func party(_ typed: String, in dispute: Case) throws(Failure) -> Party {
        guard let found = dispute.party(named: typed) else {
            let known = dispute.parties.map(\.capacity.rawValue).joined(separator: ", ")
            throw Failure("“\(typed)” is not a party of this case; its parties are: \(known)")
        }
        return found
    }

    func side(_ typed: String, in dispute: Case) throws(Failure) -> Side {
        if let side = Side(rawValue: typed) { return side }
        return try party(typed, in: dispute).side
    }
}
