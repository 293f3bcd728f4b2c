import Foundation
import Testing

@testable import API

/// Each status the document promises is brought about: what a document says and nothing shows is a wish.
@Suite("Every status of every operation")
struct EveryStatusTests {
    /// Somebody the operation is for, to whom nothing else stands in the way.
    private static func admitted(_ operation: Operation) -> ServedDesk.Who {
        if operation.audience.contains(.machine(.administer)) { return .theOperator }
        if operation.audience.contains(.staff) { return .staff("amir") }
        if operation.audience.contains(.party) { return .party("maria") }
        return .theOperator
    }

    private static func path(_ operation: Operation, case name: String) -> String {
        operation.path.replacingOccurrences(of: "{case}", with: name).replacingOccurrences(
            of: #"\{[a-z]+\}"#, with: "nothing-like-it", options: .regularExpression)
    }

    @Test("Who shows nothing is told 401, and whose key does not open it 403, everywhere")
    func strangers() async throws {
        try await ServedDesk.use { served in
            let probe = ServedDesk.Who.key(try #require(try await served.key(of: .machine("probe", ["monitor"]))))
            for operation in Operation.all {
                let path = EveryStatusTests.path(operation, case: "P2P-1")
                let stranger = try await served.call(operation.method.rawValue, path, as: .nobody)
                #expect(stranger.status == 401, "\(operation.id)")
                let closed = try await served.call(operation.method.rawValue, path, as: probe)
                #expect(closed.status == 403, "\(operation.id): \(closed.text)")
            }
        }
    }

    @Test("What is not there is 404, a body that is no JSON 400, a version nobody has any more 412")
    func misses() async throws {
        try await ServedDesk.use { served in
            let document = try Document()
            try await served.order("P2P-1")
            try await served.done("POST", "/v1/cases", as: .theOperator, #"{"reason":"P2P-B01","order":"P2P-1","by":"buyer"}"#)
            var keys: [String: String] = [:]
            func key(_ operation: Operation) async throws -> ServedDesk.Who {
                let who = EveryStatusTests.admitted(operation)
                let name = "\(who)"
                if keys[name] == nil { keys[name] = try await served.key(of: who) }
                return .key(try #require(keys[name]))
            }
            for operation in Operation.all {
                let statuses = try #require(document.operation(operation.id)).statuses
                let (method, who) = (operation.method.rawValue, try await key(operation))
                if statuses.contains("404") {
                    let path = EveryStatusTests.path(operation, case: "P2P-404")
                    let body = EveryStatusTests.bodies[operation.id]
                    let reply = try await served.call(
                        method, path + (operation.id == "submit-exhibit" ? "?type=EV-BSTMT" : ""), as: who, operation.brings == .json ? body ?? "{}" : nil)
                    #expect(reply.status == 404, "\(operation.id): \(reply.status) \(reply.text)")
                }
                if statuses.contains("400"), operation.brings == .json {
                    for broken in ["{\"because\":", "[]", "{\"because\":\"a\",\"because\":\"b\"}"] {
                        let reply = try await served.call(method, EveryStatusTests.path(operation, case: "P2P-1"), as: who, broken)
                        #expect(reply.status == 400, "\(operation.id) with \(broken): \(reply.status) \(reply.text)")
                    }
                }
                if statuses.contains("400"), operation.brings != .json {
                    let wrong = ["limit=many", "after=!", "type=%20", "request=x", "withhold_body=perhaps", "pass=a&pass=b", "because=a&because=b"]
                    var seen: Set<Int> = []
                    // A stream that is not refused has no end.
                    for query in wrong where operation.id != "stream-events" || query == "after=!" {
                        let path = EveryStatusTests.path(operation, case: "P2P-1").replacingOccurrences(of: "events/nothing-like-it", with: "events/1")
                        seen.insert(try await served.call(method, path + "?" + query, as: who).status)
                    }
                    #expect(seen.contains(400), "\(operation.id): \(seen)")
                }
                if statuses.contains("412") {
                    let body = operation.brings == .json ? EveryStatusTests.bodies[operation.id] ?? "{}" : nil
                    let path = EveryStatusTests.path(operation, case: "P2P-1") + (operation.id == "submit-exhibit" ? "?type=EV-BSTMT" : "")
                    let reply = try await served.call(
                        method, path, as: who, body, mediaType: operation.brings == .file ? "text/plain" : "application/json", expecting: 9_999,
                        bytes: operation.brings == .file ? Array("x".utf8) : nil)
                    #expect(reply.status == 412, "\(operation.id): \(reply.status) \(reply.text)")
                }
            }
        }
    }

    /// A body that can be read, for operations whose body needs more than nothing.
    static let bodies: [String: String] = [
        "refuse-claim": #"{"ground":"out-of-time","because":"too late"}"#, "answer-claim": #"{"disputes":true}"#, "counterclaim": #"{"reason":"P2P-S01"}"#,
        "raise-point": #"{"text":"x"}"#, "send-message": #"{"text":"x"}"#, "send-response": #"{"kind":"final","text":"x"}"#,
        "set-tier": #"{"tier":"T1","because":"x"}"#, "declare-relation": #"{"staff":"amir","because":"x"}"#, "extend-clock": #"{"because":"x"}"#,
        "close-case": #"{"because":"x"}"#, "reopen-case": #"{"because":"x"}"#, "request-evidence": #"{"of":"seller","types":["EV-VIDEO"]}"#,
        "answer-request": #"{"statement":"x"}"#, "waive-request": #"{"because":"x"}"#, "give-notice": #"{"to":"seller"}"#,
        "view-exhibit": #"{"because":"x"}"#, "begin-upload": #"{"type":"EV-BSTMT","media_type":"text/plain","bytes":1}"#,
        "make-offer": #"{"to_buyer":"1.000000 USDT"}"#, "place-legal-hold": #"{"authority":"a court"}"#,
        "rule": #"{"outcome":{"code":"OUT-REL"},"fault":{"code":"FLT-SEL"}}"#,
        "rule-by-default": #"{"against":"other","ruling":{"outcome":{"code":"OUT-REL"},"fault":{"code":"FLT-SEL"}}}"#,
        "return-ruling": #"{"because":"x"}"#, "confirm-instruction": #"{"receipt":"x"}"#, "fail-instruction": #"{"because":"x"}"#,
        "record-scheme-event": #"{"what":"won","reference":"x"}"#, "file-appeal": #"{"grounds":"x"}"#, "decide-appeal": #"{"result":"upheld","because":"x"}"#,
        "escalate-appeal": #"{"because":"x"}"#, "merge-case": #"{"case":"P2P-1"}"#, "unmerge-case": #"{"because":"x"}"#, "link-incident": #"{"case":"P2P-1"}"#,
        "attach-complaint": #"{"case":"P2P-1"}"#, "change-user": #"{"level":"L2"}"#, "set-password": #"{"password":"slow cobalt heron 41"}"#,
        "bind-account": #"{"subject":"x"}"#, "make-link": #"{"party":"buyer"}"#,
        "issue-my-key": #"{"label":"x"}"#, "rate-process": #"{"scores":{"heard":3}}"#,
        "snooze-case": #"{"until":"2030-01-01T00:00:00Z"}"#, "mark-seen": #"{"version":1}"#, "save-view": #"{"name":"x","query":""}"#,
        "do-in-bulk": #"{"act":"take","cases":[{"case":"x"}]}"#,
        "add-passkey": #"{"name":"x","challenge":"x","client_data":"x","attestation":"x"}"#, "replay-webhook": #"{"from":1}"#,
        "decline-proposal": #"{"because":"x"}"#, "erase-person": #"{"because":"x"}"#,
    ]
}
