import Foundation
import Testing

/// The same commands on a store of one's own, on one that is being served, and on a server.
@Suite("Near and far", .serialized)
struct NearAndFarTests {
    /// A dispute to its ruling: what is typed, and by whom.
    private static func dispute(showing video: String) -> [(String, String)] {
        [
            ("case open --order P2P-1 --reason P2P-B01 --statement Paid.", "account:maria"), ("case admit P2P-1", "ines"),
            ("case call-staff P2P-1", "account:maria"),
            ("case take P2P-1", "amir"), ("case tier P2P-1 --to T0 --because urgent", "lee"), ("case request P2P-1 --of seller --types EV-BSTMT", "amir"),
            ("case exhibit P2P-1 \(video) --type EV-VIDEO", "account:maria"), ("case note P2P-1 Quiet.", "amir"), ("case conclude P2P-1", "amir"),
            ("case rule P2P-1 --outcome OUT-REL --because So. --fault FLT-SEL --fault-because So. --answer 1=So. --yes", "amir"),
        ]
    }

    @Test("A dispute typed at a served store goes as it goes at one's own, and the store is one's own again afterwards")
    func servedStore() throws {
        let (near, far) = (try TryStore(), try TryStore())
        for store in [near, far] { try store.market("P2P-1") }
        let server = try Served(far)
        // The head of an MP4, as far as the vault looks.
        let video = try near.folder.write("\0\0\0 ftypisom\0\0\u{2}\0isomiso2avc1mp41\0\0\0\u{10}mdatpaid", to: "paid.mp4")
        for (command, who) in NearAndFarTests.dispute(showing: video) {
            let words = command.split(separator: " ").map(String.init)
            let (here, there) = (try near.run(words, as: who), try far.run(words, as: who))
            #expect(here.code == 0 && there.code == 0, "\(command): \(here.err)\(there.err)")
            // What follows comes at once here and a moment later there: the first of what happened is the same.
            #expect(NearAndFarTests.firstHappening(here.out) == NearAndFarTests.firstHappening(there.out), "\(here.out)\(there.out)")
        }
        for reading in ["case list", "case why P2P-1", "case history P2P-1", "desk", "user list", "policy show", "store outbox", "key list"] {
            let outcome = try far.run(reading.split(separator: " ").map(String.init))
            #expect(outcome.code == 0, "\(reading): \(outcome.err)")
        }
        // A copy is made and proven, and the log is derived again, while it is served; what writes past the server says who has the store.
        #expect(try far.run("log", "verify").lastLine.hasPrefix("verified "))
        #expect(try far.run("store", "backup", far.folder.file("copy.sqlite").path).out.contains("; verified "))
        #expect(try far.run("log", "export").lines.count > 20)
        let rebuild = try far.run("store", "rebuild")
        #expect(rebuild.code == 1 && rebuild.err.contains("is being served by process"), "\(rebuild.err)")
        // What an operator does to the desk itself goes through the server as well.
        let file = "Examples/complaints/cfpb_2023-08_sample.csv"
        let (imported, rows) = (try far.run("import", "cfpb", file), try near.run("import", "cfpb", file))
        #expect(imported.code == 0 && imported.lines == rows.lines && imported.lastLine == "imported 2067, rejected 1, unchanged 0", "\(imported.err)")
        #expect(try far.run("tick").code == 0)
        let maria = try near.run("erase", "account:maria", "--because", "PRV-01", "--yes")
        #expect(try far.run("erase", "account:maria", "--because", "PRV-01", "--yes").out == maria.out && maria.out.contains("is erased"))
        // Whoever is nobody is told so, and nobody is taken for somebody else.
        #expect(try far.run(["case", "take", "P2P-1"], as: "nobody").err.contains("nobody on staff is called “nobody”"))
        #expect(try far.run(["case", "show", "P2P-1"], as: "account:stranger").err.contains("no case answers to “P2P-1”"))
        #expect(try far.run("case", "list", "--at", "2026-01-01T00:00:00Z").err.contains("a served desk goes by the machine's clock"))
        server.end()
        #expect(try far.done("log", "verify").lastLine.hasPrefix("verified "))
        #expect(try far.done("case", "show", "P2P-1", "--json").out.contains(#""outcome":"OUT-REL""#))
    }

