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

        // and when it is served as `make run` serves it, the three lines it prints do what they say
        let ports = (30_000 + Int(getpid()) % 9_000, 20_000 + Int(getpid()) % 9_000)
        let serving = Program.root.appendingPathComponent("Scripts/serving.sh")
        let surroundings = ["RECOURSE_STORE": store, "PORT": "\(ports.0)", "EXCHANGE_PORT": "\(ports.1)"]
        let started = try Program.run(["start", Program.path.deletingLastPathComponent().path], executable: serving, environment: surroundings)
        defer { _ = try? Program.run(["stop"], executable: serving, environment: surroundings) }
        #expect(started.code == 0, "\(started.out)\(started.err)")
        let lines = started.lines.filter { $0.contains("curl") }.map { $0.drop { $0 == " " } }
        #expect(lines.count == 3)
        let typed = try Program.run(["-c", "set -e\n" + lines.joined(separator: "; echo\n")], executable: URL(fileURLWithPath: "/bin/bash"))
        #expect(typed.code == 0 && typed.out.contains(#""cases":[{"#) && typed.out.contains(#""take_first":false"#), "\(typed.out)\(typed.err)")
        // A trade on the exchange beside it, and the claim about it through the served store.
        let market = ["RECOURSE_STORE": store, "RECOURSE_SANDBOX": "http://127.0.0.1:\(ports.1)"]
        for words in ["exchange place P2P-2001 --amount 10|USDT --fiat 9|EUR --rail SEPA-INSTANT --buyer maria --seller jonas", "exchange paid P2P-2001"] {
            let outcome = try Program.run(
                words.split(separator: " ").map { $0.replacingOccurrences(of: "|", with: " ") }, environment: market.filter { $0.key != "RECOURSE_STORE" })
            #expect(outcome.code == 0, "\(outcome.err)")
        }
        let claimed = try Program.run(
            ["case", "open", "--order", "P2P-2001", "--reason", "P2P-B01", "--as", "account:maria"], environment: ["RECOURSE_STORE": store])
        #expect(claimed.out.contains("case-opened"), "\(claimed.err)")
        // A second start finds both running.
        #expect(try Program.run(["start", Program.path.deletingLastPathComponent().path], executable: serving, environment: surroundings).code == 0)
        let stopped = try Program.run(["stop"], executable: serving, environment: surroundings)
        #expect(stopped.out.contains("The desk on this machine has ended.") && stopped.out.contains("The exchange on this machine has ended."))
        #expect(try recourse("log", "verify").lastLine.hasPrefix("verified "))
    }
}
