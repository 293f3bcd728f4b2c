import AsyncHTTPClient
import Chronicle
import NIOCore
import NIOSSL
import Runtime
import Wire

/// The way out over HTTP. Each time something is sent the name is resolved anew, every address it has is judged, and the connection goes to exactly the
/// one that was; certificates are verified, redirects are not followed, and of an answer no more is read than is shown.
public final class HTTPWebhookLine: WebhookLine {
    public struct Settings: Sendable {
        /// `http`, and this machine's own addresses: for trying things out.
        public var allowsLocal: Bool
        /// For all of it: resolving, connecting, sending, being answered.
        public var timeoutMilliseconds: Int64
        /// A PEM file of authorities trusted besides the system's.
        public var trustedCertificates: String?

        public init(allowsLocal: Bool = false, timeoutMilliseconds: Int64 = 10_000, trustedCertificates: String? = nil) {
            (self.allowsLocal, self.timeoutMilliseconds, self.trustedCertificates) = (allowsLocal, timeoutMilliseconds, trustedCertificates)
        }
    }

    private let door: WebhookGuard
    private let timeout: Duration
    private let resolver: any HostResolver
    private let clients: PinnedClients

    /// Read of an answer; the rest is dropped with the line.
    private static let answerBytesMax = 4_096

    public init(_ settings: Settings = .init(), resolver: any HostResolver = SystemResolver()) {
        door = WebhookGuard(allowsLocal: settings.allowsLocal)
        timeout = .milliseconds(settings.timeoutMilliseconds)
        clients = PinnedClients(trustedCertificates: settings.trustedCertificates)
        self.resolver = resolver
    }

    public func close() async { await clients.close() }

    public func examine(_ address: WebhookAddress) async throws(WebhookRefusal) {
        let resolved: Result<PinnedClients.Pin, WebhookRefusal>? = try? await within(timeout) { await self.judged(address) }
        guard let resolved else { throw .unresolved(address.hostText) }
        _ = try resolved.get()
    }

    public func send(_ parcel: WebhookParcel) async -> WebhookOutcome {
        let clock = ContinuousClock()
        let began = clock.now
        func took() -> Span { Span(milliseconds: Int64((clock.now - began) / .milliseconds(1))) }
        do {
            let answer = try await within(timeout) { try await self.post(parcel) }
            let kind: WebhookOutcome.Kind = 200..<300 ~= answer.status ? .delivered : answer.status == 410 ? .gone : .failed
            return WebhookOutcome(
                kind, status: answer.status, took: took(), error: kind == .delivered ? nil : answer.beginning, retryAfter: answer.retryAfter)
        } catch let refusal as WebhookRefusal {
            return WebhookOutcome(.refused, took: took(), error: "\(refusal)")
        } catch {
            // Whichever of the two clocks was first.
            let late: [HTTPClientError] = [.deadlineExceeded, .connectTimeout, .readTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout]
            if error is TimedOut || (error as? HTTPClientError).map(late.contains) == true {
                return WebhookOutcome(.timedOut, took: took(), error: "no answer within \(timeout)")
            }
            return WebhookOutcome(.failed, took: took(), error: HTTPWebhookLine.words(error))
        }
    }

    // MARK: One sending

    private struct Reply: Sendable {
        let status: Int
        let beginning: String
        let retryAfter: Span?
    }

    private func judged(_ address: WebhookAddress) async -> Result<PinnedClients.Pin, WebhookRefusal> {
        do throws(WebhookRefusal) {
            try door.judge(address)
            switch address.host {
            case .address(let host): return .success(.init(place: address.place, host: address.hostText, address: host))
            case .name(let name):
                return .success(.init(place: address.place, host: name, address: try door.choose(await resolver.addresses(of: name), of: name)))
            }
        } catch {
            return .failure(error)
        }
    }

    private func post(_ parcel: WebhookParcel) async throws -> Reply {
        let pin = try await judged(parcel.address).get()
        let body: [UInt8] =
            switch parcel.content {
            case .event(let event): try WebhookMessage(event.envelope, event.type, payload: event.payload).bytes()
            case .test(let webhook): try WebhookTestMessage(webhook: webhook.description, at: parcel.at).json()
            }
        let signed = SignedMessage(body, id: parcel.id, at: parcel.at, with: parcel.secrets.map { WebhookSecret(random: $0) })
        var request = HTTPClientRequest(url: parcel.address.text)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "User-Agent", value: "recourse")
        request.headers.add(name: "webhook-id", value: signed.id)
        request.headers.add(name: "webhook-timestamp", value: String(signed.timestamp))
        request.headers.add(name: "webhook-signature", value: signed.signatures)
        request.body = .bytes(ByteBuffer(bytes: body))
        let client = await clients.take(pin)
        let result: Result<Reply, any Error>
        do { result = .success(try await reply(to: request, by: client, at: parcel.at)) } catch { result = .failure(error) }
        await clients.giveBack(pin)
        return try result.get()
    }

    private func reply(to request: HTTPClientRequest, by client: HTTPClient, at now: Instant) async throws -> Reply {
        let response = try await client.execute(request, deadline: .now() + .milliseconds(Int64(timeout / .milliseconds(1))))
        var beginning: [UInt8] = []
        for try await piece in response.body {
            beginning += piece.readableBytesView.prefix(HTTPWebhookLine.answerBytesMax - beginning.count)
            if beginning.count >= HTTPWebhookLine.answerBytesMax { break }
        }
        return Reply(
            status: Int(response.status.code), beginning: String(decoding: beginning, as: UTF8.self),
            retryAfter: response.headers.first(name: "retry-after").flatMap { RetryAfter.span($0, at: now) })
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: "no TLS connection that can be trusted: \(error)"
        case is PinnedClients.NotThere: "connected to another address than the one that was judged; nothing was sent"
        default: "\(error)"
        }
    }

    // MARK: Time

    private struct TimedOut: Error {}

    /// Runs `body`, which heeds cancellation, for at most `limit`.
    private func within<Value: Sendable>(_ limit: Duration, _ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else { throw TimedOut() }
            return value
        }
    }
}
