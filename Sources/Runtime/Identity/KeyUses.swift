import Chronicle
import EventStorage
import Synchronization

/// When keys were last shown, to within minutes: a key is shown with every request of a program, and its use is written down with few.
final class KeyUses: Sendable {
    /// A use is written down at most so often.
    private static let every = Span.minutes(5)
    private let noted = Mutex<[AccessKeyID: Instant]>([:])

    /// Is it time to write this one down?
    func isDue(_ id: AccessKeyID, at now: Instant) -> Bool {
        noted.withLock { noted in
            if let last = noted[id], now >= last, now - last < KeyUses.every { return false }
            noted[id] = now
            return true
        }
    }
}

extension Desk {
    /// When each key was last shown, to within five minutes; a key that is not here never was, since this is recorded.
    public func lastUses() async throws(DeskError) -> [AccessKeyID: Instant] {
        do {
            let page = try await store.rows(RowQuery(IdentityTables.keyUses, limit: 10_000))
            return page.rows.reduce(into: [:]) { uses, row in
                if let id = row[0].text.flatMap(AccessKeyID.init), let at = row[1].integer { uses[id] = Instant(milliseconds: at) }
            }
        } catch { throw .store(error) }
    }

    func noteUse(of id: AccessKeyID) async throws(DeskError) {
        let now = surroundings.now()
        guard keyUses.isDue(id, at: now) else { return }
        do { try await store.write([.put(IdentityTables.keyUses, [.text(id.description), .integer(now.milliseconds)])], position: nil) } catch {
            throw .store(error)
        }
    }
}
