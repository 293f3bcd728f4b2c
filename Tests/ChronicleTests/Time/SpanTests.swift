import Testing

@testable import Chronicle

@Suite("Spans")
struct SpanTests {
    @Test(
        "A span is shown in its two largest units",
        arguments: [
            (Span.zero, "0 s"), (Span(milliseconds: 999), "0 s"), (.seconds(45), "45 s"), (.minutes(12), "12 min"), (.days(3) + .hours(4), "3 d 4 h"),
            (.days(3) + .minutes(4), "3 d"), (-(.hours(2) + .minutes(5)), "-2 h 5 min"), (.seconds(61), "1 min 1 s"),
            (Span(milliseconds: .min), "-106751991167 d 7 h"),
        ])
    func shown(span: Span, text: String) { #expect(span.description == text) }

    @Test("Units are multiples of each other")
    func units() {
        #expect(Span.days(2) == .hours(48) && Span.hours(1) == .minutes(60) && Span.minutes(1) == .seconds(60))
        #expect(Span.seconds(1).milliseconds == 1_000)
        var span = Span.seconds(1)
        span += .seconds(2)
        #expect(span == .seconds(3) && span - .seconds(3) == .zero && -span < .zero)
    }

    @Test("In the ledger a span is its milliseconds")
    func coding() throws {
        #expect(try LedgerJSON.encode([Span.minutes(-1)]) == Array("[-60000]".utf8))
        #expect(try LedgerJSON.decode([Span].self, from: Array("[-60000]".utf8)) == [.minutes(-1)])
    }
}
