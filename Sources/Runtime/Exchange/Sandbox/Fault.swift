import Chronicle

/// What goes wrong with one instruction on its way to the sandbox exchange, so that “exactly once” can be put to the test.
public enum Fault: Hashable, Sendable {
    /// The call never arrives.
    case failsBeforeDoing
    /// It is done, but the answer is lost.
    case timesOutAfterDoing
    /// The answer takes this long.
    case slow(Span)
    /// The network delivers the call twice; the second answer is the one that comes back.
    case deliveredTwice
}
