import Chronicle

/// Instants as people read them: how far away, and exactly when.
struct Moments: Sendable {
    let now: Instant

    /// `2026-11-22 14:05`, in UTC; seconds are for the log.
    static func exact(_ instant: Instant) -> String {
        let text = instant.description
        return text.prefix(10) + " " + text.dropFirst(11).prefix(5)
    }

    /// `in 38 min`, `2 h 5 min ago`, `now`.
    func relative(_ instant: Instant) -> String {
        let distance = instant - now
        if abs(distance.milliseconds) < 1_000 { return "now" }
        return distance > .zero ? "in \(distance.shown)" : "\((-distance).shown) ago"
    }

    /// `in 38 min (2026-11-22 14:05 UTC)`
    func both(_ instant: Instant) -> String { "\(relative(instant)) (\(Moments.exact(instant)) UTC)" }
}
