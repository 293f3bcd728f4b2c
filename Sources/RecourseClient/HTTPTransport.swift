import AsyncHTTPClient
import NIOCore
import Wire

/// Calls a desk over HTTP.
public struct HTTPTransport: Transport {
    private let client: HTTPClient
    private let server: String
    private let key: String?
    private let timeout: TimeAmount

    /// Largest answer that is read; pages are far smaller.
    private static let answerBytesMax = 64 << 20

    /// - Parameters:
    ///   - server: `http://127.0.0.1:8080`, without a path.
    ///   - key: a key of access, `rk_…`.
    public init(server: String, key: String?, timeoutSeconds: Int64 = 60) {
        // A redirect would carry the key to somebody else.
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))
        self.server = server.hasSuffix("/") ? String(server.dropLast()) : server
        self.key = key
        timeout = .seconds(timeoutSeconds)
    }

    public func close() async throws { try await client.shutdown() }

    public func send(_ call: Call) async throws -> Reply {
        var request = HTTPClientRequest(url: server + call.path)
        request.method = .init(rawValue: call.method)
        if let key { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
        if let key = call.idempotencyKey { request.headers.add(name: "Idempotency-Key", value: "\"\(key)\"") }
        if let version = call.expecting { request.headers.add(name: "If-Match", value: "\"\(version)\"") }
        for (name, value) in call.headers { request.headers.add(name: name, value: value) }
        if !call.body.isEmpty {
            request.headers.replaceOrAdd(name: "Content-Type", value: call.mediaType)
            request.body = .bytes(ByteBuffer(bytes: call.body))
        }
        let response = try await client.execute(request, timeout: timeout)
        let body = try await response.body.collect(upTo: HTTPTransport.answerBytesMax)
        var headers: [String: String] = [:]
        // Several of one name are one list (RFC 9110 §5.3).
        for (name, value) in response.headers { headers[name.lowercased(), default: ""] += (headers[name.lowercased()] == nil ? "" : ", ") + value }
        return Reply(status: Int(response.status.code), body: Array(body.readableBytesView), headers: headers)
    }
}
