import HTTPTypes
import Hummingbird
import NIOCore
import RecourseClient

/// How pages ask the desk: as any client does, with the browser's own session, without leaving the process.
struct InnerTransport: Transport {
    let desk: DeskPages.Desk
    let session: String?

    func send(_ call: Call) async throws -> Reply {
        var call = call
        if let file = call.file { call.body = try await InnerTransport.whole(file.pieces) }
        let response = await desk(request(call))
        let collector = Collector()
        try await response.body.write(CollectingWriter(collector: collector))
        return Reply(status: response.status.code, body: collector.bytes, headers: InnerTransport.headers(response))
    }

    /// Whatever is asked for here comes whole: what flows, a browser asks the desk for itself.
    func open(_ call: Call) async throws -> OpenReply {
        let reply = try await send(call)
        return OpenReply(
            status: reply.status, headers: reply.headers,
            pieces: AsyncThrowingStream {
                $0.yield(reply.body); $0.finish()
            })
    }

    /// A file that came with a form, and is in memory already.
    private static func whole(_ pieces: some AsyncSequence<[UInt8], any Error> & Sendable) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in pieces { bytes += piece }
        return bytes
    }

    private func request(_ call: Call) -> Request {
        var headers = HTTPFields()
        func set(_ name: String, _ value: String?) { if let name = HTTPField.Name(name) { headers[name] = value } }
        if let session { set("Authorization", "Bearer \(session)") }
        if !call.body.isEmpty { set("Content-Type", call.mediaType) }
        set("Idempotency-Key", call.idempotencyKey)
        set("If-Match", call.expecting.map { "\"\($0)\"" })
        for (name, value) in call.headers { set(name, value) }
        let head = HTTPRequest(
            method: .init(call.method) ?? .get, scheme: "http", authority: "desk", path: call.path, headerFields: headers)
        return Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: call.body)))
    }

    private static func headers(_ response: Response) -> [String: String] {
        Dictionary(response.headers.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { $1 })
    }
}

/// What was written, in one task after the other.
private final class Collector: @unchecked Sendable {
    var bytes: [UInt8] = []
}

private struct CollectingWriter: ResponseBodyWriter {
    let collector: Collector
    mutating func write(_ buffer: ByteBuffer) async throws { collector.bytes.append(contentsOf: buffer.readableBytesView) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
