import Chronicle
import Policies
import Timekeeping

public struct CaseClosed: CaseHappening {
    public static let type = EventType("case-closed")
    public let how: Stage.How
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.phase = .closed
        dispute.stage = .closed(Stage.Closure(how: how, at: envelope.occurred))
        dispute.timeline.close(at: envelope.occurred)
    }
}

/// Opened again, or taken back out of its appeal window: the gross clock goes on where it was, it is never a new case.
public struct CaseReopened: CaseHappening {
    public static let type = EventType("case-reopened")
    public let reason: String
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        if dispute.isClosed { dispute.closedBefore += 1 }
        // A merge that was undone puts nothing decided in question.
        if case .closed(let closure) = dispute.stage, closure.how == .merged { return }
        (dispute.settledRulings, dispute.settledAppeals) = (dispute.rulings.count, dispute.appeals.count)
        (dispute.basis, dispute.agreement) = (nil, nil)
        dispute.forgetFailures()
    }
}

/// This case is the same dispute as another; that one goes on.
public struct MergedAsDuplicate: CaseHappening {
    public static let type = EventType("merged-as-duplicate")
    public let into: CaseID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.links.mergedInto = into }
}

/// Another case was merged into this one.
public struct DuplicateAbsorbed: CaseHappening {
    public static let type = EventType("duplicate-absorbed")
    public let duplicate: CaseID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.links.duplicates.insert(duplicate) }
}

/// The merge was a mistake; this case goes on by itself.
public struct MergeUndone: CaseHappening {
    public static let type = EventType("merge-undone")
    public let from: CaseID
    public let reason: String
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.links.mergedInto = nil }
}

public struct DuplicateReleased: CaseHappening {
    public static let type = EventType("duplicate-released")
    public let duplicate: CaseID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.links.duplicates.remove(duplicate) }
}

/// The case is one of many with the same cause.
public struct IncidentLinked: CaseHappening {
    public static let type = EventType("incident-linked")
    /// `nil`: the link was removed.
    public let incident: CaseID?
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.links.incident = incident }
}

public struct ChildLinked: CaseHappening {
    public static let type = EventType("child-linked")
    public let child: CaseID
    public let removed: Bool
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        if removed { dispute.links.children.remove(child) } else { dispute.links.children.insert(child) }
    }
}

/// A regulated complaint about this case was opened.
public struct ComplaintAttached: CaseHappening {
    public static let type = EventType("complaint-attached")
    public let complaint: CaseID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.links.complaints.insert(complaint) }
}

/// The case is judged by another pack from now on, with what that changes for it.
public struct PolicyMoved: CaseHappening {
    public static let type = EventType("policy-moved")
    public let from: PolicyHash
    public let to: PolicyHash
    public let changes: [String]
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.policy = to }
}

/// A change taken over from another desk's log, with the instant it had there.
public struct HistoryImported: CaseHappening {
    public static let type = EventType("history-imported")
    /// The state's name in the source.
    public let state: String
    public let holder: Holder
    /// What changed, as the source names it: `state`, `group`, `assignee`, `priority`, `reopen`, `sla`, `touched`.
    public let changed: [String]
    public let group: String?
    public let assignee: StaffID?
    public let priority: String?
    public let slaMet: Bool?
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.timeline.hand(to: holder, in: dispute.step, at: envelope.occurred)
        if let assignee {
            dispute.owner = assignee
            dispute.handlers.insert(assignee)
        }
    }
}
