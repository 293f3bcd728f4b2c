import Chronicle
import Synchronization

/// Wrong passwords and codes by handle, wrong words of links by link: after five, each further one has to wait twice as long as the one before, up to a quarter of an hour.
/// Others are not held up. Kept in memory: a restart forgives, and argon2id makes the guesses dear all the same.
final class Attempts: Sendable {
    private struct Series {
        var count = 0
        var until = Instant.epoch
        var last = Instant.epoch
    }

    private let series = Mutex<[String: Series]>([:])
    private static let freeOnes = 5
    private static let waitMax = Span.minutes(15)
    /// A guesser with many names must not fill the memory.
    private static let handlesMax = 10_000

    func wait(for handle: String, at now: Instant) -> Span? {
        series.withLock { series in
            guard let until = series[handle]?.until, now < until else { return nil }
            return until - now
        }
    }

    func failed(_ handle: String, at now: Instant) {
        series.withLock { series in
            if series.count >= Attempts.handlesMax { series = series.filter { now - $0.value.last < Attempts.waitMax } }
            var one = series[handle, default: Series()]
            one.count += 1
            one.last = now
            if one.count >= Attempts.freeOnes {
                let seconds = Int64(1) << min(10, one.count - Attempts.freeOnes + 1)
                one.until = now + min(.seconds(seconds), Attempts.waitMax)
            }
            series[handle] = one
        }
    }

    func succeeded(_ handle: String) { series.withLock { _ = $0.removeValue(forKey: handle) } }
}
