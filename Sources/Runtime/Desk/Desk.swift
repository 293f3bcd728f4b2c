import Chronicle
import Disputes
import EventStorage
import Logging
import Policies

/// The desk: where commands meet the log. Loads the case, lets the pure core decide, writes events, rows and outbox in one transaction.
public final class Desk: Sendable {
    public let store: any EventStore
    public let policies: PolicyShelf
    public let sealer: Sealer
    public let keys: PersonKeys
    public let vault: EvidenceVault
    public let surroundings: any Surroundings
    /// The log as columns, for every number of the operation.
    public let measures: MeasureBook
    let shelf = CaseShelf()
    let precedentShelf = PrecedentShelf()
    private let gate = OpeningGate()
    let attempts = Attempts()
    let keyUses = KeyUses()
    let log: Logger

    /// Times a command is decided again because someone else was faster.
    static let retriesMax = 16

    public init(
        store: any EventStore, keys: PersonKeys, missingKeys: [String] = [], vault: EvidenceVault, surroundings: any Surroundings = RealSurroundings(),
        log: Logger = Logger(label: "recourse.desk")
    ) {
        self.store = store
        self.keys = keys
        self.vault = vault
        self.surroundings = surroundings
        self.log = log
        sealer = Sealer(keys, missing: missingKeys)
        policies = PolicyShelf(store)
        measures = MeasureBook(store, policies)
    }

    public func perform(_ command: CaseCommand, on id: CaseID, _ request: Request) async throws(DeskError) -> Performed {
        try await perform([command], on: id, request)
    }

    /// Decides the commands one after the other on what the one before made of the case, and writes all or nothing.
    /// - Parameter rows: changes to read models that must happen with the events, such as taking an instruction out of the outbox.
    public func perform(
        _ commands: [CaseCommand], on id: CaseID, _ request: Request, rows: [RowChange] = []
    ) async throws(DeskError) -> Performed {
        if let repeated = try await earlier(request, id) { return repeated }
        if let (order, opening) = Desk.subject(of: commands) {
            let subject = "\(order) \(opening.claim.reason)"
            guard gate.enter(subject) else { throw .tooBusy(id) }
            defer { gate.leave(subject) }
            try await refuseSecond(opening, about: order)
            return try await decideAndWrite(commands, on: id, request, rows: rows)
        }
        return try await decideAndWrite(commands, on: id, request, rows: rows)
    }

    private func decideAndWrite(
        _ commands: [CaseCommand], on id: CaseID, _ request: Request, rows: [RowChange]
    ) async throws(DeskError) -> Performed {
        for _ in 0..<Desk.retriesMax {
            let file = try await file(id)
            if let expecting = request.expecting, file.dispute?.version != expecting {
                throw .store(.conflict(stream: StreamID(id), actual: file.dispute?.version ?? 0))
            }
            let policy = try await policy(for: file)
            // One instant for deciding and for the log: a row written now must be what the log gives when it is folded again.
            let occurred = request.occurred ?? surroundings.now()
            let offences = try await priorOffences(commands, before: id)
            let decided = try decide(commands, file, policy, request, offences, at: occurred)
            guard let after = decided.state.dispute else { throw .refused(.noSuchCase) }
            guard !decided.events.isEmpty || !rows.isEmpty else { return Performed(dispute: after, events: [], receipt: nil, repeated: false) }
            let append = try append(decided.events, before: file.dispute, after: after, policy, request, at: occurred, rows: rows)
            shelf.beginWriting(id)
            do {
                let receipt = try await store.append(append)
                shelf.endWriting(id, decided.state)
                if append.rows.contains(where: \.isOfPrecedents) { await precedentShelf.note(append.rows) }
                return Performed(dispute: after, events: decided.events, receipt: receipt, repeated: false)
            } catch {
                shelf.endWriting(id, nil)
                switch error {
                case .conflict where request.expecting == nil: continue
                case .duplicate(let receipt):
                    guard let now = try await self.file(id).dispute else { throw .refused(.noSuchCase) }
                    return Performed(dispute: now, events: [], receipt: receipt, repeated: true)
                default: throw .store(error)
                }
            }
        }
        throw .tooBusy(id)
    }

    /// Would this be carried out as things stand? Decides and writes nothing; throws what `perform` would.
    /// - Returns: what would happen.
    @discardableResult
    public func consider(_ commands: [CaseCommand], on id: CaseID, _ request: Request) async throws(DeskError) -> [CaseEvent] {
        let file = try await file(id)
        let policy = try await policy(for: file)
        return try decide(commands, file, policy, request, [:], at: request.occurred ?? surroundings.now()).events
    }

