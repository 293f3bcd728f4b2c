import Chronicle
import Disputes
import Runtime
import Wire

extension Counter {
    /// Whom a name means, said by somebody who may open the store itself: its folder holds every key there is, so whoever can read it is believed
    /// when they say who acts. A handle, `account:REFERENCE`, `party_…` or `machine:NAME`; without a name it is the operator.
    public func caller(named name: String?) async throws(Problem) -> Caller {
        guard let name else { return .machine(MachineContext(name: "operator", scopes: Set(Scope.allCases))) }
        if let id = PartyID(name) { return .party(PartyContext(party: id)) }
        if name.hasPrefix("account:") {
            guard let account = AccountReference(String(name.dropFirst(8))) else { throw Problem(.refused, "“\(name)” does not name an account") }
            return .party(PartyContext(party: .account(account)))
        }
        if name.hasPrefix("machine:") {
            guard case .machine(let machine)? = Actor(name) else {
                throw Problem(.refused, "“\(name)” is not a machine's name: machine: and 1 to 32 of a–z, 0–9, -")
            }
            return .machine(MachineContext(name: machine, scopes: Set(Scope.allCases)))
        }
        do { return .staff(StaffContext(handle: name, standing: try await desk.staff(name), by: .folder)) } catch { throw Problem(of: error) }
    }
}
