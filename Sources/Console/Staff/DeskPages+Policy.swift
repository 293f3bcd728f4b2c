import Chronicle
import RecourseClient
import Wire

extension Route {
    static let deskPages: [Route] = [
        Route(.get, "/policy", for: .staff) { visit in try await visit.policyPage() },
        // A document of 150 kB is a file to keep and to print, not a page to load each time.
        Route(.get, "/policy/procedure", for: .staff) { visit in
            let policy = try await visit.client.showPolicy()
            let text = try await visit.client.explainProcedure().text
            return .download(Array(text.utf8), name: "procedure-\(policy.hash.short).txt", type: "text/plain; charset=utf-8")
        },
        Route(.post, "/policy/proposals/{number}/approve", for: .staff) { visit in
            try await visit.settle { try await visit.client.approveProposal($0) }
        },
        Route(.post, "/policy/proposals/{number}/decline", for: .staff) { visit in
            try await visit.settle { try await visit.client.declineProposal($0, because: visit.request["because"] ?? "") }
        },
    ]
}

extension Visit {
    func policyPage(problem: Problem? = nil) async throws -> PageReply {
        let frame = try await StaffFrame(self)
        async let policy = client.showPolicy()
        async let users = client.listUsers()
        var proposals: [ProposalView] = []
        for proposal in try await client.listProposals().proposals { proposals.append(try await client.showProposal(proposal.number)) }
        let page = PolicyPage(
            policy: try await policy, proposals: proposals,
            handles: Dictionary(try await users.users.map { ($0.id, $0.handle) }) { $1 }, problem: problem?.detail)
        return try render(page, status: problem?.status ?? 200, nav: frame.nav(self))
    }

    fileprivate func settle(_ settling: (Int) async throws -> ProposalView) async throws -> PageReply {
        guard let number = Int(parameter("number")) else { throw Problem(.notFound, phrases("no_such_page")) }
        do {
            _ = try await settling(number)
            return .goOn(to: "/policy?said=settled")
        } catch let problem as Problem where problem.code == .codeNeeded {
            return .goOn(to: RecourseClient.address("/code", [("next", "/policy")]))
        } catch let problem as Problem where problem.status < 500 {
            return try await policyPage(problem: problem)
        }
    }
}

struct PolicyPage: Page {
    static let template = "policy"
    let policy: PolicyView
    let proposals: [ProposalView]
    let handles: [StaffID: String]
    let problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("policy") }

    func fields(_ visit: Visit) -> Fields {
        func name(_ actor: Actor) -> String { if case .staff(let id) = actor { handles[id] ?? id.description } else { actor.description } }
        return [
            "anyTabs": true, "tabs": .list(visit.studioTabs()), "title": .text(policy.title), "problem": Field(problem),
            "lead": .text(
                visit.phrases(
                    "policy_lead", policy.version, policy.effectiveFrom.description, policy.hash.short, policy.reasons.grouped, policy.clocks.grouped,
                    policy.regimes.grouped)),
            "anyProposals": .flag(!proposals.isEmpty),
            "proposals": .list(
                proposals.map { proposal in
                    [
                        "number": .text(String(proposal.number)), "name": .text("\(proposal.title) \(proposal.version)"),
                        "state": .text(visit.phrases("proposal.\(proposal.state.rawValue)")),
                        "meaning": .text(proposal.state == .approved ? "is-good" : proposal.state == .waiting ? "is-soon" : ""),
                        "by": .text(visit.phrases("proposed_by", name(proposal.by), visit.clock.short(proposal.at), proposal.effectiveFrom.description)),
                        "because": .text(proposal.because), "changes": .list((proposal.changes ?? []).map { ["text": .text($0)] }),
                        "waiting": proposal.state == .waiting ? .group(["number": .text(String(proposal.number))]) : .none,
                    ]
                }),
        ]
    }
}
