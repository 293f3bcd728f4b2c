/// What a live channel promises; every promise given must hold.
public struct LiveTarget: Sendable, Hashable {
    /// At least this part answered within that time, in handling times.
    public var serviceLevel: (part: Double, within: Double)?
    /// At most this part waits at all.
    public var waitingMax: Double?
    /// Agents busy at most this part of their time; above it people burn out and queues explode.
    public var occupancyMax: Double?
    /// At most this part hangs up; needs a patience.
    public var abandoningMax: Double?
    /// Mean patience in handling times; without it nobody hangs up (Erlang C).
    public var patience: Double?

    public init(
        serviceLevel: (part: Double, within: Double)? = nil, waitingMax: Double? = nil, occupancyMax: Double? = nil, abandoningMax: Double? = nil,
        patience: Double? = nil
    ) {
        (self.serviceLevel, self.waitingMax, self.occupancyMax) = (serviceLevel, waitingMax, occupancyMax)
        (self.abandoningMax, self.patience) = (abandoningMax, patience)
    }

    public static func == (a: LiveTarget, b: LiveTarget) -> Bool {
        a.serviceLevel?.part == b.serviceLevel?.part && a.serviceLevel?.within == b.serviceLevel?.within && a.waitingMax == b.waitingMax
            && a.occupancyMax == b.occupancyMax && a.abandoningMax == b.abandoningMax && a.patience == b.patience
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(serviceLevel?.part)
        hasher.combine(serviceLevel?.within)
        hasher.combine([waitingMax, occupancyMax, abandoningMax, patience])
    }
}

/// What so many agents reach.
public struct LiveResult: Sendable, Hashable {
    public let agents: Int
    public let serviceLevel: Double?
    public let waiting: Double
    public let abandoning: Double
    /// In handling times.
    public let averageWait: Double
    public let occupancy: Double
}

/// The fewest agents that keep every promise; which promise it was that decided.
public struct AgentsNeeded: Sendable, Hashable {
    public enum Bound: String, Sendable { case serviceLevel = "service level", waiting, occupancy, abandoning, load }

    public let result: LiveResult
    public let decidedBy: Bound
    /// With one agent fewer.
    public let oneFewer: LiveResult?

    /// `load` in erlangs. Exact search: each measure is monotone in the number of agents.
    public init(load: Double, target: LiveTarget) {
        func fewest(_ holds: (LiveResult) -> Bool) -> Int {
            var high = max(1, roundedUp(load))
            while !holds(Self.result(high, load, target)) { high = high * 2 + 1 }
            var low = 0
            while high - low > 1 {
                let middle = (low + high) / 2
                if holds(Self.result(middle, load, target)) { high = middle } else { low = middle }
            }
            return high
        }
        var needs: [(Bound, Int)] = [(.load, target.patience == nil ? Int(load) + 1 : 1)]
        if let promise = target.serviceLevel { needs.append((.serviceLevel, fewest { ($0.serviceLevel ?? 0) >= promise.part })) }
        if let most = target.waitingMax { needs.append((.waiting, fewest { $0.waiting <= most })) }
        if let most = target.occupancyMax { needs.append((.occupancy, fewest { $0.occupancy <= most })) }
        if let most = target.abandoningMax, target.patience != nil { needs.append((.abandoning, fewest { $0.abandoning <= most })) }
        let decisive = needs.max { $0.1 < $1.1 } ?? (.load, 1)
        decidedBy = decisive.0
        result = Self.result(decisive.1, load, target)
        oneFewer = decisive.1 > 1 ? Self.result(decisive.1 - 1, load, target) : nil
    }

    public static func result(_ agents: Int, _ load: Double, _ target: LiveTarget) -> LiveResult {
        if let patience = target.patience, let queue = ErlangA(agents: agents, arrivalRate: load, serviceRate: 1, impatienceRate: 1 / patience) {
            return LiveResult(
                agents: agents, serviceLevel: target.serviceLevel.map { queue.serviceLevel(within: $0.within) }, waiting: queue.waiting,
                abandoning: queue.abandoning, averageWait: queue.averageWait, occupancy: queue.occupancy)
        }
        let queue = ErlangC(agents: agents, load: load)
        return LiveResult(
            agents: agents, serviceLevel: target.serviceLevel.map { queue.serviceLevel(within: $0.within) }, waiting: queue.waiting, abandoning: 0,
            averageWait: queue.averageWait, occupancy: queue.occupancy)
    }
}

/// Time people are paid for and not there to work, by kind: each takes its part of what the ones before it left.
public struct Shrinkage: Sendable, Hashable {
    public let kinds: [(name: String, part: Double)]

    /// `nil` where a part is below 0 or not below 1.
    public init?(_ kinds: [(name: String, part: Double)]) {
        guard kinds.allSatisfy({ $0.part >= 0 && $0.part < 1 }) else { return nil }
        self.kinds = kinds
    }

    /// The part of paid time that is worked.
    public var present: Double { kinds.reduce(1) { $0 * (1 - $1.part) } }
    public var whole: Double { 1 - present }

    /// How many to schedule so that `agents` are there.
    public func scheduled(for agents: Int) -> Int { roundedUp(Double(agents) / present - 1e-9) }

    public static func == (a: Shrinkage, b: Shrinkage) -> Bool { a.kinds.map(\.name) == b.kinds.map(\.name) && a.kinds.map(\.part) == b.kinds.map(\.part) }
    public func hash(into hasher: inout Hasher) { hasher.combine(kinds.map(\.part)) }
}
