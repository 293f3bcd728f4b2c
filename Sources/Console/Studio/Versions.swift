import Chronicle
import RecourseClient
import Wire

extension Visit {
    func versionsPage() async throws -> PageReply {
        let frame = try await StaffFrame(self)
        async let editions = client.listPacks()
        async let proposals = client.listProposals()
        async let users = client.listUsers()
        var (compared, problem): (PackChangeList?, Problem?) = (nil, nil)
        if let from = request.query["from"].flatMap({ Digest($0) }), let to = request.query["to"].flatMap({ Digest($0) }) {
            do { compared = try await client.comparePacks(from: PolicyHash(from), to: PolicyHash(to)) } catch let refused as Problem where refused.status < 500
            {
                problem = refused
            }
        }
        let page = VersionsPage(
            editions: try await editions.packs, proposals: try await proposals.proposals,
            handles: Dictionary(try await users.users.map { ($0.id, $0.handle) }) { $1 }, compared: compared, problem: problem?.detail)
        return try render(page, status: problem?.status ?? 200, nav: frame.nav(self))
    }
}

/// Every pack that was in force, and what changed from any to any other, in words.
struct VersionsPage: Page {
    static let template = "studio-versions"
    let editions: [PackEdition]
    let proposals: [ProposalView]
    let handles: [StaffID: String]
    let compared: PackChangeList?
    let problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("versions") }

    private func name(_ actor: Actor) -> String { if case .staff(let id) = actor { handles[id] ?? id.description } else { actor.description } }

    func fields(_ visit: Visit) -> Fields {
        let phrases = visit.phrases
        let table = Table(
            caption: phrases("put_in_force"), heads: ["version", "standing", "in_force_from", "by_whom", "hash"].map { phrases("head_" + $0) },
            rows: editions.map { edition in
                [
                    Table.Cell("\(edition.title) \(edition.version)", "c-wide", href: "/policy/workflows?pack=\(edition.hash)"),
                    Table.Cell(phrases("edition.\(edition.standing.rawValue)")), Table.Cell(edition.effectiveFrom.description),
                    Table.Cell(name(edition.by) + ", " + visit.clock.short(edition.at)), Table.Cell(edition.hash.short, "c-code"),
                ]
            })
        let current = editions.first { $0.standing == .inForce }?.hash
        let known = choices(phrases)
        let from = compared?.from ?? editions.first { $0.standing == .past }?.hash ?? current
        let to = compared?.to ?? proposals.first { $0.state == .waiting }?.hash ?? current
        func options(_ chosen: PolicyHash?) -> Field {
            .list(known.map { ["hash": .text($0.hash.description), "name": .text($0.name), "chosen": .flag($0.hash == chosen)] })
        }
        return table.fields.with([
            "tabs": .list(visit.studioTabs()), "anyTabs": true, "problem": Field(problem), "froms": options(from), "tos": options(to),
            "compared": compared.map { compared in
                // The desk tells them table by table.
                var groups: [(table: String, texts: [String])] = []
                for change in compared.changes {
                    if groups.last?.table == change.table {
                        groups[groups.count - 1].texts.append(change.text)
                    } else {
                        groups.append((change.table, [change.text]))
                    }
                }
                return .group([
                    "heading": .text(phrases.counted("n_changes", compared.changes.count)), "same": .flag(compared.changes.isEmpty),
                    "groups": .list(
                        groups.map { group in
                            ["name": .text(group.table.firstUpper), "changes": .list(group.texts.map { ["text": .text($0)] })]
                        }),
                ])
            } ?? .none,
        ])
    }

    /// Each pack once, however often it was proposed.
    private func choices(_ phrases: Phrases) -> [(hash: PolicyHash, name: String)] {
        var seen: Set<PolicyHash> = []
        let approved = editions.map { (hash: $0.hash, name: "\($0.version) · \($0.hash.short) · " + phrases("edition.\($0.standing.rawValue)")) }
        let proposed = proposals.map { (hash: $0.hash, name: "\($0.version) · \($0.hash.short) · " + phrases("proposal.\($0.state.rawValue)")) }
        return (approved + proposed).filter { seen.insert($0.hash).inserted }
    }
}
