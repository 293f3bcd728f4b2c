import Synchronization
import Wire

/// Lets in as many at once as the desk can serve, and sends the rest away at once with a time to come back: under three times the load it can
/// carry a desk that queues answers nobody in time, and one that refuses answers those it lets in as fast as ever.
final class Gate: Sendable {
    /// Requests served at the same time. Beyond a few hundred the writer's queue only grows.
    static let withinMax = 256

    private let within = Atomic(0)

    func enter() throws(Problem) {
        guard within.add(1, ordering: .relaxed).newValue <= Gate.withinMax else {
            within.subtract(1, ordering: .relaxed)
            throw Problem(.unavailable, "the desk has more requests than it can serve; try again in a second", retryAfterSeconds: 1)
        }
    }

    func leave() { within.subtract(1, ordering: .relaxed) }

    var count: Int { within.load(ordering: .relaxed) }
}
