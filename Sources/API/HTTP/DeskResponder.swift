import Chronicle
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Runtime
import Wire

/// Answers every request: finds the operation, lets its caller be identified, reads what came, and says what came of it. Nothing leaves without
/// the headers that keep a browser from doing more with it than show it.
struct DeskResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let counter: Counter
    let doorkeeper: Doorkeeper
    let gate: Gate
    let fileGate = Gate(Gate.filesMax)
    let meters: Meters
    let standing: Standing
    let denials = Denials()
    let quota = Quota()
    let isEncrypted: Bool
    let log: Logger
    var elsewhere: Elsewhere?

    func respond(to request: Request, context: Context) async throws -> Response {
        let path = request.uri.path
        guard let elsewhere, !path.hasPrefix("/v1/"), !Standing.paths.contains(path) else {
            return await answerInside(request, id: context.logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? "")
        }
        do {
            if var page = try await elsewhere(request, InnerDoor(responder: self)) {
                dress(&page)
                return page
            }
        } catch {
            log.error("unforeseen", metadata: ["error": "\(type(of: error))", "where": "a page"])
            var response = Problem(of: error).response
            dress(&response)
            return response
        }
        return await answerInside(request, id: "")
    }

    func answerInside(_ request: Request, id: String) async -> Response {
        let clock = ContinuousClock()
        let began = clock.now
        var name = "none"
        var response: Response
        do {
            response = try await answer(request, name: &name)
        } catch let problem as Problem {
            response = problem.response
        } catch let wrong as NoSuchMethod {
            response = Problem(.noSuchMethod, "\(wrong.asked) cannot be done here").response
            response.headers[.allow] = wrong.allowed.joined(separator: ", ")
        } catch {
            log.error("unforeseen", metadata: ["error": "\(type(of: error))"])
            response = Problem(of: error).response
        }
        let took = clock.now - began
        dress(&response)
        meters.count(name, status: response.status.code, seconds: took / .seconds(1))
        // No path, query or body: a case named in an address may be somebody's.
        log.info(
            "request",
            metadata: [
                "operation": "\(name)", "status": "\(response.status.code)", "ms": "\(Int(took / .milliseconds(1)))",
                "request": "\(id)",
            ])
        return response
    }

    private func answer(_ request: Request, name: inout String) async throws -> Response {
        let path = request.uri.path
        if let fixed = try await standing.answer(request, name: &name) { return fixed }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).map { PercentText.decoded($0) }
        guard segments.allSatisfy({ $0 != nil }) else { throw Problem(.malformed, "the path is not percent-encoded text") }
        let method = Operation.Method(rawValue: request.method.rawValue)
        if let (entrance, parameters) = try Entrance.find(method, segments.map { $0 ?? "" }, in: Entrance.all) {
            name = entrance.id
            try await gate.enter()
            defer { gate.leave() }
            do {
                var arrival = try await Arrival(
                    request, bringing: entrance.brings, parameters: parameters, queryCharactersMax: entrance.queryCharactersMax)
                arrival.isOwn = shown(by: request).page == .own
                arrival.begun = cookie(BrowserSecret.cookie, of: request).flatMap(BrowserSecret.init)
                return try await entrance.run(arrival, counter).response
            } catch { throw Problem(of: error) }
        }
        guard let (operation, parameters) = try Operation.find(method, segments.map { $0 ?? "" }) else {
            throw Problem(.notFound, "there is nothing at this address")
        }
        name = operation.id
        let gate = operation.brings == .file ? fileGate : gate
        try await gate.enter()
        defer { gate.leave() }
        let (caller, session) = try await caller(of: request, for: operation)
        let left = doorkeeper.counts ? quota.take(caller, operation, at: counter.desk.surroundings.now()) : nil
        let problem: Problem
        do throws(Problem) {
            if let left, left.count < 0 {
                throw Problem(.tooManyRequests, "you may do this \(left.policy.perMinute) times a minute", retryAfterSeconds: Int(left.seconds))
            }
            try operation.admit(caller)
            var arrival = try await Arrival(request, bringing: operation.brings, parameters: parameters)
            arrival.session = session
            return try await operation.answer(arrival, by: caller, at: counter).response.saying(left)
        } catch {
            problem = error
        }
        if problem.status == 403 { await denials.note(caller, operation, problem, at: counter) }
        return problem.response.saying(left)
    }

    private func caller(of request: Request, for operation: Operation) async throws(Problem) -> (Caller, SessionToken?) {
        switch doorkeeper {
        case .proof(let identity): return try await identity.caller(shown(by: request), for: operation)
        case .name:
            let name = request.headers[.actingAs].map { PercentText.decoded(Substring($0)) ?? "" }
            return (try await counter.caller(named: name), nil)
        }
    }

    private func shown(by request: Request) -> Identity.Shown {
        // Browsers say where a request comes from; programs do not, and show keys instead of cookies.
        let site = request.headers[.fetchSite]
        let origin = request.headers[.origin].map { $0.split(separator: "/").last.map(String.init) == request.head.authority }
        let page: Identity.Page =
            switch (site, origin) {
            case ("same-origin"?, _), (nil, true?): .own
            case (nil, nil), ("none"?, _): .unsaid
            default: .others
            }
        return Identity.Shown(
            authorization: request.headers[.authorization], cookie: cookie(Identity.cookie, of: request),
            page: page, isReading: request.method == .get)
    }

    private func cookie(_ name: String, of request: Request) -> String? {
        let found = request.headers[values: .cookie].lazy.flatMap { $0.split(separator: ";") }.map(\.trimmingSpaces).first { $0.hasPrefix(name + "=") }
        return found.map { String($0.dropFirst(name.count + 1)) }
    }

    /// What every answer carries: it is not to be kept, guessed at, framed, or run.
    private func dress(_ response: inout Response) {
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        response.headers[.contentTypeOptions] = "nosniff"
        if response.headers[.contentSecurityPolicy] == nil { response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'" }
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.openerPolicy] = "same-origin"
        response.headers[.resourcePolicy] = "same-origin"
        if isEncrypted { response.headers[.strictTransportSecurity] = "max-age=63072000; includeSubDomains" }
    }
}

