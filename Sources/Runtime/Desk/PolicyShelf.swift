import Chronicle
import EventStorage
import Policies
import Synchronization

/// Every pack the log holds, compiled once. The last one published is in force for new cases; old cases keep theirs.
public final class PolicyShelf: Sendable {
    private struct Books {
        var compiled: [PolicyHash: Policy] = [:]
        /// Packs this build cannot compile, and why: told when one is asked for, not in the way of the others.
        var unusable: [PolicyHash: [String]] = [:]
        var inForce: PolicyHash?
        var version = 0
    }

    private let store: any EventStore
    private let books = Mutex(Books())

    init(_ store: any EventStore) { self.store = store }

    /// The pack for new cases.
    public func inForce() async throws(DeskError) -> Policy {
        if let known = known(books.withLock { $0.inForce }) { return known }
        try await readLog()
        guard let hash = books.withLock({ $0.inForce }) else { throw .noPolicyInForce }
        return try usable(hash)
    }

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

    private func known(_ hash: PolicyHash?) -> Policy? { hash.flatMap { hash in books.withLock { $0.compiled[hash] } } }

    /// Loads what was published since the log was last looked at. Only packs not compiled yet are compiled.
    func readLog() async throws(DeskError) {
        guard let stream = StreamID(PolicyEvent.stream) else { return }
        let seen = books.withLock { $0.version }
        let events: [StoredEvent]
        do { events = try await store.read(stream, after: seen, limit: 1_000) } catch { throw .store(error) }
        for event in events {
            let published = try PolicyShelf.read(event)
            if known(published.hash) == nil {
                let files = published.files.map { PackFile(path: $0.path, bytes: Array($0.text.utf8)) }
                let loaded = PolicyLoader.load(files)
                if let policy = loaded.policy {
                    keep(policy)
                } else {
                    books.withLock { $0.unusable[published.hash] = loaded.diagnostics.map { "\($0)" } }
                }
            }
            books.withLock {
                // Two may read at once; the later edition wins, whoever is slower.
                guard event.envelope.version > $0.version else { return }
                ($0.inForce, $0.version) = (published.hash, event.envelope.version)
            }
        }
    }

    func keep(_ policy: Policy) { books.withLock { $0.compiled[policy.hash] = policy } }

    private static func read(_ event: StoredEvent) throws(DeskError) -> PolicyPublished {
        do {
            guard case .published(let body) = try event.payload.withUnsafeBytes({ try PolicyEvent.read(event.type, from: $0) }) else {
                throw UnknownEvent(event.type)
            }
            return body
        } catch {
            throw .unreadable(sequence: event.envelope.sequence, reason: "\(error)")
        }
    }
}
