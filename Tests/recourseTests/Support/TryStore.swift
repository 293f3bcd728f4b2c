import Foundation
import Testing

/// A store with the default pack in force and five people on staff. Made once and copied for each test.
struct TryStore {
    let folder: TemporaryFolder
    var path: String { folder.file("store").path }

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.copyItem(at: try TryStore.original.get(), to: folder.file("store"))
    }

    func run(_ arguments: String..., as who: String? = nil, at instant: String? = nil) throws -> Program.Outcome {
        try run(arguments, as: who, at: instant)
    }

    func run(_ arguments: [String], as who: String? = nil, at instant: String? = nil) throws -> Program.Outcome {
        try Program.run(arguments + (who.map { ["--as", $0] } ?? []) + (instant.map { ["--at", $0] } ?? []), environment: ["RECOURSE_STORE": path])
    }

    /// Runs and expects it done.
    @discardableResult
    func done(_ arguments: String..., as who: String? = nil, at instant: String? = nil) throws -> Program.Outcome {
        let outcome = try run(arguments, as: who, at: instant)
        #expect(outcome.code == 0, "recourse \(arguments.joined(separator: " ")): \(outcome.err)")
        return outcome
    }

    /// An order in escrow, marked paid, and the buyer's claim about it.
    func openDispute(_ order: String, amount: String = "1200 USDT") throws {
        try market(order, amount: amount)
        try done("case", "open", "--order", order, "--reason", "P2P-B01", "--statement", "Paid; nothing came.", as: "account:maria")
    }

    /// An order in escrow, marked paid.
    func market(_ order: String, amount: String = "1200 USDT") throws {
        for account in ["maria", "omar"] { try done("exchange", "account", account, "--deposit", "9000 USDT") }
        try done("exchange", "place", order, "--amount", amount, "--fiat", "1104 EUR", "--rail", "SEPA-INSTANT", "--buyer", "maria", "--seller", "omar")
        try done("exchange", "paid", order)
    }

    private static let original = Result {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("recourse-test-original-\(getpid())")
        try? FileManager.default.removeItem(at: place)
        func done(_ arguments: String...) throws {
            let outcome = try Program.run(arguments + ["--store", place.path])
            guard outcome.code == 0 else { throw Unready(sentence: outcome.err) }
        }
        try done("store", "init", "--rehearsal")
        try done("policy", "publish", "Policy")
        for (handle, role, level) in [("ines", "R1", "L1"), ("amir", "R2", "L2"), ("bea", "R2", "L3"), ("lee", "R3", "L3"), ("sena", "R4", "L4")] {
            try done("user", "add", handle, "--role", role, "--level", level)
        }
        return place
    }

    struct Unready: Error { let sentence: String }
}

/// The lines of an output as JSON objects; a line that is none fails the test.
func objects(_ outcome: Program.Outcome) throws -> [[String: Any]] {
    try outcome.lines.map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "not an object: \(line)")
    }
}