    /// The case as of now; `nil` when there is none.
    public func dispute(_ id: CaseID) async throws(DeskError) -> Case? { try await file(id).dispute }

    // MARK: Deciding

    func policy(for file: CaseFile) async throws(DeskError) -> Policy {
        guard let pinned = file.dispute?.policy else { return try await policyInForce() }
        return try await policies.policy(pinned)
    }

    private func decide(
        _ commands: [CaseCommand], _ file: CaseFile, _ policy: Policy, _ request: Request,
        _ offences: [PartyID: [PenaltyCode: Int]], at now: Instant
    ) throws(DeskError) -> (events: [CaseEvent], state: CaseFile) {
        let context = DecisionContext(
            now: now, policy: policy, actor: request.by.actor, staff: request.by.standing,
            ids: IDSupply(at: now, randomness: surroundings.random()), priorOffences: offences)
        do {
            return try DisputeDecider.decide(commands, file, context)
        } catch {
            throw .refused(error)
        }
    }

    private func append(
        _ events: [CaseEvent], before: Case?, after: Case, _ policy: Policy, _ request: Request, at occurred: Instant,
        rows: [RowChange]
    ) throws(DeskError) -> Append {
        let recorded = surroundings.now()
        let correlation = request.correlation ?? CorrelationID(at: recorded, randomness: surroundings.random())
        var proposed: [ProposedEvent] = []
        proposed.reserveCapacity(events.count)
        for event in events {
            do {
                proposed.append(
                    ProposedEvent(
                        type: event.type, payload: try event.payload(), salt: surroundings.salt(), occurred: occurred,
                        recorded: recorded, actor: request.by.actor, policy: policy.hash, causation: request.causation, correlation: correlation))
            } catch {
                throw .unreadable(sequence: 0, reason: "\(error)")
            }
        }
        let changes = CaseRowChanges.of(events, before: before, after: after) { policy.tiers[$0]?.rank ?? 9 }
        return Append(
            to: StreamID(after.id), expecting: before.map { .exactly($0.version) } ?? .none, proposed, rows: changes + rows,
            idempotency: request.idempotency)
    }

    /// What came of the same request, if it was made before.
    private func earlier(_ request: Request, _ id: CaseID) async throws(DeskError) -> Performed? {
        guard let (key, fingerprint) = request.idempotency else { return nil }
        do {
            guard let found = try await store.receipt(of: key) else { return nil }
            guard found.fingerprint == fingerprint else { throw StoreError.keyReused(key) }
            guard let dispute = try await file(id).dispute else { return nil }
            return Performed(dispute: dispute, events: [], receipt: found.receipt, repeated: true)
        } catch let error as StoreError {
            throw .store(error)
        } catch let error as DeskError {
            throw error
        } catch {
            throw .tooBusy(id)
        }
    }

    // MARK: Reading

    /// Events of one stream are read in pages of this many.
    static let pageEvents = 1_000

    func file(_ id: CaseID) async throws(DeskError) -> CaseFile {
        if let known = shelf.file(id) { return known }
        let reading = shelf.beginReading(id)
        var file = CaseFile()
        do { for event in try await history(id) { file.apply(event) } } catch {
            shelf.endReading(id, reading, nil)
            throw error
        }
        shelf.endReading(id, reading, file)
        return file
    }

    /// Everything that happened to a case, oldest first.
    public func history(_ id: CaseID) async throws(DeskError) -> [Recorded<CaseEvent>] {
        var events: [Recorded<CaseEvent>] = []
        while true {
            let page: [StoredEvent]
            do { page = try await store.read(StreamID(id), after: events.last?.envelope.version ?? 0, limit: Desk.pageEvents) } catch { throw .store(error) }
            for stored in page { events.append(try Desk.read(stored)) }
            if page.count < Desk.pageEvents { return events }
        }
    }

    static func read(_ stored: StoredEvent) throws(DeskError) -> Recorded<CaseEvent> {
        do {
            return Recorded(stored.envelope, try stored.payload.withUnsafeBytes { try CaseEvent.read(stored.type, from: $0) })
        } catch {
            throw .unreadable(sequence: stored.envelope.sequence, reason: "\(error)")
        }
    }
}
