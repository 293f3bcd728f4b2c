import Chronicle

/// A stretch during which a net clock stands still because somebody was asked something concrete and has until a stated instant to answer.
public struct Pause: Hashable, Sendable, Codable {
    /// What was asked: the id or the subject of the request. Asking again does not make a second pause.
    public let request: String
    public let from: Instant
    public let deadline: Instant
    /// When the answer came; `nil` while there is none.
    public internal(set) var answered: Instant?

    /// A question nobody has to answer within this is not a concrete one.
    public static let lengthMax = Span.days(366)

    /// The pause ends at the answer or at the deadline, whichever is first; no event is needed for the latter.
    public var end: Instant { max(from, min(answered ?? deadline, deadline)) }

    /// What ended it, as far as is known.
    public var ending: Ending {
        guard let answered else { return .deadline }
        return answered <= deadline ? .answer : .deadline
    }

    public enum Ending: String, Hashable, Sendable, Codable { case answer, deadline }
}

/// Pauses as they count: those that overlap count once, and all together no longer than the cap.
struct CountedPauses: Equatable {
    /// Sorted, neither touching nor overlapping.
    private(set) var intervals: [Range<Instant>] = []
    /// Each pause in the order of its start, with what it adds.
    private(set) var shares: [(pause: Pause, counted: Span)] = []
    /// What it would have been without the cap, if that is more.
    private(set) var uncapped: Span?

    init(_ pauses: [Pause], totalMax: Span?) {
        var reached: Instant?
        var total = Span.zero
        var asked = Span.zero
        for pause in pauses.sorted(by: { ($0.from, $0.end, $0.request) < ($1.from, $1.end, $1.request) }) {
            let start = max(pause.from, reached ?? pause.from)
            let new = max(.zero, pause.end - start)
            asked += new
            let counted = totalMax.map { max(.zero, min(new, $0 - total)) } ?? new
            shares.append((pause, counted))
            reached = max(pause.end, reached ?? pause.end)
            guard counted > .zero else { continue }
            total += counted
            if let last = intervals.last, last.upperBound == start {
                intervals[intervals.count - 1] = last.lowerBound..<start + counted
            } else {
                intervals.append(start..<start + counted)
            }
        }
        if asked > total { uncapped = asked }
    }

    static func == (a: CountedPauses, b: CountedPauses) -> Bool { a.intervals == b.intervals && a.uncapped == b.uncapped }

    var isEmpty: Bool { intervals.isEmpty }

    /// The pause that `instant` lies in.
    func containing(_ instant: Instant) -> Range<Instant>? { intervals.first { $0.contains(instant) } }

    /// Was the clock standing still just before `mark`? A day counts when it ends with the clock running.
    func standsStill(before mark: Instant) -> Bool { intervals.contains { $0.lowerBound < mark && mark <= $0.upperBound } }

    /// Walks the running stretches from `start` on: `step` is called with each and returns the end if it lies in there.
    func walk(from start: Instant, _ step: (_ from: Instant, _ to: Instant?) throws(CalendarError) -> Instant?) throws(CalendarError) -> Instant {
        var cursor = start
        for interval in intervals where interval.upperBound > cursor {
            if interval.lowerBound > cursor, let end = try step(cursor, interval.lowerBound) { return end }
            cursor = interval.upperBound
        }
        return try step(cursor, nil) ?? cursor
    }
}
