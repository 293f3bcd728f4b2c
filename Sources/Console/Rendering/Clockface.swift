import Chronicle
import Foundation

/// Instants as one reader reads them: in their own zone, near ones by how far they are, all of them exactly on hover.
struct Clockface: Sendable {
    let now: Instant
    let zone: TimeZone
    let phrases: Phrases

    private static let minute: Int64 = 60_000

    private func local(_ instant: Instant) -> (date: CivilDate, minuteOfDay: Int) {
        let seconds = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000))
        let local = instant.milliseconds + Int64(seconds) * 1_000
        let day = Int((Double(local) / 86_400_000).rounded(.down))
        return (CivilDate(dayNumber: day), Int((local - Int64(day) * 86_400_000) / Clockface.minute))
    }

    /// 14:05
    private func wall(_ minuteOfDay: Int) -> String {
        let (hour, minute) = (minuteOfDay / 60, minuteOfDay % 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }

    /// `14:05` today, `Wed 14:05` within a week, `25 Nov, 14:05` this year, with the year otherwise.
    func short(_ instant: Instant) -> String {
        let (date, minute) = local(instant)
        let today = local(now).date
        let days = date.dayNumber - today.dayNumber
        if days == 0 { return wall(minute) }
        if abs(days) < 7 { return phrases("weekday.\(((date.dayNumber + 3) % 7 + 7) % 7)") + " " + wall(minute) }
        let day = "\(date.day) " + phrases("month.\(date.month)")
        return (date.year == today.year ? day : "\(day) \(date.year)") + ", " + wall(minute)
    }

    /// `38 min`, `2 h 7 min`, `3 days`; as `recourse.js` says it.
    func long(_ span: Span) -> String {
        let minutes = Int(abs(span.milliseconds) / Clockface.minute)
        let hours = minutes / 60
        if hours >= 24 { return phrases.counted("days", Int((Double(hours) / 24).rounded())) }
        return [hours > 0 ? "\(hours) h" : nil, minutes % 60 > 0 || hours == 0 ? "\(minutes % 60) min" : nil].compactMap(\.self).joined(separator: " ")
    }

    /// `<time>` for a deadline: how long until then, kept fresh by the page's script.
    func until(_ due: Instant) -> Markup {
        let text =
            due > now ? phrases("in", long(Span(milliseconds: due.milliseconds - now.milliseconds + Clockface.minute - 1))) : phrases("late", long(now - due))
        return Markup("<time datetime=\"\(due.description.escaped)\" data-relative>\(text.escaped)</time>")
    }

    /// `<time>` for what was.
    func at(_ instant: Instant) -> Markup { Markup("<time datetime=\"\(instant.description.escaped)\">\(short(instant).escaped)</time>") }

    /// What a deadline's nearness means: `is-late`, `is-soon` within two hours, or nothing.
    func meaning(_ due: Instant) -> String { due <= now ? "is-late" : due - now <= .hours(2) ? "is-soon" : "" }
}

extension Amount {
    /// 1,200.00 with the asset behind a space that does not break. Zeros that say nothing are left out, down to two.
    var parts: (number: String, asset: String) {
        let text = description
        let halves = text.split(separator: " ")
        let number = halves.first.map(String.init) ?? text
        let pieces = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = pieces[0].first == "-" ? -(Int(pieces[0].dropFirst()) ?? 0) : Int(pieces[0]) ?? 0
        var fraction = pieces.count == 2 ? String(pieces[1]) : ""
        while fraction.count > 2, fraction.last == "0" { fraction.removeLast() }
        return (whole.grouped + (fraction.isEmpty ? "" : "." + fraction), halves.count == 2 ? String(halves[1]) : asset.code)
    }

    var written: String { parts.number + "\u{A0}" + parts.asset }
}
