import Chronicle
import Foundation

/// Moments somebody may want a case back at, in their own zone.
struct SnoozeMoments {
    private let visit: Visit
    private let calendar: Calendar

    init(_ visit: Visit) {
        self.visit = visit
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = visit.zone
        self.calendar = calendar
    }

    var offered: [(at: Instant, name: String)] {
        let today = calendar.startOfDay(for: Date(timeIntervalSince1970: Double(visit.now.milliseconds) / 1_000))
        // Sunday is 1.
        let toMonday = (9 - calendar.component(.weekday, from: today) - 1) % 7 + 1
        func morning(in days: Int) -> Instant? {
            calendar.date(byAdding: .day, value: days, to: today).flatMap { calendar.date(bySettingHour: 9, minute: 0, second: 0, of: $0) }
                .map { Instant(milliseconds: Int64($0.timeIntervalSince1970 * 1_000)) }
        }
        let all: [(Instant?, String)] = [
            (visit.now + .hours(1), "snooze.hour"), (visit.now + .hours(3), "snooze.hours"), (morning(in: 1), "snooze.tomorrow"),
            (morning(in: toMonday), "snooze.monday"), (morning(in: 7), "snooze.week"),
        ]
        return all.compactMap { at, name in at.map { ($0, visit.phrases(name, visit.clock.short($0))) } }
    }

    /// What a browser sends of a moment picked by hand, `2026-12-01T09:30`, in the reader's zone.
    func moment(_ text: String?) -> Instant? {
        guard let text else { return nil }
        let numbers = text.split { "-T:".contains($0) }.compactMap { Int($0) }
        guard numbers.count >= 5 else { return nil }
        let parts = DateComponents(year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4])
        return calendar.date(from: parts).map { Instant(milliseconds: Int64($0.timeIntervalSince1970 * 1_000)) }
    }
}