    @Test("On a server the key says who acts: a person's does what they may, and a session is as good")
    func server() throws {
        let store = try TryStore()
        try store.openDispute("P2P-1")
        try store.done("case", "admit", "P2P-1", as: "ines")
        try store.done("case", "call-staff", "P2P-1", as: "account:maria")
        let server = try Served(store)
        let key = try store.done("key", "issue", "--for", "amir", "--label", "scripts").lastLine
        func far(_ words: String, key: String?) throws -> Program.Outcome {
            try Program.run(
                words.split(separator: " ").map(String.init) + ["--server", server.address], environment: key.map { ["RECOURSE_KEY": $0] } ?? [:])
        }
        #expect(try far("case next --take", key: key).out.contains("case-assigned"))
        #expect(try far("case list --mine", key: key).out.contains("P2P-1"))
        let wrong = try far("case admit P2P-1", key: key)
        #expect(wrong.code == 1 && !wrong.err.isEmpty, "\(wrong.out)")
        #expect(try far("user add zoe --role R2 --level L2", key: key).err.contains("your role does not include administer"))
        #expect(try far("case list", key: nil).err.contains("set RECOURSE_KEY"))
        #expect(try far("case list", key: "rk_made_up").err.contains("show a key or a session"))
        #expect(try far("case list --as lee", key: key).err.contains("leave out --as"))
        // A password, a session, and what a session may do.
        let passwords = TemporaryPassword("blue-lantern-over-harbour")
        #expect(try passwords.given(to: ["user", "password", "amir", "--store", store.path]).code == 0)
        let session = try passwords.given(to: ["sign-in", "amir", "--server", server.address]).lines.first ?? ""
        #expect(session.hasPrefix("rs_"))
        #expect(try far("case list --mine", key: session).out.contains("P2P-1"))
        #expect(try TemporaryPassword("not-this-one-at-all").given(to: ["sign-in", "amir", "--server", server.address]).code == 1)
        server.end()
        #expect(try far("case list", key: key).err.contains("does not answer"))
    }

    @Test("The restore drill passes on a store that is being served, and fails on one whose keys were forgotten")
    func drill() throws {
        let store = try TryStore()
        try store.openDispute("P2P-1")
        let server = try Served(store)
        let script = Program.root.appendingPathComponent("Scripts/drill.sh")
        let passed = try Program.run([store.path, Program.path.path], executable: script)
        #expect(passed.code == 0 && passed.lastLine.hasPrefix("The drill passed in"), "\(passed.out)\(passed.err)")
        server.end()
        try FileManager.default.removeItem(atPath: store.path + "/master.key")
        let failed = try Program.run([store.path, Program.path.path], executable: script)
        #expect(failed.code != 0, "\(failed.out)")
    }

    private static func firstHappening(_ printed: String) -> Substring? {
        printed.split(separator: "\n").last?.split(separator: " ", omittingEmptySubsequences: true).dropFirst(2).first?.split(separator: ",").first
    }
}

/// A store served by a process of its own until it is told to end.
private final class Served {
    let address: String
    private let process: RunningProgram
    private var isRunning = true

    init(_ store: TryStore) throws {
        process = try Program.start(["serve", "--port", "0", "--store", store.path])
        for _ in 0..<600 {
            let said = try String(contentsOf: process.out, encoding: .utf8)
            if let line = said.split(separator: "\n").first(where: { $0.hasPrefix("listening on ") }) {
                address = String(line.dropFirst("listening on ".count))
                return
            }
            usleep(25_000)
        }
        kill(process.identifier, SIGKILL)
        throw TryStore.Unready(sentence: try String(contentsOf: process.err, encoding: .utf8))
    }

    func end() {
        guard isRunning else { return }
        isRunning = false
        kill(process.identifier, SIGTERM)
        _ = try? process.wait()
    }

    deinit { end() }
}

/// A password somebody types on standard input.
private struct TemporaryPassword {
    let text: String
    init(_ text: String) { self.text = text }

    func given(to words: [String]) throws -> Program.Outcome {
        let script = #"secret="$1"; shift; printf '%s\n' "$secret" | "$@""#
        return try Program.run(["-c", script, "sh", text, Program.path.path] + words, executable: URL(fileURLWithPath: "/bin/sh"))
    }
}
