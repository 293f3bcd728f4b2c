import Chronicle
import Foundation
import Policies
import TestKit
import Testing

@testable import Disputes

/// Who may do what to which case, every cell of it: each role of the default pack × each act × each way to stand to the case. The cells are written
/// down in `Golden/role-matrix.csv`, where a person can read them; whatever changes one, in the pack or in the code, shows there.
@Suite("The role matrix")
struct TheRoleMatrix {
    /// How somebody stands to a case.
    enum Relation: String, CaseIterable {
        /// Not theirs, and they took no part in a decision on it.
        case none
        /// They have it.
        case owner
        /// They decided on it before.
        case handler
        /// They have it, and a relation to a party came to light.
        case conflicted
    }

    private static let file = DefaultPack.root.appendingPathComponent("Tests/DisputesTests/Golden/role-matrix.csv")

    @Test("Every cell is as it is written down")
    func cells() throws {
        let policy = try DefaultPack.policy()
        let scene = try Stories.inDecision(policy)
        var lines = ["role,act," + Relation.allCases.map(\.rawValue).joined(separator: ",")]
        for role in policy.roles.keys.sorted(by: { Int($0.text.dropFirst()) ?? 0 < Int($1.text.dropFirst()) ?? 0 }) {
            for act in Act.allCases {
                let cells = try Relation.allCases.map { try TheRoleMatrix.cell(role, act, $0, scene) }
                lines.append("\(role),\(act.rawValue)," + cells.joined(separator: ","))
            }
        }
        let text = lines.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["RECOURSE_GOLDEN"] == "write" { try text.write(to: TheRoleMatrix.file, atomically: true, encoding: .utf8) }
        let known = try String(contentsOf: TheRoleMatrix.file, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines.count == policy.roles.count * Act.allCases.count + 1)
        for (line, golden) in zip(lines, known) where line != golden { Issue.record("\(line) was written down as \(golden)") }
        #expect(known.count == lines.count)
    }

    @Test("Nobody does anything without a role that grants it, and a conflict of interest leaves only declaring it and letting go")
    func laws() throws {
        let policy = try DefaultPack.policy()
        let scene = try Stories.inDecision(policy)
        for act in Act.allCases {
            for role in policy.roles.keys {
                let granted = policy.roles[role]?.grants[act]
                for relation in Relation.allCases {
                    let cell = try TheRoleMatrix.cell(role, act, relation, scene)
                    if granted == nil || granted == .party { #expect(cell == "no", "\(role) \(act.rawValue) \(relation)") }
                    if relation == .conflicted, act != .declareRelation, act != .release { #expect(cell == "no", "\(role) \(act.rawValue)") }
                    if granted == .independent, relation == .handler { #expect(cell == "no", "\(role) \(act.rawValue)") }
                    if granted == .assigned, relation == .none { #expect(cell == "no", "\(role) \(act.rawValue)") }
                }
            }
        }
    }

    private static func cell(_ role: RoleCode, _ act: Act, _ relation: Relation, _ scene: Scene) throws -> String {
        var dispute = try scene.dispute
        let staff = StaffStanding(id: StaffID(at: scene.now, randomness: 77), roles: [role], level: .l5)
        dispute.owner = relation == .owner || relation == .conflicted ? staff.id : nil
        dispute.handlers = relation == .handler ? [staff.id] : []
        dispute.conflicted = relation == .conflicted ? [staff.id] : []
        let context = DecisionContext(
            now: scene.now, policy: scene.policy, actor: .staff(staff.id), staff: staff, ids: IDSupply(at: scene.now, randomness: 1))
        do throws(Refusal) {
            try Permission.checkStaff(staff.id, act, dispute, context)
            return "yes"
        } catch {
            return "no"
        }
    }
}
