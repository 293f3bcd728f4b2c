import Chronicle
import Testing
import Timekeeping

@Suite("Totals by holder")
struct HolderTotalsTests {
    @Test("Calendar and business time are never mixed")
    func neverMixed() throws {
        let working = TimeBasis.working(try calendarName("MY"))
        let error = #expect(throws: BasisMismatch.self) { try HolderTotals(basis: .clock).adding(HolderTotals(basis: working)) }
        #expect(error?.description == "clock time and working time of MY cannot be added up")
        #expect(throws: BasisMismatch.self) { try Elapsed(.hours(1), in: working).adding(Elapsed(.hours(1), in: .clock)) }
        let other = TimeBasis.working(try calendarName("SG"))
        #expect(throws: BasisMismatch.self) { try Elapsed(.hours(1), in: working).adding(Elapsed(.hours(1), in: other)) }
    }

    @Test("of one kind add up")
    func sum() throws {
        #expect(try Elapsed(.hours(1), in: .clock).adding(Elapsed(.minutes(5), in: .clock)) == Elapsed(.minutes(65), in: .clock))
        var timeline = HolderTimeline<Int>()
        timeline.hand(to: .partyA, in: 0, at: .epoch)
        let hour = timeline.totals(over: .epoch..<Instant(seconds: 3_600))
        #expect(try hour.adding(hour)[.partyA] == .hours(2))
    }
}
