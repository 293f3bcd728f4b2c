import Chronicle
import Disputes
import Policies

/// What an act made of its case.
public struct CaseChange: WireBody {
    public let id: CaseID
    public let short: String
    /// The same request was done before; nothing new was written.
    public let repeated: Bool
    /// Names of what happened, in its order.
    public let events: [String]
    public let version: Int
    public let phase: Phase
    public let step: StepCode
    public let stepTitle: String
    public let simulated: Bool
    /// Of a case about another one: whether that one was told, or is left for somebody whose role includes it.
    public let aboutTold: Bool?
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case id, short, repeated, events, version, phase, step, simulated
        case stepTitle = "step_title"
        case aboutTold = "about_told"
        case asOf = "as_of"
    }

    public init(_ dispute: Case, stepTitle: String, events: [String], repeated: Bool, aboutTold: Bool?, asOf: Int64) {
        (id, short, version, phase, step) = (dispute.id, String(dispute.id.crockford.suffix(8)), dispute.version, dispute.phase, dispute.step)
        (self.stepTitle, self.events, self.repeated, simulated, self.aboutTold, self.asOf) = (stepTitle, events, repeated, dispute.simulated, aboutTold, asOf)
    }

    /// Of a case whose change was told before: how it stands.
    public init(_ summary: CaseSummary, stepTitle: String, repeated: Bool, asOf: Int64) {
        (id, short, version, phase, step, simulated) = (summary.id, summary.short, summary.version, summary.phase, summary.step, summary.simulated)
        (self.stepTitle, self.repeated, self.asOf, events, aboutTold) = (stepTitle, repeated, asOf, [], nil)
    }
}
