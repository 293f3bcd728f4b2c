import Foundation
import Testing

/// Bad input, one row each: what was typed, by whom, the exit code, and the words of the sentence.
struct BadInput: Sendable, CustomTestStringConvertible {
    let typed: [String]
    let who: String?
    let code: Int32
    let says: String
    init(_ typed: String, as who: String? = nil, code: Int32 = 1, says: String) {
        (self.typed, self.who, self.code, self.says) = (BadInput.words(typed), who, code, says)
    }
    var testDescription: String { typed.joined(separator: " ") }

    /// Splits at blanks, except inside single quotation marks.
    private static func words(_ line: String) -> [String] {
        line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
            index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
    }
}

@Suite("Refusals")
struct RefusalTests {
    static let onADispute: [BadInput] = [
        BadInput("case open --order P2P-1 --reason P2P-X99 --by buyer", as: "account:maria", says: "the policy pack has no reason “P2P-X99”"),
        BadInput("case open --order NONE-1 --reason P2P-B01", as: "account:maria", says: "the exchange has no order NONE-1"),
        BadInput("case open --order P2P-1 --reason P2P-B01 --by judge", as: "machine:exchange", says: "“judge” is not a chair"),
        BadInput("case open --order P2P-1 --reason 'not a code'", as: "account:maria", code: 64, says: "is invalid for '--reason"),
        BadInput("case open --reason DEP-01 --party maria --amount '12,00 USDT'", as: "account:maria", says: "“12,00 USDT” is not an amount"),
        BadInput("case open --reason DEP-01 --party maria --amount '1.2.3 USDT'", as: "account:maria", says: "is not an amount"),
        BadInput("case show P2P-404", says: "no case answers to “P2P-404”"),
        BadInput("case take P2P-1", says: "say who acts"),
        BadInput("case take P2P-1 --as nobody", says: "nobody on staff is called “nobody”"),
        BadInput("case take P2P-1", as: "machine:Robot!", says: "is not a machine's name"),
        BadInput("case message P2P-1 hello", as: "account:stranger", says: "no case answers to “P2P-1”"),
        BadInput("case show P2P-1", as: "account:stranger", says: "no case answers to “P2P-1”"),
        BadInput("case why P2P-1", as: "account:stranger", says: "no case answers to “P2P-1”"),
        BadInput("case history P2P-1", as: "account:maria", says: "the whole history is for staff"),
        BadInput("desk", as: "account:maria", says: "the desk is for staff"),
        BadInput("case offer P2P-1 --to-buyer '1.0000001 USDT'", as: "account:maria", says: "is finer than USDT goes"),
        BadInput("case message P2P-1 hello --to everyone", as: "account:maria", says: "“everyone” is not an audience"),
        BadInput("case admit P2P-1", as: "account:maria", says: "“admit-claim” is not for you: it is for staff"),
        BadInput("case admit P2P-1", as: "amir", says: "nobody has taken this case; take it first"),
        BadInput("case offer P2P-1 --to-buyer '5000 USDT'", as: "account:maria", says: "must add up to exactly 1200"),
        BadInput("case offer P2P-1 --to-buyer '5 BTC'", as: "account:maria", says: "“5 BTC” is not in USDT"),
        BadInput("case approve P2P-1", as: "lee", says: "not the ruling that waits"),
        BadInput("case confirm P2P-1 --receipt x", as: "machine:exchange", says: "0 instructions are under way"),
        BadInput("case accept P2P-1", as: "account:omar", says: "there is no such open offer"),
        BadInput("case answer P2P-1", as: "account:omar", code: 64, says: "say either --disputes or --agrees"),
        BadInput("case extend P2P-1 negotiation --by soon --because x", as: "lee", says: "“soon” is not a length of time"),
        BadInput("case tier P2P-1 --to T9 --because x", as: "lee", says: "the policy pack has no tier “T9”"),
        BadInput("case request P2P-1 --of judge --types EV-VIDEO", as: "amir", says: "“judge” is not a party of this case"),
        BadInput("case list --phase limbo", says: "“limbo” is not a phase"),
        BadInput("case exhibit P2P-1 /no/such.mp4 --type EV-VIDEO", as: "account:maria", says: "/no/such.mp4 cannot be read"),
        BadInput("case exhibit P2P-1 README --type EV-VIDEO", as: "account:maria", says: "does not say what kind of file it is"),
        BadInput("case exhibit P2P-1 Package.swift --media-type image/png --type EV-VIDEO", as: "account:maria", says: "declared as a PNG picture, but"),
        BadInput("exchange place P2P-1 --amount '1 USDT' --fiat '1 EUR' --buyer maria --seller omar", says: "there is an order P2P-1 already"),
        BadInput("exchange place P2P-2 --amount '99999999 USDT' --fiat '1 EUR' --buyer maria --seller omar", says: "is needed and only"),
        BadInput("exchange place P2P-3 --amount '1 USDT' --fiat '1 EUR' --rail PIGEON --buyer maria --seller omar", says: "no payment rail “PIGEON”"),
        BadInput("case list --tier T9", says: "“T9” is not a tier; tiers are: T0, T1"),
        BadInput("case list --type BOGUS", says: "“BOGUS” is not a kind of case"),
        BadInput("case list --limit -3", code: 64, says: "--limit"),
        BadInput("case list --limit 0", code: 64, says: "--limit must be 1 or more"),
        BadInput("log export --from 5 --to 2", code: 64, says: "--to 2 lies before --from 5"),
        BadInput("store backup /nonexistent/copy.sqlite", says: "/nonexistent/copy.sqlite cannot be opened: it could not be made there; no copy was made"),
        BadInput("exchange balance ghost", says: "the exchange has no account ghost"),
        BadInput("user add amir --role R2 --level L2", says: "somebody is called “amir” already"),
        BadInput("user add zoe --role R99 --level L2", says: "the policy pack has no role “R99”"),
        BadInput("user add zoe --role R2 --level L9", says: "“L9” is not a certificate"),
        BadInput("policy check docs", says: "holds no YAML files"),
        BadInput("policy explain NO-SUCH", says: "the policy pack has no row “NO-SUCH”"),
        BadInput("log prove --sequence 999999", says: "there is no event 999999"),
        BadInput("erase account:ghost --because x --yes", says: "nothing is sealed for"),
        BadInput("case fly P2P-1", code: 64, says: "unexpected arguments"),
        BadInput("store init", says: "already"),
    ]

