import Chronicle

/// A member of staff put the case out of their own sight until a moment. No clock stands still for it, and nobody else's list changes.
public struct CaseSnoozed: CaseHappening {
    public static let type = EventType("case-snoozed")
    public let by: StaffID
    public let until: Instant
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.snoozes[by] = until }
}

/// They took it back before its time.
public struct SnoozeEnded: CaseHappening {
    public static let type = EventType("snooze-ended")
    public let by: StaffID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.snoozes[by] = nil }
}

/// Members of staff were called into the conversation by name, in a note only staff read. What the note says is sealed; that somebody was called is not.
public struct StaffMentioned: CaseHappening {
    public static let type = EventType("staff-mentioned")
    /// The note; those of later notes are greater.
    public let note: MessageID
    public let by: StaffID
    public let staff: [StaffID]
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { for id in staff { dispute.snoozes[id] = nil } }
}

extension Case {
    /// Whoever put the case aside sees it again as soon as anybody but the desk does something in it, and once it is closed.
    mutating func wake(after envelope: Envelope) {
        guard !snoozes.isEmpty else { return }
        if case .staff = envelope.actor, !isClosed { return }
        snoozes = [:]
    }
}
