import Chronicle

/// Effort from signs of life (a key, a click, a scroll on a case's page). A page left open is not work: a gap longer than the cut-off counts
/// nothing, and one touch counts at most the cap (trap 11). The log records no such signs yet; what it will count them by is here.
public struct FocusTime: Hashable, Sendable {
    /// Longest pause between two signs that still is work.
    public let idleCutOff: Span
    /// Most that one touch counts.
    public let touchMax: Span

    public init(idleCutOff: Span = .seconds(60), touchMax: Span = .hours(1)) {
        (self.idleCutOff, self.touchMax) = (idleCutOff, touchMax)
    }

    /// The time worked in one touch, from its signs in any order.
    public func span(of signs: [Instant]) -> Span {
        let sorted = signs.sorted()
        let worked = zip(sorted, sorted.dropFirst()).reduce(Span.zero) { sum, pair in
            let gap = pair.1 - pair.0
            return gap <= idleCutOff ? sum + gap : sum
        }
        return min(worked, touchMax)
    }
}
