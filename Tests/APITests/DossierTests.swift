import Chronicle
import Disputes
import Foundation
import RecourseClient
import Testing
import Wire

@testable import API

/// A party's case on paper: it holds by itself, holds what is the party's and no more, and whatever is changed in it is named.
@Suite("A case on paper")
struct DossierTests {
    private func withFile(_ body: (ServedDesk, Dossier, [UInt8]) async throws -> Void) async throws {
        try await ServedDesk.use { served in
            try await served.order("P2P-1")
            try await served.done("POST", "/v1/cases", as: .party("maria"), #"{"reason":"P2P-B01","order":"P2P-1","statement":"Paid; nothing came."}"#)
            let path = "/v1/cases/P2P-1"
            try await served.done("POST", path + "/admission", as: .staff("ines"))
            try await served.done("POST", path + "/answer", as: .party("omar"), #"{"disputes":true,"statement":"Nothing arrived."}"#)
            try await served.done("POST", path + "/messages", as: .party("maria"), #"{"text":"Look at my receipt."}"#)
            try await served.done("POST", path + "/messages", as: .party("omar"), #"{"text":"Between you and me.","to":"staff"}"#)
            try await served.done("POST", path + "/assignment", as: .staff("amir"), "{}")
            try await served.done("POST", path + "/messages", as: .staff("amir"), #"{"text":"Odd one.","to":"staff"}"#)
            try await served.call("POST", path + "/exhibits?type=EV-BSTMT", as: .party("maria"), mediaType: "text/plain", bytes: Array("Paid".utf8))
            try await served.done("POST", path + "/conclusion", as: .staff("amir"))
            try await served.done(
                "POST", path + "/ruling", as: .staff("amir"),
                #"{"outcome":{"code":"OUT-REL","because":"The receipt is right."},"fault":{"code":"FLT-SEL","because":"He had the money."},"answers":[{"point":1,"accepted":true,"because":"So it is."}]}"#
            )
            let reply = try await served.call("POST", path + "/file", as: .party("maria"))
            #expect(reply.status == 200 && reply.headers["content-disposition"]?.contains("attachment") == true, "\(reply.text)")
            try await body(served, try Dossier(parsing: reply.body), reply.body)
        }
    }

    @Test("It holds with nothing but itself, and says what it proves")
    func holds() async throws {
        try await withFile { served, file, bytes in
            let (proven, faults) = file.check()
            #expect(faults.isEmpty, "\(faults)")
            let events = try #require(proven).events
            #expect(
                events.count == file.events.count && events.contains { $0.type.name == "ruling-made" } && events.contains { $0.type.name == "claim-answered" })
            #expect(file.sections.keys.sorted() == ["appeals", "case", "exhibits", "messages", "ruling"])
            // What others wrote for others is not in it, neither as words nor as an event.
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("Look at my receipt.") && !text.contains("Between you and me.") && !text.contains("Odd one."))
            #expect(!file.events.contains { ["case-assigned", "clock-started"].contains(String($0.type.split(separator: "/")[0])) })
            let other = try #require(NoteSigner(name: "test.example/desk", key: .init())).verifier
            #expect(file.check(trusting: other).faults.map(\.part) == [.key])
            // The other side's file is another one: with its own note, without hers.
            let omars = try await served.call("POST", "/v1/cases/P2P-1/file", as: .party("omar"))
            #expect(omars.text.contains("Between you and me.") && !omars.text.contains("Odd one."))
            #expect(try await served.call("POST", "/v1/cases/P2P-1/file", as: .party("zoe")).status == 404)
            #expect(try await served.call("POST", "/v1/cases/P2P-1/file", as: .staff("amir")).status == 403)
        }
    }

    /// One change of each part, by what is found and what it becomes; and the part that must be named.
    @Test("Whatever is changed is named")
    func named() async throws {
        try await withFile { _, file, bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            func parts(_ changed: String) -> [Dossier.Fault.Part] {
                do { return try Dossier(parsing: Array(changed.utf8)).check().faults.map(\.part) } catch { return error.faults.map(\.part) }
            }
            func flipped(_ whole: String) -> String {
                // In the middle of it, one character for another of its kind.
                let middle = whole.index(whole.startIndex, offsetBy: whole.count / 2)
                let old = whole[middle]
                return whole.replacingCharacters(in: middle...middle, with: old == "A" ? "B" : old == "1" ? "2" : old.isNumber ? "1" : "A")
            }
            let said = try #require(file.events.first { $0.payload != nil && $0.type == "message-sent/1" })
            let event = Dossier.Fault.Part.event(sequence: said.sequence, type: said.type)
            let (payload, salt, step) = (try #require(said.payload), try #require(said.salt), try #require(said.path.first))
            #expect(parts(text.replacing("Paid; nothing came.", with: "Paid; nothing cime.")) == [.section("case")])
            #expect(parts(text.replacing("Look at my receipt.", with: "Look at my recaipt.")) == [.section("messages")])
            #expect(parts(text.replacing("The receipt is right.", with: "The receipt is wrong.")) == [.section("ruling")])
            let hash = try #require(text.firstMatch(of: /"sha256":"([0-9a-f]{64})"/)).1
            #expect(parts(text.replacing("\"sha256\":\"\(hash)\"", with: "\"sha256\":\"\(flipped(String(hash)))\"")) == [.section("exhibits")])
            #expect(parts(text.replacing(payload, with: flipped(payload))) == [event])
            #expect(parts(text.replacing(salt, with: flipped(salt))) == [event])
            #expect(parts(text.replacing(said.commitment.description, with: flipped(said.commitment.description))) == [event])
            #expect(parts(text.replacing("\"path\":[\"\(step)\"", with: "\"path\":[\"\(flipped(step))\"")).contains(event))
            #expect(parts(text.replacing("\"taken\":\"2", with: "\"taken\":\"3")) == [.head("taken")])
            // The names of the case and of the party stand in many parts; each that they are signed in says so.
            let another = file.party.description.dropLast() + (file.party.description.hasSuffix("0") ? "1" : "0")
            #expect(parts(text.replacing("\"party\":\"\(file.party)\"", with: "\"party\":\"\(another)\"")).contains(.head("party")))
            let signature = try #require(file.checkpoint.split(separator: " ").last).prefix(40)
            #expect(parts(text.replacing(signature, with: flipped(String(signature)))) == [.treeHead])
            let own = try #require(file.statement.split(separator: " ").last).prefix(40)
            #expect(parts(text.replacing(own, with: flipped(String(own)))) == [.statement])
            #expect(parts(text.replacing("section messages", with: "section massages")) == [.statement])
            #expect(parts(text.replacing("\"key\":\"test", with: "\"key\":\"tast")) == [.key])
            #expect(parts(text + " ") == [.file] && parts(String(text.dropLast())) == [.file] && parts(text.replacing("-file/1", with: "-file/2")) == [.file])
        }
    }

    @Test("An event left out, put in twice or moved is told of the list")
    func list() async throws {
        try await withFile { _, file, _ in
            func with(_ events: [Dossier.Happening]) throws -> [Dossier.Fault.Part] {
                var json = try #require(try JSONSerialization.jsonObject(with: Data(try file.json())) as? [String: Any])
                json["events"] = try JSONSerialization.jsonObject(with: Data(try LedgerJSON.encode(events)))
                let bytes = try JSONSerialization.data(withJSONObject: json)
                return try Dossier(json: Array(bytes)).check().faults.map(\.part)
            }
            let all = file.events
            let found = (
                whole: try with(all), leftOut: try with(Array(all.dropLast())), twice: try with(all + [all[0]]), moved: try with(Array(all.reversed()))
            )
            #expect(found.whole == [] && found.leftOut == [.events] && found.twice == [.events] && found.moved == [.events])
        }
    }

    @Test("No byte of it can be changed unseen")
    func everyByte() async throws {
        try await withFile { _, _, bytes in
            for index in stride(from: 0, to: bytes.count, by: 11) {
                var damaged = bytes
                damaged[index] ^= 1
                let isNoticed: Bool
                do { isNoticed = try !Dossier(parsing: damaged).check().faults.isEmpty } catch { isNoticed = true }
                #expect(isNoticed, "byte \(index)")
            }
        }
    }
}
