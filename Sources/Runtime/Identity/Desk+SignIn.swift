import Chronicle
import Disputes
import EventStorage

/// Why somebody was not let in. To them it is always said in the same words.
public enum SignInError: Error, Hashable, Sendable {
    /// Unknown handle, wrong password, wrong code: nobody is told which.
    case wrong
    /// A code is asked for.
    case codeMissing
    /// Too many wrong ones for this handle; again after so long.
    case throttled(Span)
    case password(Passwords.Refusal)
    /// Codes are there, and are not replaced by whoever does not know them.
    case codesStand
    /// There are none to take away.
    case noCodes
}

extension Desk {
    /// Signs a member of staff in by handle, password and, where they have them, a code.
    public func signIn(handle: String, password: String, code: String?) async throws -> (token: SessionToken, session: Session) {
        let now = surroundings.now()
        if let wait = attempts.wait(for: handle, at: now) { throw SignInError.throttled(wait) }
        let kept = try await credential(handle)
        let account = try? await staff(handle)
        let fits = await Passwords.fits(password, account == nil ? nil : kept?.password)
        guard fits, let account, let kept else {
            attempts.failed(handle, at: now)
            if let account { try await record(.failed(SignInFailed(why: "password")), of: try Desk.signIns(of: account.id), by: .clock) }
            throw SignInError.wrong
        }
        var step = kept.codesStep
        if kept.codesConfirmed, let secret = try await openCodes(kept) {
            guard let code else { throw SignInError.codeMissing }
            guard let used = OneTimeCodes.step(of: code, secret: secret, at: now, after: step) else {
                attempts.failed(handle, at: now)
                try await record(.failed(SignInFailed(why: "code")), of: try Desk.signIns(of: account.id), by: .clock)
                throw SignInError.wrong
            }
            step = used
        }
        attempts.succeeded(handle)
        let (token, session) = open(.staff(handle: handle), strong: kept.codesConfirmed, at: now)
        var used = kept
        used.codesStep = step
        let event = SignInEvent.signedIn(SignedIn(by: kept.codesConfirmed ? "password and code" : "password"))
        try await record(event, of: try Desk.signIns(of: account.id), by: .staff(account.id), rows: [try row(session, token), row(used)])
        return (token, session)
    }

    /// Lets a party in whose proof was checked by the caller; `proof` is spent with it.
    public func letIn(
        _ account: AccountReference, showing proof: String, until: Instant, by how: String
    ) async throws -> (token: SessionToken, session: Session) {
        let (party, now) = (PartyID.account(account), surroundings.now())
        let digest = Digest(hashing: Array(proof.utf8)).description
        // Two who show it at once are told apart by the log: the stream of a token begins once.
        guard let stream = StreamID("token:" + digest.prefix(32)) else { throw SignInError.wrong }
        let (token, session) = open(.party(party), strong: false, at: now)
        do {
            try await record(
                .signedIn(SignedIn(by: how)), of: stream, by: .party(party), expecting: .none,
                rows: [
                    try row(session, token), .put(IdentityTables.spent, [.text(digest), .integer(until.milliseconds)]),
                    .put(IdentityTables.accounts, [.text(party.description), .text(account.text)]),
                ])
        } catch DeskError.store(.conflict) { throw SignInError.wrong }
        return (token, session)
    }

    /// Is this message the first of its name from there? Remembered until `until`.
    public func isFirst(_ name: String, from sender: String, until: Instant) async throws(DeskError) -> Bool {
        let digest = Digest(hashing: Array("\(sender)\n\(name)".utf8)).description
        do {
            let page = try await store.rows(RowQuery(IdentityTables.spent, where: [.compare("token_sha256", .equal, .text(digest))], limit: 1))
            guard page.rows.isEmpty else { return false }
            let old = try await store.rows(
                RowQuery(IdentityTables.spent, where: [.compare("expires", .less, .integer(surroundings.now().milliseconds))], limit: 100))
            let forgotten = old.rows.map { RowChange.delete(IdentityTables.spent, key: [$0[0]]) }
            try await store.write(forgotten + [.put(IdentityTables.spent, [.text(digest), .integer(until.milliseconds)])], position: nil)
            return true
        } catch {
            throw .store(error)
        }
    }

