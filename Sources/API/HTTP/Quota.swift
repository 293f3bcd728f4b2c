import Chronicle
import Synchronization
import Wire

/// How much one caller may ask in a minute: people's programs run wild, and one of them must not be everybody's outage. Machines have no quota of
/// their own: an exchange sends what its users do, and the gate is there for all.
///
/// Told in the headers of draft-ietf-httpapi-ratelimit-headers-11.
final class Quota: Sendable {
    /// A kind of asking, with how often it may be done.
    struct Policy: Hashable, Sendable {
        let name: String
        let perMinute: Int

        /// Of a party: more than a person does with a page open.
        static let party = Policy(name: "party", perMinute: 240)
        static let staff = Policy(name: "staff", perMinute: 1_200)
        /// Files, whoever sends them.
        static let files = Policy(name: "files", perMinute: 60)

        static func of(_ caller: Caller, _ operation: Operation) -> Policy? {
            switch caller {
            case .machine: nil
            case .party: operation.brings == .file ? .files : .party
            case .staff: operation.brings == .file ? .files : .staff
            }
        }
    }

    /// What is left of one.
    struct Left: Sendable {
        let policy: Policy
        let count: Int
        let seconds: Int64

        var headers: [(String, String)] {
            [("RateLimit-Policy", "\"\(policy.name)\";q=\(policy.perMinute);w=60"), ("RateLimit", "\"\(policy.name)\";r=\(count);t=\(seconds)")]
        }
    }

    private struct Window {
        var minute: Int64
        var used: Int
    }

    private let windows = Mutex<[String: Window]>([:])
    private static let callersMax = 50_000

    /// Takes one from the caller's quota. `nil` for whoever has none; with `count` below nothing for whoever has used it up.
    func take(_ caller: Caller, _ operation: Operation, at now: Instant) -> Left? {
        guard let policy = Policy.of(caller, operation) else { return nil }
        let seconds = now.milliseconds / 1_000
        let (minute, rest) = (seconds / 60, 60 - seconds % 60)
        let used = windows.withLock { windows in
            if windows.count >= Quota.callersMax { windows = windows.filter { $0.value.minute == minute } }
            let key = "\(policy.name) \(caller.requester.actor)"
            var window = windows[key] ?? Window(minute: minute, used: 0)
            if window.minute != minute { window = Window(minute: minute, used: 0) }
            window.used += 1
            windows[key] = window
            return window.used
        }
        return Left(policy: policy, count: policy.perMinute - used, seconds: rest)
    }
}
