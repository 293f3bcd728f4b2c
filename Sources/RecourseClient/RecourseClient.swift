import Chronicle
import Wire

/// A desk, from outside: typed requests and answers over whatever carries them. A method for each operation of the desk, by the operation's own
/// name.
///
/// Every call throws the desk's `Problem` where it was not done. A call that broke off can be made again under the same key:
/// `client.once("ruling-P2P-1001").rule("P2P-1001", ruling)`.
public struct RecourseClient: Sendable {
    private let transport: any Transport
    private var key: String?
    private var version: Int?

    public init(_ transport: any Transport) { self.transport = transport }

    /// The same desk; what is done through it is done once, however often it is sent.
    public func once(_ key: String?) -> RecourseClient {
        var client = self
        client.key = key
        return client
    }

    /// The same desk; what is done through it is done only to this version of a case.
    public func ifStill(at version: Int?) -> RecourseClient {
        var client = self
        client.version = version
        return client
    }

    /// Asks, and reads the answer.
    public func get<Answer: WireBody>(_ path: String, _ query: [(String, String)] = [], as type: Answer.Type = Answer.self) async throws -> Answer {
        try Answer(json: try await raw(Call("GET", RecourseClient.address(path, query))).body)
    }

    /// Does something, and reads what came of it.
    public func send<Answer: WireBody>(
        _ method: String, _ path: String, _ body: some WireBody = Nothing(), key: String? = nil, expecting: Int? = nil, as type: Answer.Type = Answer.self
    ) async throws -> Answer {
        let bytes = body is Nothing ? [] : try body.json()
        let call = Call(method, path, body: bytes, idempotencyKey: key ?? self.key, expecting: expecting ?? version)
        return try Answer(json: try await raw(call).body)
    }

    /// The answer as it came, for what is not JSON.
    public func raw(_ call: Call) async throws -> Reply {
        let reply = try await transport.send(call)
        guard 200..<300 ~= reply.status else { throw RecourseClient.problem(reply.status, reply.body) }
        return reply
    }

    /// The answer as it comes.
    public func open(_ call: Call) async throws -> OpenReply {
        let reply = try await transport.open(call)
        guard 200..<300 ~= reply.status else {
            var body: [UInt8] = []
            for try await piece in reply.pieces { body += piece }
            throw RecourseClient.problem(reply.status, body)
        }
        return reply
    }

    /// Sends a file, and reads what came of it.
    func send(_ file: Upload, _ mediaType: String, to path: String) async throws -> CaseChange {
        var call = Call("POST", path, mediaType: mediaType, idempotencyKey: key, expecting: version)
        call.file = file
        return try CaseChange(json: try await raw(call).body)
    }

    private static func problem(_ status: Int, _ body: [UInt8]) -> Problem {
        (try? Problem(json: body)) ?? Problem(.fault, "the server answered \(status), and not as a desk does")
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
