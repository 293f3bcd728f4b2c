import Chronicle
import Policies

/// Where a case stands, with what only makes sense there. A second key cannot be given to a case that has no ruling waiting,
/// because only `.approval` carries one.
public enum Stage: Hashable, Sendable {
    case intake
    case negotiation
    case investigation
    case decision
    case approval(Waiting)
    case execution(Execution)
    case appealWindow
    case appeal(Appeal)
    case referred
    case closed(Closure)

    /// A ruling that needs a second key.
    public struct Waiting: Hashable, Sendable {
        public let ruling: Ruling
        public let by: StaffID
    }

    /// What is being carried out, and how far it is.
    public struct Execution: Hashable, Sendable {
        public var instructions: [InstructionID: Progress]
    }

    public enum Progress: Hashable, Sendable {
        case instructed
        case confirmed(receipt: String)
        case failed(reason: String)
    }

    public struct Closure: Hashable, Sendable {
        public let how: How
        public let at: Instant
        public init(how: How, at: Instant) { (self.how, self.at) = (how, at) }
    }

    /// How a case ended. Kept apart in every report: a timeout is not a resolution.
    public enum How: String, Hashable, Sendable, Codable, CaseIterable {
        case ruled, settledByParties = "settled-by-parties", escrowMovedByParties = "escrow-moved-by-parties"
        case withdrawn, inadmissible, responded, timedOut = "timed-out", merged, byStaff = "by-staff"
        case schemeDecided = "scheme-decided", imported
    }
}
