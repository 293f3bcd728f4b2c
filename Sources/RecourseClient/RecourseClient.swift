import Chronicle
import Wire

/// A desk, from outside: typed requests and answers over whatever carries them.
///
/// Every call throws the desk's `Problem` where it was not done. Acts carry an idempotency key of their own making unless one is given, so that a
/// call that broke off can be made again.
public struct RecourseClient: Sendable {
    private let transport: any Transport

    public init(_ transport: any Transport) { self.transport = transport }

    /// Asks, and reads the answer.
    public func get<Answer: WireBody>(_ path: String, _ query: [(String, String)] = [], as type: Answer.Type = Answer.self) async throws -> Answer {
        try await answer(to: Call("GET", RecourseClient.address(path, query)))
    }

    /// Does something, and reads what came of it.
    public func send<Answer: WireBody>(
        _ method: String, _ path: String, _ body: some WireBody = Nothing(), key: String? = nil, expecting: Int? = nil, as type: Answer.Type = Answer.self
    ) async throws -> Answer {
        let bytes = body is Nothing ? [] : try body.json()
        return try await answer(to: Call(method, path, body: bytes, idempotencyKey: key, expecting: expecting))
    }

    /// The answer as it came, for what is not JSON.
    public func raw(_ call: Call) async throws -> Reply {
        let reply = try await transport.send(call)
        guard 200..<300 ~= reply.status else { throw RecourseClient.problem(reply) }
        return reply
    }

    private func answer<Answer: WireBody>(to call: Call) async throws -> Answer {
        let reply = try await raw(call)
        return try Answer(json: reply.body)
    }

    private static func problem(_ reply: Reply) -> Problem {
        (try? Problem(json: reply.body)) ?? Problem(.fault, "the server answered \(reply.status), and not as a desk does")
    }

    /// A path with its query, percent-encoded.
    public static func address(_ path: String, _ query: [(String, String)]) -> String {
        guard !query.isEmpty else { return path }
        return path + "?" + query.map { "\(encoded($0))=\(encoded($1))" }.joined(separator: "&")
    }

    /// As it may stand in a path or a query (RFC 3986 §2.3).
    public static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                return String(UnicodeScalar(byte))
            default: return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
