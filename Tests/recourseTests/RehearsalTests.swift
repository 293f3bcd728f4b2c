import Foundation
import Testing

@Suite("The rehearsal")
struct RehearsalTests {
    @Test("Nine disputes play to their ends, the log verifies, and every row follows from it")
    func plays() throws {
        // given an empty rehearsal store with the default pack
        let folder = try TemporaryFolder()
        let store = folder.file("store").path
        func recourse(_ arguments: String...) throws -> Program.Outcome { try Program.run(arguments + ["--store", store]) }
        #expect(try recourse("store", "init", "--rehearsal").code == 0)
        #expect(try recourse("policy", "publish", "Policy").code == 0)

        // when the script plays
        let script = Program.root.appendingPathComponent("Scripts/rehearsal.sh")
        let played = try Program.run([store, Program.path.path], executable: script)

        // then no step was refused, and each dispute ended as the script says
        #expect(played.code == 0, "\(played.out)\n\(played.err)")
        let ends = try objects(try recourse("case", "list", "--all", "--json")).compactMap { $0["how"] as? String }.sorted()
        #expect(
            ends == ["escrow-moved-by-parties", "responded", "ruled", "ruled", "ruled", "ruled", "scheme-decided", "settled-by-parties"], "\(ends)")

        // and the money is where the decisions put it
        for (account, balance) in [("jonas", "1650.000000 USDT"), ("maria", "1500.000000 USDT"), ("aiko", "15500.000000 USDT")] {
            let shown = try objects(try recourse("exchange", "balance", account, "--json"))
            #expect(shown.first?["available"] as? String == balance)
        }
        let deposit = try objects(try recourse("exchange", "balance", "omar", "--json"))
        #expect(deposit.first?["deposit"] as? String == "2000.000000 USDT")

        // and the log proves itself
        #expect(try recourse("log", "verify").lastLine.hasPrefix("verified "))
        #expect(try recourse("log", "replay").code == 0)
        #expect(try recourse("store", "outbox").lastLine == "Nothing waits for the exchange.")

        // and one case is left for people, marked as simulated
        let open = try recourse("case", "show", "P2P-1009")
        #expect(open.out.contains("SIMULATED"))
        #expect(open.out.contains("MISSING: EV-VIDEO"))
        let desk = try recourse("desk")
        #expect(desk.code == 0 && desk.out.contains("1 open, 8 closed"))
    }
}
