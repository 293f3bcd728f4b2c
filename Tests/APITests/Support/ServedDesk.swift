import Chronicle
import Correspondence
import Crypto
import Disputes
import EventStorage
import Foundation
import Logging
import Policies
import RecourseClient
import SQLiteStorage
import Synchronization
import TestKit
import Testing
import Wire

@testable import API
@testable import Runtime

/// A real server on a port of its own, over a store on the disk and a sandbox exchange; and a client that holds every request and every answer
/// against the document.
final class ServedDesk: Sendable {
    let desk: Desk
    /// The desk's own clock; it can be put forward.
    let clock = MovableClock()
    let exchange: SandboxExchange
    let address: String
    let transport: HTTPTransport
    /// Every operation and status that was seen here.
    private let seen = Mutex<Set<String>>([])
    var seenHere: Set<String> { seen.withLock(\.self) }
    private let document: Document
    private let operatorKey: String
    /// The exchange's own, trusted by this desk.
    let tokens = ExchangeTokens(issuer: "test-exchange")

    private let folder: URL
    private let store: SQLiteStore
    private let webhookLine: HTTPWebhookLine
    private let server: Task<Void, any Error>

    private init(
        exchange line: (any Exchange)?, providers: (any ProviderLine)?, address own: WebAddress?, isRehearsal: Bool, webhookLine: HTTPWebhookLine
    ) async throws {
        self.webhookLine = webhookLine
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("recourse-api-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try SQLiteStore(path: folder.path + "/desk.sqlite", tables: CaseTables.all)
        let keys = try await PersonKeys(opening: folder.path + "/keys.log", wrapping: MasterKey(SymmetricKey(size: .bits256)))
        let desk = Desk(store: store, keys: keys, vault: try EvidenceVault(opening: folder.path + "/vault"), surroundings: clock)
        let exchange = try SandboxExchange(opening: folder.path + "/exchange.log") { RealSurroundings().now() }
        (self.desk, self.exchange, document) = (desk, exchange, try Document())
        try await desk.publish(DefaultPack.files, by: .machine("test"))
        let key = try await desk.issueKey(to: .machine(name: "operator", scopes: KeyHolder.scopes), label: "test", by: .machine("test"))
        operatorKey = key.text
        var log = Logger(label: "test")
        log.logLevel = .critical
        let signer = NoteSigner(name: "test.example/desk", key: Curve25519.Signing.PrivateKey())
        let served = DeskServer(
            desk, line ?? exchange, isRehearsal: isRehearsal, signer: signer,
            .init(
                port: 0, exchangeSecrets: [WebhookSecret(random: Array(1...32))], address: own, providerLine: providers, webhookLine: webhookLine), log: log)
        let (ports, opened) = AsyncStream<Int>.makeStream()
        server = Task { try await served.run { opened.yield($0) } }
        var iterator = ports.makeAsyncIterator()
        let port = await iterator.next() ?? 0
        address = "http://127.0.0.1:\(port)"
        // A machine that does much else at once is slow, not broken.
        transport = HTTPTransport(server: address, key: nil, timeoutSeconds: 90)
        let trust = try await transport.send(
            Call("PUT", "/v1/issuers/test-exchange", body: Array(tokens.keySet.utf8), headers: [("Authorization", "Bearer \(operatorKey)")]))
        #expect(trust.status == 200, "\(trust.text)")
        for (handle, role, level) in [
            ("ines", "R1", "L1"), ("amir", "R2", "L3"), ("bea", "R2", "L2"), ("lee", "R3", "L3"), ("eve", "R9", "L3"), ("sena", "R4", "L4"),
            ("cleo", "R5", "L4"), ("nora", "R10", "L4"),
        ] {
            let roles = [try #require(RoleCode(role))]
            let standing = StaffStanding(
                id: StaffID(at: desk.surroundings.now(), randomness: desk.surroundings.random()), roles: roles,
                level: try #require(CertificateLevel(rawValue: level)))
            try await desk.register(handle: handle, standing, by: .machine("test"))
        }
    }

    /// Serves for as long as `body` runs.
    /// - Parameter webhookLine: by itself one that goes to this machine and waits a second; closed afterwards.
    static func use<Value>(
        exchange: (any Exchange)? = nil, providers: (any ProviderLine)? = nil, address: WebAddress? = WebAddress("https://desk.example"),
        isRehearsal: Bool = true, webhookLine: HTTPWebhookLine = HTTPWebhookLine(.init(allowsLocal: true, timeoutMilliseconds: 1_000)),
        _ body: (ServedDesk) async throws -> Value
    ) async throws -> Value {
        let desk = try await ServedDesk(exchange: exchange, providers: providers, address: address, isRehearsal: isRehearsal, webhookLine: webhookLine)
        do {
            let value = try await body(desk)
            await desk.close()
            return value
        } catch {
            await desk.close()
            throw error
        }
    }

    private func close() async {
        try? await transport.close()
        server.cancel()
        _ = try? await server.value
        await webhookLine.close()
        await exchange.close()
        await desk.keys.close()
        try? store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    // MARK: Callers

    /// The key of somebody, made when it is first asked for.
    func key(of who: Who) async throws -> String? {
        switch who {
        case .nobody: return nil
        case .theOperator: return operatorKey
        case .staff(let handle): return try await desk.issueKey(to: .staff(handle: handle), label: "test", by: .machine("test")).text
        case .party(let account):
            let token = try tokens.token(for: account)
            let reply = try await transport.send(Call("POST", "/v1/party-sessions", body: Array(#"{"token":"\#(token)"}"#.utf8)))
            return reply.object["session"] as? String
        case .machine(let name, let scopes): return try await desk.issueKey(to: .machine(name: name, scopes: scopes), label: "test", by: .machine("test")).text
        case .key(let key): return key
        }
    }

    enum Who: Sendable {
        case nobody
        case theOperator
        case staff(String)
        case machine(String, [String])
        /// An account at the exchange, let in by its token.
        case party(String)
        case key(String)
    }

    /// Asks, holds both sides against the document, and answers.
    @discardableResult
    func call(
        _ method: String, _ path: String, as who: Who, _ body: String? = nil, mediaType: String = "application/json", key: String? = nil, expecting: Int? = nil,
        headers: [(String, String)] = [], bytes: [UInt8]? = nil, isMalformed: Bool = false, at location: SourceLocation = #_sourceLocation
    ) async throws -> Reply {
        var headers = headers
        if let key = try await self.key(of: who) { headers.append(("Authorization", "Bearer \(key)")) }
        let sent = bytes ?? body.map { Array($0.utf8) } ?? []
        let reply = try await transport.send(
            Call(method, path, body: sent, mediaType: mediaType, idempotencyKey: key, expecting: expecting, headers: headers))
        let parts = path.split(separator: "?")[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let entrance = (try? Entrance.find(Operation.Method(rawValue: method), parts, in: Entrance.all))??.found.id
        if let id = try entrance ?? Operation.find(Operation.Method(rawValue: method), parts)?.operation.id, let described = document.operation(id) {
            seen.withLock { _ = $0.insert("\(described.id) \(reply.status)") }
            for complaint in document.complaints(about: described, status: reply.status, mediaType: reply.headers["content-type"] ?? "", body: reply.body) {
                Issue.record("\(complaint)", sourceLocation: location)
            }
            if reply.status < 300, bytes == nil, let body {
                for complaint in document.complaints(about: described, request: Array(body.utf8)) { Issue.record("\(complaint)", sourceLocation: location) }
            }
        }
        return reply
    }

    /// Expects it done, and gives the JSON that came back.
    @discardableResult
    func done(
        _ method: String, _ path: String, as who: Who, _ body: String? = nil, key: String? = nil, at location: SourceLocation = #_sourceLocation
    ) async throws -> [String: Any] {
        let reply = try await call(method, path, as: who, body, key: key, at: location)
        #expect(200..<300 ~= reply.status, "\(method) \(path): \(reply.text)", sourceLocation: location)
        return reply.object
    }

    /// The step of codes that has just begun: the desk's clock is put forward to it, so that a test is not overtaken by the next.
    func beginningOfStep() -> Int64 {
        let step = clock.now().milliseconds / 30_000 + 1
        clock.pass(Span(milliseconds: step * 30_000 - clock.now().milliseconds))
        return step
    }

    /// An instruction that was put aside, as the courier leaves one nobody could answer for days: the row is laid down here, it takes days.
    func instructionAside() async throws -> String? {
        let id = InstructionID(at: clock.now(), randomness: clock.random()).description
        let page = try await store.rows(RowQuery(CaseTables.cases, limit: 1))
        guard let dispute = page.rows.first?[0] else { return nil }
        let row: [RowValue] = [.text(id), dispute, .text("hold"), .text("aside"), .integer(0), .integer(99), .text("no answer")]
        try await store.write([.put(CaseTables.outbox, row)], position: nil)
        return id
    }

    /// Asks until it is so.
    func wait(_ what: String, _ isSo: () async throws -> Bool) async throws {
        for _ in 0..<200 {
            if try await isSo() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("\(what) did not come")
    }

    /// An order in escrow, marked paid.
    func order(_ reference: String, amount: String = "1200.000000 USDT", buyer: String = "maria", seller: String = "omar", merchant: String? = nil) async throws
    {
        for account in [buyer, seller] {
            let account = try #require(AccountReference(account))
            try? await exchange.openAccount(account)
            try await exchange.deposit(try Amount(parsing: "90000.000000 USDT"), to: account)
        }
        let order = try #require(OrderReference(reference))
        let (buyer, seller) = (try #require(AccountReference(buyer)), try #require(AccountReference(seller)))
        try await exchange.placeOrder(
            OrderPlacement(
                reference: order, amount: try Amount(parsing: amount), fiat: try Amount(parsing: "1104.00 EUR"), rail: Code("SEPA-INSTANT"), buyer: buyer,
                seller: seller, merchantTier: merchant.flatMap { Code($0) }, created: desk.surroundings.now()))
        try await exchange.markPaid(order)
    }
}

extension Reply {
    var text: String { String(decoding: body, as: UTF8.self) }
    var object: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:] }
    var code: String? { object["code"] as? String }
}

/// The machine's clock, and as much as it was put forward.
final class MovableClock: Surroundings {
    private let real = RealSurroundings()
    private let ahead = Mutex(Span.zero)

    func pass(_ span: Span) { ahead.withLock { $0 = $0 + span } }
    func now() -> Instant { real.now() + ahead.withLock(\.self) }
    func random() -> UInt128 { real.random() }
    func salt() -> [UInt8] { real.salt() }
}
