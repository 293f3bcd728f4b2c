import Chronicle
import EventStorage
import HTTPTypes
import Hummingbird
import NIOCore
import Runtime
import Wire

/// The fixed points that need no caller: is it alive, is it ready, its figures, its document.
struct Standing: Sendable {
    let desk: Desk
    let meters: Meters
    let gate: Gate
    let webhooks: WebhookFigures?
    let document: [UInt8]
    /// What a reader of the figures shows (`Authorization: Bearer`); `nil` where whoever reaches the desk may read them.
    let metricsKey: String?

    static let paths: Set<String> = ["/health", "/ready", "/metrics", "/v1/openapi.yaml"]

    /// `nil` where the path is none of these.
    func answer(_ request: Request, name: inout String) async throws -> Response? {
        let (method, path) = (request.method, request.uri.path)
        guard Standing.paths.contains(path) else { return nil }
        name = String(path.split(separator: "/").last ?? "")
        guard method == .get else { throw NoSuchMethod(asked: method.rawValue, allowed: ["GET"]) }
        switch path {
        case "/health": return text("alive\n")
        case "/ready": return try await ready()
        case "/metrics":
            guard mayReadFigures(request) else { throw Problem(.unidentified, "show the key of the figures: Authorization: Bearer …") }
            return text(try await metrics(), type: "text/plain; version=0.0.4; charset=utf-8")
        default: return Response(status: .ok, headers: [.contentType: "application/yaml; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(bytes: document)))
        }
    }

    /// Compared by digest, so that the time it takes says nothing of how much of it was right.
    private func mayReadFigures(_ request: Request) -> Bool {
        guard let metricsKey else { return true }
        guard let shown = request.headers[.authorization], shown.hasPrefix("Bearer ") else { return false }
        return Digest(hashing: Array(shown.dropFirst(7).utf8)) == Digest(hashing: Array(metricsKey.utf8))
    }

    /// Ready is who can decide: a policy pack is in force and the store answers.
    private func ready() async throws -> Response {
        _ = try await desk.policyInForce()
        let head = try await desk.store.head().sequence
        return text("ready as of \(head)\n")
    }

    private func metrics() async throws -> String {
        let tallies = try await desk.tallies()
        let open = tallies.filter { $0.phase != .closed }.reduce(Int64(0)) { $0 + $1.cases }
        let outbox = try await desk.store.count(RowQuery(CaseTables.outbox)).count
        return meters.text([
            ("log_sequence", "Events in the log.", try await desk.store.head().sequence), ("cases_open", "Cases that are not closed.", open),
            ("cases_closed", "Cases that are closed.", tallies.reduce(Int64(0)) { $0 + $1.cases } - open),
            ("outbox_waiting", "Instructions the exchange has not answered.", Int64(outbox)),
            ("requests_within", "Requests being served.", Int64(gate.count)),
        ]) + (try await webhooks?.lines() ?? []).map { $0 + "\n" }.joined()
    }

    private func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Response {
        Response(status: .ok, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
