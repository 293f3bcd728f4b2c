/// The queue M/M/n+M: callers lose patience (Palm 1946; Mandelbaum and Zeltyn 2007). Never unstable: who is not served leaves.
///
/// Weights of the birth-death chain are scaled at state n and summed outwards until they are nothing beside their sum. Times in any one unit.
public struct ErlangA: Sendable, Hashable {
    public let agents: Int
    public let arrivalRate: Double
    public let serviceRate: Double
    /// 1 over the mean time a caller would wait.
    public let impatienceRate: Double
    /// The part of callers who find every agent busy.
    public let waiting: Double
    /// The part of callers who leave unserved.
    public let abandoning: Double
    public let queueLength: Double
    public let occupancy: Double
    /// Probabilities of n, n + 1, … in the system.
    private let busy: [Double]

    /// Rates above 0, at least one agent.
    public init?(agents: Int, arrivalRate: Double, serviceRate: Double, impatienceRate: Double) {
        guard agents > 0, arrivalRate > 0, serviceRate > 0, impatienceRate > 0, arrivalRate.isFinite, serviceRate.isFinite, impatienceRate.isFinite else {
            return nil
        }
        (self.agents, self.arrivalRate, self.serviceRate, self.impatienceRate) = (agents, arrivalRate, serviceRate, impatienceRate)
        let capacity = Double(agents) * serviceRate
        var (weight, below, belowBusy) = (1.0, 0.0, 0.0)
        for state in stride(from: agents, to: 0, by: -1) {
            weight *= Double(state) * serviceRate / arrivalRate
            below += weight
            belowBusy += weight * Double(state - 1)
            if weight < 1e-18 * below, Double(state) * serviceRate < arrivalRate { break }
        }
        var (above, weights, queue, k) = (1.0, [1.0], 0.0, 0)
        weight = 1
        while true {
            k += 1
            weight *= arrivalRate / (capacity + Double(k) * impatienceRate)
            above += weight
            queue += weight * Double(k)
            weights.append(weight)
            if weight * Double(k + 1) < 1e-18 * (above + queue), arrivalRate < capacity + Double(k) * impatienceRate { break }
        }
        let sum = below + above
        busy = weights.map { $0 / sum }
        waiting = above / sum
        queueLength = queue / sum
        abandoning = impatienceRate * queueLength / arrivalRate
        occupancy = (belowBusy + above * Double(agents)) / sum / Double(agents)
    }

    /// Mean time in the queue of all callers, served or not.
    public var averageWait: Double { queueLength / arrivalRate }

    /// The part of callers who are still in the queue `time` after they came.
    ///
    /// With k callers ahead the offered wait V is a sum of exponential times of rates nμ, nμ + θ, … nμ + kθ, so e^(−θV) is Beta(nμ/θ, k + 1); its
    /// distribution grows by one positive term per k.
    public func waitingLonger(than time: Double) -> Double {
        guard time > 0 else { return waiting }
        let patience = exponential(-impatienceRate * time)
        let shape = Double(agents) * serviceRate / impatienceRate
        var (below, term, sum) = (exponential(-shape * impatienceRate * time), 0.0, 0.0)
        term = below
        for (k, probability) in busy.enumerated() {
            sum += probability * below
            // The next of Σ xᵃ (1−x)ᵇ Γ(a+b) / (Γ(a) b!).
            term *= (1 - patience) * (shape + Double(k)) / Double(k + 1)
            below = min(1, below + term)
        }
        return patience * sum
    }

    /// The part of all callers whose turn comes within `time`, before their patience ends.
    public func serviceLevel(within time: Double) -> Double {
        // Who left before `time` did not wait longer, and was not served. Behind `end` nobody is left to leave.
        let (steps, end) = (256, min(max(0, time), wait(of: 1 - 1e-12)))
        let width = end / Double(steps)
        var left = 0.0
        for step in 0..<steps where end > 0 {
            let a = waitingLonger(than: width * Double(step))
            let m = waitingLonger(than: width * (Double(step) + 0.5))
            let b = waitingLonger(than: width * Double(step + 1))
            left += impatienceRate * width * (a + 4 * m + b) / 6
        }
        return max(0, 1 - waitingLonger(than: time) - left)
    }

    /// The time after which the part 1 − p of callers is still in the queue.
    public func wait(of p: Double) -> Double {
        guard waiting > 1 - p else { return 0 }
        var (low, high) = (0.0, 1 / impatienceRate)
        while waitingLonger(than: high) > 1 - p { high *= 2 }
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if waitingLonger(than: middle) > 1 - p { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
