import Chronicle

/// Why something cannot be done to a clock.
public enum ClockRefusal: Error, Hashable, Sendable {
    case grossNeverPauses(ClockCode)
    case pauseWithoutRequest(ClockCode)
    case pauseWithoutDeadline(ClockCode, request: String)
    case pauseDeadlinePassed(ClockCode, request: String, Instant)
    case pauseTooLong(ClockCode, request: String, Instant)
    case alreadyAsked(ClockCode, request: String, since: Instant)
    case noSuchRequest(ClockCode, request: String)
    case alreadyAnswered(ClockCode, request: String, Instant)
    case noExtensionLeft(ClockCode, max: Int)
    case extensionUnexplained(ClockCode)
    case extensionNeedsZone(ClockCode, Measure)
    case measureOutOfLimits(ClockCode, Measure)
    case beforeStart(ClockCode, Instant)
    case stopped(ClockCode, Instant)
    case notStopped(ClockCode)
    case resumedBeforeStop(ClockCode, Instant)
}

extension ClockRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .grossNeverPauses(let code): "the clock \(code) counts gross time and never pauses"
        case .pauseWithoutRequest(let code): "the clock \(code) pauses only for a concrete request; say what was asked"
        case .pauseWithoutDeadline(let code, let request): "the clock \(code) pauses for “\(request)” only if there is a deadline for the answer"
        case .pauseDeadlinePassed(let code, let request, let deadline):
            "the clock \(code) cannot pause for “\(request)”: its deadline \(deadline) has passed already"
        case .pauseTooLong(let code, let request, let deadline): "the clock \(code) cannot pause for “\(request)” until \(deadline): at most \(Pause.lengthMax)"
        case .alreadyAsked(let code, let request, let since): "the clock \(code) has paused for “\(request)” since \(since); asking again does not restart it"
        case .noSuchRequest(let code, let request): "the clock \(code) never paused for “\(request)”"
        case .alreadyAnswered(let code, let request, let at): "“\(request)” was answered at \(at) already (clock \(code))"
        case .noExtensionLeft(let code, let max): max == 0 ? "the clock \(code) cannot be extended" : "the clock \(code) has had its \(max) extensions"
        case .extensionUnexplained(let code): "an extension of the clock \(code) needs a reason and an authority"
        case .extensionNeedsZone(let code, let measure):
            "the clock \(code) cannot be extended by \(measure): its rule does not say where those days are counted"
        case .measureOutOfLimits(let code, let measure): "the clock \(code) cannot be extended by \(measure); at most \(Measure.yearsMax) years"
        case .beforeStart(let code, let start): "the clock \(code) only starts at \(start)"
        case .stopped(let code, let at): "the clock \(code) was met at \(at) and stands"
        case .notStopped(let code): "the clock \(code) is running and cannot be resumed"
        case .resumedBeforeStop(let code, let at): "the clock \(code) was met at \(at) and cannot be resumed before that"
        }
    }
}