    /// The session somebody shows, if it is one and still good. Its use is written down now and then.
    public func session(shown token: SessionToken) async throws(DeskError) -> Session? {
        let now = surroundings.now()
        do {
            let page = try await store.rows(RowQuery(IdentityTables.sessions, where: [.compare("token_sha256", .equal, .text(token.digest))], limit: 1))
            guard let row = page.rows.first, let session = Desk.session(row), session.isGood(at: now) else { return nil }
            if now - session.seen >= Session.seenEvery {
                var touched = row
                touched[3] = .integer(now.milliseconds)
                try await store.write([.put(IdentityTables.sessions, touched)], position: nil)
            }
            return session
        } catch {
            throw .store(error)
        }
    }

    /// Ends a session; ending it twice ends it once.
    public func signOut(_ token: SessionToken) async throws(DeskError) {
        guard let session = try await session(shown: token) else { return }
        let (stream, actor): (StreamID?, Actor)
        switch session.holder {
        case .staff(let handle):
            let account = try await staff(handle)
            (stream, actor) = (try Desk.signIns(of: account.id), .staff(account.id))
        case .party(let party), .guest(let party, _): (stream, actor) = (StreamID("sign-in:\(party)"), .party(party))
        }
        guard let stream else { return }
        try await record(.signedOut(SignedOut(why: "asked to")), of: stream, by: actor, rows: Desk.ending(.text(token.digest)))
    }

    /// Ends everything somebody is signed in with.
    public func signOutEverywhere(_ holder: Session.Holder) async throws(DeskError) {
        do {
            try await store.write(try await endings(of: holder), position: nil)
        } catch let error as StoreError { throw .store(error) } catch { throw .unreadable(sequence: 0, reason: "\(error)") }
    }

    /// Sets somebody's password and ends what they were signed in with.
    public func setPassword(_ password: String, of handle: String, by requester: Requester) async throws {
        let account = try await staff(handle)
        var kept = try await credential(handle) ?? Credential(handle: handle)
        do {
            try Passwords.check(password, of: handle)
            kept.password = try await Passwords.hash(password)
        } catch { throw SignInError.password(error) }
        try await signOutEverywhere(.staff(handle: handle))
        try await record(.credentialSet(CredentialSet(what: "password")), of: try Desk.signIns(of: account.id), by: requester.actor, rows: [row(kept)])
    }

    /// A new secret for codes, to be typed into an app. It counts once a code of it was shown.
    public func newCodes(of handle: String) async throws -> String {
        let account = try await staff(handle)
        let secret = surroundings.salt() + surroundings.salt().prefix(4)
        var kept = try await credential(handle) ?? Credential(handle: handle)
        guard !kept.codesConfirmed else { throw SignInError.codesStand }
        let box = try await sealer.seal(secret, for: StreamID(account.id), context: "codes")
        (kept.codes, kept.codesConfirmed, kept.codesStep) = (String(decoding: try LedgerJSON.encode(box), as: UTF8.self), false, 0)
        try await store.write([row(kept)], position: nil)
        return OneTimeCodes.base32(secret)
    }

    /// The first code of a new secret: from now on signing in asks for one.
    public func confirmCodes(of handle: String, _ code: String) async throws {
        let account = try await staff(handle)
        guard var kept = try await credential(handle), let secret = try await openCodes(kept),
            let step = OneTimeCodes.step(of: code, secret: secret, at: surroundings.now(), after: kept.codesStep)
        else { throw SignInError.wrong }
        (kept.codesConfirmed, kept.codesStep) = (true, step)
        try await record(.credentialSet(CredentialSet(what: "codes")), of: try Desk.signIns(of: account.id), by: .staff(account.id), rows: [row(kept)])
    }

    /// Takes somebody's codes away, and their passkeys, for whoever lost what makes them, and ends what they were signed in with. They come in by password once more, and
    /// can do nothing before they set up new ones.
    public func dropCodes(of handle: String, by requester: Requester) async throws {
        let account = try await staff(handle)
        var kept = try await credential(handle) ?? Credential(handle: handle)
        let gone = try await passkeysGone(of: handle)
        guard kept.codes != nil || !gone.isEmpty else { throw SignInError.noCodes }
        (kept.codes, kept.codesConfirmed, kept.codesStep) = (nil, false, 0)
        try await signOutEverywhere(.staff(handle: handle))
        try await record(
            .credentialSet(CredentialSet(what: "no codes")), of: try Desk.signIns(of: account.id), by: requester.actor, rows: gone + [row(kept)])
    }

    /// Must they show a code? Only where their codes are set up.
    public func hasCodes(_ handle: String) async throws -> Bool { try await credential(handle)?.codesConfirmed ?? false }

