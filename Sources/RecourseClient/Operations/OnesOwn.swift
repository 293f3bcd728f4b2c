import Chronicle
import Disputes
import Policies
import Wire

/// Which of its own cases a party wants; nothing said is all of them.
public struct OwnCaseQuery: Hashable, Sendable {
    public var phase: Phase?
    public var type: CaseTypeCode?
    public var order: String?
    public var side: Side?
    /// Only open ones, or only closed ones.
    public var open: Bool?
    /// Those in which the next move is the party's.
    public var waiting = false

    public init() {}

    fileprivate var query: [(String, String)] {
        let words: [(String, String?)] = [
            ("phase", phase?.rawValue), ("type", type?.text), ("order", order), ("side", side?.rawValue), ("open", open?.description),
            ("waiting", waiting ? "true" : nil),
        ]
        return words.compactMap { name, value in value.map { (name, $0) } }
    }
}

/// What a party asks of itself.
extension RecourseClient {
    /// A party's own cases, the newest first.
    public func listOwnCases(_ query: OwnCaseQuery, after: String? = nil, limit: Int = 50) async throws -> CasePage {
        try await get("/v1/cases", query.query + (after.map { [("after", $0)] } ?? []) + [("limit", String(limit))])
    }

    public func showMyOrder(_ reference: String) async throws -> OwnOrderView { try await get("/v1/my/orders/" + RecourseClient.encoded(reference)) }
    public func showMyStanding() async throws -> StandingView { try await get("/v1/my/standing") }
    public func listMyKeys() async throws -> KeyList { try await get("/v1/my/keys") }
    public func issueMyKey(_ key: OwnKeyBody) async throws -> IssuedKey { try await send("POST", "/v1/my/keys", key) }
    public func revokeMyKey(_ id: String) async throws -> KeyView { try await send("DELETE", "/v1/my/keys/" + RecourseClient.encoded(id)) }

    /// How it was to be a party here; once, when the case is over.
    public func rateProcess(_ named: String, _ rating: RatingBody) async throws -> CaseChange {
        try await send("POST", RecourseClient.path(named, "rating"), rating)
    }

    /// The case on paper with the proof of it, byte for byte as `Dossier` reads it.
    public func takeCaseFile(_ named: String) async throws -> [UInt8] { try await raw(Call("POST", RecourseClient.path(named, "file"))).body }

    /// How it was to be a party here, added up.
    public func showSurvey() async throws -> SurveyView { try await get("/v1/survey") }
}
