import Chronicle
import Disputes
import Wire

/// Names for whoever appears in a case: handles for staff, chairs and accounts for parties. A party is told no names of staff.
struct People: Sendable {
    private let handles: [String: String]
    private let parties: [PartyView]

    init(_ detail: CaseDetail) { (handles, parties) = (detail.staff, detail.parties) }
    init(_ detail: CaseDetail, _ everyone: [StaffID: String]) {
        (handles, parties) = (Dictionary(uniqueKeysWithValues: everyone.map { ($0.key.description, $0.value) }), detail.parties)
    }

    func name(of actor: Actor) -> String {
        switch actor {
        case .staff(let id): name(of: id)
        case .party(let id): name(of: id)
        case .machine(let name): name
        case .clock: "time"
        }
    }

    func name(of id: StaffID) -> String { handles[id.description] ?? (handles.isEmpty ? "staff" : "staff …" + id.crockford.suffix(6)) }

    func name(of id: PartyID) -> String {
        guard let party = parties.first(where: { $0.id == id }) else { return "party …" + id.crockford.suffix(6) }
        return party.capacity.rawValue + (party.account.map { " \($0)" } ?? "")
    }

    /// A text in which ids of staff stand, with their names instead.
    func naming(_ text: String) -> String { handles.reduce(text) { $0.replacing($1.key, with: $1.value) } }
}
