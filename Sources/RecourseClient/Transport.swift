import Wire

/// How a request reaches a desk: over HTTP, or within the process.
public protocol Transport: Sendable {
    func send(_ call: Call) async throws -> Reply
}

/// A request, as the client says it.
public struct Call: Sendable {
    public var method: String
    /// Percent-encoded, with its query.
    public var path: String
    public var body: [UInt8]
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

/// What came back.
public struct Reply: Sendable {
    public var status: Int
    public var body: [UInt8]
    /// By lower-case name.
    public var headers: [String: String]

    public init(status: Int, body: [UInt8], headers: [String: String]) { (self.status, self.body, self.headers) = (status, body, headers) }
}
