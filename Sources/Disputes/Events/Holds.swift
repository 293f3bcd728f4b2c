import Chronicle

/// The exchange was asked to keep the money where it is.
public struct HoldRequested: CaseHappening {
    public static let type = EventType("hold-requested")
    public let instruction: InstructionID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.hold = .requested }
}

/// The exchange confirmed the hold.
public struct HoldPlaced: CaseHappening {
    public static let type = EventType("hold-placed")
    public let receipt: String
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.hold = .placed }
}

/// The exchange could not hold it: the money had moved.
public struct HoldRefused: CaseHappening {
    public static let type = EventType("hold-refused")
    public let reason: String
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.hold = .refused }
}

public struct HoldLifted: CaseHappening {
    public static let type = EventType("hold-lifted")
    public let instruction: InstructionID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.hold = .lifted }
}

/// A court or authority froze the matter. Nothing may be executed until it is lifted.
public struct LegalHoldPlaced: CaseHappening {
    public static let type = EventType("legal-hold-placed")
    public let authority: String
    public let reference: Sealed?
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.legalHold = true
        dispute.timeline.hand(to: .legalHold, in: dispute.step, at: envelope.occurred)
    }
}

public struct LegalHoldLifted: CaseHappening {
    public static let type = EventType("legal-hold-lifted")
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.legalHold = false
        guard !dispute.isClosed else { return }
        dispute.timeline.hand(to: .staff, in: dispute.step, at: envelope.occurred)
    }
}
