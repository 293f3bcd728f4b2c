import Testing

/// The instrument itself: a loss of power that loses nothing would prove nothing.
@Suite("The loss of power")
struct ControlTests {
    static let modes = ["all", "subset", "torn"]

    @Test("Rows SQLite acknowledged without fsync are lost", arguments: ["OFF", "NORMAL"], modes)
    func withoutFsync(_ synchronous: String, _ mode: String) throws {
        let (acknowledged, found, _) = try rows(synchronous, mode, seed: 1)
        #expect(acknowledged > 100)
        #expect(found < acknowledged)
    }

    @Test("Rows SQLite acknowledged after an fsync survive whatever else is lost, and the file is whole", arguments: modes, [1, 2, 3, 4] as [UInt64])
    func withFsync(_ mode: String, _ seed: UInt64) throws {
        let (acknowledged, found, check) = try rows("FULL", mode, seed: seed)
        #expect(acknowledged > 100, "seed \(seed)")
        // One more may have been committed and not acknowledged.
        #expect(acknowledged...acknowledged + 1 ~= found, "seed \(seed)")
        #expect(check == "ok", "seed \(seed)")
    }

    private func rows(_ synchronous: String, _ mode: String, seed: UInt64) throws -> (acknowledged: Int, found: Int, check: String) {
        let folder = try Folder()
        let database = folder.path + "/rows.sqlite"
        // With OFF nothing is synchronised before the file is first carried over; NORMAL is caught between two of those.
        let written = try Program.run([
            "rows", "--database", database, "--synchronous", synchronous, "--mode", mode, "--seed", "\(seed)", "--crash-at", "\(1_500 + 777 * seed)",
        ])
        #expect(written.status == 137, "\(written.errors)")
        let words = try Program.run(["count", "--database", database]).output.split(whereSeparator: \.isWhitespace)
        let acknowledged = written.output.split(separator: "\n").last.flatMap { Int($0) } ?? 0
        return (acknowledged, words.first.flatMap { Int($0) } ?? 0, words.dropFirst().first.map(String.init) ?? "")
    }
}
