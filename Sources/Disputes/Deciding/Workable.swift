import Policies

/// How somebody on staff comes to move a case on.
public enum Workable: Hashable, Sendable {
    /// Their role does it on any case.
    case asItIs
    /// It is for whoever has the case: they take it first.
    case onceTaken
}

extension Phase {
    /// The acts by which staff move a case of this phase on. Empty where the parties, the exchange or another body act.
    public var movingActs: Set<Act> {
        switch self {
        case .intake: [.admit]
        case .investigation: [.conclude]
        case .decision: [.rule]
        case .approval: [.approve]
        case .appeal: [.vote, .decideAppeal]
        case .negotiation, .execution, .appealWindow, .referred, .closed: []
        }
    }
}

extension CaseFile {
    /// How the member of staff in `context` would move this case on; `nil` where they may not. The function that later decides is asked, so that
    /// nobody is sent to a case that then refuses them. `context.policy` is the one the case was opened under.
    public func workable(_ context: DecisionContext) -> Workable? {
        guard let dispute, let staff = context.staff else { return nil }
        func moves(_ dispute: Case) -> Bool {
            dispute.phase.movingActs.contains { (try? Permission.checkStaff(staff.id, $0, dispute, context)) != nil }
        }
        if moves(dispute) { return .asItIs }
        guard dispute.owner == nil, let taken = try? DisputeDecider.decide([.take], self, context).state.dispute else { return nil }
        return moves(taken) ? .onceTaken : nil
    }
}
