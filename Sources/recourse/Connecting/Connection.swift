import API
import Chronicle
import Correspondence
import RecourseClient
import Runtime
import Wire

/// The desk a command speaks with, wherever it is: the same operations in this process, through the socket of a store that is being served, or on
/// a server.
struct Connection: Sendable {
    let client: RecourseClient
    let options: SharedOptions
    /// What is shown is shown as of this instant.
    let now: Instant
    /// The store in this process, where it is in this process.
    let store: OpenDesk?

    /// Connects, runs `body`, gives everything back.
    /// - Parameter line: by what way an address for webhooks is looked at, where that is done in this process.
    static func use<Value>(
        _ options: SharedOptions, webhooks line: HTTPWebhookLine? = nil, _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await useAnywhere(options, line, body)
            await line?.close()
            return value
        } catch {
            await line?.close()
            throw error
        }
    }

    private static func useAnywhere<Value>(
        _ options: SharedOptions, _ line: HTTPWebhookLine?, _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        if let server = options.servedAt {
            guard options.who == nil else { throw Failure("a server knows who acts by your key, in RECOURSE_KEY; leave out --as") }
            guard let key = Console.variable("RECOURSE_KEY") else { throw Failure("set RECOURSE_KEY to a key (rk_…) or a session (rs_…) of \(server)") }
            return try await use(HTTPTransport(server: server, key: key), options, at: server, body)
        }
        if let socket = await options.folder.servedSocket() {
            return try await use(HTTPTransport(socket: socket, as: options.actor), options, at: options.folder.path, body)
        }
        return try await OpenDesk.use(options) { open in
            let counter = open.counter(webhooks: line)
            let transport = InProcess(counter: counter, caller: try await counter.caller(named: options.actor))
            return try await Connection(transport, options, now: open.now, store: open).run(body)
        }
    }

    private static func use<Value>(
        _ transport: HTTPTransport, _ options: SharedOptions, at place: String, _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        let now = RealSurroundings().now()
        do {
            guard options.at == nil else { throw Failure("a served desk goes by the machine's clock; --at is for a store nobody serves") }
            let value = try await Connection(transport, options, now: now, store: nil).run(body)
            try await transport.close()
            return value
        } catch {
            try? await transport.close()
            throw Failure(of: error) ?? Failure("\(place) does not answer: \(error)")
        }
    }

    private init(_ transport: some Transport, _ options: SharedOptions, now: Instant, store: OpenDesk?) {
        (client, self.options, self.now, self.store) = (RecourseClient(transport).once(options.key), options, now, store)
    }

    private func run<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        do { return try await body(self) } catch { throw await naming(error) }
    }

    /// The rules know staff by their ids; a person knows them by their handles.
    private func naming(_ error: any Error) async -> any Error {
        guard let failure = Failure(of: error), failure.sentence.contains(StaffMember.idPrefix + "_"), let handles = try? await handles() else { return error }
        let sentence = handles.reduce(failure.sentence) { $0.replacing($1.key.description, with: $1.value) }
        return Failure(sentence, code: failure.code)
    }

    /// Handles of everyone on staff.
    func handles() async throws -> [StaffID: String] {
        Dictionary(try await client.listUsers().users.map { ($0.id, $0.handle) }) { $1 }
    }

    // MARK: Who acts

    /// Refuses to guess who does something to a case.
    func demandActor() throws(Failure) {
        guard options.servedAt == nil, options.actor == nil else { return }
        throw Failure("say who acts: --as HANDLE, --as account:REFERENCE, --as party_… or --as machine:NAME (or set RECOURSE_AS)")
    }

    /// Whether whoever reads is known to be a party.
    var isParty: Bool {
        guard options.servedAt == nil, let actor = options.actor else { return false }
        return actor.hasPrefix("account:") || PartyID(actor) != nil
    }

    /// Whoever reads, where they are a party of this case.
    func reader(of detail: CaseDetail) async throws -> PartyView? {
        let name = try await client.showSession().name
        return detail.parties.first { $0.id.description == name }
    }

    /// Refuses a party what only staff and operators may see.
    func staffOnly(_ what: String) throws(Failure) {
        guard !isParty else { throw Failure("\(what) is for staff; a party reads its own cases: recourse case list, recourse case show") }
    }
}

extension SharedOptions {
    /// The server to speak with, where it is one: a store named on the command line comes before a server named in the environment.
    var servedAt: String? { server ?? (store == nil ? Console.variable("RECOURSE_SERVER") : nil) }
}

extension StoreFolder {
    /// Where a process that serves this store listens for those who may open its folder.
    var socket: String { path + "/desk.sock" }

    /// The socket, where somebody answers at it.
    func servedSocket() async -> String? {
        guard WholeFile.exists(socket) else { return nil }
        let transport = HTTPTransport(socket: socket, as: nil, timeoutSeconds: 10)
        let reply = try? await transport.send(Call("GET", "/health"))
        try? await transport.close()
        return reply?.status == 200 ? socket : nil
    }
}
