import Foundation
import RecourseClient
import Testing
import Wire

@testable import API

/// The desk as a process, killed again and again while it tells a receiver what happens and the receiver goes wrong: nothing is lost.
@Suite("Killed in the middle of a delivery", .enabled(if: Receiver.isHere, Comment(rawValue: Receiver.missing)), .serialized)
struct KilledMidDeliveryTests {
    private static let claims = 40
    private static let kills = 8

    @Test("Eight kills while messages are on the line: every event arrives, under one name however often, and of each case in its order")
    func kills() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("recourse-hooked-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await Receiver.use { receiver in
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().path
            let store = folder.appendingPathComponent("desk").path
            let desk = try await ServerProcess(
                "recourse", ["serve", "--store", store, "--policy", root + "/Policy", "--allow-local-webhooks", "--log-level", "critical"], environment: [:],
                in: folder)
            defer { desk.kill() }
            let key = try String(contentsOfFile: store + "/operator.key", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
            func insist(_ method: String, _ path: String, _ body: String = "", once: String? = nil) async throws -> Reply {
                for _ in 0..<400 {
                    let line = HTTPTransport(server: "http://127.0.0.1:\(desk.port)", key: key, timeoutSeconds: 5)
                    let reply = try? await line.send(Call(method, path, body: Array(body.utf8), idempotencyKey: once))
                    try? await line.close()
                    if let reply, reply.status < 300 { return reply }
                    try await Task.sleep(for: .milliseconds(25))
                }
                throw GaveUp(what: "\(method) \(path)")
            }
            let made = try await insist("POST", "/v1/webhooks", #"{"url":"\#(receiver.url())","label":"the ledger"}"#)
            let hook = try #require((made.object["webhook"] as? [String: Any])?["id"] as? String)
            try await receiver.know(try #require(made.object["secret"] as? String))
            // Slow enough that a kill meets messages on the line, and wrong now and then.
            let bad = ["slow:40", "slow:90", "slow:40", "500", "slow:60", "drop", "slow:40", "429:1"]
            try await receiver.tell(#"{"faults":["\#((0..<30).map { bad[$0 % bad.count] }.joined(separator: #"",""#))"],"always":"slow:30"}"#)

            // when claims are made while the desk is killed
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for number in 0..<KilledMidDeliveryTests.claims {
                        _ = try await insist(
                            "POST", "/v1/cases", #"{"reason":"DEP-01","party":"u\#(number)","amount":"500.000000 USDT"}"#, once: "claim-\(number)")
                    }
                }
                group.addTask {
                    for _ in 0..<KilledMidDeliveryTests.kills {
                        try await Task.sleep(for: .milliseconds(Int.random(in: 150...400)))
                        desk.kill()
                        try await desk.start()
                    }
                }
                try await group.waitForAll()
            }

            // then every event of a case in the log has arrived and was acknowledged
            var expected: [String: [Int64]] = [:]
            var after = 0
            while true {
                let page = try await insist("GET", "/v1/log/events?limit=1000&after=\(after)")
                for entry in page.object["events"] as? [[String: Any]] ?? [] {
                    guard let stream = entry["stream"] as? String, stream.hasPrefix("case_"),
                        let sequence = ((entry["event"] as? [String: Any])?["sequence"] as? NSNumber)?.int64Value
                    else { continue }
                    expected[stream, default: []].append(sequence)
                }
                guard let next = page.object["next"] as? Int else { break }
                after = next
            }
            #expect(expected.count == KilledMidDeliveryTests.claims)
            let all = Set(expected.values.flatMap(\.self))
            func acknowledged(_ came: [Receiver.Came]) -> Set<Int64> {
                Set(came.filter { $0.answered == "ok" || $0.answered.hasPrefix("slow") }.compactMap(\.sequence))
            }
            var came = try await receiver.came()
            // The first wait is at most five seconds, the second at most five minutes: what failed twice is asked for.
            for round in 0..<300 where acknowledged(came) != all {
                try await Task.sleep(for: .milliseconds(100))
                came = try await receiver.came()
                if round % 80 == 79 {
                    let waiting =
                        try await insist("GET", "/v1/webhooks/\(hook)/deliveries?state=pending&limit=200").object["deliveries"] as? [[String: Any]] ?? []
                    for one in waiting {
                        if let sequence = one["sequence"] as? Int { _ = try await insist("POST", "/v1/webhooks/\(hook)/deliveries/\(sequence)/redelivery") }
                    }
                }
            }
            #expect(acknowledged(came) == all, "not acknowledged: \(all.subtracting(acknowledged(came)).sorted())")
            #expect(came.allSatisfy { $0.isVerified }, "\(came.compactMap(\.why))")
            for (dispute, sequences) in expected {
                let order = came.filter { $0.dispute == dispute }.compactMap(\.sequence)
                // Once more is allowed, earlier than what went before is not.
                #expect(order == order.sorted(), "\(dispute): \(order) of \(sequences)")
            }
            for (sequence, messages) in Dictionary(grouping: came, by: \.sequence) {
                #expect(Set(messages.map(\.id)) == ["msg_\(hook.dropFirst(5))_\(sequence ?? 0)"])
                #expect(Set(messages.map(\.message)).count == 1, "the same bytes each time")
            }
            print("webhooks under \(KilledMidDeliveryTests.kills) kills: \(all.count) events, \(came.count) messages")
            desk.kill(SIGTERM)
        }
    }

    private struct GaveUp: Error { let what: String }
}
