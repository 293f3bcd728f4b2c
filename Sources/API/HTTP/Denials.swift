import Chronicle
import Runtime
import Synchronization
import Wire

/// Each denial goes into the log: who wanted what. Of many like it within a minute the first is written down, and the next with their number, so
/// that being refused is no way to fill a disk.
final class Denials: Sendable {
    private struct Kind: Hashable {
        let who: String
        let operation: String
        let code: String
    }

    private let since = Mutex<[Kind: (at: Instant, more: Int)]>([:])
    private static let quiet = Span.minutes(1)
    private static let kindsMax = 10_000

    func note(_ caller: Caller, _ operation: Operation, _ problem: Problem, at counter: Counter) async {
        let now = counter.desk.surroundings.now()
        guard let more = more(by: "\(caller.requester.actor)", operation.id, problem.code.rawValue, at: now) else { return }
        await counter.desk.recordDenial(of: caller.requester, operation.id, problem.code.rawValue, more: more)
    }

    /// Is this one to be written down, and how many like it were not since the last? `nil` for one that is only counted.
    func more(by who: String, _ operation: String, _ code: String, at now: Instant) -> Int? {
        let kind = Kind(who: who, operation: operation, code: code)
        return since.withLock { since in
            if since.count >= Denials.kindsMax { since = since.filter { now - $0.value.at < Denials.quiet } }
            if let last = since[kind], now - last.at < Denials.quiet {
                since[kind] = (last.at, last.more + 1)
                return nil
            }
            let more = since[kind]?.more ?? 0
            since[kind] = (now, 0)
            return more
        }
    }
}
