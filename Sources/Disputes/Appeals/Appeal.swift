import Chronicle
import Policies

/// A party's request that someone else decide again.
public struct Appeal: Hashable, Sendable, Codable {
    public let id: AppealID
    public let by: PartyID
    public internal(set) var level: AppealLadder.Level
    public internal(set) var panelSize: Int
    public let filed: Instant
    /// The ruling it is against.
    public let ruling: RulingID
    public let newEvidence: Bool
    public let grounds: Sealed?
    /// Voters so far; what they voted stays concealed until the last vote is in.
    public var votes: [StaffID: Concealed]
    public var revealed: [StaffID: Ballot]?
    public var decision: Decision?

    public init(
        id: AppealID, by: PartyID, level: AppealLadder.Level, panelSize: Int, filed: Instant, ruling: RulingID, newEvidence: Bool,
        grounds: Sealed?
    ) {
        (self.id, self.by, self.level, self.panelSize, self.filed) = (id, by, level, panelSize, filed)
        (self.ruling, self.newEvidence, self.grounds, self.votes) = (ruling, newEvidence, grounds, [:])
    }

    /// One panel member's vote.
    public enum Ballot: Hashable, Sendable, Codable {
        case uphold
        case change(to: OutcomeCode)

        public init?(_ text: String) {
            if text == "uphold" {
                self = .uphold
            } else if text.hasPrefix("change "), let outcome = OutcomeCode(String(text.dropFirst(7))) {
                self = .change(to: outcome)
            } else {
                return nil
            }
        }

        public var text: String {
            switch self {
            case .uphold: "uphold"
            case .change(let outcome): "change \(outcome)"
            }
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let ballot = Ballot(text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not a ballot")
            }
            self = ballot
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(text)
        }
    }

    public enum Result: String, Hashable, Sendable, Codable, CaseIterable { case upheld, varied, overturned }

    public struct Decision: Hashable, Sendable, Codable {
        public let result: Result
        /// Why it was changed; mandatory then.
        public let cause: OverturnCode?
        public let by: StaffID
        public let at: Instant
        public init(result: Result, cause: OverturnCode?, by: StaffID, at: Instant) {
            (self.result, self.cause, self.by, self.at) = (result, cause, by, at)
        }
    }
}