    /// Writes down that somebody known was sent away.
    public func recordDenial(of requester: Requester, _ operation: String, _ code: String, more: Int) async {
        guard let stream = StreamID("denials:" + String("\(requester.actor)".prefix(60))) else { return }
        try? await record(.denied(AccessDenied(operation: operation, code: code, more: more)), of: stream, by: requester.actor)
    }

    // MARK: Underneath

    /// Beside the account's own stream, which says what somebody is and not when they came.
    static func signIns(of staff: StaffID) throws(DeskError) -> StreamID {
        guard let stream = StreamID("sign-in:\(staff)") else { throw .unknownStaff("\(staff)") }
        return stream
    }

    struct Credential {
        let handle: String
        var password: String?
        var codes: String?
        var codesConfirmed = false
        var codesStep: Int64 = 0
        init(handle: String) { self.handle = handle }
    }

    func credential(_ handle: String) async throws -> Credential? {
        let page = try await store.rows(RowQuery(IdentityTables.credentials, where: [.compare("handle", .equal, .text(handle))], limit: 1))
        guard let row = page.rows.first else { return nil }
        var kept = Credential(handle: handle)
        (kept.password, kept.codes, kept.codesConfirmed, kept.codesStep) = (row[1].text, row[2].text, row[3].integer == 1, row[4].integer ?? 0)
        return kept
    }

    private func openCodes(_ kept: Credential) async throws -> [UInt8]? {
        guard let codes = kept.codes else { return nil }
        let box = try LedgerJSON.decode(Sealed.self, from: Array(codes.utf8))
        return try await sealer.openBytes(box, context: "codes").content
    }

    func row(_ kept: Credential) -> RowChange {
        .put(
            IdentityTables.credentials,
            [.text(kept.handle), .text(kept.password), .text(kept.codes), .integer(kept.codesConfirmed ? 1 : 0), .integer(kept.codesStep)])
    }

    /// The row of somebody's codes once this one is used; `nil` where it does not fit, or was used.
    func spending(_ code: String, of handle: String, at now: Instant) async throws -> RowChange? {
        guard var kept = try await credential(handle), kept.codesConfirmed, let secret = try await openCodes(kept),
            let step = OneTimeCodes.step(of: code, secret: secret, at: now, after: kept.codesStep)
        else { return nil }
        kept.codesStep = step
        return row(kept)
    }

    /// - Parameter until: when it ends at the latest, where that is not the most a session lasts.
    func open(_ holder: Session.Holder, strong: Bool, at now: Instant, until: Instant? = nil) -> (SessionToken, Session) {
        let session = Session(holder: holder, opened: now, seen: now, expires: until ?? now + Session.lengthMax, proved: strong ? now : nil)
        return (SessionToken(surroundings.salt() + surroundings.salt()), session)
    }

    func endings(of holder: Session.Holder) async throws -> [RowChange] {
        let text = String(decoding: try LedgerJSON.encode(holder), as: UTF8.self)
        let page = try await store.rows(RowQuery(IdentityTables.sessions, where: [.compare("holder", .equal, .text(text))], limit: 10_000))
        return page.rows.flatMap { Desk.ending($0[0]) }
    }

    static func ending(_ digest: RowValue) -> [RowChange] {
        [.delete(IdentityTables.sessions, key: [digest]), .delete(IdentityTables.endings, key: [digest])]
    }

    func row(_ session: Session, _ token: SessionToken) throws -> RowChange {
        let holder = String(decoding: try LedgerJSON.encode(session.holder), as: UTF8.self)
        return .put(
            IdentityTables.sessions,
            [
                .text(token.digest), .text(holder), .integer(session.opened.milliseconds), .integer(session.seen.milliseconds),
                .integer(session.expires.milliseconds), .integer(session.proved?.milliseconds ?? 0),
            ])
    }

    static func session(_ row: [RowValue]) -> Session? {
        guard let holder = row[1].text, let read = try? LedgerJSON.decode(Session.Holder.self, from: Array(holder.utf8)), let opened = row[2].integer,
            let seen = row[3].integer, let expires = row[4].integer
        else { return nil }
        return Session(
            holder: read, opened: Instant(milliseconds: opened), seen: Instant(milliseconds: seen), expires: Instant(milliseconds: expires),
            proved: row[5].integer.flatMap { $0 == 0 ? nil : Instant(milliseconds: $0) })
    }

    func record(
        _ event: SignInEvent, of stream: StreamID, by actor: Actor, expecting: ExpectedVersion = .any, rows: [RowChange] = []
    ) async throws(DeskError) {
        try await write(event.type, { try event.payload() }, of: stream, expecting: expecting, rows: rows, by: actor)
    }
}