/// By what a door lets callers in.
enum Doorkeeper: Sendable {
    /// They prove who they are: the door to the network.
    case proof(Identity)
    /// They say it: the door inside the store's own folder, where only those come who could open the store itself.
    case name

    /// How much one caller asks is counted.
    var counts: Bool { if case .proof = self { true } else { false } }
}

extension HTTPField.Name {
    static let actingAs = known("Recourse-As")
    static let uploadOffset = known("Upload-Offset")
    static let idempotencyKey = known("Idempotency-Key")
    static let webhookID = known("webhook-id")
    static let webhookTimestamp = known("webhook-timestamp")
    static let webhookSignature = known("webhook-signature")
    static let fetchSite = known("Sec-Fetch-Site")
    static let lastEventID = known("Last-Event-ID")
    static let asOf = known("Recourse-As-Of")
    static let contentTypeOptions = known("X-Content-Type-Options")
    static let referrerPolicy = known("Referrer-Policy")
    static let openerPolicy = known("Cross-Origin-Opener-Policy")
    static let resourcePolicy = known("Cross-Origin-Resource-Policy")

    /// A name written here is a name: what cannot be one would be found by the first request.
    private static func known(_ name: String) -> HTTPField.Name {
        guard let known = HTTPField.Name(name) else { preconditionFailure("“\(name)” is not the name of a header") }
        return known
    }
}

extension Response {
    /// With what is left of the caller's quota.
    fileprivate func saying(_ left: Quota.Left?) -> Response {
        var response = self
        for (name, value) in left.map({ Quota.Left(policy: $0.policy, count: max(0, $0.count), seconds: $0.seconds).headers }) ?? [] {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        return response
    }
}

extension Answer {
    var response: Response {
        var headers = HTTPFields()
        headers[.contentType] = mediaType == "application/json" ? "application/json; charset=utf-8" : mediaType
        if let asOf { headers[.asOf] = String(asOf) }
        if let version { headers[.eTag] = "\"\(version)\"" }
        if let location, status == 201 { headers[.location] = location }
        // More than one cookie may be set.
        for (name, value) in self.headers { if let known = HTTPField.Name(name) { headers.append(HTTPField(name: known, value: value)) } }
        switch body {
        case .whole(let bytes): return Response(status: .init(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        case .pieces(let pieces, let bytes):
            let written = ResponseBody(contentLength: bytes.map { Int($0) }) { writer in
                try await send(pieces, to: &writer)
                try await writer.finish(nil)
            }
            return Response(status: .init(code: status), headers: headers, body: written)
        }
    }
}

private func send(_ pieces: some AsyncSequence<[UInt8], any Error>, to writer: inout any ResponseBodyWriter) async throws {
    for try await piece in pieces { try await writer.write(ByteBuffer(bytes: piece)) }
}

extension Problem {
    var response: Response {
        var headers = HTTPFields()
        headers[.contentType] = "application/problem+json; charset=utf-8"
        if let retryAfterSeconds { headers[.retryAfter] = String(retryAfterSeconds) }
        if status == 401 { headers[.wwwAuthenticate] = "Bearer realm=\"recourse\"" }
        return Response(status: .init(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: (try? json()) ?? [])))
    }
}
