/// Agents per interval of a day that repeats, for live work.
public struct DayPlan: Sendable {
    public enum Rule: String, Sendable, CaseIterable {
        /// Each interval as if its arrivals had always come: what most tools do. Wrong where work takes longer than an interval.
        case hourByHour = "hour by hour"
        /// By the offered load: holds with long handling times.
        case offeredLoad = "offered load"
    }

    public let rule: Rule
    public let loads: [Double]
    public let agents: [Int]

    /// `handling` in intervals.
    public init(_ rule: Rule, arrivals: [Double], handling: Double, target: LiveTarget) {
        let loads = rule == .hourByHour ? arrivals.map { $0 * handling } : OfferedLoad(arrivals: arrivals, handling: handling).greatest
        self.init(rule, loads: loads, target: target)
    }

    public init(_ rule: Rule, loads: [Double], target: LiveTarget) {
        (self.rule, self.loads) = (rule, loads)
        agents = loads.map { $0 > 0 ? AgentsNeeded(load: $0, target: target).result.agents : 0 }
    }

    public init(_ rule: Rule, loads: [Double], agents: [Int]) { (self.rule, self.loads, self.agents) = (rule, loads, agents) }

    public var agentIntervals: Int { agents.reduce(0, +) }

    /// The rule to take: by the offered load once handling takes more than a third of an interval (Green, Kolesar and Whitt 2007).
    public static func rule(handling: Double) -> Rule { handling > 1.0 / 3 ? .offeredLoad : .hourByHour }
}
