import Chronicle
import Correspondence
import EventStorage
import HTTPTypes
import Hummingbird
import NIOCore
import Runtime
import Synchronization
import Wire

/// The sandbox exchange's door: questions of a desk, signed; and a back door for those who play its users and its faults.
struct SandboxDoor: HTTPResponder {
    typealias Context = BasicRequestContext

    let exchange: SandboxExchange
    let secrets: [WebhookSecret]
    let faults = LineFaults()

    private static let bodyBytesMax = 1 << 20

    func respond(to request: Request, context: Context) async throws -> Response {
        let body: [UInt8]
        do { body = Array(try await request.body.collect(upTo: SandboxDoor.bodyBytesMax).readableBytesView) } catch {
            return plain(.contentTooLarge, "too long")
        }
        switch (request.method, request.uri.path) {
        case (.get, "/health"): return plain(.ok, "alive")
        case (.post, "/"): return await question(body, request)
        case (.post, "/sandbox/acts"): return await act(body)
        case (.post, "/sandbox/faults"): return order(faults: body)
        case (.get, "/sandbox/accounts"): return await balances(request)
        case (.get, "/sandbox/orders"): return await order(request) { OrderBody(try await exchange.order($0)) }
        case (.get, "/sandbox/chats"): return await order(request) { try await SandboxChat(of: $0, on: exchange) }
        default: return plain(.notFound, "there is nothing here")
        }
    }

    // MARK: The desk

    private func question(_ body: [UInt8], _ request: Request) async -> Response {
        let message = SignedMessage(
            id: request.headers[.webhookID] ?? "", timestamp: request.headers[.webhookTimestamp].flatMap { Int64($0) } ?? 0,
            signatures: request.headers[.webhookSignature] ?? "")
        guard message.isGood(for: body, at: RealSurroundings().now(), knowing: secrets) else {
            return plain(.unauthorized, "not signed by a desk this exchange knows")
        }
        guard let question = try? ExchangeQuestion(json: body) else { return plain(.badRequest, "not a question") }
        switch question.ask == .instruct ? faults.next() : nil {
        case .refuse500: return plain(.internalServerError, "ordered to fail")
        case .drop:
            // Done, and nobody hears of it.
            _ = try? await answer(to: question)
            return plain(.serviceUnavailable, "ordered to lose the answer")
        case .slow(let milliseconds): try? await Task.sleep(for: .milliseconds(milliseconds))
        // What comes after it is done first; nothing waits for ever.
        case .late: await faults.another(within: .seconds(3))
        case .twice: _ = try? await answer(to: question)
        case nil: break
        }
        defer { if question.ask == .instruct { faults.noteDone() } }
        do {
            return json(try await answer(to: question))
        } catch let error as ExchangeError {
            guard let refusal = ExchangeRefusal(error) else { return plain(.serviceUnavailable, "\(error)") }
            var answer = ExchangeAnswer()
            answer.refusal = refusal
            return json(answer)
        } catch { return plain(.badRequest, "not a question") }
    }

    private struct Unclear: Error {}

    private func answer(to question: ExchangeQuestion) async throws -> ExchangeAnswer {
        var answer = ExchangeAnswer()
        switch question.ask {
        case .order:
            guard let order = question.order.flatMap({ OrderReference($0) }) else { throw Unclear() }
            answer.order = OrderBody(try await exchange.order(order))
        case .instruct:
            guard let key = question.key.flatMap({ IdempotencyKey($0) }), let instruction = question.instruction?.instruction else { throw Unclear() }
            answer.done = DoneBody(try await exchange.carryOut(instruction, key: key))
        case .status:
            guard let key = question.key.flatMap({ IdempotencyKey($0) }) else { throw Unclear() }
            switch try await exchange.status(of: key) {
            case .unknown: answer.unknown = true
            case .done(let result): answer.done = DoneBody(result)
            case .refused(let error): throw error
            }
        case .movements:
            let page = try await exchange.movements(after: MovementCursor(position: question.after ?? 0), limit: min(1_000, max(1, question.limit ?? 100)))
            answer.movements = page.movements.map(MovementBody.init)
        }
        return answer
    }

    // MARK: Its users, and its faults

    private func act(_ body: [UInt8]) async -> Response {
        do {
            let act = try SandboxAct(json: body)
            try await act.perform(on: exchange, at: RealSurroundings().now())
            return json(Nothing())
        } catch let error as ExchangeError { return plain(.conflict, "\(error)") } catch { return plain(.badRequest, "\(error)") }
    }

    private func order(faults body: [UInt8]) -> Response {
        do {
            faults.expect(try SandboxFaults(json: body).next)
            return json(Nothing())
        } catch { return plain(.badRequest, "\(error)") }
    }

    private func balances(_ request: Request) async -> Response {
        guard let account = request.uri.queryParameters["account"].flatMap({ AccountReference(String($0)) }),
            let asset = request.uri.queryParameters["asset"].flatMap({ try? Amount(parsing: "0 \($0)").atCustomaryPrecision().asset })
        else { return plain(.badRequest, "say ?account= and &asset=") }
        do {
            return json(try await SandboxBalance(of: account, in: asset, on: exchange))
        } catch { return plain(.notFound, "\(error)") }
    }

    private func order(_ request: Request, _ body: (OrderReference) async throws -> some WireBody) async -> Response {
        guard let order = request.uri.queryParameters["order"].flatMap({ OrderReference(String($0)) }) else { return plain(.badRequest, "say ?order=") }
        do { return json(try await body(order)) } catch { return plain(.notFound, "\(error)") }
    }

    private func json(_ body: some WireBody) -> Response {
        Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: (try? body.json()) ?? [])))
    }

    private func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(status: status, headers: [.contentType: "text/plain; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(string: text + "\n")))
    }
}

extension HTTPField.Name {
    static let webhookID = known("webhook-id")
    static let webhookTimestamp = known("webhook-timestamp")
    static let webhookSignature = known("webhook-signature")

    private static func known(_ name: String) -> HTTPField.Name {
        guard let known = HTTPField.Name(name) else { preconditionFailure("“\(name)” is not the name of a header") }
        return known
    }
}

/// What is ordered to go wrong with the next instructions, one each.
final class LineFaults: Sendable {
    enum Fault: Hashable, Sendable {
        case refuse500, drop, twice, late
        case slow(Int)
    }

    private let faults = Mutex<[Fault]>([])
    func expect(_ more: [Fault]) { faults.withLock { $0 += more } }
    /// How many instructions were done.
    private let done = Mutex(0)
    func noteDone() { done.withLock { $0 += 1 } }

    /// Waits until an instruction that came later is done.
    func another(within limit: Duration) async {
        let (before, began) = (done.withLock { $0 }, ContinuousClock.now)
        while done.withLock({ $0 }) == before, ContinuousClock.now - began < limit { try? await Task.sleep(for: .milliseconds(10)) }
    }

    func next() -> Fault? { faults.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
