import Chronicle

/// A decision was signed. It takes effect at once, or waits for a second key.
public struct RulingMade: CaseHappening {
    public static let type = EventType("ruling-made")
    public let ruling: Ruling
    public let by: StaffID
    public let needsSecondKey: Bool
    /// Set when an appeal made it.
    public let appeal: AppealID?
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.rulings.append(
            Case.MadeRuling(
                ruling: ruling, by: .staff(by), at: envelope.occurred, approvedBy: nil, needsSecondKey: needsSecondKey, returned: false, appeal: appeal))
        dispute.handlers.insert(by)
        dispute.basis = .ruling
        dispute.forgetFailures()
        if !needsSecondKey { dispute.replied(at: envelope.occurred) }
    }
}

/// A second person turned the second key. Bound to the very ruling it was shown.
public struct RulingApproved: CaseHappening {
    public static let type = EventType("ruling-approved")
    public let ruling: RulingID
    public let by: StaffID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        guard let index = dispute.rulings.firstIndex(where: { $0.ruling.id == ruling }) else { return }
        dispute.rulings[index].approvedBy = by
        dispute.handlers.insert(by)
        dispute.replied(at: envelope.occurred)
    }
}

/// The second person would not sign; the case goes back to be decided again.
public struct RulingReturned: CaseHappening {
    public static let type = EventType("ruling-returned")
    public let ruling: RulingID
    public let by: StaffID
    public let reason: String
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        guard let index = dispute.rulings.firstIndex(where: { $0.ruling.id == ruling }) else { return }
        dispute.rulings[index].returned = true
        dispute.basis = nil
        dispute.reviewers.insert(by)
    }
}

/// The exchange was told what to do. The instruction's id is the idempotency key at the exchange.
public struct SettlementInstructed: CaseHappening {
    public static let type = EventType("settlement-instructed")
    public let instruction: Instruction
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        // What the exchange refused before is history once something new is asked of it.
        dispute.forgetFailures()
        dispute.instructions.append(instruction)
        dispute.progress[instruction.id] = .instructed
        dispute.stage = dispute.stage(in: dispute.phase)
    }
}

extension Case {
    /// A decision that was signed is a person's reply, too.
    mutating func replied(at instant: Instant) { if firstHumanReply == nil { firstHumanReply = instant } }

    /// What an earlier decision wanted and the exchange refused is nobody's wish any more.
    mutating func forgetFailures() { progress = progress.filter { if case .failed = $0.value { false } else { true } } }
}

/// The exchange did it.
public struct SettlementConfirmed: CaseHappening {
    public static let type = EventType("settlement-confirmed")
    public let instruction: InstructionID
    public let receipt: String
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.progress[instruction] = .confirmed(receipt: receipt)
        dispute.stage = dispute.stage(in: dispute.phase)
    }
}

/// The exchange will not do it; a person has to look.
public struct SettlementFailed: CaseHappening {
    public static let type = EventType("settlement-failed")
    public let instruction: InstructionID
    public let reason: String
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.progress[instruction] = .failed(reason: reason)
        dispute.stage = dispute.stage(in: dispute.phase)
    }
}

/// The parties moved the escrow themselves: nothing is left to decide.
public struct EscrowMoved: CaseHappening {
    public static let type = EventType("escrow-moved")
    public enum How: String, Hashable, Sendable, Codable, CaseIterable { case released, returned, cancelled }
    public let how: How
    public let reference: String
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        if dispute.hold != .none { dispute.hold = .lifted }
    }
}
