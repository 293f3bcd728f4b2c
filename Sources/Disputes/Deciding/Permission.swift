import Chronicle
import Policies

/// Who may do what to which case. One function decides, denies by default, and is called by `decide` itself, so that no screen,
/// importer or script can go round it.
enum Permission {
    static func check(_ command: CaseCommand, _ dispute: Case?, _ context: DecisionContext) throws(Refusal) {
        let act = command.act
        switch context.actor {
        case .clock:
            guard act == .passTime else { throw .notPermitted(act: act) }
        case .machine:
            guard Act.ofMachines.contains(act) else { throw .notPermitted(act: act) }
        case .party(let id):
            // What a party writes to the desk alone is a message, not a note.
            try checkParty(id, act == .note ? .message : act, command, dispute, context)
        case .staff(let id):
            try checkStaff(id, act, dispute, context)
        }
    }

    private static func checkParty(
        _ id: PartyID, _ act: Act, _ command: CaseCommand, _ dispute: Case?, _ context: DecisionContext
    ) throws(Refusal) {
        guard context.policy.roles.values.contains(where: { $0.grants[act] == .party }) else { throw .notPermitted(act: act) }
        if let dispute {
            guard dispute.party(id) != nil else { throw .notYourCase }
        } else if case .open(let opening) = command {
            guard opening.claim.by == id else { throw .notYourCase }
        }
    }

    static func checkStaff(_ id: StaffID, _ act: Act, _ dispute: Case?, _ context: DecisionContext) throws(Refusal) {
        guard let staff = context.staff, staff.id == id else { throw .notPermitted(act: act) }
        if let dispute, dispute.conflicted.contains(id), act != .declareRelation, act != .release { throw .conflictOfInterest }
        var relations: Set<Role.Relation> = []
        for code in staff.roles {
            if let relation = context.policy.roles[code]?.grants[act] { relations.insert(relation) }
        }
        guard !relations.isEmpty else { throw .notPermitted(act: act) }
        guard let dispute else { return }
        if relations.contains(.any) { return }
        if relations.contains(.assigned), dispute.owner == id { return }
        if relations.contains(.independent), !dispute.handlers.contains(id) { return }
        throw relations.contains(.assigned) ? .notTheOwner(owner: dispute.owner) : .mustBeIndependent
    }
}
