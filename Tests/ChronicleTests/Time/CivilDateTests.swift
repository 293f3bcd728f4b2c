import Testing

@testable import Chronicle

@Suite("Days of the calendar")
struct CivilDateTests {
    @Test("Day numbers agree with a walk over every day from 1900 to 2100")
    func walk() throws {
        // given: a calendar that only knows how long the months are
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var number = -25_567  // 1900-01-01
        for year in 1900...2100 {
            let isLeap = year % 400 == 0 || year % 4 == 0 && year % 100 != 0
            for month in 1...12 {
                let length = month == 2 && isLeap ? 29 : lengths[month - 1]
                #expect(CivilDate.days(inMonth: month, of: year) == length)
                for day in 1...length {
                    let date = try #require(CivilDate(year: year, month: month, day: day))
                    guard date.dayNumber == number, CivilDate(dayNumber: number) == date, CivilDate(date.description) == date else {
                        Issue.record("\(year)-\(month)-\(day) is not day \(number)")
                        return
                    }
                    number += 1
                }
                #expect(CivilDate(year: year, month: month, day: length + 1) == nil)
            }
        }
        #expect(CivilDate(dayNumber: 0).description == "1970-01-01")
        #expect(number == 47_847)  // 2101-01-01
    }

    @Test(
        "Months later, the day is kept or is the last of the month",
        arguments: [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-11-30", 3, "2027-02-28"), ("2026-03-31", -1, "2026-02-28"),
            ("2026-01-15", -1, "2025-12-15"), ("2026-12-01", 1, "2027-01-01"), ("2024-02-29", 12, "2025-02-28"), ("2026-05-05", 0, "2026-05-05"),
            ("2026-05-05", -29, "2023-12-05"),
        ])
    func months(from: String, months: Int, to: String) { #expect(CivilDate(from)?.adding(months: months).description == to) }

    @Test("Days later, in both directions", arguments: [("2026-02-28", 1, "2026-03-01"), ("1970-01-01", -1, "1969-12-31"), ("2000-02-28", 2, "2000-03-01")])
    func days(from: String, days: Int, to: String) { #expect(CivilDate(from)?.adding(days: days).description == to) }

    @Test(
        "What is no day is refused",
        arguments: [
            "", "2026-02-29", "2026-00-01", "2026-13-01", "2026-01-00", "2026-1-01", "26-01-01", "+026-01-01", "2026-+1-01", "2026-01-01 ", "2026/01/01",
            "2026-01-1a", "-2026-01-01", "２０２６-01-01",
        ])
    func refused(text: String) { #expect(CivilDate(text) == nil) }

    @Test("Days are in the ledger as text, and ordered by time")
    func coding() throws {
        let date = try #require(CivilDate(year: 2026, month: 11, day: 2))
        #expect(try LedgerJSON.encode([date]) == Array(#"["2026-11-02"]"#.utf8))
        #expect(try LedgerJSON.decode([CivilDate].self, from: LedgerJSON.encode([date])) == [date])
        #expect(date < date.adding(days: 1) && date.adding(months: -1) < date)
    }
}
