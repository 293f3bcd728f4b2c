import Chronicle
import Policies

/// A regulated answer went to the complainant.
public struct ResponseSent: CaseHappening {
    public static let type = EventType("response-sent")
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Nothing decided yet; tells why and when (holding letter, “in progress”).
        case holding
        /// The final response, with reasons and remedies.
        case final
        /// Resolved to the complainant's satisfaction at once (UK summary resolution).
        case summary
    }
    public let kind: Kind
    public let regime: RegimeCode?
    public let outcome: OutcomeCode?
    public let body: Sealed?
    /// As the source of an imported response worded it.
    public let sourceCategory: String?
    /// Whether it was on time, where an import says so without giving the instant.
    public let timely: Bool?
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        if case .staff = envelope.actor, dispute.firstHumanReply == nil { dispute.firstHumanReply = envelope.occurred }
    }
}

/// The card network moved the dispute to a stage, with its own due date.
public struct SchemeEventRecorded: CaseHappening {
    public static let type = EventType("scheme-event-recorded")
    public enum What: String, Hashable, Sendable, Codable, CaseIterable { case advanced, won, lost }
    public let what: What
    public let stage: Code<SchemeStageKind>?
    public let reference: String
    public let networkDue: Instant?
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        if let stage { dispute.schemeStage = stage }
    }
}
