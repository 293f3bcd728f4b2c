import Chronicle
import Disputes
import Policies
import Runtime
import Wire

extension Operation {
    static let people: [Operation] = [
        Operation("list-users", .get, "/v1/users", for: [.staff, .machine(.administer)]) { visit in
            let users = try await visit.counter.desk.everyone().compactMap { handle, account in
                account.standing.map { UserView(handle: handle, standing: $0, active: account.active) }
            }
            let asOf = try await visit.counter.desk.store.head().sequence
            return try .of(UserList(users: users, asOf: asOf), asOf: asOf)
        },
        Operation("show-me", .get, "/v1/me", for: [.staff]) { visit in
            guard case .staff(let context) = visit.who else { throw Problem(.notPermitted, "this is for members of staff") }
            let policy = try await visit.counter.desk.policyInForce()
            var grants: [String: String] = [:]
            for role in context.standing.roles.compactMap({ policy.roles[$0] }) {
                for (act, relation) in role.grants where grants[act.rawValue] != Role.Relation.any.rawValue { grants[act.rawValue] = relation.rawValue }
            }
            let deskActs = Set(context.standing.roles.flatMap { policy.roles[$0]?.deskActs ?? [] })
            return try .of(
                UserView(handle: context.handle, standing: context.standing, active: true, grants: grants, deskActs: deskActs.map(\.rawValue).sorted()),
                asOf: nil)
        },
        Operation("add-user", .post, "/v1/users", for: [.staff, .machine(.administer)], bringing: .json, demanding: .administer) { visit in
            try await visit.addUser()
        },
        Operation("change-user", .patch, "/v1/users/{handle}", for: [.staff, .machine(.administer)], bringing: .json, demanding: .administer) { visit in
            try await visit.changeUser()
        },
        Operation("dismiss-user", .delete, "/v1/users/{handle}", for: [.staff, .machine(.administer)], demanding: .administer) { visit in
            let handle = try visit.arrival.parameter("handle")
            try visit.demandAnother(than: handle)
            let standing = try await visit.counter.desk.staff(handle)
            try await visit.counter.desk.dismiss(handle: handle, by: visit.who.requester)
            return try .of(UserView(handle: handle, standing: standing, active: false), asOf: try await visit.counter.desk.store.head().sequence)
        },
        Operation("list-keys", .get, "/v1/keys", for: [.staff, .machine(.administer)], demanding: .administer) { visit in
            let uses = try await visit.counter.desk.lastUses()
            let keys = try await visit.counter.desk.accessKeys().map { KeyView($0, used: uses[$0.id]) }
            let asOf = try await visit.counter.desk.store.head().sequence
            return try .of(KeyList(keys: keys, asOf: asOf), asOf: asOf)
        },
        Operation("issue-key", .post, "/v1/keys", for: [.staff, .machine(.administer)], bringing: .json, demanding: .administer) { visit in
            try await visit.issueKey()
        },
        Operation("revoke-key", .delete, "/v1/keys/{key}", for: [.staff, .machine(.administer)], demanding: .administer) { visit in try await visit.revokeKey()
        },
    ]
}

extension Visit<Caller> {
    /// The member of staff who asks.
    func member() throws(Problem) -> StaffStanding {
        guard case .staff(let context) = who else { throw Problem(.notPermitted, "this is for members of staff") }
        return context.standing
    }

    fileprivate func addUser() async throws -> Answer {
        let body = try arrival.read(UserBody.self)
        let standing = StaffStanding(
            id: StaffID(at: counter.now, randomness: counter.desk.surroundings.random()), roles: body.roles, level: body.level,
            languages: body.languages ?? [], skills: body.skills ?? [], site: body.site)
        try await counter.desk.register(handle: body.handle, standing, by: who.requester)
        let view = UserView(handle: body.handle, standing: standing, active: true)
        return try .of(view, status: 201, asOf: try await counter.desk.store.head().sequence, location: "/v1/users/\(body.handle)")
    }

    fileprivate func changeUser() async throws -> Answer {
        let body = try arrival.read(StandingBody.self)
        let handle = try arrival.parameter("handle")
        try demandAnother(than: handle)
        let old = try await counter.desk.staff(handle)
        let new = StaffStanding(
            id: old.id, roles: body.roles ?? old.roles, level: body.level ?? old.level, languages: body.languages ?? old.languages,
            skills: body.skills ?? old.skills, site: body.site ?? old.site)
        try await counter.desk.change(new, by: who.requester)
        return try .of(UserView(handle: handle, standing: new, active: true), asOf: try await counter.desk.store.head().sequence)
    }

    fileprivate func issueKey() async throws -> Answer {
        let body = try arrival.read(KeyBody.self)
        guard 1...100 ~= body.label.count else { throw Problem(.refused, "say in 1 to 100 characters what the key is for", field: "label") }
        let holder = try KeyHolder(named: body.holder, scopes: body.scopes ?? [])
        try demandOwn(holder)
        let key = try await counter.desk.issueKey(
            to: holder, label: body.label, expires: body.expires, by: who.requester)
        let issued = IssuedKey(id: key.id.description, key: key.text)
        return try .of(issued, status: 201, asOf: try await counter.desk.store.head().sequence, location: "/v1/keys/\(key.id)")
    }

    /// A person who administers the desk gives out no key that would make them somebody else: not a colleague's, not a party's, and none that
    /// administers, which is bound by none of this. An operator's key does.
    private func demandOwn(_ holder: KeyHolder) throws(Problem) {
        guard case .staff(let context) = who else { return }
        switch holder {
        case .staff(let handle):
            guard handle == context.handle else { throw Problem(.conflictOfInterest, "a person's key is made by themselves", field: "holder") }
        case .party: throw Problem(.conflictOfInterest, "a party's key is made by the party", field: "holder")
        case .machine(_, let scopes):
            let beyond = scopes.filter { [Scope.administer.rawValue, Scope.invite.rawValue].contains($0) }
            guard beyond.isEmpty else {
                throw Problem(
                    .beyondAuthority, "a key that opens “\(beyond.joined(separator: ", "))” is made by an operator, on the command line", field: "scopes")
            }
        }
    }

    fileprivate func revokeKey() async throws -> Answer {
        let named = try arrival.parameter("key")
        guard let id = AccessKeyID(named) else { throw Problem(.notFound, "there is no key “\(named)”") }
        let now = counter.desk.surroundings.now()
        let opensAll = try await counter.desk.accessKeys().filter { key in
            if case .machine(_, let scopes) = key.holder { key.isValid(at: now) && scopes.contains(Scope.administer.rawValue) } else { false }
        }
        guard opensAll.contains(where: { $0.id != id }) else {
            throw Problem(.notNow, "this is the last key that can give out others; give out another one first")
        }
        try await counter.desk.revokeKey(id, because: arrival.query["because"] ?? "taken back", by: who.requester)
        guard let key = try await counter.desk.accessKeys().first(where: { $0.id == id }) else { throw DeskError.unknownKey(id) }
        return try .of(KeyView(key, used: try await counter.desk.lastUses()[id]), asOf: try await counter.desk.store.head().sequence)
    }
}

extension KeyView {
    init(_ key: AccessKey, used: Instant?) {
        let (holder, scopes): (String, [String]) =
            switch key.holder {
            case .staff(let handle): (handle, [])
            case .machine(let name, let scopes): ("machine:" + name, scopes)
            case .party(let party): (party.description, [])
            }
        self.init(
            id: key.id.description, holder: holder, scopes: scopes, label: key.label, issued: key.issued, expires: key.expires, revoked: key.revoked,
            lastUsed: used)
    }
}
