import Chronicle
import EventStorage
import Policies
import Synchronization

/// Every pack the log holds, compiled once. The last one whose day has come is in force for new cases; old cases keep theirs.
public final class PolicyShelf: Sendable {
    private struct Books {
        var compiled: [PolicyHash: Policy] = [:]
        /// Packs this build cannot compile, and why: told when one is asked for, not in the way of the others.
        var unusable: [PolicyHash: [String]] = [:]
        /// What was approved, in the order of the log.
        var editions: [Edition] = []
        var proposals: [PolicyProposal] = []
        /// The first event that carries each pack, by its version in the stream.
        var carriers: [PolicyHash: Int] = [:]
        var version = 0

        mutating func settle(_ number: Int?, _ outcome: PolicyProposal.Outcome) {
            guard let index = proposals.firstIndex(where: { $0.number == number }) else { return }
            proposals[index].outcome = outcome
        }
    }

    struct Edition {
        let hash: PolicyHash
        /// In force from here on; `nil` for at once.
        let from: Instant?
        let title: String
        let version: String
        let effectiveFrom: CivilDate
        /// Who put it in force, approving it or alone.
        let by: Actor
        let at: Instant
        /// What was approved.
        let proposal: Int?
    }

    private let store: any EventStore
    private let books = Mutex(Books())

    /// Longest the stream of packs is read at once: each event carries a whole pack.
    private static let pageEvents = 100

    init(_ store: any EventStore) { self.store = store }

    /// The pack for new cases at `now`. An edition whose day is still to come waits; of two whose day has come, the later one approved is in force.
    public func inForce(at now: Instant) async throws(DeskError) -> Policy {
        if let hash = hashInForce(at: now), let known = known(hash) { return known }
        try await readLog()
        guard let hash = hashInForce(at: now) else { throw .noPolicyInForce }
        return try usable(hash)
    }

    private func hashInForce(at now: Instant) -> PolicyHash? { books.withLock { $0.editions.last { $0.from.map { $0 <= now } ?? true }?.hash } }

    public func policy(_ hash: PolicyHash) async throws(DeskError) -> Policy {
        if let known = known(hash) { return known }
        try await readLog()
        return try usable(hash)
    }

    private func usable(_ hash: PolicyHash) throws(DeskError) -> Policy {
        if let known = known(hash) { return known }
        if let complaints = books.withLock({ $0.unusable[hash] }) { throw .badPolicy(complaints) }
        throw .unknownPolicy(hash)
    }

    /// Every pack the log holds.
    func all() async throws(DeskError) -> [PolicyHash: Policy] {
        try await readLog()
        return books.withLock { $0.compiled }
    }

    func proposals() async throws(DeskError) -> [PolicyProposal] { try await proposalsAndVersion().0 }

    func proposalsAndVersion() async throws(DeskError) -> ([PolicyProposal], Int) {
        try await readLog()
        return books.withLock { ($0.proposals, $0.version) }
    }

    /// The files of a proposal, from the log.
    func files(of number: Int) async throws(DeskError) -> [PolicyPublished.File] {
        guard let event = try await events(after: number - 1, limit: 1).first, case .proposed(let body) = try PolicyShelf.read(event) else { return [] }
        return body.files
    }

    /// What was put in force, in that order, and which of them is in force at `now`.
    func editions(at now: Instant) async throws(DeskError) -> (editions: [Edition], inForce: Int?) {
        try await readLog()
        return books.withLock { books in (books.editions, books.editions.lastIndex { $0.from.map { $0 <= now } ?? true }) }
    }

    /// The files of a pack the log holds, approved or only proposed.
    func files(of hash: PolicyHash) async throws(DeskError) -> [PolicyPublished.File]? {
        try await readLog()
        guard let version = books.withLock({ $0.carriers[hash] }), let event = try await events(after: version - 1, limit: 1).first else { return nil }
        switch try PolicyShelf.read(event) {
        case .published(let body): return body.files
        case .proposed(let body): return body.files
        case .declined: return nil
        }
    }

    private func known(_ hash: PolicyHash?) -> Policy? { hash.flatMap { hash in books.withLock { $0.compiled[hash] } } }

    /// Loads what was proposed, approved and declined since the log was last looked at. Only packs not compiled yet are compiled.
    func readLog() async throws(DeskError) {
        var page: [StoredEvent]
        repeat {
            page = try await events(after: books.withLock { $0.version }, limit: PolicyShelf.pageEvents)
            for event in page { try take(event) }
        } while page.count == PolicyShelf.pageEvents
    }

    private func take(_ event: StoredEvent) throws(DeskError) {
        let happened = try PolicyShelf.read(event)
        switch happened {
        case .published(let body): compile(body.hash, body.files)
        case .proposed(let body): compile(body.hash, body.files)
        case .declined: break
        }
        let envelope = event.envelope
        books.withLock { books in
            // Two may read at once: each event is taken by the first who comes to it, in its order.
            guard envelope.version == books.version + 1 else { return }
            books.version = envelope.version
            switch happened {
            case .published(let body):
                let from = body.proposal == nil ? nil : Instant.epoch + .days(Int64(body.effectiveFrom.dayNumber))
                books.editions.append(
                    Edition(
                        hash: body.hash, from: from, title: body.title, version: body.version, effectiveFrom: body.effectiveFrom, by: envelope.actor,
                        at: envelope.recorded, proposal: body.proposal))
                if books.carriers[body.hash] == nil { books.carriers[body.hash] = envelope.version }
                books.settle(body.proposal, .approved(by: envelope.actor, at: envelope.recorded))
            case .proposed(let body):
                if books.carriers[body.hash] == nil { books.carriers[body.hash] = envelope.version }
                books.proposals.append(
                    PolicyProposal(
                        number: envelope.version, hash: body.hash, title: body.title, version: body.version, effectiveFrom: body.effectiveFrom,
                        by: envelope.actor, at: envelope.recorded, reason: body.reason))
            case .declined(let body):
                books.settle(body.proposal, .declined(by: envelope.actor, at: envelope.recorded, because: body.reason))
            }
        }
    }

    private func compile(_ hash: PolicyHash, _ files: [PolicyPublished.File]) {
        guard known(hash) == nil else { return }
        let loaded = PolicyLoader.load(files.map { PackFile(path: $0.path, bytes: Array($0.text.utf8)) })
        if let policy = loaded.policy { return keep(policy) }
        books.withLock { $0.unusable[hash] = loaded.diagnostics.map { "\($0)" } }
    }

    func keep(_ policy: Policy) { books.withLock { $0.compiled[policy.hash] = policy } }

    private func events(after version: Int, limit: Int) async throws(DeskError) -> [StoredEvent] {
        guard let stream = StreamID(PolicyEvent.stream) else { return [] }
        do { return try await store.read(stream, after: version, limit: limit) } catch { throw .store(error) }
    }

    private static func read(_ event: StoredEvent) throws(DeskError) -> PolicyEvent {
        do {
            return try event.payload.withUnsafeBytes { try PolicyEvent.read(event.type, from: $0) }
        } catch {
            throw .unreadable(sequence: event.envelope.sequence, reason: "\(error)")
        }
    }
}
