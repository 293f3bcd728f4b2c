import Chronicle
import Foundation
import Testing

@testable import API

@Suite("Evidence over HTTP")
struct EvidenceTests {
    private func opened(_ served: ServedDesk) async throws {
        try await served.order("P2P-1")
        try await served.done("POST", "/v1/cases", as: .theOperator, #"{"reason":"P2P-B01","order":"P2P-1","by":"buyer"}"#)
    }

    @Test("A file goes in as it is, and comes back whole or in parts, to staff who said why and to the side that gave it")
    func inAndOut() async throws {
        try await ServedDesk.use { served in
            try await opened(served)
            let file = Array(String(repeating: "Paid 1104.00 EUR, reference P2P-1. ", count: 30_000).utf8)
            let given = try await served.call(
                "POST", "/v1/cases/P2P-1/exhibits?type=EV-BSTMT&name=statement.txt", as: .party("maria"), mediaType: "text/plain", bytes: file)
            #expect(given.status == 201, "\(given.text)")
            let exhibits = try await served.done("GET", "/v1/cases/P2P-1", as: .staff("amir"))["exhibits"] as? [[String: Any]]
            let exhibit = try #require(exhibits?.first)
            #expect(exhibit["sha256"] as? String == Digest(hashing: file).description)
            let content = "/v1/cases/P2P-1/exhibits/\(try #require(exhibit["id"] as? String))/content"
            // without a reason nobody on staff sees it
            #expect(try await served.call("GET", content, as: .staff("amir")).status == 403)
            try await served.done("POST", "/v1/cases/P2P-1/assignment", as: .staff("amir"), "{}")
            let pass = try await served.done(
                "POST", content.replacingOccurrences(of: "/content", with: "/views"), as: .staff("amir"), #"{"because":"name match"}"#)
            let address = try #require(pass["content"] as? String)
            let whole = try await served.call("GET", address, as: .staff("amir"))
            #expect(whole.status == 200 && whole.body == file)
            #expect(
                whole.headers["content-disposition"]?.hasPrefix("attachment") == true && whole.headers["content-security-policy"]?.contains("sandbox") == true)
            #expect(try await served.call("GET", address, as: .staff("lee")).status == 403, "a pass is one person's")
            // broken off and taken up again
            let half = try await served.call("GET", address, as: .staff("amir"), headers: [("Range", "bytes=0-499999")])
            let rest = try await served.call("GET", address, as: .staff("amir"), headers: [("Range", "bytes=500000-")])
            #expect(half.status == 206 && rest.status == 206 && half.body + rest.body == file)
            #expect(rest.headers["content-range"] == "bytes 500000-\(file.count - 1)/\(file.count)")
            #expect(try await served.call("GET", address, as: .staff("amir"), headers: [("Range", "bytes=9999999-")]).status == 400)
            // the look is in the log
            let events = try await served.done("GET", "/v1/cases/P2P-1/events", as: .staff("lee"))["events"] as? [[String: Any]]
            #expect(events?.filter { ($0["type"] as? String)?.hasPrefix("exhibit-viewed") == true }.count == 1)
            // the side that gave it has it back; the other side does not
            #expect(try await served.call("GET", content, as: .party("maria")).body == file)
            #expect(try await served.call("GET", content, as: .party("omar")).status == 403)
        }
    }

    @Test("A file that is not what it says, or larger than is taken, or for a case that is not theirs, is refused and leaves nothing")
    func refused() async throws {
        try await ServedDesk.use { served in
            try await opened(served)
            let path = "/v1/cases/P2P-1/exhibits?type=EV-BSTMT"
            let program: [UInt8] = [0x7F, 0x45, 0x4C, 0x46] + Array(repeating: 0, count: 5_000)
            #expect(try await served.call("POST", path, as: .party("maria"), mediaType: "image/jpeg", bytes: program).status == 415)
            #expect(try await served.call("POST", path, as: .party("maria"), mediaType: "application/x-sh", bytes: program).status == 415)
            #expect(try await served.call("POST", path, as: .party("stranger"), mediaType: "text/plain", bytes: Array("x".utf8)).status == 404)
            #expect(
                try await served.call("POST", "/v1/cases/P2P-1/exhibits", as: .party("maria"), mediaType: "text/plain", bytes: Array("x".utf8)).status == 400)
            let limit = try await served.desk.policies.inForce().limits.exhibitBytesMax
            let large = [UInt8](repeating: 0x61, count: Int(limit) + 1)
            #expect(try await served.call("POST", path, as: .party("maria"), mediaType: "text/plain", bytes: large).status == 413)
            let shown = try await served.done("GET", "/v1/cases/P2P-1", as: .staff("amir"))
            #expect((shown["exhibits"] as? [[String: Any]])?.isEmpty == true)
        }
    }
}
