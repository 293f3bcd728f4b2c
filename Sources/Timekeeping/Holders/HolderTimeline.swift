import Chronicle

/// One stretch of a case's life, `[start, end)`, in one pair of hands and one stage.
public struct HeldInterval<Stage: Hashable & Sendable>: Hashable, Sendable {
    public let holder: Holder
    public let stage: Stage
    public let start: Instant
    /// `nil` while it lasts.
    public fileprivate(set) var end: Instant?
    /// How much earlier than the previous hand-over this one said it was; zero for clocks that run forward.
    public let clampedBy: Span

    /// The part of it that lies in `window`; empty outside. Open intervals reach to the end of the window.
    public func clipped(to window: Range<Instant>) -> Range<Instant> {
        (start..<max(start, end ?? window.upperBound)).clamped(to: window)
    }
}

extension HeldInterval: Codable where Stage: Codable {}

/// Who held a case when: a sequence of half-open intervals without gaps while it is open. All durations are sums over it, and none is stored.
///
/// A machine's clock that jumps back never makes a negative interval: the hand-over is taken to happen at the latest instant known,
/// and the interval says by how much it was moved.
public struct HolderTimeline<Stage: Hashable & Sendable>: Hashable, Sendable {
    public private(set) var intervals: [HeldInterval<Stage>]

    public init() { intervals = [] }

    /// What became of a hand-over.
    public enum Taken: Hashable, Sendable {
        case asSaid
        /// It said it was earlier than what had already happened, and was moved forward by this much.
        case clamped(by: Span)
        /// Nothing changed hands.
        case alreadyThere
    }

    /// The case is with `holder`, in `stage`, from `instant` on. Opens the timeline, or reopens one that was closed.
    @discardableResult
    public mutating func hand(to holder: Holder, in stage: Stage, at instant: Instant) -> Taken {
        if let last = intervals.last, last.end == nil, last.holder == holder, last.stage == stage { return .alreadyThere }
        let start = max(instant, latest ?? instant)
        let clampedBy = start - instant
        endLast(at: start)
        intervals.append(HeldInterval(holder: holder, stage: stage, start: start, end: nil, clampedBy: clampedBy))
        return clampedBy > .zero ? .clamped(by: clampedBy) : .asSaid
    }

    /// Nobody has the next move any more, from `instant` on.
    @discardableResult
    public mutating func close(at instant: Instant) -> Taken {
        guard let last = intervals.last, last.end == nil else { return .alreadyThere }
        let end = max(instant, last.start)
        endLast(at: end)
        return end > instant ? .clamped(by: end - instant) : .asSaid
    }

    /// Who has it now; `nil` before it opens and after it is closed.
    public var holder: Holder? { intervals.last.flatMap { $0.end == nil ? $0.holder : nil } }
    public var stage: Stage? { intervals.last.flatMap { $0.end == nil ? $0.stage : nil } }

    /// Time by holder inside `window`, as a stopwatch shows it.
    public func totals(over window: Range<Instant>) -> HolderTotals {
        totals(over: window, where: { _ in true })
    }

    /// The same for the intervals of one stage.
    public func totals(over window: Range<Instant>, in stage: Stage) -> HolderTotals {
        totals(over: window, where: { $0 == stage })
    }

    /// Working time by holder inside `window`.
    public func totals(over window: Range<Instant>, in calendar: BusinessCalendar) throws(CalendarError) -> HolderTotals {
        var totals = HolderTotals(basis: .working(calendar.name))
        for interval in intervals {
            let part = interval.clipped(to: window)
            guard !part.isEmpty else { continue }
            totals.add(try calendar.workingTime(from: part.lowerBound, to: part.upperBound), to: interval.holder)
        }
        return totals
    }

    private func totals(over window: Range<Instant>, where counts: (Stage) -> Bool) -> HolderTotals {
        var totals = HolderTotals(basis: .clock)
        for interval in intervals where counts(interval.stage) {
            let part = interval.clipped(to: window)
            totals.add(part.upperBound - part.lowerBound, to: interval.holder)
        }
        return totals
    }

    private var latest: Instant? { intervals.last.map { $0.end ?? $0.start } }

    private mutating func endLast(at instant: Instant) {
        guard let index = intervals.indices.last, intervals[index].end == nil else { return }
        intervals[index].end = instant
    }
}

extension HolderTimeline: Codable where Stage: Codable {}
