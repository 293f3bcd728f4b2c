import Chronicle
import Foundation
import TestKit
import Testing
import Timekeeping

@Suite("A timeline of holders")
struct HolderTimelineTests {
    private func timeline() throws -> HolderTimeline<String> {
        var timeline = HolderTimeline<String>()
        timeline.hand(to: .system, in: "intake", at: try at("2026-03-03T10:00:00Z"))
        timeline.hand(to: .staff, in: "triage", at: try at("2026-03-03T10:05:00Z"))
        timeline.hand(to: .partyB, in: "evidence", at: try at("2026-03-03T11:00:00Z"))
        timeline.hand(to: .staff, in: "evidence", at: try at("2026-03-03T15:00:00Z"))
        return timeline
    }

    private let day = Instant(seconds: 1_772_496_000)..<Instant(seconds: 1_772_582_400)  // 3 March 2026, UTC

    @Test("A clock that jumps back makes no negative interval, and the interval says so")
    func jumpBack() throws {
        var timeline = try timeline()
        let taken = timeline.hand(to: .third, in: "bank", at: try at("2026-03-03T14:00:00Z"))
        #expect(taken == .clamped(by: .hours(1)))
        #expect(timeline.intervals.last?.start == (try at("2026-03-03T15:00:00Z")))
        #expect(timeline.intervals.last?.clampedBy == .hours(1))
        #expect(timeline.close(at: try at("2026-03-03T09:00:00Z")) == .clamped(by: .hours(6)))
        #expect(timeline.intervals.allSatisfy { $0.start <= $0.end ?? .distantFuture })
    }

    @Test("Handing to who has it already changes nothing")
    func alreadyThere() throws {
        var timeline = try timeline()
        let before = timeline
        #expect(timeline.hand(to: .staff, in: "evidence", at: try at("2026-03-03T16:00:00Z")) == .alreadyThere)
        #expect(timeline == before)
    }

    @Test("Every moment has one holder: the parts add up to the whole")
    func totals() throws {
        let totals = try timeline().totals(over: day)
        #expect(totals[.system] == .minutes(5))
        #expect(totals[.staff] == .minutes(55) + .hours(9))
        #expect(totals[.partyB] == .hours(4))
        #expect(totals.gross == Elapsed(.hours(14), in: .clock))
        #expect(totals.net == Elapsed(.hours(10), in: .clock))
        #expect(try timeline().totals(over: day, in: "evidence").gross.span == .hours(13))
    }

    @Test("The open interval lasts to the end of the window, and no window reaches before the start")
    func windows() throws {
        let timeline = try timeline()
        let (ten, noon) = (try at("2026-03-03T10:00:00Z"), try at("2026-03-03T12:00:00Z"))
        #expect(timeline.totals(over: ten - .days(2)..<ten).gross.span == .zero)
        #expect(timeline.totals(over: ten..<noon).gross.span == .hours(2))
        #expect(timeline.totals(over: noon + .days(1)..<noon + .days(2))[.staff] == .days(1))
        #expect(timeline.totals(over: noon..<noon).gross.span == .zero)
    }

    @Test("While it is closed nobody holds it, and it can be opened again")
    func reopening() throws {
        var timeline = try timeline()
        timeline.close(at: try at("2026-03-03T16:00:00Z"))
        #expect(timeline.holder == nil)
        timeline.hand(to: .staff, in: "appeal", at: try at("2026-03-03T20:00:00Z"))
        #expect(timeline.holder == .staff)
        #expect(timeline.stage == "appeal")
        #expect(timeline.totals(over: day).gross.span == .hours(10))
    }

    @Test("Working time by holder is marked as such")
    func workingTime() throws {
        let totals = try timeline().totals(over: day, in: Sample.malaysia())
        // 10:00 UTC is 18:00 in Kuala Lumpur: the desk had just closed.
        #expect(totals.gross == Elapsed(.zero, in: .working(try calendarName("MY"))))
    }

    @Test("Whatever is handed over when, the parts add up to the time it was open", arguments: UInt64(1)...50)
    func law(seed: UInt64) {
        var random = Seeded(seed)
        var timeline = HolderTimeline<Int>()
        for _ in 0..<40 {
            let instant = Instant(seconds: Int64.random(in: 0...100_000, using: &random))
            let holder = Holder.allCases[Int.random(in: 0..<6, using: &random)]
            timeline.hand(to: holder, in: Int.random(in: 0...2, using: &random), at: instant)
        }
        let start = timeline.intervals.first?.start ?? .epoch
        let window = start..<Instant(seconds: 200_000)
        let totals = timeline.totals(over: window)
        #expect(totals.gross.span == window.upperBound - window.lowerBound, "seed \(seed)")
        #expect(totals.net.span + totals.total { !$0.isAccountable }.span == totals.gross.span, "seed \(seed)")
        for (earlier, later) in zip(timeline.intervals, timeline.intervals.dropFirst()) { #expect(earlier.end == later.start, "seed \(seed)") }
    }

    @Test("is the same after it was stored and read")
    func codable() throws {
        let timeline = try timeline()
        #expect(try JSONDecoder().decode(HolderTimeline<String>.self, from: JSONEncoder().encode(timeline)) == timeline)
    }

    @Test("The names of holders stay for ever")
    func names() {
        #expect(Holder.allCases.map(\.rawValue) == ["staff", "party-a", "party-b", "third", "system", "legal-hold"])
    }
}
