import Chronicle
import Crypto
import Disputes
import EventStorage

/// A passkey as its owner sees it.
public struct Passkey: Hashable, Sendable {
    /// Its credential id, base 64 for addresses.
    public let id: String
    public let handle: String
    public let name: String
    public let made: Instant
    public let used: Instant?
}

extension Desk {
    private static var passkeysMax: Int { 10 }

    /// What an authenticator calls somebody: it says nothing of them, and is the same each time.
    public func passkeyUser(_ handle: String) async throws -> [UInt8] { Array(try await staff(handle).id.description.utf8) }

    public func passkeys(of handle: String) async throws -> [Passkey] {
        try await passkeyRows([.compare("handle", .equal, .text(handle))]).compactMap(Desk.passkey).sorted { $0.made < $1.made }
    }

    /// Takes a passkey that was just made for somebody who is signed in.
    public func addPasskey(
        to handle: String, named name: String, clientData: [UInt8], attestation: [UInt8], answering challenge: [UInt8], in ceremony: PasskeyCeremony
    ) async throws -> Passkey {
        guard 1...60 ~= name.count else { throw PasskeyRefusal.nameLength }
        let account = try await staff(handle)
        let (credential, key, count) = try ceremony.registered(clientData: clientData, attestation: attestation, answering: challenge)
        let id = Base64.encodeForAddress(credential)
        guard try await passkeyRows([.compare("id", .equal, .text(id))]).isEmpty else { throw PasskeyRefusal.alreadyThere }
        guard try await passkeys(of: handle).count < Desk.passkeysMax else { throw PasskeyRefusal.tooMany }
        let now = surroundings.now()
        let row: [RowValue] = [
            .text(id), .text(handle), .text(name), .text(Base64.encode(Array(key.rawRepresentation))), .integer(Int64(count)), .integer(now.milliseconds),
            .null,
        ]
        try await record(
            .credentialSet(CredentialSet(what: "passkey")), of: try Desk.signIns(of: account.id), by: .staff(account.id),
            rows: [.put(IdentityTables.passkeys, row)])
        return Passkey(id: id, handle: handle, name: name, made: now, used: nil)
    }

    public func removePasskey(_ id: String, of handle: String) async throws -> Passkey {
        let account = try await staff(handle)
        guard let passkey = try await passkeys(of: handle).first(where: { $0.id == id }) else { throw PasskeyRefusal.unknown }
        try await record(
            .credentialSet(CredentialSet(what: "no passkey")), of: try Desk.signIns(of: account.id), by: .staff(account.id),
            rows: [.delete(IdentityTables.passkeys, key: [.text(id)])])
        return passkey
    }

    /// Signs in whoever shows a passkey that is here. With the PIN, finger or face behind it that is two factors.
    public func signIn(
        passkey id: String, clientData: [UInt8], authenticatorData: [UInt8], signature: [UInt8], answering challenge: [UInt8],
        in ceremony: PasskeyCeremony
    ) async throws -> (token: SessionToken, session: Session) {
        guard var row = try await passkeyRows([.compare("id", .equal, .text(id))]).first, let passkey = Desk.passkey(row),
            let bytes = row[3].text.flatMap({ Base64.decode($0) }), let key = try? P256.Signing.PublicKey(rawRepresentation: bytes),
            let account = try? await staff(passkey.handle)
        else { throw SignInError.wrong }
        let now = surroundings.now()
        do {
            let count = try ceremony.asserted(
                clientData: clientData, authenticatorData: authenticatorData, signature: signature, by: key,
                counted: UInt32(clamping: row[4].integer ?? 0), answering: challenge)
            row[4] = .integer(Int64(count))
        } catch {
            try await record(.failed(SignInFailed(why: "passkey")), of: try Desk.signIns(of: account.id), by: .clock)
            throw SignInError.wrong
        }
        row[6] = .integer(now.milliseconds)
        let (token, session) = open(.staff(handle: passkey.handle), strong: true, at: now)
        try await record(
            .signedIn(SignedIn(by: "passkey")), of: try Desk.signIns(of: account.id), by: .staff(account.id),
            rows: [.put(IdentityTables.passkeys, row), try self.row(session, token)])
        return (token, session)
    }

    /// What takes away everything somebody made passkeys with.
    func passkeysGone(of handle: String) async throws -> [RowChange] {
        try await passkeyRows([.compare("handle", .equal, .text(handle))]).map { .delete(IdentityTables.passkeys, key: [$0[0]]) }
    }

    private func passkeyRows(_ conditions: [RowQuery.Condition]) async throws -> [[RowValue]] {
        try await store.rows(RowQuery(IdentityTables.passkeys, where: conditions, limit: 100)).rows
    }

    private static func passkey(_ row: [RowValue]) -> Passkey? {
        guard let id = row[0].text, let handle = row[1].text, let name = row[2].text, let made = row[5].integer else { return nil }
        return Passkey(
            id: id, handle: handle, name: name, made: Instant(milliseconds: made), used: row[6].integer.map { Instant(milliseconds: $0) })
    }
}
