import Chronicle
import Disputes
import EventStorage

/// One of somebody's sessions, as they may see it: never what is shown with it.
public struct OpenSession: Hashable, Sendable {
    /// Names it without opening it: a hash of the hash that is kept.
    public let name: String
    public let session: Session
}

extension SessionToken {
    /// As `OpenSession` names it.
    public var name: String { Desk.sessionName(digest) }
}

extension Desk {
    /// Everything somebody is signed in with and that is still good, the latest used first.
    public func sessions(of holder: Session.Holder) async throws -> [OpenSession] {
        let now = surroundings.now()
        return try await sessionRows(of: holder).compactMap { row in
            guard let digest = row[0].text, let session = Desk.session(row), session.isGood(at: now) else { return nil }
            return OpenSession(name: Desk.sessionName(digest), session: session)
        }.sorted { $0.session.seen > $1.session.seen }
    }

    /// Ends one of somebody's sessions by its name; that it was ended is written down.
    /// - Returns: whether there was one.
    public func endSession(named name: String, of handle: String) async throws -> Bool {
        let account = try await staff(handle)
        let rows = try await sessionRows(of: .staff(handle: handle)).filter { row in row[0].text.map { Desk.sessionName($0) == name } ?? false }
        guard !rows.isEmpty else { return false }
        try await record(
            .signedOut(SignedOut(why: "ended from another")), of: try Desk.signIns(of: account.id), by: .staff(account.id),
            rows: rows.flatMap { Desk.ending($0[0]) })
        return true
    }

    /// Ends everything a member of staff is signed in with, the session they ask in as well.
    public func signOutEverywhere(handle: String) async throws {
        let account = try await staff(handle)
        let rows = try await sessionRows(of: .staff(handle: handle)).flatMap { Desk.ending($0[0]) }
        try await record(.signedOut(SignedOut(why: "everywhere")), of: try Desk.signIns(of: account.id), by: .staff(account.id), rows: rows)
    }

    static func sessionName(_ digest: String) -> String { "ses_" + Digest(hashing: Array(digest.utf8)).description.prefix(32) }

    private func sessionRows(of holder: Session.Holder) async throws -> [[RowValue]] {
        let text = String(decoding: try LedgerJSON.encode(holder), as: UTF8.self)
        return try await store.rows(RowQuery(IdentityTables.sessions, where: [.compare("holder", .equal, .text(text))], limit: 10_000)).rows
    }
}
