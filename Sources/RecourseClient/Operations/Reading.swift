import Chronicle
import Disputes
import Policies
import Wire

/// What of the queue is wanted; nothing said is everything open.
public struct CaseQuery: Hashable, Sendable {
    public var phase: Phase?
    /// `T1`, or its rank.
    public var tier: String?
    public var type: CaseTypeCode?
    public var language: Language?
    /// A handle, or `me`.
    public var owner: String?
    /// Only cases nobody has.
    public var free = false
    /// Closed ones, too.
    public var closed = false
    public var dueBefore: Instant?
    public var dueAfter: Instant?
    /// Which deadlines; besides the two instants.
    public var due: DueWindow?
    /// Until whose midnight today lasts.
    public var zone: String?
    /// Without those whoever asks has put aside.
    public var awake = false
    /// Only those.
    public var snoozed = false

    public init() {}

    var query: [(String, String)] {
        let words: [(String, String?)] = [
            ("phase", phase?.rawValue), ("tier", tier), ("type", type?.text), ("language", language?.text), ("owner", owner),
            ("free", free ? "true" : nil), ("closed", closed ? "true" : nil), ("due_before", dueBefore?.description), ("due_after", dueAfter?.description),
            ("due", due?.rawValue), ("zone", zone), ("awake", awake ? "true" : nil), ("snoozed", snoozed ? "true" : nil),
        ]
        return words.compactMap { name, value in value.map { (name, $0) } }
    }
}

extension RecourseClient {
    /// A page of the queue, nearest deadline first; for a party its own cases, the newest first.
    public func listCases(_ query: CaseQuery = CaseQuery(), after: String? = nil, limit: Int = 50) async throws -> CasePage {
        try await get("/v1/cases", query.query + (after.map { [("after", $0)] } ?? []) + [("limit", String(limit))])
    }

    public func showCase(_ named: String) async throws -> CaseDetail { try await get(RecourseClient.path(named)) }
    public func listMessages(_ named: String) async throws -> MessageList { try await get(RecourseClient.path(named, "messages")) }
    /// Letters that went out, as each reader had them; for a party its own.
    public func listLetters(_ named: String) async throws -> LetterList { try await get(RecourseClient.path(named, "letters")) }
    /// What one letter would say now.
    public func previewLetter(_ named: String, _ letter: LetterCode, to side: Side) async throws -> LetterView {
        try await get(RecourseClient.path(named, "letters/" + letter.text), [("to", side.rawValue)])
    }
    /// The decided cases nearest to it, most alike first.
    public func listPrecedents(_ named: String) async throws -> PrecedentList { try await get(RecourseClient.path(named, "precedents")) }
    public func explainClocks(_ named: String) async throws -> ClockList { try await get(RecourseClient.path(named, "clocks")) }
    public func listEvents(_ named: String) async throws -> EventList { try await get(RecourseClient.path(named, "events")) }
    public func countCases() async throws -> CountList { try await get("/v1/counts") }

    /// `/v1/cases/P2P-1001/ruling`: names are encoded, what follows them is not.
    static func path(_ named: String, _ rest: String? = nil) -> String { "/v1/cases/" + encoded(named) + (rest.map { "/" + $0 } ?? "") }
}
