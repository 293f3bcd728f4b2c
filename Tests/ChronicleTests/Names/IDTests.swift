import Testing

@testable import Chronicle

@Suite("Ids")
struct IDTests {
    @Test("What is written is read back, whatever the bits", arguments: 0..<20 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let id = StaffID(bits: (UInt128(random.next()) << 64 | UInt128(random.next())) >> UInt128(random.int(0...127)))
            #expect(StaffID(id.description) == id, "seed \(seed)")
            #expect(StaffID("staff_" + id.crockford.lowercased()) == id, "seed \(seed)")
            #expect(try LedgerJSON.decode([StaffID].self, from: LedgerJSON.encode([id])) == [id], "seed \(seed)")
        }
    }

    @Test(
        "Text and bits agree",
        arguments: [
            ("staff_00000000000000000000000000", 0), ("staff_7ZZZZZZZZZZZZZZZZZZZZZZZZZ", UInt128.max), ("staff_0000000000000000000000000Z", 31),
            ("staff_40000000000000000000000000", UInt128(1) << 127), ("staff_01000000000000000000000000", UInt128(1) << 120),
            ("staff_00000000000001000000000000", UInt128(1) << 60),
        ])
    func known(text: String, bits: UInt128) throws {
        let id = try #require(StaffID(text))
        #expect(id.description == text)
        // an independent reading, digit by digit
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let value = try text.dropFirst(6).reduce(0 as UInt128) { try $0 * 32 + UInt128(#require(alphabet.firstIndex(of: $1))) }
        #expect(id.bits == value && id.bits == bits)
    }

    @Test("Letters that look like digits are read as those")
    func lookalikes() { #expect(StaffID("staff_0000000000000000000000OILo") == StaffID("staff_00000000000000000000000110")) }

    @Test(
        "What is no id of this kind is refused",
        arguments: [
            "", "staff_", "staff_0000000000000000000000000", "staff_000000000000000000000000000", "party_00000000000000000000000000",
            "staff-00000000000000000000000000", "staff_80000000000000000000000000", "staff_U0000000000000000000000000", "staff_0000000000000000000000000U",
            "staff_0000000000000000000000000-", "STAFF_00000000000000000000000000", "staff_0000000000000000000000000é", " staff_00000000000000000000000000",
        ])
    func refused(text: String) { #expect(StaffID(text) == nil) }

    @Test("Ids sort by the time they were made, as numbers and as text", arguments: 0..<10 as Range<UInt64>)
    func order(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let instants = [Instant(milliseconds: Int64(random.int(0...0xFFFF_FFFF_FFFE))), Instant(milliseconds: Int64(random.int(0...0xFFFF_FFFF_FFFE)))]
                .sorted()
            guard instants[0] < instants[1] else { continue }
            let ids = instants.map { StaffID(at: $0, randomness: UInt128(random.next()) << 64 | UInt128(random.next())) }
            #expect(ids[0] < ids[1] && ids[0].description < ids[1].description, "seed \(seed)")
        }
    }

    @Test("An instant before 1970 makes the smallest ids rather than a crash")
    func early() { #expect(StaffID(at: Instant(milliseconds: -1), randomness: 5).bits == 5) }
}
