import Chronicle
import Policies
import Timekeeping

/// A claim became a case.
public struct CaseOpened: CaseHappening {
    public static let type = EventType("case-opened")
    public let `case`: CaseID
    public let caseType: CaseTypeCode
    public let workflow: WorkflowCode
    public let start: StepCode
    public let claim: Claim
    public let parties: [Party]
    public let order: OrderSnapshot?
    public let amount: Amount?
    public let value: Amount?
    public let tier: TierCode
    public let language: Language
    public let jurisdiction: Jurisdiction?
    public let regimes: [RegimeCode]
    public let scheme: SchemeCode?
    public let channel: String
    public let reference: ExternalReference?
    public let about: CaseID?
    /// From a sandbox or a rehearsal, not from life. Shown wherever the case is.
    public let simulated: Bool

    /// The case this event begins.
    func begin(_ envelope: Envelope) -> Case {
        var timeline = HolderTimeline<StepCode>()
        timeline.hand(to: .system, in: start, at: envelope.occurred)
        return Case(
            id: `case`, opened: envelope.occurred, version: envelope.version, policy: envelope.policy ?? PolicyHash(Digest(hashing: [])),
            type: caseType, workflow: workflow, step: start, phase: .intake, stage: .intake, leftBehind: nil,
            claims: [claim], points: [Point(number: 1, by: claim.by, text: nil, reason: claim.reason)], parties: parties, order: order,
            amount: amount, value: value, reference: reference, channel: channel, simulated: simulated, tier: tier, language: language,
            jurisdiction: jurisdiction,
            regimes: regimes, scheme: scheme, schemeStage: nil, owner: nil, handlers: [], reviewers: [], conflicted: [], exhibits: [], requests: [],
            given: [:], notices: [], offers: [], agreement: nil, basis: nil, answered: false, hold: .none, legalHold: false, clocks: [], timeline: timeline,
            rulings: [], instructions: [], progress: [:], appeals: [], links: Case.Links(about: about), acknowledged: nil,
            firstHumanReply: nil, closedBefore: 0, settledRulings: 0, settledAppeals: 0, messages: 0)
    }

    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {}
}

/// The case moved to another step of its workflow.
public struct StepEntered: CaseHappening {
    public static let type = EventType("step-entered")
    public let step: StepCode
    public let phase: Phase
    public let holder: Holder
    /// Left behind; `nil` for the first step.
    public let from: StepCode?
    /// What moved it; `nil` for the first step.
    public let on: Trigger?

    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        if phase == .closed { dispute.leftBehind = from }
        if dispute.phase == .approval, on != .approved { dispute.dropUnsignedRuling() }
        dispute.step = step
        dispute.phase = phase
        if phase == .appeal { dispute.hearAppealAgain() }
        dispute.stage = dispute.stage(in: phase)
        dispute.timeline.hand(to: holder, in: step, at: envelope.occurred)
    }
}

extension Case {
    /// A ruling that leaves its second key behind (the claim was withdrawn, an authority stepped in) was never one.
    mutating func dropUnsignedRuling() {
        guard let index = rulings.lastIndex(where: { !$0.returned }), !rulings[index].isSigned else { return }
        rulings[index].returned = true
        basis = currentRuling != nil ? .ruling : agreement != nil ? .agreement : nil
    }
}

/// Staff found the claim admissible.
public struct ClaimAdmitted: CaseHappening {
    public static let type = EventType("claim-admitted")
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {}
}

/// The claim is outside what the desk may decide; the reason goes to the party.
public struct ClaimRefused: CaseHappening {
    public static let type = EventType("claim-refused")
    public let ground: String
    public let reason: Sealed?
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {}
}

/// The other side said whether it disputes the claim.
public struct ClaimAnswered: CaseHappening {
    public static let type = EventType("claim-answered")
    public let by: PartyID
    /// `false`: the claim was conceded.
    public let disputes: Bool
    public let statement: Sealed?
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.answered = true
        dispute.answers.append(Case.Answer(by: by, disputes: disputes, statement: statement, at: envelope.occurred))
    }
}

/// The other side has a claim of its own about the same order.
public struct CounterclaimMade: CaseHappening {
    public static let type = EventType("counterclaim-made")
    public let claim: Claim
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.claims.append(claim)
        dispute.points.append(Point(number: dispute.points.count + 1, by: claim.by, text: nil, reason: claim.reason))
        dispute.answered = true
    }
}

/// A party raised a point the ruling must answer.
public struct PointRaised: CaseHappening {
    public static let type = EventType("point-raised")
    public let point: Point
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.points.append(point) }
}

/// Whoever claimed let go of it.
public struct ClaimWithdrawn: CaseHappening {
    public static let type = EventType("claim-withdrawn")
    public let by: PartyID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {}
}

/// Receipt was confirmed to the complainant: date, time limit, contact (RTS (EU) 2025/294 Art. 4).
public struct AcknowledgementSent: CaseHappening {
    public static let type = EventType("acknowledgement-sent")
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        if dispute.acknowledged == nil { dispute.acknowledged = envelope.occurred }
    }
}
