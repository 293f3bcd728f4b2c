import Chronicle
import Disputes
import Runtime
import Wire

extension Operation {
    /// What a merchant's program may do with a key: read the merchant's cases, write and answer in them, and bring evidence. Nothing that moves money,
    /// gives up a right, or makes more keys: a key lies in files, and whoever finds it must not be able to lose anybody's coins.
    static let ofPartyKeys: Set<String> = [
        "list-cases", "show-case", "list-messages", "explain-clocks", "send-message", "answer-claim", "answer-request", "raise-point", "submit-exhibit",
        "begin-upload", "show-upload", "continue-upload", "cancel-upload", "read-exhibit", "show-my-order", "show-my-standing", "show-session",
        "show-vocabulary", "stream-events",
    ]
}

extension Visit<Caller> {
    /// Keys a merchant has at the same time.
    private static var ownKeysMax: Int { 5 }
    private static var ownKeyLasts: (usual: Span, most: Span) { (.days(90), .days(365)) }

    func ownKeys() async throws -> Answer {
        let party = try asking().party
        let uses = try await counter.desk.lastUses()
        let keys = try await counter.desk.accessKeys(of: .party(party)).map { KeyView($0, used: uses[$0.id]) }
        let asOf = try await counter.desk.store.head().sequence
        return try .of(KeyList(keys: keys, asOf: asOf), asOf: asOf)
    }

    func issueOwnKey() async throws -> Answer {
        let (party, body, now) = (try asking().party, try arrival.read(OwnKeyBody.self), counter.desk.surroundings.now())
        guard 1...100 ~= body.label.count else { throw Problem(.refused, "say in 1 to 100 characters what the key is for", field: "label") }
        let expires = body.expires ?? now + Self.ownKeyLasts.usual
        guard now < expires, expires <= now + Self.ownKeyLasts.most else { throw Problem(.refused, "a key ends within a year from now", field: "expires") }
        guard try await counter.desk.standing(of: party).merchant != nil else {
            throw Problem(.notPermitted, "keys are for merchants, and in none of your cases the exchange called you one")
        }
        let valid = try await counter.desk.accessKeys(of: .party(party)).filter { $0.isValid(at: now) }
        guard valid.count < Self.ownKeysMax else { throw Problem(.notNow, "you have \(valid.count) keys; take one back first") }
        let key = try await counter.desk.issueKey(to: .party(party), label: body.label, expires: expires, by: who.requester)
        let issued = IssuedKey(id: key.id.description, key: key.text)
        return try .of(issued, status: 201, asOf: try await counter.desk.store.head().sequence, location: "/v1/my/keys/\(key.id)")
    }

    func revokeOwnKey() async throws -> Answer {
        let (party, named) = (try asking().party, try arrival.parameter("key"))
        // Another's key is, to them, none.
        guard let id = AccessKeyID(named), try await counter.desk.accessKeys(of: .party(party)).contains(where: { $0.id == id }) else {
            throw Problem(.notFound, "there is no key “\(named)” of yours")
        }
        try await counter.desk.revokeKey(id, because: "taken back by its owner", by: who.requester)
        guard let key = try await counter.desk.accessKeys(of: .party(party)).first(where: { $0.id == id }) else { throw DeskError.unknownKey(id) }
        return try .of(KeyView(key, used: try await counter.desk.lastUses()[id]), asOf: try await counter.desk.store.head().sequence)
    }
}
