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

    @Test("A file that comes in parts is kept as far as it has come, over broken lines and restarts, and is on the case with its last part")
    func inParts() async throws {
        try await ServedDesk.use { served in
            try await opened(served)
            let file = Array(String(repeating: "Paid 1104.00 EUR, reference P2P-1. ", count: 3_000).utf8)
            let upload = try await served.done(
                "POST", "/v1/cases/P2P-1/uploads", as: .party("maria"),
                #"{"type":"EV-BSTMT","media_type":"text/plain","bytes":\#(file.count),"name":"statement.txt"}"#)
            let address = "/v1/uploads/\(try #require(upload["id"] as? String))"
            func part(_ from: Int, _ to: Int, as who: ServedDesk.Who = .party("maria")) async throws -> (status: Int, text: String, object: [String: Any]) {
                let reply = try await served.call(
                    "PATCH", address, as: who, mediaType: "application/partial-upload", headers: [("Upload-Offset", String(from))],
                    bytes: Array(file[from..<to]))
                return (reply.status, reply.text, reply.object)
            }
            #expect(try await part(0, 40_000).object["offset"] as? Int == 40_000)
            // A part sent twice, one too far on, one of somebody else: what is wanted next is said, and nothing is lost.
            #expect(try await part(0, 40_000).status == 409)
            #expect(try await part(50_000, 60_000).text.contains("the next byte that is wanted is 40000"))
            #expect(try await part(40_000, 50_000, as: .party("omar")).status == 404)
            #expect(try await served.call("GET", address, as: .staff("amir")).status == 404)
            #expect(try await served.done("GET", address, as: .party("maria"))["offset"] as? Int == 40_000)
            // Longer than it was said to be.
            let tooLong = try await served.call(
                "PATCH", address, as: .party("maria"), mediaType: "application/partial-upload", headers: [("Upload-Offset", "40000")],
                bytes: [UInt8](repeating: 65, count: file.count))
            #expect(tooLong.status == 413, "\(tooLong.text)")
            let have = try #require(try await served.done("GET", address, as: .party("maria"))["offset"] as? Int)
            #expect(have == 40_000, "a part that cannot be one is none")
            let last = try await part(have, file.count)
            #expect(last.status == 200 && last.object["done"] as? Bool == true, "\(last.text)")
            let exhibits = try await served.done("GET", "/v1/cases/P2P-1", as: .staff("amir"))["exhibits"] as? [[String: Any]]
            #expect(exhibits?.count == 1 && exhibits?.first?["sha256"] as? String == Digest(hashing: file).description)
            #expect((last.object["change"] as? [String: Any])?["events"] as? [String] == ["exhibit-submitted"])
            // The answer was lost: the same part again finds it done, and there is one exhibit.
            #expect(try await part(have, file.count).object["done"] as? Bool == true)
            #expect((try await served.done("GET", "/v1/cases/P2P-1", as: .staff("amir"))["exhibits"] as? [[String: Any]])?.count == 1)
        }
    }

    @Test("What comes in parts is looked at like any other file, counted, and may be given up")
    func partsAreNotADoor() async throws {
        try await ServedDesk.use { served in
            try await opened(served)
            func begin(_ media: String, _ bytes: Int) async throws -> (status: Int, object: [String: Any]) {
                let reply = try await served.call(
                    "POST", "/v1/cases/P2P-1/uploads", as: .party("maria"), #"{"type":"EV-BSTMT","media_type":"\#(media)","bytes":\#(bytes)}"#)
                return (reply.status, reply.object)
            }
            #expect(try await begin("application/x-msdownload", 10).status == 415)
            #expect(try await begin("text/plain", 0).status == 422)
            #expect(try await begin("text/plain", 1 << 50).status == 413)
            // A program that says it is a picture ends with its last part.
            let program = Array("MZ\u{90}\0 this program cannot be run".utf8)
            let sly = try #require(try await begin("image/png", program.count).object["id"] as? String)
            let refused = try await served.call(
                "PATCH", "/v1/uploads/\(sly)", as: .party("maria"), mediaType: "application/partial-upload", headers: [("Upload-Offset", "0")], bytes: program)
            #expect(refused.status == 415, "\(refused.text)")
            #expect(try await served.call("GET", "/v1/uploads/\(sly)", as: .party("maria")).status == 404)
            // Eight at a time; one given up makes room.
            var ids: [String] = []
            for _ in 0..<8 { ids.append(try #require(try await begin("text/plain", 10).object["id"] as? String)) }
            #expect(try await begin("text/plain", 10).status == 422)
            try await served.done("DELETE", "/v1/uploads/\(ids[0])", as: .party("maria"))
            #expect(try await begin("text/plain", 10).status == 201)
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
            let limit = try await served.desk.policyInForce().limits.exhibitBytesMax
            let large = [UInt8](repeating: 0x61, count: Int(limit) + 1)
            #expect(try await served.call("POST", path, as: .party("maria"), mediaType: "text/plain", bytes: large).status == 413)
            let shown = try await served.done("GET", "/v1/cases/P2P-1", as: .staff("amir"))
            #expect((shown["exhibits"] as? [[String: Any]])?.isEmpty == true)
        }
    }
}
