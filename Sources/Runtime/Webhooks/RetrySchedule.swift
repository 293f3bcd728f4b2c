import Chronicle

/// When something that was not accepted is sent again: the waits of Standard Webhooks, over days, each cut short by chance so that receivers that
/// come back are not met by everybody at once (“full jitter”, Brooker 2015).
public enum RetrySchedule {
    /// The longest wait after the first try, the second, …; after one try more than there are waits it is given up.
    public static let waits: [Span] = [
        .seconds(5), .minutes(5), .minutes(30), .hours(2), .hours(5), .hours(10), .hours(14), .hours(20), .hours(24),
    ]

    /// What a receiver asks for is granted up to this.
    public static let retryAfterMax = Span.hours(24)

    /// How long to wait after `tries` tries; `nil` when it is given up.
    /// - Parameters:
    ///   - chance: even over all values.
    ///   - asked: what the receiver said in `Retry-After`; never sooner than that.
    public static func wait(after tries: Int, chance: UInt128, asked: Span? = nil) -> Span? {
        guard 1...waits.count ~= tries else { return nil }
        let longest = waits[tries - 1].milliseconds
        let wait = Span(milliseconds: 1 + Int64(chance % UInt128(longest)))
        return max(wait, min(asked ?? .zero, retryAfterMax))
    }
}
