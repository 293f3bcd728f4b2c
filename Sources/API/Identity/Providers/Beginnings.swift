import Chronicle
import Runtime
import Synchronization
import Wire

/// Sign-ins that were begun and not ended, by the hash of what the browser knows. Each ends once: whoever takes one takes it from all others.
///
/// In memory: a beginning is worth ten minutes and whoever loses it begins again, so that nobody without a name can make the desk write to its disk.
final class Beginnings: Sendable {
    struct Begun: Sendable {
        let provider: ProviderName
        let next: LocalPath?
        let at: Instant
    }

    /// How long somebody may take at the provider.
    static let lasts = Span.minutes(10)
    /// Then nobody more may begin; those who did are not put out for it.
    private static let countMax = 100_000

    private let begun = Mutex<[Digest: Begun]>([:])

    func keep(_ beginning: Begun, under secret: BrowserSecret) throws(Problem) {
        let isKept = begun.withLock { begun in
            if begun.count >= Beginnings.countMax { begun = begun.filter { beginning.at - $0.value.at < Beginnings.lasts } }
            guard begun.count < Beginnings.countMax else { return false }
            begun[secret.digest] = beginning
            return true
        }
        guard isKept else { throw Problem(.tooManyRequests, "more people are signing in than can be; try again in a minute", retryAfterSeconds: 60) }
    }

    /// What was begun with this secret, for the last time.
    func take(_ secret: BrowserSecret, at now: Instant) -> Begun? {
        guard let found = begun.withLock({ $0.removeValue(forKey: secret.digest) }), now - found.at < Beginnings.lasts else { return nil }
        return found
    }
}
