import AsyncHTTPClient
import NIOCore
import Wire

/// Calls a desk over HTTP.
public struct HTTPTransport: Transport {
    private let client: HTTPClient
    private let base: String
    private let headers: [(String, String)]
    private let timeout: TimeAmount

    /// Largest answer that is read whole; pages are far smaller.
    private static let answerBytesMax = 64 << 20
    /// For an answer that comes piece by piece.
    private static let openTimeout = TimeAmount.hours(12)

    /// - Parameters:
    ///   - server: `http://127.0.0.1:8080`, without a path.
    ///   - key: a key of access, `rk_…`, or a session, `rs_…`.
    public init(server: String, key: String?, timeoutSeconds: Int64 = 60) {
        self.init(
            base: server.hasSuffix("/") ? String(server.dropLast()) : server, headers: key.map { [("Authorization", "Bearer \($0)")] } ?? [], timeoutSeconds)
    }

    /// A desk that is served from a store on this machine, through the socket in the store's folder: whoever may open that folder may say who
    /// acts.
    public init(socket: String, as who: String?, timeoutSeconds: Int64 = 60) {
        self.init(
            base: "http+unix://" + RecourseClient.encoded(socket), headers: who.map { [("Recourse-As", RecourseClient.encoded($0))] } ?? [], timeoutSeconds)
    }

    private init(base: String, headers: [(String, String)], _ timeoutSeconds: Int64) {
        // A redirect would carry the key to somebody else.
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))
        (self.base, self.headers, timeout) = (base, headers, .seconds(timeoutSeconds))
    }

    public func close() async throws { try await client.shutdown() }

    public func send(_ call: Call) async throws -> Reply {
        // A file takes as long as it takes.
        let response = try await client.execute(request(call), timeout: call.file == nil ? timeout : HTTPTransport.openTimeout)
        let body = try await response.body.collect(upTo: HTTPTransport.answerBytesMax)
        return Reply(status: Int(response.status.code), body: Array(body.readableBytesView), headers: HTTPTransport.named(response.headers.map { $0 }))
    }

    public func open(_ call: Call) async throws -> OpenReply {
        let response = try await client.execute(request(call), timeout: HTTPTransport.openTimeout)
        return OpenReply(
            status: Int(response.status.code), headers: HTTPTransport.named(response.headers.map { $0 }),
            pieces: response.body.map { Array($0.readableBytesView) })
    }

    private func request(_ call: Call) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: base + call.path)
        request.method = .init(rawValue: call.method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let key = call.idempotencyKey { request.headers.add(name: "Idempotency-Key", value: "\"\(key)\"") }
        if let version = call.expecting { request.headers.add(name: "If-Match", value: "\"\(version)\"") }
        for (name, value) in call.headers { request.headers.add(name: name, value: value) }
        if let file = call.file {
            request.headers.replaceOrAdd(name: "Content-Type", value: call.mediaType)
            request.body = HTTPTransport.body(file.pieces, length: file.bytes.map { .known($0) } ?? .unknown)
        } else if !call.body.isEmpty {
            request.headers.replaceOrAdd(name: "Content-Type", value: call.mediaType)
            request.body = .bytes(ByteBuffer(bytes: call.body))
        }
        return request
    }

    private static func body(_ pieces: some AsyncSequence<[UInt8], any Error> & Sendable, length: HTTPClientRequest.Body.Length) -> HTTPClientRequest.Body {
        .stream(Buffers(pieces: pieces), length: length)
    }

    /// Several of one name are one list (RFC 9110 §5.3).
    private static func named(_ headers: [(name: String, value: String)]) -> [String: String] {
        Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { $0 + ", " + $1 }
    }
}

/// Pieces of a file as the network wants them.
private struct Buffers<Pieces: AsyncSequence<[UInt8], any Error> & Sendable>: AsyncSequence, Sendable {
    typealias Failure = any Error
    let pieces: Pieces

    struct Iterator: AsyncIteratorProtocol {
        var inner: Pieces.AsyncIterator
        mutating func next() async throws -> ByteBuffer? { try await inner.next().map { ByteBuffer(bytes: $0) } }
    }

    func makeAsyncIterator() -> Iterator { Iterator(inner: pieces.makeAsyncIterator()) }
}
