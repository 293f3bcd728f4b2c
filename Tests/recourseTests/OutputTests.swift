import Foundation
import Testing

@Suite("What is printed")
struct OutputTests {
    @Test("Every command that prints data prints one JSON object a line")
    func json() throws {
        let store = try TryStore()
        try store.openDispute("P2P-1")
        for command in [
            "case list", "case list --all", "case show P2P-1", "case why P2P-1", "case history P2P-1", "case next", "user list", "store stat",
            "store outbox", "log verify", "log export", "log replay", "log checkpoint", "exchange order P2P-1", "exchange balance omar", "policy show",
            "policy explain P2P-B01", "tick", "desk", "store rebuild",
        ] {
            let outcome = try store.run(command.split(separator: " ").map(String.init) + ["--json"], as: "amir")
            #expect(outcome.code == 0, "\(command): \(outcome.err)")
            #expect(try !objects(outcome).isEmpty || command == "store outbox", "\(command) printed nothing")
        }
    }

    @Test("A line of the queue has the fields scripts rely on")
    func queueFields() throws {
        let store = try TryStore()
        try store.openDispute("P2P-1")
        let row = try #require(try objects(try store.done("case", "list", "--json")).first)
        let fields: Set<String> = [
            "id", "short", "type", "reason", "phase", "step", "tier", "due", "dueClock", "owner", "opened", "closed", "how", "amount", "order",
            "reference", "simulated", "asOf",
        ]
        #expect(fields.isSubset(of: row.keys))
        #expect(row["order"] as? String == "P2P-1")
        #expect(row["amount"] as? String == "1200.000000 USDT")
        #expect(row["simulated"] as? Bool == true)
    }

    @Test("A pack is checked with every complaint and a last line that counts them")
    func policyCheck() throws {
        let sound = try Program.run(["policy", "check", "Policy"])
        #expect(sound.code == 0)
        #expect(sound.lastLine.hasPrefix("0 errors, ") && sound.lastLine.hasSuffix("warnings"))

        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(at: Program.root.appendingPathComponent("Policy"), to: folder.file("pack"))
        let reasons = folder.file("pack/reasons.yaml")
        let text = try String(contentsOf: reasons, encoding: .utf8)
        try text.replacingOccurrences(of: "outcomes: [OUT-REL, OUT-RET, OUT-PSET]", with: "outcomes: [OUT-RELL, OUT-RET, OUT-PSET]")
            .write(to: reasons, atomically: true, encoding: .utf8)
        let broken = try Program.run(["policy", "check", folder.file("pack").path])
        #expect(broken.code == 1)
        #expect(broken.out.contains("OUT-RELL") && broken.out.contains("reasons.yaml:"))
        #expect(try TryStore().run("policy", "publish", folder.file("pack").path).code == 1)
    }

    @Test("What changed between two packs is said in words")
    func policyDiff() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(at: Program.root.appendingPathComponent("Policy"), to: folder.file("pack"))
        #expect(try Program.run(["policy", "diff", "Policy", folder.file("pack").path]).lastLine == "Nothing changed.")
        let pack = folder.file("pack/pack.yaml")
        let text = try String(contentsOf: pack, encoding: .utf8)
        try text.replacingOccurrences(of: "notices-before-default: 2", with: "notices-before-default: 3").write(to: pack, atomically: true, encoding: .utf8)
        let outcome = try Program.run(["policy", "diff", "Policy", folder.file("pack").path])
        #expect(outcome.code == 0 && outcome.lines.count >= 1 && outcome.out.contains("3"))
    }

    @Test("Every subcommand teaches itself with an abstract and an example")
    func help() throws {
        var waiting = [[String]]()
        var seen = 0
        waiting.append([])
        while let path = waiting.popLast() {
            let help = try Program.run(path + ["--help"])
            #expect(help.code == 0)
            if !path.isEmpty { #expect(help.out.contains("Example"), "recourse \(path.joined(separator: " ")) has no example") }
            seen += 1
            guard let list = help.out.range(of: "SUBCOMMANDS:\n") else { continue }
            for line in help.out[list.upperBound...].split(separator: "\n", omittingEmptySubsequences: false) {
                guard line.hasPrefix("  "), !line.hasPrefix("   "), let name = line.split(separator: " ").first, name != "See" else { continue }
                waiting.append(path + [String(name)])
            }
        }
        #expect(seen > 80)
    }
}
