import Chronicle
import Disputes
import EventStorage

extension Desk {
    /// Gives out a key. What is returned is the only place its secret ever stands.
    public func issueKey(
        to holder: KeyHolder, label: String, expires: Instant? = nil, by requester: Requester
    ) async throws(DeskError) -> SecretKey {
        if case .staff(let handle) = holder { _ = try await staff(handle) }
        let now = surroundings.now()
        let key = SecretKey(id: AccessKeyID(at: now, randomness: surroundings.random()), secret: surroundings.salt() + surroundings.salt())
        let kept = AccessKey(id: key.id, holder: holder, label: label, issued: now, expires: expires, revoked: nil)
        let event = KeyEvent.issued(KeyIssued(holder: holder, label: label, expires: expires))
        try await write(
            event.type, { try event.payload() }, of: StreamID(key.id), expecting: .none, rows: [try Desk.row(kept, digest: key.digest.description)],
            by: requester.actor)
        return key
    }

    /// Takes a key back; doing it twice does it once.
    public func revokeKey(_ id: AccessKeyID, because reason: String, by requester: Requester) async throws(DeskError) {
        guard let (key, digest) = try await keptKey(id) else { throw .unknownKey(id) }
        guard key.revoked == nil else { return }
        let now = surroundings.now()
        let ended = AccessKey(id: id, holder: key.holder, label: key.label, issued: key.issued, expires: key.expires, revoked: now)
        let event = KeyEvent.revoked(KeyRevoked(reason: reason))
        try await write(
            event.type, { try event.payload() }, of: StreamID(id), expecting: .any, rows: [try Desk.row(ended, digest: digest)], by: requester.actor)
    }

    /// The key somebody showed, if it is one, is theirs, and is still good.
    public func key(shown secret: SecretKey) async throws(DeskError) -> AccessKey? {
        guard let (key, digest) = try await keptKey(secret.id) else { return nil }
        guard equalInConstantTime(digest, secret.digest.description), key.isValid(at: surroundings.now()) else { return nil }
        try await noteUse(of: key.id)
        return key
    }

    /// Every key there is, the newest first.
    public func accessKeys() async throws(DeskError) -> [AccessKey] {
        do {
            let page = try await store.rows(RowQuery(IdentityTables.keys, order: [.init("id", descending: true)], limit: 10_000))
            return page.rows.compactMap { Desk.key($0)?.key }
        } catch {
            throw .store(error)
        }
    }

    /// The keys of one holder, the newest first.
    public func accessKeys(of holder: KeyHolder) async throws(DeskError) -> [AccessKey] { try await accessKeys().filter { $0.holder == holder } }

    private func keptKey(_ id: AccessKeyID) async throws(DeskError) -> (key: AccessKey, digest: String)? {
        do {
            let page = try await store.rows(RowQuery(IdentityTables.keys, where: [.compare("id", .equal, .text(id.description))], limit: 1))
            return page.rows.first.flatMap(Desk.key)
        } catch {
            throw .store(error)
        }
    }

    private static func row(_ key: AccessKey, digest: String) throws(DeskError) -> RowChange {
        do {
            let holder = String(decoding: try LedgerJSON.encode(key.holder), as: UTF8.self)
            return .put(
                IdentityTables.keys,
                [
                    .text(key.id.description), .text(digest), .text(holder), .text(key.label), .integer(key.issued.milliseconds),
                    .integer(key.expires?.milliseconds), .integer(key.revoked?.milliseconds),
                ])
        } catch {
            throw .unreadable(sequence: 0, reason: "\(error)")
        }
    }

    private static func key(_ row: [RowValue]) -> (key: AccessKey, digest: String)? {
        guard let id = row[0].text.flatMap(AccessKeyID.init), let digest = row[1].text, let holder = row[2].text, let label = row[3].text,
            let issued = row[4].integer, let read = try? LedgerJSON.decode(KeyHolder.self, from: Array(holder.utf8))
        else { return nil }
        let key = AccessKey(
            id: id, holder: read, label: label, issued: Instant(milliseconds: issued), expires: row[5].integer.map { Instant(milliseconds: $0) },
            revoked: row[6].integer.map { Instant(milliseconds: $0) })
        return (key, digest)
    }
}
