import Chronicle

/// Why a deadline is when it is: the steps in their order, typed, so that a letter, a page and an auditor tell the same story.
public struct Explanation: Hashable, Sendable {
    /// An instant with the local time it is told by.
    public struct Moment: Hashable, Sendable {
        public let instant: Instant
        /// `nil` where the rule names no zone; then it is told in UTC.
        public let local: LocalTime?
        public let zone: ZoneName?
    }

    public enum Line: Hashable, Sendable {
        case started(Moment)
        case rule(ClockRule, phrase: String)
        case extended(Extension, phrase: String?, from: Moment, to: Moment)
        case movedOffClosedDay(CivilDate, why: String, to: CivilDate)
        /// `counted` is what this pause adds: less than its length where it overlaps another or meets the cap.
        case paused(String, from: Moment, to: Moment, Pause.Ending, counted: Span)
        /// Of a measure in days: those that ended with the clock standing still.
        case notCounted([CivilDate])
        case capped(at: Span, asked: Span)
        case skipped([Holiday])
        case reopened(times: Int)
        /// The convention is `nil` for stopwatch measures.
        case ends(Moment, convention: DayEnd?)
    }

    public let lines: [Line]

    /// “Why then: received 3 Mar 2026 10:00 (Asia/Kuala_Lumpur); 10 business days of Malaysia; …; ends 17 Mar 2026 24:00 local = 2026-03-17T16:00:00Z”
    public var text: String { "Why then: " + lines.map(\.description).joined(separator: "; ") }
}

extension Explanation: CustomStringConvertible {
    public var description: String { text }
}

extension Explanation.Line: CustomStringConvertible {
    public var description: String {
        switch self {
        case .started(let at):
            "received \(at)"
        case .rule(let rule, let phrase):
            "\(phrase)\(rule.source.isEmpty ? "" : " (\(rule.source), confidence \(rule.confidence.rawValue))"), \(rule.kind.rawValue) clock"
        case .extended(let granted, let phrase, let from, let to):
            "extended \(Self.how(granted.change, phrase)) for “\(granted.reason)” (\(granted.authority))"
                + (from == to ? ", which changes nothing" : ": from \(from.asEnd) to \(to.asEnd)")
        case .movedOffClosedDay(let day, let why, let to):
            "\(day.spoken) is closed (\(why)), so it moves to \(to.spoken)"
        case .paused(let request, let from, let to, let ending, let counted):
            "stood still for “\(request)” from \(from.short) until the \(ending.rawValue), \(to.short): counts \(counted)"
        case .notCounted(let days):
            days.isEmpty
                ? "no day ended with the clock standing still, so all count"
                : "not counted, as they ended with the clock standing still: " + days.map(\.spoken).joined(separator: ", ")
        case .capped(let cap, let asked):
            "pauses are capped at \(cap) of \(asked)"
        case .skipped(let holidays):
            "skipped " + holidays.map { "\($0.date.spoken) \($0.name)" }.joined(separator: ", ")
        case .reopened(let times):
            "reopened \(times == 1 ? "once" : "\(times) times"), running on from the original start"
        case .ends(let at, let convention):
            "ends \(at.asEnd)\(at.local == nil ? "" : " local")\(convention.map { Self.said($0) } ?? "")\(at.local == nil ? "" : " = \(at.instant)")"
        }
    }

    private static func how(_ change: Extension.Change, _ phrase: String?) -> String {
        switch change {
        case .by: "by \(phrase ?? "")"
        case .wholePeriod: "to \(phrase ?? "") in all"
        case .to(let instant): "to \(instant)"
        }
    }

    private static func said(_ end: DayEnd) -> String {
        switch end {
        case .endOfDay: ""
        case .sameTime: " (the same time of day)"
        case .closeOfBusiness: " (close of business)"
        }
    }
}

extension Explanation.Moment: CustomStringConvertible {
    /// `3 Mar 2026 10:00 (Asia/Kuala_Lumpur)`
    public var description: String { short + (zone.map { " (\($0))" } ?? "") }

    /// Without the zone.
    var short: String { local?.description ?? "\(utc) UTC" }

    /// With midnight as 24:00 of the day that ends.
    var asEnd: String { local?.asEnd ?? "\(utc) UTC" }

    private var utc: LocalTime {
        let day = instant.milliseconds.flooredDivision(by: 86_400_000)
        return LocalTime(date: CivilDate(dayNumber: Int(day)), millisecondOfDay: Int(instant.milliseconds - day * 86_400_000))
    }
}
