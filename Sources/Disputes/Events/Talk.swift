import Chronicle
import Policies

/// Somebody wrote something, to exactly these readers.
public struct MessageSent: CaseHappening {
    public static let type = EventType("message-sent")
    public let id: MessageID
    public let by: Actor
    public let audience: Audience
    public let body: Sealed?
    public let language: Language
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.messages += 1
        if case .party(let id) = by, dispute.party(id)?.side == .other { dispute.answered = true }
        if case .staff = by, audience != .staff, dispute.firstHumanReply == nil { dispute.firstHumanReply = envelope.occurred }
    }
}

/// A letter of the pack went out by itself. Never counts as a human reply.
public struct LetterSent: CaseHappening {
    public static let type = EventType("letter-sent")
    public let id: MessageID
    public let letter: LetterCode
    public let audience: Audience
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {}
}

/// A party gave up negotiating and asked for staff.
public struct StaffCalled: CaseHappening {
    public static let type = EventType("staff-called")
    public let by: PartyID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {}
}
