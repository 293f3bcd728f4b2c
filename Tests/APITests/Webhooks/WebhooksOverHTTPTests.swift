import Chronicle
import Correspondence
import Disputes
import Foundation
import Runtime
import Synchronization
import Testing

@testable import API

/// A desk, a receiver that is a process of its own, and what goes wrong between them.
@Suite("Webhooks over HTTP", .enabled(if: Receiver.isHere, Comment(rawValue: Receiver.missing)), .serialized)
struct WebhooksOverHTTPTests {
    /// A webhook to the receiver, which learns its secret.
    private static func hook(_ served: ServedDesk, _ receiver: Receiver, url: String? = nil, kinds: String = "[]") async throws -> String {
        let made = try await served.done(
            "POST", "/v1/webhooks", as: .theOperator, #"{"url":"\#(url ?? receiver.url())","label":"the ledger","kinds":\#(kinds)}"#)
        try await receiver.know(try #require(made["secret"] as? String))
        return try #require((made["webhook"] as? [String: Any])?["id"] as? String)
    }

    private static func claim(_ served: ServedDesk, by account: String) async throws -> String {
        let opened = try await served.done(
            "POST", "/v1/cases", as: .theOperator,
            #"{"reason":"DEP-01","party":"\#(account)","amount":"500.000000 USDT","statement":"Nothing of \#(account)'s arrived."}"#)
        return try #require(opened["id"] as? String)
    }

    private static func deliveries(_ served: ServedDesk, _ hook: String, _ query: String = "") async throws -> [[String: Any]] {
        try await served.done("GET", "/v1/webhooks/\(hook)/deliveries" + query, as: .theOperator)["deliveries"] as? [[String: Any]] ?? []
    }

    @Test("What happens to a case arrives signed so that the standardwebhooks package verifies it, in the case's order, without what anybody wrote")
    func arrives() async throws {
        try await Receiver.use { receiver in
            try await ServedDesk.use { served in
                let hook = try await WebhooksOverHTTPTests.hook(served, receiver)
                let dispute = try await WebhooksOverHTTPTests.claim(served, by: "kenji")
                try await served.wait("the case") { try await receiver.came().count >= 4 }
                let came = try await receiver.came()
                #expect(came.allSatisfy { $0.isVerified }, "\(came.compactMap(\.why))")
                #expect(came.first?.type == "case-opened")
                #expect(came.allSatisfy { $0.dispute == dispute })
                #expect(came.compactMap(\.sequence) == came.compactMap(\.sequence).sorted())
                #expect(came.map(\.id) == came.compactMap { came in came.sequence.map { "msg_\(hook.dropFirst(5))_\($0)" } })
                for text in ["kenji", "Nothing of", "box"] { #expect(!came.contains { $0.message.contains(text) }, "\(text)") }
                let figures = try await served.call("GET", "/metrics", as: .nobody).text
                #expect(figures.contains("recourse_webhook_deliveries_total{webhook=\"\(hook)\",outcome=\"delivered\"}"))
                #expect(figures.contains("recourse_webhook_pending{webhook=\"\(hook)\"} ") && figures.contains("recourse_webhook_oldest_pending_seconds"))
                #expect(!figures.contains("127.0.0.1"), "an address is nobody's business there")
                // Everything the log has of the case, and nothing else.
                let log = try await served.done("GET", "/v1/log/events?limit=1000", as: .staff("lee"))["events"] as? [[String: Any]] ?? []
                #expect(log.filter { $0["stream"] as? String == dispute }.count == came.count)
            }
        }
    }

    @Test("A receiver that drops, answers 500, does not answer or redirects is sent the same again under the same name; nothing follows a redirect")
    func goesWrong() async throws {
        try await Receiver.use { receiver in
            try await ServedDesk.use { served in
                let hook = try await WebhooksOverHTTPTests.hook(served, receiver, kinds: #"["case-opened"]"#)
                for (fault, outcome, status) in [
                    ("drop", "failed", nil), ("500", "failed", 500), ("hang", "timed-out", nil), ("302", "failed", 302), ("307", "failed", 307),
                    ("429:1", "failed", 429),
                    ("304", "failed", 304),
                ] as [(String, String, Int?)] {
                    let before = try await receiver.came().count
                    try await receiver.tell(#"{"faults":["\#(fault)"]}"#)
                    let dispute = try await WebhooksOverHTTPTests.claim(served, by: "kenji")
                    try await served.wait("\(fault) noted") {
                        let mine = try await WebhooksOverHTTPTests.deliveries(served, hook).first { $0["case"] as? String == dispute }
                        return (mine?["attempts"] as? [Any])?.isEmpty == false
                    }
                    served.clock.pass(.seconds(5))
                    try await served.wait("\(fault) again") { try await receiver.came().count >= before + 2 }
                    try await served.wait("its end") { try await WebhooksOverHTTPTests.deliveries(served, hook, "?state=pending").isEmpty }
                    let came = try await receiver.came().dropFirst(before)
                    #expect(Set(came.map(\.id)).count == 1, "\(fault)")
                    #expect(Set(came.map(\.message)).count == 1, "the same bytes")
                    #expect(came.map(\.answered) == [fault, "ok"])
                    #expect(came.allSatisfy { $0.path == "/in" }, "\(fault): nothing followed anywhere")
                    let mine = try #require(try await WebhooksOverHTTPTests.deliveries(served, hook).first { $0["case"] as? String == dispute })
                    let attempts = mine["attempts"] as? [[String: Any]] ?? []
                    #expect(attempts.map { $0["outcome"] as? String } == [outcome, "delivered"], "\(fault)")
                    #expect(attempts.first?["status"] as? Int == status, "\(fault)")
                    // Of what was answered, the beginning.
                    #expect((attempts.first?["error"] as? String ?? "").utf8.count <= WebhookOutcome.errorBytesMax)
                    if fault == "500" { #expect((attempts.first?["error"] as? String)?.hasPrefix("xxx") == true) }
                }
                #expect(try await receiver.came().allSatisfy { $0.isVerified })
            }
        }
    }

    @Test("410 disables; enabled again over HTTP it is sent what waited")
    func gone() async throws {
        try await Receiver.use { receiver in
            try await ServedDesk.use { served in
                let hook = try await WebhooksOverHTTPTests.hook(served, receiver, kinds: #"["case-opened"]"#)
                try await receiver.tell(#"{"faults":["410"]}"#)
                _ = try await WebhooksOverHTTPTests.claim(served, by: "kenji")
                try await served.wait("the end") { try await served.done("GET", "/v1/webhooks/\(hook)", as: .theOperator)["enabled"] as? Bool == false }
                #expect(try await served.done("GET", "/v1/webhooks/\(hook)", as: .theOperator)["because"] as? String == "answered 410")
                for (method, path, body) in [
                    ("POST", "/replay", #"{"from":1}"#), ("POST", "/deliveries/\(try #require(try await receiver.came().first?.sequence))/redelivery", ""),
                ] {
                    let refused = try await served.call(method, "/v1/webhooks/\(hook)" + path, as: .theOperator, body)
                    #expect(refused.status == 409, "\(refused.text)")
                }
                try await served.done("PATCH", "/v1/webhooks/\(hook)", as: .theOperator, #"{"enabled":true}"#)
                try await served.wait("it once more") { try await receiver.came().map(\.answered) == ["410", "ok"] }
            }
        }
    }

    @Test("Of one case nothing overtakes what was not accepted; other cases go on")
    func order() async throws {
        try await Receiver.use { receiver in
            try await ServedDesk.use { served in
                _ = try await WebhooksOverHTTPTests.hook(served, receiver)
                let held = try await WebhooksOverHTTPTests.claim(served, by: "kenji")
                try await served.wait("the first case") { try await receiver.came().count >= 4 }
                try await receiver.tell(#"{"cases":{"\#(held)":"500"}}"#)
                let before = try await receiver.came().count
                try await served.done("POST", "/v1/cases/\(held)/assignment", as: .staff("amir"), "{}")
                try await served.done("POST", "/v1/cases/\(held)/admission", as: .staff("amir"), nil)
                let other = try await WebhooksOverHTTPTests.claim(served, by: "aiko")
                try await served.wait("the other case") { try await receiver.came().dropFirst(before).filter { $0.dispute == other }.count >= 4 }
                let stuck = Set(try await receiver.came().dropFirst(before).filter { $0.dispute == held }.compactMap(\.sequence))
                #expect(stuck.count == 1, "\(stuck)")
                try await receiver.tell(#"{"cases":{}}"#)
                served.clock.pass(.seconds(5))
                let head = try await served.desk.store.head().sequence
                let ofHeld = try await served.desk.history(try #require(CaseID(held))).map(\.envelope.sequence)
                try await served.wait("all of the first case, up to \(head)") {
                    Set(try await receiver.came().filter { $0.dispute == held && $0.answered == "ok" }.compactMap(\.sequence)) == Set(ofHeld)
                }
                let order = try await receiver.came().filter { $0.dispute == held }.compactMap(\.sequence)
                #expect(order == order.sorted(), "\(order)")
            }
        }
    }

    @Test("While a secret is being changed messages carry both signatures, and a receiver with either verifies them; afterwards one")
    func rotation() async throws {
        try await Receiver.use { receiver in
            try await ServedDesk.use { served in
                let hook = try await WebhooksOverHTTPTests.hook(served, receiver, kinds: #"["case-opened"]"#)
                let rotated = try await served.done("POST", "/v1/webhooks/\(hook)/secret", as: .theOperator, #"{"overlap":60000}"#)
                _ = try await WebhooksOverHTTPTests.claim(served, by: "kenji")
                try await served.wait("with the old one") { try await receiver.came().count == 1 }
                try await receiver.know(try #require(rotated["secret"] as? String))
                _ = try await WebhooksOverHTTPTests.claim(served, by: "aiko")
                try await served.wait("with the new one") { try await receiver.came().count == 2 }
                served.clock.pass(.seconds(61))
                _ = try await WebhooksOverHTTPTests.claim(served, by: "jonas")
                try await served.wait("alone") { try await receiver.came().count == 3 }
                let came = try await receiver.came()
                #expect(came.map(\.signatures) == [2, 2, 1])
                #expect(came.allSatisfy { $0.isVerified }, "\(came.compactMap(\.why))")
            }
        }
    }

    @Test("A replay over HTTP sends again what was sent, each under the name it had; a redelivery sends one")
    func replay() async throws {
        try await Receiver.use { receiver in
            try await ServedDesk.use { served in
                let hook = try await WebhooksOverHTTPTests.hook(served, receiver, kinds: #"["case-opened"]"#)
                for account in ["kenji", "aiko"] { _ = try await WebhooksOverHTTPTests.claim(served, by: account) }
                try await served.wait("both") { try await WebhooksOverHTTPTests.deliveries(served, hook, "?state=delivered").count == 2 }
                try await served.done("POST", "/v1/webhooks/\(hook)/replay", as: .theOperator, #"{"from":1}"#)
                try await served.wait("both again") { try await receiver.came().count == 4 }
                var came = try await receiver.came()
                #expect(Set(came.prefix(2).map(\.id)) == Set(came.suffix(2).map(\.id)))
                #expect(Set(came.map(\.message)).count == 2)
                try await served.wait("their end") { try await WebhooksOverHTTPTests.deliveries(served, hook, "?state=delivered").count == 2 }
                let one = try #require(came.first)
                try await served.done("POST", "/v1/webhooks/\(hook)/deliveries/\(try #require(one.sequence))/redelivery", as: .theOperator)
                try await served.wait("one again") { try await receiver.came().count == 5 }
                came = try await receiver.came()
                #expect(came.last?.id == one.id)
                let beyond = try await served.call("POST", "/v1/webhooks/\(hook)/replay", as: .theOperator, #"{"from":100000}"#)
                #expect(beyond.status == 422)
            }
        }
    }

    @Test("A test message arrives, verified, and what came of it is said")
    func testMessage() async throws {
        try await Receiver.use { receiver in
            try await ServedDesk.use { served in
                let hook = try await WebhooksOverHTTPTests.hook(served, receiver)
                let outcome = try await served.done("POST", "/v1/webhooks/\(hook)/test", as: .theOperator)
                #expect(outcome["outcome"] as? String == "delivered" && outcome["status"] as? Int == 204)
                let came = try await receiver.came()
                #expect(came.map(\.type) == ["test"] && came.allSatisfy { $0.isVerified })
                try await receiver.tell(#"{"faults":["500"]}"#)
                #expect(try await served.done("POST", "/v1/webhooks/\(hook)/test", as: .theOperator)["outcome"] as? String == "failed")
            }
        }
    }

    @Test("A name that meant the internet when it was given and means this machine when something is sent gets nothing")
    func rebinding() async throws {
        try await Receiver.use { receiver in
            let names = Names(["hooks.example.com": ["93.184.216.34"]])
            let line = HTTPWebhookLine(.init(timeoutMilliseconds: 1_000), resolver: names)
            try await ServedDesk.use(webhookLine: line) { served in
                let url = "https://hooks.example.com:\(receiver.port)/in"
                let hook = try await WebhooksOverHTTPTests.hook(served, receiver, url: url, kinds: #"["case-opened"]"#)
                for (number, addresses) in [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:127.0.0.1"], ["169.254.169.254"], ["10.0.0.1"], []]
                    .enumerated()
                {
                    names.mean("hooks.example.com", addresses)
                    let dispute = try await WebhooksOverHTTPTests.claim(served, by: "u\(number)")
                    try await served.wait("an attempt") {
                        let mine = try await WebhooksOverHTTPTests.deliveries(served, hook).first { $0["case"] as? String == dispute }
                        return (mine?["attempts"] as? [[String: Any]])?.first?["outcome"] as? String == "refused"
                    }
                }
                #expect(try await receiver.came().isEmpty)
                for (addresses, status) in [(["10.0.0.1"], 422), (["93.184.216.34", "fd00::1"], 422), ([], 422), (["93.184.216.34"], 201)] {
                    names.mean("other.example.com", addresses)
                    let reply = try await served.call("POST", "/v1/webhooks", as: .theOperator, #"{"url":"https://other.example.com/","label":"x"}"#)
                    #expect(reply.status == status, "\(addresses): \(reply.text)")
                }
            }
        }
    }

    @Test("The connection goes to the address that was judged, under the name that was given")
    func pinned() async throws {
        try await Receiver.use { receiver in
            // Nobody else can resolve this name: what arrives came by the address that was judged.
            let line = HTTPWebhookLine(.init(allowsLocal: true, timeoutMilliseconds: 1_000), resolver: Names(["hooks.example.com": ["127.0.0.1"]]))
            try await ServedDesk.use(webhookLine: line) { served in
                let hook = try await WebhooksOverHTTPTests.hook(served, receiver, url: receiver.url("hooks.example.com"))
                #expect(try await served.done("POST", "/v1/webhooks/\(hook)/test", as: .theOperator)["outcome"] as? String == "delivered")
                #expect(try await receiver.came().map(\.host) == ["hooks.example.com:\(receiver.port)"])
            }
        }
    }

    @Test("A certificate nobody vouches for, or of another name, is not sent to; one that holds is, at the address that was judged")
    func certificates() async throws {
        let files = try Certificates()
        defer { files.remove() }
        let receiver = try await Receiver(certificate: files.certificate, key: files.key)
        defer { receiver.stop() }
        let names = Names(["hooks.example.com": ["127.0.0.1"], "other.example.com": ["127.0.0.1"]])
        for (host, trusted, outcome) in [
            ("hooks.example.com", nil, "failed"), ("other.example.com", files.certificate, "failed"), ("hooks.example.com", files.certificate, "delivered"),
        ] as [(String, String?, String)] {
            let line = HTTPWebhookLine(.init(allowsLocal: true, timeoutMilliseconds: 3_000, trustedCertificates: trusted), resolver: names)
            try await ServedDesk.use(webhookLine: line) { served in
                let made = try await served.done("POST", "/v1/webhooks", as: .theOperator, #"{"url":"\#(receiver.url(host))","label":"x"}"#)
                let hook = try #require((made["webhook"] as? [String: Any])?["id"] as? String)
                let came = try await served.done("POST", "/v1/webhooks/\(hook)/test", as: .theOperator)
                // It does not know the secret: what it answers, 401, came over a connection that holds.
                if outcome == "delivered" {
                    #expect(came["status"] as? Int == 401, "\(came)")
                } else {
                    #expect(came["outcome"] as? String == "failed" && came["status"] == nil, "\(came)")
                    #expect((came["error"] as? String ?? "").contains("TLS"), "\(came)")
                }
            }
        }
    }

    @Test("A secret is in no answer after the one it was given out in, nor in the log")
    func secrets() async throws {
        try await Receiver.use { receiver in
            try await ServedDesk.use { served in
                let made = try await served.done("POST", "/v1/webhooks", as: .theOperator, #"{"url":"\#(receiver.url())","label":"x"}"#)
                let hook = try #require((made["webhook"] as? [String: Any])?["id"] as? String)
                let secrets = [made, try await served.done("POST", "/v1/webhooks/\(hook)/secret", as: .theOperator, "{}")].compactMap {
                    $0["secret"] as? String
                }
                #expect(secrets.count == 2 && secrets.allSatisfy { $0.hasPrefix("whsec_") && $0.utf8.count == 50 })
                var answers = ""
                for (method, path, body) in [
                    ("GET", "/v1/webhooks", nil), ("GET", "/v1/webhooks/\(hook)", nil), ("PATCH", "/v1/webhooks/\(hook)", #"{"label":"y"}"#),
                    ("GET", "/v1/webhooks/\(hook)/deliveries", nil), ("POST", "/v1/webhooks/\(hook)/test", nil), ("GET", "/v1/log/events?limit=1000", nil),
                    ("GET", "/metrics", nil), ("DELETE", "/v1/webhooks/\(hook)", nil),
                ] as [(String, String, String?)] {
                    answers += try await served.call(method, path, as: .theOperator, body).text
                }
                for secret in secrets { #expect(!answers.contains(secret.dropFirst(6).prefix(12))) }
                #expect(answers.contains("webhook-added") && !answers.contains("whsec_"))
            }
        }
    }

    @Test("What is wrong with a webhook is said, with the field it is about")
    func refusals() async throws {
        try await ServedDesk.use(webhookLine: HTTPWebhookLine()) { served in
            for (body, field) in [
                (#"{"url":"http://hooks.example.com/","label":"x"}"#, "url"), (#"{"url":"https://127.0.0.1/","label":"x"}"#, "url"),
                (#"{"url":"https://[::1]/","label":"x"}"#, "url"), (#"{"url":"https://169.254.169.254/latest","label":"x"}"#, "url"),
                (#"{"url":"https://0x7f.1/","label":"x"}"#, "url"), (#"{"url":"https://localhost/","label":"x"}"#, "url"),
                (#"{"url":"https://93.184.216.34/","label":"x","kinds":["case-opend"]}"#, "kinds"), (#"{"url":"https://93.184.216.34/","label":""}"#, "label"),
            ] {
                let reply = try await served.call("POST", "/v1/webhooks", as: .theOperator, body)
                #expect(reply.status == 422, "\(body): \(reply.text)")
                #expect(reply.object["field"] as? String == field, "\(reply.text)")
            }
            let made = try await served.done("POST", "/v1/webhooks", as: .theOperator, #"{"url":"https://93.184.216.34/","label":"x"}"#)
            let path = "/v1/webhooks/\(try #require((made["webhook"] as? [String: Any])?["id"] as? String))"
            for (method, more, body) in [
                ("PATCH", "", #"{"url":"https://10.0.0.1/"}"#), ("PATCH", "", #"{"kinds":["x"]}"#), ("POST", "/secret", #"{"overlap":604800001}"#),
                ("POST", "/replay", #"{"from":0}"#),
            ] { #expect(try await served.call(method, path + more, as: .theOperator, body).status == 422, "\(more) \(body)") }
            #expect(try await served.call("POST", path + "/deliveries/99/redelivery", as: .theOperator).status == 404)
            for _ in 1..<Webhook.countMax { try await served.done("POST", "/v1/webhooks", as: .theOperator, #"{"url":"https://93.184.216.34/","label":"x"}"#) }
            #expect(try await served.call("POST", "/v1/webhooks", as: .theOperator, #"{"url":"https://93.184.216.34/","label":"x"}"#).status == 409)
        }
    }
}

/// Names and what they mean, until they mean something else.
final class Names: HostResolver {
    private let meanings: Mutex<[String: [NetworkAddress]]>
    init(_ meanings: [String: [String]]) { self.meanings = Mutex(meanings.mapValues { $0.compactMap { NetworkAddress($0) } }) }
    func mean(_ name: String, _ addresses: [String]) { meanings.withLock { $0[name] = addresses.compactMap { NetworkAddress($0) } } }
    func addresses(of name: String) async -> [NetworkAddress] { meanings.withLock { $0[name] ?? [] } }
}

/// A certificate for hooks.example.com that vouches for itself, made for one test.
struct Certificates {
    private let folder: URL
    var certificate: String { folder.appendingPathComponent("certificate.pem").path }
    var key: String { folder.appendingPathComponent("key.pem").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("recourse-certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=hooks.example.com", "-addext",
            "subjectAltName=DNS:hooks.example.com", "-keyout", key, "-out", certificate,
        ]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl made no certificate")
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}