    @Test("Bad input is refused with its own sentence and changes nothing")
    func refused() throws {
        let store = try TryStore()
        try store.openDispute("P2P-1")
        let before = try store.done("log", "verify").lastLine
        for bad in RefusalTests.onADispute {
            let outcome = try store.run(bad.typed, as: bad.who)
            #expect(outcome.code == bad.code, "\(bad.testDescription): \(outcome.code) \(outcome.err)\(outcome.out)")
            #expect(outcome.err.contains(bad.says), "\(bad.testDescription): \(outcome.err)")
        }
        #expect(try store.done("log", "verify").lastLine == before)
    }

    @Test("A store that is not there is named")
    func noStore() throws {
        let outcome = try Program.run(["case", "list", "--store", "/tmp/no-such-store"])
        #expect(outcome.code == 1)
        #expect(outcome.err.contains("there is no store in /tmp/no-such-store"))
    }

    @Test("Time travel is for rehearsals only")
    func realStore() throws {
        let folder = try TemporaryFolder()
        let store = folder.file("real").path
        #expect(try Program.run(["store", "init", "--store", store]).code == 0)
        let outcome = try Program.run(["tick", "--store", store, "--at", "2026-01-01T00:00:00Z"])
        #expect(outcome.code == 1)
        #expect(outcome.err.contains("--at is for rehearsals"))
        let trade = try Program.run(["exchange", "account", "maria", "--store", store])
        #expect(trade.code == 1)
        #expect(trade.err.contains("the sandbox exchange is for rehearsals"))
    }

    @Test("What is no backup is named as such, and leaves nothing behind")
    func notABackup() throws {
        let folder = try TemporaryFolder()
        let (text, target) = (try folder.write("Dear desk, here is your backup.", to: "letter.txt"), folder.file("restored").path)
        let outcome = try Program.run(["store", "restore", text, target])
        #expect(outcome.code == 1)
        #expect(outcome.err.contains("\(text) is not a store of Recourse"))
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test("A ruling about money is not signed by a script that does not say so")
    func unconfirmed() throws {
        let store = try TryStore()
        try store.openDispute("P2P-1")
        try store.done("case", "admit", "P2P-1", as: "ines")
        try store.done("case", "call-staff", "P2P-1", as: "account:maria")
        try store.done("case", "take", "P2P-1", as: "amir")
        // Nothing leaves the escrow without proof.
        let statement = try store.folder.write("Paid 1104.00 EUR, reference P2P-1", to: "statement.txt")
        try store.done("case", "exhibit", "P2P-1", statement, "--type", "EV-BSTMT", as: "account:maria")
        try store.done("case", "conclude", "P2P-1", as: "amir")
        let ruling = [
            "case", "rule", "P2P-1", "--outcome", "OUT-REL", "--because", "Paid.", "--fault", "FLT-SEL", "--fault-because", "Silent.", "--answer", "1=Paid.",
        ]
        let outcome = try store.run(ruling, as: "amir")
        #expect(outcome.code == 1)
        #expect(outcome.out.contains("Releases 1,200.00 USDT to the buyer maria"))
        #expect(outcome.err.contains("confirm it with --yes"))
        #expect(try store.run(ruling + ["--yes"], as: "amir").code == 0)
    }

    @Test("The same request under one key is done once; another under it is refused")
    func key() throws {
        let store = try TryStore()
        try store.openDispute("P2P-1")
        let say = ["case", "message", "P2P-1", "Where is it?", "--key", "say-1"]
        #expect(try store.run(say, as: "account:maria").code == 0)
        #expect(try store.run(say, as: "account:maria").out.contains("done before"))
        let other = try store.run(["case", "message", "P2P-1", "Something else.", "--key", "say-1"], as: "account:maria")
        #expect(other.code == 1 && other.err.contains("was used for a different request"))
    }

    @Test("Two processes on one store: the second is told who has it")
    func twoProcesses() throws {
        let store = try TryStore()
        // This process holds the store's lock, as a desk at work does.
        #expect(try store.run("case", "list").code == 0)
        let lock = open(store.path + "/desk.sqlite-lock", O_RDWR | O_CLOEXEC)
        try #require(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
        let second = try store.run("case", "list")
        #expect(second.code == 1)
        #expect(second.err.contains("is open already"))
        // Unlocked by name: a program another test is just starting still holds a copy of the descriptor.
        flock(lock, LOCK_UN)
        close(lock)
        #expect(try store.run("case", "list").code == 0)
    }
}
