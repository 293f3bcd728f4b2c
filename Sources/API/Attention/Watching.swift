import Chronicle
import Disputes
import Wire

/// What a stream tells of who is where, and where its own reader is.
struct Watching: Sendable {
    private let presence: Presence
    private let handle: String
    /// The reader's own page; `nil` for a list, where nobody is at a case.
    private let looking: Presence.Looking?

    init(_ presence: Presence, _ handle: String, at dispute: CaseID?) {
        (self.presence, self.handle) = (presence, handle)
        looking = dispute.map { presence.enter($0, handle) }
    }

    /// The others: at the same case, or anywhere. Asking is a sign of life.
    func present() -> PresenceList {
        looking?.stay()
        return PresenceList(presence.people(except: handle, at: looking?.dispute))
    }
}

extension PresenceList {
    init(_ people: [CaseID: [String]]) {
        self.init(cases: people.sorted { $0.key < $1.key }.map { Line(dispute: $0.key, people: $0.value) })
    }
}

extension Visit<Caller> {
    /// What the reader of a stream wants to know of who is where; only staff, and only of staff.
    func watching() async throws -> Watching? {
        let named = arrival.query["looking_at"]
        let all = try arrival.query("presence", "true or false") { Bool($0) } ?? false
        guard named != nil || all else { return nil }
        guard case .staff(let context) = who else { throw Problem(.notPermitted, "who looks at what is for members of staff") }
        guard let named else { return Watching(counter.presence, context.handle, at: nil) }
        return Watching(counter.presence, context.handle, at: try await counter.desk.find(named))
    }
}
