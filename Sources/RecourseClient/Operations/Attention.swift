import Chronicle
import Disputes
import Policies
import Wire

/// What people arrange for themselves, and where their eyes are.
extension RecourseClient {
    public func showArrangement() async throws -> ArrangementView { try await get("/v1/arrangement") }
    public func changeArrangement(_ change: ArrangementBody) async throws -> ArrangementView { try await send("PATCH", "/v1/arrangement", change) }

    /// - Parameter zone: until whose midnight today lasts.
    public func listViews(zone: String? = nil) async throws -> SavedViewList { try await get("/v1/views", zone.map { [("zone", $0)] } ?? []) }
    public func saveView(_ view: SavedViewBody) async throws -> SavedViewView { try await send("POST", "/v1/views", view) }
    public func changeView(_ id: String, _ change: SavedViewChangeBody) async throws -> SavedViewView {
        try await send("PATCH", "/v1/views/\(RecourseClient.encoded(id))", change)
    }
    public func removeView(_ id: String) async throws -> SavedViewView { try await send("DELETE", "/v1/views/\(RecourseClient.encoded(id))") }

    /// All that is in a queue, counted no further than somebody reads.
    public func summariseQueue(_ query: CaseQuery = CaseQuery()) async throws -> QueueSummary { try await get("/v1/queue/summary", query.query) }

    public func snoozeCase(_ named: String, _ snooze: SnoozeBody) async throws -> CaseChange {
        try await send("PUT", RecourseClient.path(named, "snooze"), snooze)
    }
    public func endSnooze(_ named: String) async throws -> CaseChange { try await send("DELETE", RecourseClient.path(named, "snooze")) }

    public func showAttention(_ named: String) async throws -> AttentionView { try await get(RecourseClient.path(named, "attention")) }
    public func followCase(_ named: String) async throws -> AttentionView { try await send("PUT", RecourseClient.path(named, "following")) }
    public func unfollowCase(_ named: String) async throws -> AttentionView { try await send("DELETE", RecourseClient.path(named, "following")) }
    public func markSeen(_ named: String, _ seen: SeenBody) async throws -> AttentionView { try await send("PUT", RecourseClient.path(named, "seen"), seen) }

    public func listFollowed() async throws -> NewsList { try await get("/v1/followed") }
    public func listMentions() async throws -> NewsList { try await get("/v1/mentions") }
    public func listPresence() async throws -> PresenceList { try await get("/v1/presence") }

    /// The same to several cases; each is done or not by itself.
    public func doInBulk(_ bulk: BulkBody) async throws -> BulkResult { try await send("POST", "/v1/bulk", bulk) }
}
