import AsyncHTTPClient
import NIOCore
import Runtime

/// Identity providers at the other end of a line: the port, asked over HTTP.
///
/// No redirect is followed, so that neither a code nor a secret goes anywhere but where the provider's own document says; certificates are checked;
/// an answer that is long or slow is none.
public final class HTTPProviderLine: ProviderLine {
    private let client: HTTPClient
    /// Plain HTTP is spoken to this machine itself, and to nobody otherwise.
    private let speaksPlainly: Bool
    private let timeoutSeconds: Int64

    /// A key set of a hundred keys is a third of this.
    private static let answerBytesMax = 256 << 10

    /// - Parameter speaksPlainly: may ask providers on this machine over plain HTTP, to try things out.
    public init(speaksPlainly: Bool = false, timeoutSeconds: Int64 = 10) {
        (self.speaksPlainly, self.timeoutSeconds) = (speaksPlainly, timeoutSeconds)
        client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: .init(
                redirectConfiguration: .disallow, timeout: .init(connect: .seconds(min(5, timeoutSeconds)), read: .seconds(timeoutSeconds))))
    }

    public func close() async throws { try await client.shutdown() }

    public func fetch(_ address: WebAddress) async throws(ProviderLineError) -> ProviderReply { try await ask(HTTPClientRequest(url: address.text), address) }

    public func send(
        _ form: [(String, String)], to address: WebAddress, authorization: String?
    ) async throws(ProviderLineError) -> ProviderReply {
        var request = HTTPClientRequest(url: address.text)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        if let authorization { request.headers.add(name: "Authorization", value: authorization) }
        request.body = .bytes(ByteBuffer(string: FormText.encoded(form)))
        return try await ask(request, address)
    }

    private func ask(_ request: HTTPClientRequest, _ address: WebAddress) async throws(ProviderLineError) -> ProviderReply {
        guard address.isEncrypted || speaksPlainly else { throw .notEncrypted }
        var request = request
        request.headers.add(name: "Accept", value: "application/json")
        let (client, asked, seconds) = (client, request, timeoutSeconds)
        do {
            return try await withThrowingTaskGroup(of: ProviderReply.self) { group in
                group.addTask {
                    let response = try await client.execute(asked, timeout: .seconds(seconds))
                    let body: ByteBuffer
                    do { body = try await response.body.collect(upTo: HTTPProviderLine.answerBytesMax) } catch is NIOTooManyBytesError {
                        throw ProviderLineError.tooLong
                    }
                    return ProviderReply(
                        status: Int(response.status.code), body: Array(body.readableBytesView), cacheControl: response.headers.first(name: "Cache-Control"))
                }
                // The client's own limit ends with the head: a body that comes byte by byte would go on for ever.
                group.addTask {
                    try await Task.sleep(for: .seconds(seconds))
                    throw ProviderLineError.silent
                }
                defer { group.cancelAll() }
                guard let first = try await group.next() else { throw ProviderLineError.silent }
                return first
            }
        } catch let error as ProviderLineError { throw error } catch { throw .silent }
    }
}
