/// What numbers can be cut by.
public enum Dimension: String, Hashable, Sendable, CaseIterable, Codable {
    case caseType = "type"
    case reason
    case rail
    /// What the dispute is about, as the amount's asset.
    case asset
    case jurisdiction
    case language
    /// The tier of the merchant among the parties, as the exchange names it.
    case merchantTier = "merchant-tier"
    /// Where whoever has the case works, as of when they took it.
    case site
    /// The group an imported history names; the desk itself has no teams yet.
    case team
    /// Whoever had the case last; for a decision whoever made it.
    case agent
    case shift
    /// The pack a case is judged by.
    case policy
    case channel
    /// How urgent: `T0` is the most.
    case tier
    /// What the last signed ruling gave.
    case outcome
    /// How the case ended.
    case ending
    /// From life, or from a rehearsal.
    case origin
    /// What kind of evidence was asked for; only of requests.
    case evidence
    /// Which promise about time; only of promises.
    case clock

    /// Why no row has it yet; `nil` where the log records it.
    public var isMissingBecause: String? {
        switch self {
        case .shift: "the log has no roster yet: who worked which shift is not recorded"
        default: nil
        }
    }

    /// Dimensions each case has; the others belong to single rows of its story.
    static let ofCases: [Dimension] = allCases.filter { $0 != .evidence && $0 != .clock && $0 != .shift }

    public var title: String {
        switch self {
        case .caseType: "case type"
        case .merchantTier: "merchant tier"
        case .policy: "policy version"
        default: rawValue
        }
    }
}
