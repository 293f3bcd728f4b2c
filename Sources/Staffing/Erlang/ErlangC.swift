/// The queue M/M/n: callers wait for as long as it takes (Erlang 1917). Times in handling times.
public struct ErlangC: Sendable, Hashable {
    public let agents: Int
    /// Erlangs: arrivals × handling time.
    public let load: Double
    /// The part of callers who wait at all; 1 where agents are no more than the load, for then the queue grows without end.
    public let waiting: Double

    public init(agents: Int, load: Double) {
        (self.agents, self.load) = (agents, load)
        guard load > 0 else {
            waiting = 0
            return
        }
        guard Double(agents) > load else {
            waiting = 1
            return
        }
        let blocking = ErlangB.blocking(agents: agents, load: load)
        let idle = 1 - load / Double(agents)
        waiting = blocking / (idle + (1 - idle) * blocking)
    }

    public var isStable: Bool { Double(agents) > load }
    public var occupancy: Double { agents > 0 ? min(1, load / Double(agents)) : 1 }

    /// The part answered within `time`.
    public func serviceLevel(within time: Double) -> Double {
        guard load > 0 else { return 1 }
        return isStable ? 1 - waiting * exponential(-(Double(agents) - load) * max(0, time)) : 0
    }

    /// Mean wait of all callers; infinite where the queue grows without end.
    public var averageWait: Double {
        guard load > 0 else { return 0 }
        return isStable ? waiting / (Double(agents) - load) : .infinity
    }
    public var queueLength: Double { load * averageWait }

    /// The time within which the part `p` of callers is answered.
    public func wait(of p: Double) -> Double {
        guard isStable else { return .infinity }
        guard waiting > 1 - p else { return 0 }
        return naturalLog(waiting / (1 - p)) / (Double(agents) - load)
    }
}
