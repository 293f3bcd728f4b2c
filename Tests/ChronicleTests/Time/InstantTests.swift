import Testing

@testable import Chronicle

@Suite("Instants")
struct InstantTests {
    @Test("Every instant that can be written is read back the same", arguments: 0..<20 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let range = Instant.writable.lowerBound.milliseconds...Instant.writable.upperBound.milliseconds
        for _ in 0..<500 {
            let milliseconds = Int64.random(in: range, using: &random)
            let instant = Instant(milliseconds: random.bool() ? milliseconds : milliseconds / 1_000 * 1_000)
            #expect(Instant(instant.description) == instant, "seed \(seed), \(instant.milliseconds)")
        }
    }

    @Test(
        "Text and milliseconds agree",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999Z", -1), ("2026-11-22T14:05:00Z", 1_795_356_300_000),
            ("2026-11-22T14:05:00.250Z", 1_795_356_300_250), ("2000-02-29T12:00:00Z", 951_825_600_000),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ] as [(String, Int64)])
    func known(text: String, milliseconds: Int64) {
        #expect(Instant(text)?.milliseconds == milliseconds)
        #expect(Instant(milliseconds: milliseconds).description == text)
    }

    @Test(
        "Other ways to write an instant are read",
        arguments: [
            "2026-11-22T14:05Z", "2026-11-22 14:05:00Z", "2026-11-22T14:05:00z", "2026-11-22T14:05:00.000Z", "2026-11-22T14:05:00,0Z",
            "2026-11-22T22:05:00+08:00", "2026-11-22T22:05:00+0800", "2026-11-22T09:35:00-04:30", "2026-11-22T14:05:00.000999999Z",
        ])
    func liberal(text: String) { #expect(Instant(text)?.description == "2026-11-22T14:05:00Z") }

    @Test(
        "What names no instant is refused",
        arguments: [
            "", "2026-11-22", "2026-11-22T14:05:00", "2026-11-22T14:05", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-22T24:00:00Z",
            "2026-11-22T14:60:00Z", "2026-11-22T14:05:60Z", "2026-11-22T14:05:00.Z", "2026-11-22T14:05:00Z ", " 2026-11-22T14:05:00Z",
            "2026-11-22T14:05:00+24:00", "2026-11-22T14:05:00+08:60", "2026-11-22T14:05:00+8:00", "2026-11-22T14:05:00+08", "+026-11-22T14:05:00Z",
            "2026-11-22X14:05:00Z", "2026/11/22T14:05:00Z", "20261122T140500Z", "2026-11-22T14:05:00ZZ", "0000-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01", "2026-11-22T14:05:00.0000000000000000Z",
        ])
    func refused(text: String) { #expect(Instant(text) == nil) }

    @Test("An instant without a text form is shown as the nearest that has one, and never enters the ledger")
    func unwritable() {
        #expect(Instant(milliseconds: .max).description == "9999-12-31T23:59:59.999Z")
        #expect(Instant(milliseconds: .min).description == "0000-01-01T00:00:00Z")
        #expect(throws: EncodingError.self) { try LedgerJSON.encode(Instant(milliseconds: .max)) }
    }

    @Test("Damage to the text is refused or reads as another instant", arguments: 0..<20 as Range<UInt64>)
    func fuzz(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            var bytes = Array("2026-11-22T14:05:00.250+08:00".utf8)
            bytes[random.int(0...bytes.count - 1)] = UInt8(truncatingIfNeeded: random.next())
            bytes.removeLast(random.int(0...3))
            let instant = bytes.withUnsafeBufferPointer { Instant(iso8601: $0) }
            #expect(instant.map { Instant($0.description) == $0 } ?? true, "seed \(seed)")
        }
    }

    @Test("Adding a span and taking it away again changes nothing")
    func arithmetic() {
        let instant = Instant(seconds: 1_000)
        #expect(instant + .hours(2) - .hours(2) == instant)
        #expect((instant + .seconds(3)) - instant == .seconds(3))
        #expect(instant < instant + Span(milliseconds: 1))
    }
}
