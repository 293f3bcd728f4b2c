import API
import Chronicle
import RecourseClient
import Wire

/// The desk in this process, asked as if it were far away: so a command does not behave differently near and far.
struct InProcess: Transport {
    let counter: Counter
    let caller: Caller

    func send(_ call: Call) async throws -> Reply {
        let reply = try await open(call)
        var body: [UInt8] = []
        for try await piece in reply.pieces { body += piece }
        return Reply(status: reply.status, body: body, headers: reply.headers)
    }

    func open(_ call: Call) async throws -> OpenReply {
        var arrival = Arrival(body: call.body, idempotencyKey: call.idempotencyKey, expecting: call.expecting, line: "")
        // An operation that takes a file takes it from here; the others look at the body.
        let pieces: any AsyncSequence<[UInt8], any Error> & Sendable = call.file?.pieces ?? OnePiece(call.body)
        arrival.file = Arrival.FileIn(mediaType: call.mediaType, pieces: pieces)
        arrival.uploadOffset = call.headers.first { $0.0 == "Upload-Offset" }.flatMap { Int64($0.1) }
        arrival.lastEvent = call.headers.first { $0.0 == "Last-Event-ID" }.flatMap { Int64($0.1) }
        do throws(Problem) {
            let answer = try await counter.answer(call.method, call.path, arrival, by: caller)
            let headers = Dictionary(answer.headers.map { ($0.0.lowercased(), $0.1) }) { $1 }
            switch answer.body {
            case .whole(let bytes): return OpenReply(status: answer.status, headers: headers, pieces: OnePiece(bytes))
            case .pieces(let pieces, _): return OpenReply(status: answer.status, headers: headers, pieces: pieces)
            }
        } catch {
            return OpenReply(status: error.status, headers: [:], pieces: OnePiece((try? error.json()) ?? []))
        }
    }
}

/// An answer that is there already.
private struct OnePiece: AsyncSequence, Sendable {
    typealias Failure = any Error
    let bytes: [UInt8]
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    struct Iterator: AsyncIteratorProtocol {
        var piece: [UInt8]?
        mutating func next() async throws -> [UInt8]? {
            defer { piece = nil }
            return piece
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(piece: bytes) }
}
