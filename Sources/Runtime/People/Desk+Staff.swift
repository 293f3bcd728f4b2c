import Chronicle
import Disputes
import EventStorage
import Policies

extension Desk {
    /// Registers a member of staff under a handle nobody else has.
    public func register(handle: String, _ standing: StaffStanding, by requester: Requester) async throws(DeskError) {
        guard 1...40 ~= handle.count, handle.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }) else {
            throw .notAHandle(handle)
        }
        try await check(standing)
        guard try await staffID(handle) == nil else { throw .alreadyTaken(handle: handle) }
        let row = RowChange.put(CaseTables.staff, [.text(handle), .text(standing.id.description), .integer(1)])
        try await write(.registered(StaffRegistered(handle: handle, standing: standing)), of: standing.id, expecting: .none, [row], requester)
    }

    /// Changes roles, certificate, languages, skills or site.
    public func change(_ standing: StaffStanding, by requester: Requester) async throws(DeskError) {
        try await check(standing)
        try await write(.changed(StaffChanged(standing: standing)), of: standing.id, expecting: .any, [], requester)
    }

    /// Ends an account; what the person did stays in the log, what they arranged for themselves goes.
    public func dismiss(handle: String, by requester: Requester) async throws(DeskError) {
        guard let id = try await staffID(handle) else { throw .unknownStaff(handle) }
        let row = RowChange.put(CaseTables.staff, [.text(handle), .text(id.description), .integer(0)])
        let forgotten = try await arrangementsForgotten(of: id)
        try await write(.left(StaffLeft()), of: id, expecting: .any, [row] + forgotten, requester)
    }

    /// The standing of an active member of staff, by handle.
    public func staff(_ handle: String) async throws(DeskError) -> StaffStanding {
        guard let id = try await staffID(handle), let account = try await account(id), account.active, let standing = account.standing
        else { throw .unknownStaff(handle) }
        return standing
    }

    public func account(_ id: StaffID) async throws(DeskError) -> StaffAccount? {
        var account = StaffAccount()
        let events: [StoredEvent]
        do { events = try await store.read(StreamID(id), after: 0, limit: Desk.pageEvents) } catch { throw .store(error) }
        guard !events.isEmpty else { return nil }
        for stored in events {
            do {
                account.apply(Recorded(stored.envelope, try stored.payload.withUnsafeBytes { try StaffEvent.read(stored.type, from: $0) }))
            } catch {
                throw .unreadable(sequence: stored.envelope.sequence, reason: "\(error)")
            }
        }
        return account
    }

    /// Everyone on staff, by handle.
    public func everyone() async throws(DeskError) -> [(handle: String, account: StaffAccount)] {
        let page: RowPage
        do { page = try await store.rows(RowQuery(CaseTables.staff, order: [.init("handle")], limit: 10_000)) } catch { throw .store(error) }
        var found: [(String, StaffAccount)] = []
        for row in page.rows {
            guard let handle = row[0].text, let id = row[1].text.flatMap(StaffID.init), let account = try await account(id) else { continue }
            found.append((handle, account))
        }
        return found
    }

    /// Handles of everyone who is or was on staff: from their rows alone.
    public func handles() async throws(DeskError) -> [StaffID: String] {
        let page: RowPage
        do { page = try await store.rows(RowQuery(CaseTables.staff, limit: 10_000)) } catch { throw .store(error) }
        var handles: [StaffID: String] = [:]
        for row in page.rows { if let handle = row[0].text, let id = row[1].text.flatMap(StaffID.init) { handles[id] = handle } }
        return handles
    }

    func staffID(_ handle: String) async throws(DeskError) -> StaffID? {
        do {
            let page = try await store.rows(RowQuery(CaseTables.staff, where: [.compare("handle", .equal, .text(handle))], limit: 1))
            return page.rows.first?[1].text.flatMap(StaffID.init)
        } catch {
            throw .store(error)
        }
    }

    private func check(_ standing: StaffStanding) async throws(DeskError) {
        guard !standing.roles.isEmpty else { throw .roleMissing }
        let policy = try await policyInForce()
        for role in standing.roles where policy.roles[role] == nil { throw .refused(.unknownCode(noun: RoleKind.noun, code: role.text)) }
        for skill in standing.skills where policy.skills[skill] == nil { throw .refused(.unknownCode(noun: SkillKind.noun, code: skill.text)) }
    }

    private func write(
        _ event: StaffEvent, of id: StaffID, expecting: ExpectedVersion, _ rows: [RowChange], _ requester: Requester
    ) async throws(DeskError) {
        try await write(event.type, { try event.payload() }, of: StreamID(id), expecting: expecting, rows: rows, by: requester.actor)
    }
}
