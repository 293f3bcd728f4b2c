import Chronicle
import Runtime
import Wire

/// One request as an operation sees it: who came, what they named, what they brought. Where it came from, the network or this process, it
/// does not know.
public struct Visit<Who: Sendable>: Sendable {
    public let who: Who
    public let arrival: Arrival
    public let counter: Counter
}

/// What came in, before anybody has looked at who brought it.
public struct Arrival: Sendable {
    /// The parts of the path the operation leaves open, percent-decoded.
    public var parameters: [String: String]
    public var query: [String: String]
    /// The whole body of a request that is JSON.
    public var body: [UInt8]
    /// The body of a request that is a file, piece by piece.
    public var file: FileIn?
    /// `Range`, of a file that is asked for in parts.
    public var range: String?
    /// `Upload-Offset`: where a part of a file belongs.
    public var uploadOffset: Int64?
    /// Who signed it, where it came signed: what the exchange calls back with.
    public var signature: SignedMessage?
    /// The session it was asked under, if it was.
    public var session: SessionToken?
    /// The fields of a body that came from a form.
    public var form: [String: String]?
    /// A page of this desk sent it, or no page at all.
    public var isOwn = true
    /// What this browser was given when it began to sign in elsewhere.
    var begun: BrowserSecret?
    /// `Last-Event-ID`: the last event a stream's reader has.
    public var lastEvent: Int64?
    /// `Idempotency-Key`: sending twice does it once.
    public var idempotencyKey: String?
    /// `If-Match`: the version the caller decided on.
    public var expecting: Int?
    /// Method and path, for the fingerprint of a repeated request.
    public var line: String

    public init(
        parameters: [String: String] = [:], query: [String: String] = [:], body: [UInt8] = [], idempotencyKey: String? = nil, expecting: Int? = nil,
        line: String
    ) {
        (self.parameters, self.query, self.body) = (parameters, query, body)
        (self.idempotencyKey, self.expecting, self.line) = (idempotencyKey, expecting, line)
    }

    /// A file on its way in.
    public struct FileIn: Sendable {
        /// As the sender declares it.
        public var mediaType: String
        public var pieces: any AsyncSequence<[UInt8], any Error> & Sendable

        public init(mediaType: String, pieces: any AsyncSequence<[UInt8], any Error> & Sendable) {
            (self.mediaType, self.pieces) = (mediaType, pieces)
        }
    }

    func parameter(_ name: String) throws(Problem) -> String {
        guard let value = parameters[name], !value.isEmpty else { throw Problem(.notFound, "the path names no \(name)") }
        return value
    }

    /// A query parameter read as a value, `nil` where it is not given.
    func query<Value>(_ name: String, _ noun: String, _ read: (String) -> Value?) throws(Problem) -> Value? {
        guard let text = query[name] else { return nil }
        guard let value = read(text) else { throw Problem(.malformed, "“\(text)” is not \(noun)", field: name) }
        return value
    }

    /// The body as `Body`, with the field a complaint is about.
    func read<Body: WireBody>(_ type: Body.Type) throws(Problem) -> Body {
        do {
            return try Body(json: body.isEmpty ? Array("{}".utf8) : body)
        } catch let error as LedgerJSONError {
            throw Problem(.malformed, "\(error)", field: error.field)
        } catch {
            throw Problem(.malformed, "\(error)")
        }
    }
}

extension LedgerJSONError {
    /// The field a complaint is about, where it is about one.
    var field: String? {
        switch self {
        case .duplicateField(let name, _): name
        case .missing(let path), .wrongKind(let path, _, _), .outOfRange(let path, _, _), .notInteger(let path, _), .refused(let path, _),
            .floatingPoint(let path), .unsupported(let path, _), .outOfTurn(let path):
            path.isEmpty ? nil : path
        case .tooLarge, .tooDeep, .malformed: nil
        }
    }
}

/// What an operation answers.
public struct Answer: Sendable {
    public enum Body: Sendable {
        case whole([UInt8])
        /// Piece by piece; `nil` for a body whose length nobody knows, such as a stream without an end.
        case pieces(any AsyncSequence<[UInt8], any Error> & Sendable, bytes: Int64?)
    }

    public var status: Int
    public var body: Body
    public var mediaType: String
    /// More that only some answers say.
    public var headers: [(String, String)] = []
    /// The sequence it is true for.
    public var asOf: Int64?
    /// The version of the case it speaks of.
    public var version: Int?
    public var location: String?

    public init(status: Int = 200, body: Body, mediaType: String = "application/json", asOf: Int64? = nil, version: Int? = nil, location: String? = nil) {
        (self.status, self.body, self.mediaType, self.asOf, self.version, self.location) = (status, body, mediaType, asOf, version, location)
    }

    static func of(_ body: some WireBody, status: Int = 200, asOf: Int64?, version: Int? = nil, location: String? = nil) throws -> Answer {
        Answer(status: status, body: .whole(try body.json()), asOf: asOf, version: version, location: location)
    }
}
