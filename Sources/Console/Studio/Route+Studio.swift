import Chronicle
import Policies
import RecourseClient
import Wire

extension Route {
    /// The pack as pages: to be read by whoever must follow it, and to propose the next.
    static let studio: [Route] = [
        Route(.get, "/policy/workflows", for: .staff) { visit in
            let policy = try await visit.pack().policy
            let usual = policy.workflows.keys.contains { $0.text == "p2p-live" } ? "p2p-live" : policy.workflows.keys.map(\.text).min() ?? ""
            return .goOn(to: "/policy/workflows/\(RecourseClient.encoded(usual))" + (visit.request.query["pack"] == nil ? "" : "?pack=\(policy.hash)"))
        },
        Route(.get, "/policy/workflows/{workflow}", for: .staff) { visit in
            let policy = try await visit.pack().policy
            guard let workflow = WorkflowCode(visit.parameter("workflow")).flatMap({ policy.workflows[$0] }) else {
                throw Problem(.notFound, visit.phrases("no_such_page"))
            }
            return try await visit.sheet(try await WorkflowSheet(workflow, policy, visit).sheet)
        },
        Route(.get, "/policy/reasons", for: .staff) { visit in try await visit.sheet(ReasonsSheet(try await visit.pack().policy, visit).sheet) },
        Route(.get, "/policy/clocks", for: .staff) { visit in try await visit.sheet(ClocksSheet(try await visit.pack().policy, visit).sheet) },
        Route(.get, "/policy/authority", for: .staff) { visit in try await visit.sheet(AuthoritySheet(try await visit.pack().policy, visit).sheet) },
        Route(.get, "/policy/letters", for: .staff) { visit in try await visit.sheet(LettersSheet(try await visit.pack().policy, visit).sheet) },
        Route(.get, "/policy/versions", for: .staff) { visit in try await visit.versionsPage() },
        Route(.get, "/policy/propose", for: .staff) { visit in try await visit.proposePage() },
        Route(.post, "/policy/propose", for: .staff) { visit in try await visit.propose() },
    ]
}

extension Visit {
    fileprivate func sheet(_ sheet: Sheet) async throws -> PageReply { try render(sheet, nav: try await StaffFrame(self).nav(self)) }
}
