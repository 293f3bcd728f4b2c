import AsyncHTTPClient
import Chronicle
import EventStorage
import NIOCore
import Runtime
import Synchronization
import Wire

/// The exchange on the other end of a line: the port, asked over HTTP.
///
/// Every question is one signed `POST` to one address. Only an answer in the shape of `ExchangeAnswer` under status 200 is an answer; a time-out, a
/// broken line, another status, a body that cannot be read all mean that nobody knows, and the same goes out again with the same key. After
/// several of these in a row nothing is sent for a while, so that a struggling exchange is not held under.
public final class HTTPExchange: Exchange {
    public struct Settings: Sendable {
        /// Where questions go.
        public var address: String
        /// What is shared with the exchange; the first signs, and all do while it is being changed.
        public var secrets: [WebhookSecret]
        public var timeoutSeconds: Int64

        public init(address: String, secrets: [WebhookSecret], timeoutSeconds: Int64 = 10) {
            (self.address, self.secrets, self.timeoutSeconds) = (address, secrets, timeoutSeconds)
        }
    }

    private let settings: Settings
    private let client: HTTPClient
    private let surroundings: any Surroundings
    private let breaker = Breaker()

    private static let answerBytesMax = 8 << 20

    public init(_ settings: Settings, surroundings: any Surroundings = RealSurroundings()) {
        (self.settings, self.surroundings) = (settings, surroundings)
        // A redirect would carry an instruction about somebody's money elsewhere.
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))
    }

    public func close() async throws { try await client.shutdown() }

    public func order(_ reference: OrderReference) async throws(ExchangeError) -> OrderFacts {
        var question = ExchangeQuestion(.order)
        question.order = reference.text
        guard let facts = try await ask(question).order?.facts, facts.reference == reference else { throw HTTPExchange.unclear }
        return facts
    }

    public func carryOut(_ instruction: Instruction, key: IdempotencyKey) async throws(ExchangeError) -> InstructionResult {
        var question = ExchangeQuestion(.instruct)
        (question.key, question.instruction) = (key.text, InstructionBody(instruction))
        guard let result = try await ask(question).done?.result else { throw HTTPExchange.unclear }
        return result
    }

    public func status(of key: IdempotencyKey) async throws(ExchangeError) -> InstructionStatus {
        var question = ExchangeQuestion(.status)
        question.key = key.text
        do throws(ExchangeError) {
            let answer = try await ask(question)
            if answer.unknown == true { return .unknown }
            guard let result = answer.done?.result else { throw HTTPExchange.unclear }
            return .done(result)
        } catch {
            guard error.isFinal else { throw error }
            return .refused(error)
        }
    }

    public func movements(after cursor: MovementCursor, limit: Int) async throws(ExchangeError) -> MovementPage {
        var question = ExchangeQuestion(.movements)
        (question.after, question.limit) = (cursor.position, limit)
        guard let bodies = try await ask(question).movements else { throw HTTPExchange.unclear }
        var movements: [EscrowMovement] = []
        for body in bodies {
            // A list out of order would move the cursor past what was not read.
            guard let movement = body.movement, movement.cursor > (movements.last?.cursor ?? cursor) else { throw HTTPExchange.unclear }
            movements.append(movement)
        }
        return MovementPage(movements: movements, next: movements.last?.cursor ?? cursor)
    }

    /// Nobody knows.
    private static let unclear = ExchangeError.unavailable(retryAfter: .seconds(5))

    private func ask(_ question: ExchangeQuestion) async throws(ExchangeError) -> ExchangeAnswer {
        let now = surroundings.now()
        if let wait = breaker.wait(at: now) { throw .resting(wait) }
        let answer: ExchangeAnswer
        do {
            answer = try await send(try question.json(), at: now)
        } catch {
            breaker.failed(at: now)
            throw HTTPExchange.unclear
        }
        breaker.succeeded()
        if let refusal = answer.refusal { throw refusal.error }
        return answer
    }

    private struct NoAnswer: Error {}

    private func send(_ body: [UInt8], at now: Instant) async throws -> ExchangeAnswer {
        let signed = SignedMessage(body, id: "msg_\(surroundings.random())", at: now, with: settings.secrets)
        var request = HTTPClientRequest(url: settings.address)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "webhook-id", value: signed.id)
        request.headers.add(name: "webhook-timestamp", value: String(signed.timestamp))
        request.headers.add(name: "webhook-signature", value: signed.signatures)
        request.body = .bytes(ByteBuffer(bytes: body))
        let response = try await client.execute(request, timeout: .seconds(settings.timeoutSeconds))
        let answer = try await response.body.collect(upTo: HTTPExchange.answerBytesMax)
        guard response.status == .ok else { throw NoAnswer() }
        return try ExchangeAnswer(json: Array(answer.readableBytesView))
    }
}

/// Open after several failures in a row; then one question at a time finds out whether it is better.
private final class Breaker: Sendable {
    private struct State {
        var failures = 0
        var until: Instant?
    }

    private let state = Mutex(State())
    private static let failuresMax = 5
    private static let rest = Span.seconds(10)

    func wait(at now: Instant) -> Span? {
        state.withLock { state in
            guard let until = state.until else { return nil }
            guard now < until else {
                // Half open: whoever asks now tries it out, the others wait a little longer.
                state.until = now + .seconds(1)
                return nil
            }
            return until - now
        }
    }

    func failed(at now: Instant) {
        state.withLock { state in
            state.failures += 1
            if state.failures >= Breaker.failuresMax { state.until = now + Breaker.rest }
        }
    }

    func succeeded() { state.withLock { $0 = State() } }
}
