import Runtime
import Synchronization
import Wire

/// Counts of views, none further than somebody reads. One that took long to find is told again for a few seconds, so that a costly view costs no more
/// for being looked at by everybody.
final class BoundedCounts: Sendable {
    /// Counted up to here; what is more is “1,000+”.
    static let most = 1_000
    private static let keptFor = Duration.seconds(5)
    private static let cheap = Duration.milliseconds(2)
    private static let keptMax = 1_000

    private struct Kept {
        let count: BoundedCount
        let asOf: Int64
        let at: ContinuousClock.Instant
        let took: Duration
    }

    private let kept = Mutex<[QueueFilter: Kept]>([:])

    /// - Parameter key: the filter without what only the time of asking put into it.
    func count(_ filter: QueueFilter, key: QueueFilter, on desk: Desk, asOf: Int64) async throws -> BoundedCount {
        let begun = ContinuousClock.now
        if let known = kept.withLock({ $0[key] }), begun - known.at < BoundedCounts.keptFor, known.asOf == asOf || known.took > BoundedCounts.cheap {
            return known.count
        }
        let (count, isMore) = try await desk.count(filter, upTo: BoundedCounts.most)
        let found = BoundedCount(count: count, more: isMore)
        let entry = Kept(count: found, asOf: asOf, at: begun, took: .now - begun)
        // Cheap ones are counted anew each time; they need no keeping.
        guard entry.took > BoundedCounts.cheap else { return found }
        kept.withLock { kept in
            if kept.count >= BoundedCounts.keptMax { kept = kept.filter { begun - $0.value.at < BoundedCounts.keptFor } }
            if kept.count < BoundedCounts.keptMax { kept[key] = entry }
        }
        return found
    }
}
