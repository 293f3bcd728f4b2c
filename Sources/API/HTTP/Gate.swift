import Synchronization
import Wire

/// Lets in as many at once as can be served, and sends the rest away with a time to come back: under three times the load it can carry a desk
/// that queues answers nobody in time, and one that refuses answers those it lets in as fast as ever.
final class Gate: Sendable {
    /// Requests at the same time: enough to fill a group commit, few enough that the last of them waits for two.
    static let requestsMax = 48
    /// Files on their way in at the same time; a slow sender holds one of these and nobody else up.
    static let filesMax = 64

    private let within = Atomic(0)
    private let sentAway = Atomic(0)
    private let most: Int

    init(_ most: Int) { self.most = most }

    func enter() async throws(Problem) {
        if within.add(1, ordering: .relaxed).newValue <= most { return }
        within.subtract(1, ordering: .relaxed)
        await dwell()
        throw Problem(.unavailable, "the desk has more requests than it can serve; try again in a second", retryAfterSeconds: 1)
    }

    func leave() { within.subtract(1, ordering: .relaxed) }

    var count: Int { within.load(ordering: .relaxed) }

    /// Whoever is sent away is kept for a moment first: clients that come back at once, thousands of times a second, would cost those within
    /// their turn. Of those kept there are never so many that they weigh.
    private func dwell() async {
        defer { sentAway.subtract(1, ordering: .relaxed) }
        guard sentAway.add(1, ordering: .relaxed).newValue <= Gate.dwellingMax else { return }
        try? await Task.sleep(for: .milliseconds(100))
    }

    private static let dwellingMax = 4_096
}
