import Wire

/// How a request reaches a desk: over HTTP, or within the process.
public protocol Transport: Sendable {
    /// Asks and waits for the whole answer.
    func send(_ call: Call) async throws -> Reply
    /// Asks for an answer that comes piece by piece: a file, a stream without an end.
    func open(_ call: Call) async throws -> OpenReply
}

/// A request, as the client says it.
public struct Call: Sendable {
    public var method: String
    /// Percent-encoded, with its query.
    public var path: String
    public var body: [UInt8]
    /// A body that is a file, instead of `body`.
    public var file: Upload?
    public var mediaType: String
    public var idempotencyKey: String?
    public var expecting: Int?
    public var headers: [(String, String)]

    public init(
        _ method: String, _ path: String, body: [UInt8] = [], mediaType: String = "application/json", idempotencyKey: String? = nil,
        expecting: Int? = nil, headers: [(String, String)] = []
    ) {
        (self.method, self.path, self.body, self.mediaType) = (method, path, body, mediaType)
        (self.idempotencyKey, self.expecting, self.headers) = (idempotencyKey, expecting, headers)
    }
}

/// A file on its way to a desk, read as it is sent.
public struct Upload: Sendable {
    public var pieces: any AsyncSequence<[UInt8], any Error> & Sendable
    /// Where it is known before.
    public var bytes: Int64?

    public init(pieces: any AsyncSequence<[UInt8], any Error> & Sendable, bytes: Int64?) { (self.pieces, self.bytes) = (pieces, bytes) }
}

/// What came back.
public struct Reply: Sendable {
    public var status: Int
    public var body: [UInt8]
    /// By lower-case name.
    public var headers: [String: String]

    public init(status: Int, body: [UInt8], headers: [String: String]) { (self.status, self.body, self.headers) = (status, body, headers) }
}

/// What comes back, while it comes.
public struct OpenReply: Sendable {
    public var status: Int
    public var headers: [String: String]
    public var pieces: any AsyncSequence<[UInt8], any Error> & Sendable

    public init(status: Int, headers: [String: String], pieces: any AsyncSequence<[UInt8], any Error> & Sendable) {
        (self.status, self.headers, self.pieces) = (status, headers, pieces)
    }
}
