import Rostering
import Testing

@Suite("Reading benchmark files")
struct ReadingTests {
    struct Hostile: Sendable, CustomTestStringConvertible {
        let change: String
        let into: String
        let says: String
        var testDescription: String { says }
        init(_ change: String, _ into: String, says: String) { (self.change, self.into, self.says) = (change, into, says) }
    }

    static let hostile: [Hostile] = [
        Hostile("\n10\n", "\nten\n", says: "line 3: the horizon in days must be a whole number from 0 to 1000000, not “ten”"),
        Hostile("\n10\n", "\n0\n", says: "line 3: the horizon must be 1 to 1000 days, not 0"),
        Hostile("\n10\n", "\n99999999999999999999\n", says: "line 3: the horizon in days must be a whole number"),
        Hostile("\n10\n", "\n10\n11\n", says: "line 4: the horizon is given twice"),
        Hostile("E,480,", "E,480", says: "line 6: 3 fields are wanted here, not 2"),
        Hostile("E,480,", "E,1441,", says: "line 6: a shift is 1 to 1440 minutes long, not 1441"),
        Hostile("E,480,", "-,480,", says: "line 6: a shift needs a name"),
        Hostile("L,420,E", "E,420,E", says: "line 7: shift “E” is given twice"),
        Hostile("L,420,E", "L,420,Q", says: "line 7: no shift is called “Q”"),
        Hostile("Ann,E=4|L=10", "Ann,E=4|Q=10", says: "line 10: “Q=10” is not SHIFT=COUNT"),
        Hostile("Ann,E=4|L=10", "Ann,E=4|E=10", says: "line 10: the most of shift E is given twice"),
        Hostile("Ann,E=4|L=10,2880,960", "Ann,E=4|L=10,2880,-1", says: "line 10: the fewest minutes must be a whole number"),
        Hostile("2880,960", "960,2880", says: "line 10: Ann must work at least 2880 minutes and at most 960"),
        Hostile("Bo,E=10", "Ann,E=10", says: "line 11: employee “Ann” is given twice"),
        Hostile("Ann,9", "Zoe,9", says: "line 14: no employee is called “Zoe”"),
        Hostile("Ann,9", "Ann,10", says: "line 14: day 10 is outside the horizon of 10 days"),
        Hostile("Ann,0,E,3", "Ann,0,Q,3", says: "line 17: no shift is called “Q”"),
        Hostile("1,E,0,100,7", "0,E,0,100,7", says: "line 26: the cover of shift E on day 0 is given twice"),
        Hostile("SECTION_COVER", "SECTION_LUNCH", says: "line 23: “SECTION_LUNCH” is no section of this format"),
        Hostile("SECTION_STAFF", "# ", says: "the file has no SECTION_STAFF"),
    ]

    @Test("What is wrong is told with its line", arguments: hostile)
    func faults(row: Hostile) throws {
        let text = SmallInstances.text.replacing(row.change, with: row.into, maxReplacements: 1)
        #expect(text != SmallInstances.text)
        let error = #expect(throws: FileFaults.self) { try ShiftBenchmark(reading: text) }
        #expect(error?.description.contains(row.says) == true, "\(error?.description ?? "no fault")")
    }

    @Test("An empty file, and bytes by chance, are refused and nothing breaks")
    func noise() {
        #expect(throws: FileFaults.self) { try ShiftBenchmark(reading: "") }
        var chance = Chance(seed: 11)
        for _ in 0..<300 {
            // A true file with some characters exchanged: read or refused, never a trap.
            var bytes = Array(SmallInstances.text.utf8)
            for _ in 0..<(1 + chance.below(8)) { bytes[chance.below(bytes.count)] = UInt8(chance.below(128)) }
            if let read = try? ShiftBenchmark(reading: String(decoding: bytes, as: UTF8.self)) { #expect(read.days > 0 && !read.employees.isEmpty) }
        }
    }

    @Test("Windows line ends, blanks and a byte-order mark change nothing")
    func manners() throws {
        let plain = try ShiftBenchmark(reading: SmallInstances.text)
        let odd = "\u{FEFF}" + SmallInstances.text.replacing("\n", with: " \r\n").replacing(",", with: " , ")
        #expect(try ShiftBenchmark(reading: odd) == plain)
    }

    @Test("A roster is written and read back the same")
    func rosters() throws {
        let benchmark = try ShiftBenchmark(reading: SmallInstances.text)
        let roster = BenchmarkRoster(rows: ["Ann": ["E", nil, "L"], "Bo": [nil, nil, nil]])
        #expect(try BenchmarkRoster(reading: roster.text(of: benchmark)) == roster)
        #expect(throws: FileFaults.self) { try BenchmarkRoster(reading: "Ann E\nAnn L\n") }
    }
}
