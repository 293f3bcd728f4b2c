import Chronicle
import Timekeeping

extension PackCheck {
    /// Days the pack should still know when it comes into force; the longest regimes run for a hundred and some.
    static let horizonDaysMin = 400

    func checkRegimes() {
        let fallbacks = policy.regimes.values.filter(\.isFallback).sorted { $0.code < $1.code }
        if fallbacks.count != 1 {
            log.error(
                .noFallback, at: fallbacks.last.map { reading.place(of: $0.code) } ?? PackPlace(file: ParsedPack.Table.regimes.path),
                "the pack has \(fallbacks.count) fallback regimes; it needs exactly one")
        }
        for fallback in fallbacks where fallback.acknowledge == nil || fallback.final == nil {
            log.error(.noFallback, at: reading.place(of: fallback.code), "the fallback regime must say within what to acknowledge and to answer")
        }
        for (code, regime) in policy.regimes.sorted(by: { $0.key < $1.key }) where !regime.isFallback && regime.jurisdictions.isEmpty {
            log.error(.badValue, at: reading.place(of: code), "the regime “\(code)” holds nowhere")
        }
    }

    func checkHorizons() {
        for (name, calendar) in policy.calendars.business.sorted(by: { $0.key < $1.key }) {
            let timetable = calendar.timetable
            for date in (timetable.holidays.map(\.date) + timetable.exceptions.map(\.date)).sorted() where date < timetable.from || timetable.through < date {
                log.error(
                    .holidayOutside, at: reading.place("calendar \(name) holiday \(date)"),
                    "\(date) lies outside the calendar's own horizon, \(timetable.from) to \(timetable.through)")
            }
            let wanted = policy.effectiveFrom.adding(days: PackCheck.horizonDaysMin)
            if timetable.through < wanted {
                log.warning(
                    .calendarEndsSoon, at: reading.place("calendar \(name) through"),
                    "the calendar “\(name)” ends on \(timetable.through); a pack in force from \(policy.effectiveFrom) should know the days through \(wanted)")
            }
        }
    }
}
