import Chronicle
import Timekeeping

/// The steps a kind of case goes through, and what moves it from one to the next.
public struct Workflow: Hashable, Sendable {
    public let code: WorkflowCode
    public let title: String
    /// Where a case of this workflow begins.
    public let start: StepCode
    public let steps: [StepCode: Step]

    public init(code: WorkflowCode, title: String, start: StepCode, steps: [StepCode: Step]) {
        (self.code, self.title, self.start, self.steps) = (code, title, start, steps)
    }
}

/// One place a case can be in.
public struct Step: Hashable, Sendable {
    public let code: StepCode
    public let phase: Phase
    public let title: String
    /// Who holds the case while it is here: whose time it is.
    public let holder: Holder
    /// Done on entering, in this order.
    public let onEntry: [EntryAction]
    /// What may be done here. Acts that are possible in every step (message, note, exhibit, take …) need not be listed.
    public let acts: Set<Act>
    public let exits: [Exit]

    public init(code: StepCode, phase: Phase, title: String, holder: Holder, onEntry: [EntryAction], acts: Set<Act>, exits: [Exit]) {
        (self.code, self.phase, self.title, self.holder) = (code, phase, title, holder)
        (self.onEntry, self.acts, self.exits) = (onEntry, acts, exits)
    }

    public var isTerminal: Bool { phase == .closed }
}

/// One way out of a step. Exits with the same trigger form a decision table: exactly one of them must hold for every combination of facts.
public struct Exit: Hashable, Sendable {
    public let on: Trigger
    /// All must hold.
    public let when: [Condition]
    public let to: StepCode

    public init(on: Trigger, when: [Condition], to: StepCode) { (self.on, self.when, self.to) = (on, when, to) }
}

/// What happens by itself when a case enters a step.
public enum EntryAction: Hashable, Sendable {
    /// Starts a clock; one that runs already goes on unchanged.
    case start(ClockCode)
    /// Meets a clock: the promise was kept.
    case stop(ClockCode)
    /// Takes a clock away without counting it as met or missed.
    case cancel(ClockCode)
    /// Asks each side for the evidence its reason demands and has not been given, due when `clock` is.
    case requestEvidence(by: ClockCode)
    /// Asks the exchange to freeze the escrow.
    case hold
    case liftHold
    /// Carries the ruling, or the parties' agreement, out at the exchange.
    case settle
    case send(LetterCode, to: Audience)

    public var asksForEvidence: Bool { if case .requestEvidence = self { true } else { false } }
}

/// Who sees something.
public enum Audience: String, Hashable, Sendable, CaseIterable, Codable {
    case filer, other, parties, staff
    /// Regulator, ombudsman, card scheme, police.
    case authority
}

/// One of the 18 kinds of dispute.
public struct CaseType: Hashable, Sendable {
    public enum Sides: String, Hashable, Sendable, CaseIterable { case one, two }

    public let code: CaseTypeCode
    public let title: String
    public let workflow: WorkflowCode
    public let sides: Sides
    /// Is the money still in escrow when such a case opens?
    public let escrowHeld: Bool
    /// A hold freezes the claimant's account, as there is no escrow to freeze: somebody else may be in it.
    public let freezesAccount: Bool
    public let skill: SkillCode

    public init(code: CaseTypeCode, title: String, workflow: WorkflowCode, sides: Sides, escrowHeld: Bool, freezesAccount: Bool = false, skill: SkillCode) {
        (self.code, self.title, self.workflow) = (code, title, workflow)
        (self.sides, self.escrowHeld, self.freezesAccount, self.skill) = (sides, escrowHeld, freezesAccount, skill)
    }
}
