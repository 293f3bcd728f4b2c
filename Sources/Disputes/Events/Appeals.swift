import Chronicle
import Policies

public struct AppealFiled: CaseHappening {
    public static let type = EventType("appeal-filed")
    public let appeal: Appeal
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.appeals.append(appeal) }
}

/// One person passed the appeal on to the panel.
public struct AppealEscalated: CaseHappening {
    public static let type = EventType("appeal-escalated")
    public let appeal: AppealID
    public let level: AppealLadder.Level
    public let panelSize: Int
    public let by: StaffID
    public let reason: String
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.change(appeal) { ($0.level, $0.panelSize) = (level, panelSize) }
    }
}

/// A panel member voted; nobody sees what until the last vote is in.
public struct VoteCast: CaseHappening {
    public static let type = EventType("vote-cast")
    public let appeal: AppealID
    public let by: StaffID
    public let vote: Concealed
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.change(appeal) { $0.votes[by] = vote }
    }
}

/// The last vote is in and all are open.
public struct VotesRevealed: CaseHappening {
    public static let type = EventType("votes-revealed")
    public let appeal: AppealID
    public let ballots: [StaffID: Appeal.Ballot]
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.change(appeal) { $0.revealed = ballots }
    }
}

/// Someone else decided again.
public struct AppealDecided: CaseHappening {
    public static let type = EventType("appeal-decided")
    public let appeal: AppealID
    public let result: Appeal.Result
    public let cause: OverturnCode?
    public let by: StaffID
    public let reason: Sealed?
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.change(appeal) { $0.decision = Appeal.Decision(result: result, cause: cause, by: by, at: envelope.occurred) }
        dispute.handlers.insert(by)
    }
}

extension Case {
    mutating func change(_ id: AppealID, _ body: (inout Appeal) -> Void) {
        guard let index = appeals.firstIndex(where: { $0.id == id }) else { return }
        body(&appeals[index])
        stage = stage(in: phase)
    }

    /// An appeal whose decision was sent back by the second key, or could not be carried out, is open again, to the same bench; what it
    /// decided is no longer in force.
    mutating func hearAppealAgain() {
        // Only what the appeal itself decided last: a ruling after reopening is another matter.
        guard let index = appeals.indices.last, let decision = appeals[index].decision, rulings.last?.appeal == appeals[index].id else { return }
        appeals[index].decision = nil
        // The bench thinks again, all of it: votes that can only be repeated would be no hearing.
        (appeals[index].votes, appeals[index].revealed) = ([:], nil)
        handlers.remove(decision.by)
        for made in rulings.indices where rulings[made].appeal == appeals[index].id { rulings[made].returned = true }
        basis = currentRuling == nil ? nil : .ruling
        forgetFailures()
    }

    /// The stage a phase means, with what belongs to it. A phase whose content is missing falls back to the stage that asks for it.
    func stage(in phase: Phase) -> Stage {
        switch phase {
        case .intake: return .intake
        case .negotiation: return .negotiation
        case .investigation: return .investigation
        case .decision: return .decision
        case .approval:
            guard let made = currentRuling, case .staff(let by) = made.by else { return .decision }
            return .approval(Stage.Waiting(ruling: made.ruling, by: by))
        case .execution: return .execution(Stage.Execution(instructions: progress))
        case .appealWindow: return .appealWindow
        case .appeal:
            guard let open = appeals.last(where: { $0.decision == nil }) else { return .appealWindow }
            return .appeal(open)
        case .referred: return .referred
        case .closed:
            if case .closed = stage { return stage }
            return .closed(Stage.Closure(how: .byStaff, at: opened))
        }
    }
}
