import HTTPTypes
import Hummingbird
import NIOCore
import Wire

extension Arrival {
    /// Largest JSON body that is read: a ruling with long reasons is a few kilobytes.
    static let bodyBytesMax = 1 << 20

    /// Longest value of one parameter of a query.
    static let queryCharactersMax = 500

    /// Reads what came over the network. Refuses what could be read in two ways: a parameter given twice, a body of another kind than it says.
    init(
        _ request: Request, bringing brings: Operation.Brings, parameters: [String: String], queryCharactersMax: Int = Arrival.queryCharactersMax
    ) async throws(Problem) {
        self.init(
            parameters: parameters, query: try Arrival.fields(request.uri.query ?? "", charactersMax: queryCharactersMax),
            idempotencyKey: try Arrival.key(request), expecting: try Arrival.version(request),
            line: "\(request.method.rawValue) \(request.uri.string)")
        range = request.headers[.range]
        uploadOffset = request.headers[.uploadOffset].flatMap { Int64($0) }
        lastEvent = request.headers[.lastEventID].flatMap { Int64($0) }
        if let id = request.headers[.webhookID], let timestamp = request.headers[.webhookTimestamp].flatMap({ Int64($0) }) {
            signature = SignedMessage(id: id, timestamp: timestamp, signatures: request.headers[.webhookSignature] ?? "")
        }
        if brings == .file {
            file = FileIn(mediaType: request.headers[.contentType] ?? "", pieces: Pieces(request.body))
        } else if brings == .jsonOrForm, Arrival.mediaType(request) == "application/x-www-form-urlencoded" {
            form = try Arrival.fields(String(decoding: try await Arrival.whole(request), as: UTF8.self), charactersMax: queryCharactersMax)
        } else {
            body = try await Arrival.whole(request)
            guard body.isEmpty || Arrival.mediaType(request) == "application/json" else {
                throw Problem(.wrongMediaType, "the body must be application/json")
            }
        }
    }

    /// Names and values as queries and forms have them. One given twice could be read in two ways, and is refused.
    static func fields(_ text: some StringProtocol, charactersMax: Int = Arrival.queryCharactersMax) throws(Problem) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Arrival.decoded(Substring(parts[0])), let value = parts.count == 2 ? Arrival.decoded(Substring(parts[1])) : "" else {
                throw Problem(.malformed, "the query is not percent-encoded text")
            }
            guard value.unicodeScalars.count <= charactersMax else {
                throw Problem(.malformed, "“\(name)” is longer than \(charactersMax) characters", field: name)
            }
            guard fields.updateValue(value, forKey: name) == nil else { throw Problem(.malformed, "“\(name)” is given twice", field: name) }
        }
        return fields
    }

    private static func mediaType(_ request: Request) -> String? {
        request.headers[.contentType]?.split(separator: ";").first.map { $0.trimmingSpaces.lowercased() }
    }

    private static func whole(_ request: Request) async throws(Problem) -> [UInt8] {
        let buffer: ByteBuffer
        do { buffer = try await request.body.collect(upTo: Arrival.bodyBytesMax) } catch is NIOTooManyBytesError {
            throw Problem(.tooLarge, "the body is longer than \(Arrival.bodyBytesMax) bytes")
        } catch {
            throw Problem(.malformed, "the body did not come whole")
        }
        return Array(buffer.readableBytesView)
    }

    /// `Idempotency-Key: "…"` as draft-ietf-httpapi-idempotency-key-header-08 has it, or the bare word as most write it.
    private static func key(_ request: Request) throws(Problem) -> String? {
        guard let written = request.headers[values: .idempotencyKey].first else { return nil }
        guard request.headers[values: .idempotencyKey].count == 1 else { throw Problem(.malformed, "there are two idempotency keys", field: "Idempotency-Key") }
        let key = written.count >= 2 && written.first == "\"" && written.last == "\"" ? String(written.dropFirst().dropLast()) : written
        guard 1...255 ~= key.utf8.count, key.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) else {
            throw Problem(.malformed, "an idempotency key has 1 to 255 printable characters", field: "Idempotency-Key")
        }
        return key
    }

    /// `If-Match: "17"`
    private static func version(_ request: Request) throws(Problem) -> Int? {
        guard let written = request.headers[.ifMatch], written != "*" else { return nil }
        guard let version = Int(written.filter { $0 != "\"" }), version >= 0 else {
            throw Problem(.malformed, "“\(written)” is not the ETag of a case", field: "If-Match")
        }
        return version
    }

    /// In a query a plus stands for a blank, as forms send it.
    private static func decoded(_ text: Substring) -> String? { PercentText.decoded(text.replacing("+", with: " ")) }
}

/// A request's body as bytes, piece by piece: the next piece is asked for when the last one is on the disk.
struct Pieces: AsyncSequence, Sendable {
    typealias Failure = any Error
    private let body: RequestBody

    init(_ body: RequestBody) { self.body = body }

    struct Iterator: AsyncIteratorProtocol {
        var inner: RequestBody.AsyncIterator
        mutating func next() async throws -> [UInt8]? { try await inner.next().map { Array($0.readableBytesView) } }
    }

    func makeAsyncIterator() -> Iterator { Iterator(inner: body.makeAsyncIterator()) }
}

extension StringProtocol {
    var trimmingSpaces: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
