import Chronicle
import Crypto
import Disputes
import EventStorage
import Synchronization
import Testing

@testable import Runtime

/// A desk with webhooks on a store in memory, a clock that can be put forward, and a line whose other end is the test.
final class Hooked: Sendable {
    let folder: Folder
    let store: MemoryStore
    let keys: PersonKeys
    let desk: Desk
    let clock = PutForward()
    let line = ScriptedLine()
    let office: WebhookOffice
    private let working = Mutex<Task<Void, Never>?>(nil)

    init() async throws {
        folder = try Folder()
        store = try MemoryStore(tables: CaseTables.all)
        keys = try await PersonKeys(opening: folder.path + "/keys.log", wrapping: MasterKey(SymmetricKey(size: .bits256)))
        desk = Desk(store: store, keys: keys, vault: try EvidenceVault(opening: folder.path + "/evidence"), surroundings: clock)
        office = WebhookOffice(desk, line)
    }

    static func use(_ body: (Hooked) async throws -> Void) async throws {
        let hooked = try await Hooked()
        do { try await body(hooked) } catch {
            await hooked.close()
            throw error
        }
        await hooked.close()
    }

    func start() { working.withLock { $0 = Task { [office] in await office.run() } } }

    func stop() async {
        let task = working.withLock { task in
            defer { task = nil }
            return task
        }
        task?.cancel()
        await task?.value
    }

    private func close() async {
        await stop()
        await keys.close()
    }

    func add(_ url: String = "https://hooks.example.com/a", kinds: [String] = []) async throws -> WebhookID {
        try await desk.addWebhook(try WebhookAddress(url), try WebhookKinds(kinds), label: "test", by: .machine("test")).webhook.id
    }

    /// Something happens to a case, of a kind.
    @discardableResult
    func happen(_ kind: String = "claim-admitted", to dispute: Int) async throws -> Int64 {
        let event = ProposedEvent(
            type: EventType(kind), payload: Array("{}".utf8), salt: clock.salt(), occurred: clock.now(), recorded: clock.now(), actor: .clock, policy: nil,
            causation: nil, correlation: CorrelationID(at: clock.now(), randomness: 1))
        return try await store.append(Append(to: StreamID(CaseID(bits: UInt128(dispute))), expecting: .any, [event])).lastSequence
    }

    /// How often an event was tried since it was put on its way, as it is written down; 0 for one that is not on it.
    func tries(_ sequence: Int64, to id: WebhookID) async -> Int { (try? await desk.delivery(sequence, to: id))?.tries ?? 0 }

    /// Why something was not done; `nil` where it was.
    func refusal(_ body: () async throws -> Void) async -> WebhookRefusal? {
        do { try await body() } catch DeskError.webhook(let refusal) { return refusal } catch { Issue.record("\(error)") }
        return nil
    }

    /// Asks until it is so, for half a minute at the longest.
    func wait(_ what: String, at location: SourceLocation = #_sourceLocation, _ isSo: () async throws -> Bool) async throws {
        for _ in 0..<1_500 {
            if try await isSo() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("\(what) did not come", sourceLocation: location)
    }
}

/// The machine's clock, and as much as it was put forward.
final class PutForward: Surroundings {
    private let real = RealSurroundings()
    private let ahead = Mutex(Span.zero)
    func pass(_ span: Span) { ahead.withLock { $0 = $0 + span } }
    func now() -> Instant { real.now() + ahead.withLock(\.self) }
    func random() -> UInt128 { real.random() }
    func salt() -> [UInt8] { real.salt() }
}

/// A line that notes what was sent and answers what the test says.
final class ScriptedLine: WebhookLine {
    struct Sent: Hashable, Sendable {
        let id: String
        let host: String
        let sequence: Int64
        let dispute: String
        let secrets: Int
    }

    typealias Answer = @Sendable (Sent) async -> WebhookOutcome

    private struct State {
        var sent: [Sent] = []
        var answer: Answer = { _ in .ok }
        var onTheLine: [String: Int] = [:]
        var mostOnTheLine = 0
        var twoOfOneCase = false
    }

    private let state = Mutex(State())

    var sent: [Sent] { state.withLock(\.sent) }
    var sequences: [Int64] { sent.map(\.sequence) }
    var mostOnTheLine: Int { state.withLock(\.mostOnTheLine) }
    var hadTwoOfOneCase: Bool { state.withLock(\.twoOfOneCase) }
    func answer(_ answer: @escaping Answer) { state.withLock { $0.answer = answer } }

    func examine(_ address: WebhookAddress) async throws(WebhookRefusal) {}

    func send(_ parcel: WebhookParcel) async -> WebhookOutcome {
        guard case .event(let event) = parcel.content else { return .ok }
        let sent = Sent(
            id: parcel.id, host: parcel.address.hostText, sequence: event.envelope.sequence, dispute: event.envelope.stream.text, secrets: parcel.secrets.count)
        let place = sent.host + sent.dispute
        let answer = state.withLock { state in
            state.sent.append(sent)
            state.onTheLine[place, default: 0] += 1
            state.twoOfOneCase = state.twoOfOneCase || state.onTheLine[place] ?? 0 > 1
            state.mostOnTheLine = max(state.mostOnTheLine, state.onTheLine.values.reduce(0, +))
            return state.answer
        }
        let outcome = await answer(sent)
        state.withLock { $0.onTheLine[place, default: 0] -= 1 }
        return outcome
    }
}

extension WebhookOutcome {
    static let ok = WebhookOutcome(.delivered, status: 204, took: Span(milliseconds: 3))
    static let broken = WebhookOutcome(.failed, status: 500, took: Span(milliseconds: 3), error: "no")
    static let gone = WebhookOutcome(.gone, status: 410, took: Span(milliseconds: 3))
}
