import Foundation
import RecourseClient
import Synchronization
import Testing
import Wire

@testable import API

/// Desk and exchange as two processes on one line, killed while people work: what was acknowledged is there, and money moved once.
@Suite("Killed under load", .serialized)
struct KilledUnderLoadTests {
    private static let secret = WebhookSecret(random: Array(1...32))
    /// Ten here; the long run (`make kills`) has 200.
    private static let killsInAll = ProcessInfo.processInfo.environment["RECOURSE_KILLS"].flatMap(Int.init) ?? 10
    /// Enough that work goes on until the last kill.
    private static let orders = 16 * killsInAll
    private static let workers = 4
    /// Each pair of users disputes so many orders: within what one person may ask in a minute.
    private static let ordersOfPair = 40
    private static let pairsInAll = orders / ordersOfPair
    /// What each of them has after as many splits of 70 to 30.
    private static let (ofBuyers, ofSellers) = (100_000 + 70 * ordersOfPair, 100_000 - 70 * ordersOfPair)

    @Test("Kills of the desk, of the exchange and of both lose no acknowledged command and pay nobody twice")
    func kills() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("recourse-killed-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let sandbox = try await SandboxProcess(secret: KilledUnderLoadTests.secret)
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
        let store = folder.appendingPathComponent("desk").path
        let desk = try await ServerProcess(
            "recourse", ["serve", "--store", store, "--policy", root + "/Policy", "--exchange", sandbox.address, "--log-level", "error"],
            environment: ["RECOURSE_EXCHANGE_SECRET": KilledUnderLoadTests.secret.text], in: folder)
        let key = try String(contentsOfFile: store + "/operator.key", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let tokens = ExchangeTokens(issuer: "test-exchange")
        let office = Office(port: desk.port)
        _ = try await office.insist("PUT", "/v1/issuers/test-exchange", key: key, tokens.keySet)

        // One pair of users a worker, each within what one person may ask in a minute.
        for account in (0..<KilledUnderLoadTests.pairsInAll).flatMap({ ["maria-\($0)", "omar-\($0)"] }) {
            try await sandbox.act(#"{"act":"open-account","account":"\#(account)"}"#)
            try await sandbox.act(#"{"act":"deposit","account":"\#(account)","amount":"100000 USDT"}"#)
        }
        for number in 0..<KilledUnderLoadTests.orders {
            try await sandbox.act(
                #"{"act":"place-order","order":"P2P-\#(number)","amount":"100 USDT","fiat":"92 EUR","rail":"SEPA-INSTANT","buyer":"maria-\#(number / KilledUnderLoadTests.ordersOfPair)","seller":"omar-\#(number / KilledUnderLoadTests.ordersOfPair)"}"#
            )
            try await sandbox.act(#"{"act":"mark-paid","order":"P2P-\#(number)"}"#)
        }
        func enter(_ account: String) async throws -> String {
            // A token is shown once; whoever is not answered takes another one.
            let reply = try await office.insist("POST", "/v1/party-sessions", key: nil) { #"{"token":"\#(try tokens.token(for: account))"}"# }
            return try #require(reply.object["session"] as? String)
        }
        // Somebody at the intake desk for each worker, within what one person may ask in a minute.
        var intake: [String] = []
        for worker in 0..<KilledUnderLoadTests.workers {
            _ = try await office.insist("POST", "/v1/users", key: key, #"{"handle":"ines-\#(worker)","roles":["R1"],"level":"L1"}"#)
            let issued = try await office.insist("POST", "/v1/keys", key: key, #"{"holder":"ines-\#(worker)","label":"test"}"#)
            intake.append(try #require(issued.object["key"] as? String))
        }

        // when each order is disputed and settled at 70 to 30 while the processes are killed
        let acknowledged = Acknowledged()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (worker, ines) in intake.enumerated() {
                group.addTask {
                    defer { acknowledged.finished() }
                    var (maria, omar) = ("", "")
                    for number in 0..<KilledUnderLoadTests.orders where number / KilledUnderLoadTests.ordersOfPair % KilledUnderLoadTests.workers == worker {
                        let pair = number / KilledUnderLoadTests.ordersOfPair
                        if number % KilledUnderLoadTests.ordersOfPair == 0 {
                            (maria, omar) = (try await enter("maria-\(pair)"), try await enter("omar-\(pair)"))
                        }
                        let name = "P2P-\(number)"
                        let opened = try await office.insist(
                            "POST", "/v1/cases", key: maria, #"{"reason":"P2P-B01","order":"\#(name)","statement":"Paid; nothing came."}"#,
                            once: "open-\(number)")
                        acknowledged.note(try #require(opened.object["id"] as? String), version: try #require(opened.object["version"] as? Int))
                        _ = try await office.insist("POST", "/v1/cases/\(name)/admission", key: ines, nil, once: "admit-\(number)")
                        let offered = try await office.insist(
                            "POST", "/v1/cases/\(name)/offers", key: maria, #"{"to_buyer":"70.000000 USDT"}"#, once: "offer-\(number)")
                        acknowledged.note(try #require(offered.object["id"] as? String), version: try #require(offered.object["version"] as? Int))
                        let shown = try await office.insist("GET", "/v1/cases/\(name)", key: omar, nil)
                        let offers = shown.object["offers"] as? [[String: Any]] ?? []
                        let offer = try #require(offers.first?["id"] as? String)
                        let settled = try await office.insist("POST", "/v1/cases/\(name)/offers/\(offer)/acceptance", key: omar, nil, once: "accept-\(number)")
                        acknowledged.note(try #require(settled.object["id"] as? String), version: try #require(settled.object["version"] as? Int))
                    }
                }
            }
            group.addTask {
                var dice = SystemRandomNumberGenerator()
                for kill in 0..<KilledUnderLoadTests.killsInAll {
                    try await Task.sleep(for: .milliseconds(Int.random(in: 60...250, using: &dice)))
                    #expect(acknowledged.workersFinished < KilledUnderLoadTests.workers, "kill \(kill) met nobody at work")
                    if kill % 3 != 1 { desk.kill() }
                    if kill % 3 != 0 { sandbox.kill() }
                    if kill % 3 != 0 { try await sandbox.start() }
                    if kill % 3 != 1 { try await desk.start() }
                }
            }
            try await group.waitForAll()
        }

        // then every acknowledged version is there, every split was carried out, and the sums are those of as many splits
        for (id, version) in acknowledged.all {
            let shown = try await office.insist("GET", "/v1/cases/\(id)", key: key, nil)
            let found = (shown.object["summary"] as? [String: Any])?["version"] as? Int ?? 0
            #expect(found >= version, "\(id) was acknowledged at \(version) and is at \(found)")
        }
        #expect(acknowledged.all.count == KilledUnderLoadTests.orders)
        func balances(_ name: String) async -> [String] {
            var found: [String] = []
            for pair in 0..<KilledUnderLoadTests.pairsInAll { found.append((try? await sandbox.available("\(name)-\(pair)")) ?? "no answer") }
            return found
        }
        let (buyers, sellers) = (
            [String](repeating: "\(KilledUnderLoadTests.ofBuyers).000000 USDT", count: KilledUnderLoadTests.pairsInAll),
            [String](repeating: "\(KilledUnderLoadTests.ofSellers).000000 USDT", count: KilledUnderLoadTests.pairsInAll)
        )
        var found = await balances("maria")
        for _ in 0..<600 where found != buyers {
            try await Task.sleep(for: .milliseconds(100))
            found = await balances("maria")
        }
        if found != buyers {
            // What stands in the way, for whoever reads the failure.
            print("outbox:", try await office.insist("GET", "/v1/outbox", key: key, nil).text)
            for id in acknowledged.all.keys {
                let shown = try await office.insist("GET", "/v1/cases/\(id)", key: key, nil)
                let progress = (shown.object["instructions"] as? [[String: Any]] ?? []).compactMap { $0["progress"] as? String }
                if progress != ["confirmed"] {
                    let events = try await office.insist("GET", "/v1/cases/\(id)/events", key: key, nil).object["events"] as? [[String: Any]] ?? []
                    print(id, progress, shown.object["hold"] ?? "", events.compactMap { $0["type"] as? String })
                }
            }
        }
        #expect(found == buyers, "seventy for each order, once")
        #expect(await balances("omar") == sellers)
        desk.kill(SIGTERM)
        await sandbox.stop()
    }

    /// What was acknowledged of each case, at which version.
    private final class Acknowledged: Sendable {
        private let versions = Mutex<[String: Int]>([:])
        private let ended = Atomic(0)
        func finished() { ended.add(1, ordering: .relaxed) }
        var workersFinished: Int { ended.load(ordering: .relaxed) }
        func note(_ id: String, version: Int) { versions.withLock { $0[id] = max($0[id] ?? 0, version) } }
        var all: [String: Int] { versions.withLock(\.self) }
    }
}

/// Somebody who asks until they are answered, with the same key for the same thing: what a client that means it does.
private struct Office: Sendable {
    let port: Int

    struct GaveUp: Error { let why: String }

    func insist(_ method: String, _ path: String, key: String?, _ body: String?, once: String? = nil) async throws -> Reply {
        try await insist(method, path, key: key, once: once) { body }
    }

    func insist(_ method: String, _ path: String, key: String?, once: String? = nil, _ body: () throws -> String?) async throws -> Reply {
        var last = "nobody answers"
        for _ in 0..<600 {
            let line = HTTPTransport(server: "http://127.0.0.1:\(port)", key: key, timeoutSeconds: 5)
            let reply = try? await line.send(Call(method, path, body: Array((try body() ?? "").utf8), idempotencyKey: once))
            try? await line.close()
            if let reply {
                if 200..<300 ~= reply.status { return reply }
                last = reply.text
                // The exchange may be away, the desk may be full; and what was done before a kill is done.
                guard [409, 502, 503].contains(reply.status) || reply.status == 401 && key == nil else { throw GaveUp(why: "\(method) \(path): \(last)") }
            }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw GaveUp(why: "\(method) \(path): \(last)")
    }
}
