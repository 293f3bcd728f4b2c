import AsyncHTTPClient
import Foundation
import NIOCore
import Synchronization
import Testing

@testable import API

@Suite("The live stream")
struct StreamTests {
    typealias Heard = (id: Int64, type: String, data: String)

    /// What was heard so far.
    private final class Notes: Sendable {
        private let notes = Mutex<[Heard]>([])
        func add(_ event: Heard) -> Int {
            notes.withLock { notes in
                notes.append(event)
                return notes.count
            }
        }
        var all: [Heard] { notes.withLock(\.self) }
    }

    /// The events of a stream until `count` came, or the time is up.
    private func listen(
        _ served: ServedDesk, as who: ServedDesk.Who, after: Int64? = nil, count: Int, within seconds: Double = 5,
        meanwhile act: @Sendable () async throws -> Void = {}
    ) async throws -> [Heard] {
        var request = HTTPClientRequest(url: served.address + "/v1/stream")
        if let key = try await served.key(of: who) { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
        if let after { request.headers.add(name: "Last-Event-ID", value: "\(after)") }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        #expect(response.headers.first(name: "content-type") == "text/event-stream")
        let body = response.body
        let heard = Notes()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var text = ""
                for try await piece in body {
                    text += String(buffer: piece)
                    while let end = text.range(of: "\n\n") {
                        let lines = text[..<end.lowerBound].split(separator: "\n")
                        func field(_ name: String) -> String? { lines.first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) } }
                        let event = field("id").flatMap { Int64($0) }.map { ($0, field("event") ?? "", field("data") ?? "") }
                        text.removeSubrange(..<end.upperBound)
                        if let event, heard.add(event) >= count { return }
                    }
                }
            }
            group.addTask { try await Task.sleep(for: .seconds(seconds)) }
            try await act()
            try await group.next()
            group.cancelAll()
        }
        return heard.all
    }

    @Test("What happens is heard as it happens, and who comes back with the last id misses nothing")
    func resume() async throws {
        try await ServedDesk.use { served in
            try await served.order("P2P-1")
            let heard = try await listen(served, as: .staff("amir"), count: 1) {
                try await served.done("POST", "/v1/cases", as: .theOperator, #"{"reason":"P2P-B01","order":"P2P-1","by":"buyer"}"#)
            }
            #expect(heard.first?.type == "case-opened")
            let id = try #require(heard.first?.id)
            // While nobody listened more happened.
            try await served.done("POST", "/v1/cases/P2P-1/admission", as: .staff("ines"))
            let rest = try await listen(served, as: .staff("amir"), after: id, count: 3)
            #expect(rest.count == 3 && rest.map(\.id) == [id + 1, id + 2, id + 3], "dense, in order, from the next one on")
        }
    }

    @Test("A desk told to end ends its streams and returns, though somebody listens")
    func ending() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("recourse-ending-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
        let store = folder.appendingPathComponent("desk").path
        let desk = try await ServerProcess("recourse", ["serve", "--store", store, "--policy", root + "/Policy"], environment: [:], in: folder)
        let key = try String(contentsOfFile: store + "/operator.key", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(desk.port)/v1/stream?after=0")
        request.headers.add(name: "Authorization", value: "Bearer \(key)")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let clock = ContinuousClock()
        let began = clock.now
        async let heard = response.body.collect(upTo: 1 << 20)
        desk.kill(SIGTERM)
        _ = try await heard
        // Under a second alone; other tests load the machine meanwhile. What it must not do is wait for a stream that has no end.
        #expect(clock.now - began < .seconds(25), "the stream ended, and the process with it")
    }

    @Test("A party hears of its own case, not of what staff say among themselves, and nothing of others' cases")
    func parties() async throws {
        try await ServedDesk.use { served in
            try await served.order("P2P-1")
            try await served.done("POST", "/v1/cases", as: .theOperator, #"{"reason":"P2P-B01","order":"P2P-1","by":"buyer"}"#)
            let start = try #require(try await served.call("GET", "/v1/counts", as: .staff("amir")).headers["recourse-as-of"].flatMap { Int64($0) })
            try await served.done("POST", "/v1/cases/P2P-1/assignment", as: .staff("amir"), "{}")
            try await served.done("POST", "/v1/cases/P2P-1/messages", as: .staff("amir"), #"{"text":"the receipt looks odd","to":"staff"}"#)
            try await served.done("POST", "/v1/cases/P2P-1/messages", as: .staff("amir"), #"{"text":"for the seller","to":"other"}"#)
            try await served.done("POST", "/v1/cases/P2P-1/messages", as: .staff("amir"), #"{"text":"for both","to":"parties"}"#)
            func messages(to party: String) async throws -> [Heard] {
                try await listen(served, as: .party(party), after: start, count: 99, within: 1.5).filter { $0.type == "message-sent" }
            }
            let (buyer, seller) = (try await messages(to: "maria"), try await messages(to: "omar"))
            #expect(buyer.count == 1 && seller.count == 2, "for both; and the one for the seller alone")
            #expect(buyer.first?.data.hasPrefix(#"{"case":"case_"#) == true)
            #expect(seller.last?.id == buyer.first?.id)
            #expect(try await listen(served, as: .party("stranger"), after: 0, count: 1, within: 1.5).isEmpty)
        }
    }
}
