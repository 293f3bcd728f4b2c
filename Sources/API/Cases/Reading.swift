import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime
import Wire

extension Operation {
    static let reading: [Operation] = [
        Operation("list-cases", .get, "/v1/cases", for: [.staff, .party, .machine(.read)]) { visit in try await visit.listCases() },
        Operation("show-case", .get, "/v1/cases/{case}", for: [.staff, .party, .machine(.read)]) { visit in try await visit.showCase() },
        Operation("list-messages", .get, "/v1/cases/{case}/messages", for: [.staff, .party, .machine(.read)]) { visit in try await visit.listMessages() },
        Operation("explain-clocks", .get, "/v1/cases/{case}/clocks", for: [.staff, .party, .machine(.read)]) { visit in try await visit.explainClocks() },
        Operation("list-precedents", .get, "/v1/cases/{case}/precedents", for: [.staff, .machine(.read)]) { visit in try await visit.listPrecedents() },
        Operation("list-events", .get, "/v1/cases/{case}/events", for: [.staff, .machine(.read)]) { visit in try await visit.listEvents() },
        Operation("count-cases", .get, "/v1/counts", for: [.staff, .machine(.read)]) { visit in try await visit.countCases() },
    ]
}

extension Visit<Caller> {
    fileprivate func listCases() async throws -> Answer {
        let limit = try arrival.query("limit", "a number from 1 to 200") { Int($0).flatMap { 1...200 ~= $0 ? $0 : nil } } ?? 50
        let after = try arrival.query("after", "a cursor of this list") { Cursor($0)?.values }
        if case .party(let context) = who { return try await listOwn(of: context.party, after: after, limit: limit) }
        let page = try await counter.desk.queue(try await queueFilter().filter, after: after, limit: limit)
        let answer = CasePage(cases: page.rows.map { CaseSummary($0) }, next: page.next.map { Cursor($0).text }, asOf: page.asOf)
        return try .of(answer, asOf: page.asOf)
    }

    /// The cases a party is a party of, the newest first.
    private func listOwn(of party: PartyID, after: [RowValue]?, limit: Int) async throws -> Answer {
        let page = try await counter.desk.store.rows(
            RowQuery(
                CaseTables.parties, where: [.compare("party", .equal, .text(party.description))], order: [.init("case_id", descending: true)], after: after,
                limit: limit))
        var cases: [CaseSummary] = []
        for id in page.rows.compactMap({ $0[1].text.flatMap(CaseID.init) }) {
            guard let dispute = try await counter.desk.dispute(id) else { continue }
            let rank = try await counter.policy(of: dispute).tiers[dispute.tier]?.rank ?? 9
            cases.append(CaseSummary(CaseRow(dispute, tierRank: rank)))
        }
        return try .of(CasePage(cases: cases, next: page.next.map { Cursor($0).text }, asOf: page.asOf), asOf: page.asOf)
    }

    fileprivate func showCase() async throws -> Answer {
        let dispute = try await dispute()
        let policy = try await counter.policy(of: dispute)
        let reader = reader(of: dispute)
        let made = reader == nil ? dispute.currentRuling : dispute.announcedRuling
        let asOf = try await counter.desk.store.head().sequence
        let row = CaseRow(dispute, tierRank: policy.tiers[dispute.tier]?.rank ?? 9)
        let detail = CaseDetail(
            dispute, CaseSummary(row), policy: policy, made: made, spoken: try await spoken(in: dispute, made),
            staff: reader == nil ? try await counter.desk.handles() : nil, now: counter.now, asOf: asOf)
        return try .of(detail, asOf: asOf, version: dispute.version)
    }

    private func spoken(in dispute: Case, _ made: Case.MadeRuling?) async throws -> CaseDetail.Spoken {
        var spoken = CaseDetail.Spoken()
        spoken.statement = try await words(dispute.claim.statement, dispute.id)
        for point in dispute.points { spoken.points[point.number] = try await words(point.text, dispute.id) }
        for appeal in dispute.appeals { spoken.grounds[appeal.id] = try await words(appeal.grounds, dispute.id) }
        guard let ruling = made?.ruling else { return spoken }
        for (part, sealed) in [
            ("outcome", ruling.outcome.reason), ("fault", ruling.fault.reason), ("penalty", ruling.penalty.reason),
            ("compensation", ruling.compensation.reason), ("cost", ruling.cost.reason), ("deviation", ruling.deviationReason),
        ] {
            spoken.reasons[part] = try await words(sealed, dispute.id)
        }
        for answer in ruling.answers { spoken.reasons["point \(answer.point)"] = try await words(answer.reason, dispute.id) }
        return spoken
    }

    /// What somebody said, as far as this store's keys open it.
    func words(_ sealed: Sealed?, _ id: CaseID) async throws -> Words? {
        guard let sealed else { return nil }
        do {
            return try await counter.desk.open(sealed, in: id).map { .said($0) } ?? .erased
        } catch {
            guard case .sealing(.noKey) = error else { throw error }
            return .sealed
        }
    }

    fileprivate func listMessages() async throws -> Answer {
        let dispute = try await dispute()
        let reader = reader(of: dispute)
        var messages: [MessageView] = []
        for event in try await counter.desk.history(dispute.id) {
            guard let sent = event.body.body as? MessageSent, reader.map({ dispute.mayRead(sent.audience, $0) }) ?? true else { continue }
            messages.append(
                MessageView(
                    sequence: event.envelope.sequence, at: event.envelope.occurred, by: event.envelope.actor, to: sent.audience,
                    text: try await words(sent.body, dispute.id), language: sent.language))
        }
        let asOf = try await counter.desk.store.head().sequence
        return try .of(MessageList(messages: messages, asOf: asOf), asOf: asOf, version: dispute.version)
    }

    fileprivate func listPrecedents() async throws -> Answer {
        let dispute = try await dispute()
        let found = try await counter.desk.precedents(of: dispute)
        let asOf = try await counter.desk.store.head().sequence
        return try .of(PrecedentList(found, of: dispute, asOf: asOf), asOf: asOf, version: dispute.version)
    }

    fileprivate func explainClocks() async throws -> Answer {
        let dispute = try await dispute()
        let calendars = try await counter.policy(of: dispute).calendars
        let asOf = try await counter.desk.store.head().sequence
        let list = ClockList(dispute.clocks, now: counter.now, asOf: asOf) { (try? $0.running.due(using: calendars))?.explanation.text }
        return try .of(list, asOf: asOf, version: dispute.version)
    }

    fileprivate func listEvents() async throws -> Answer {
        let dispute = try await dispute()
        let events = try await counter.desk.history(dispute.id).map { event in
            EventView(
                sequence: event.envelope.sequence, version: event.envelope.version, type: event.body.type.description, occurred: event.envelope.occurred,
                recorded: event.envelope.recorded, actor: event.envelope.actor, body: try JSONValue(json: try event.body.payload()))
        }
        let asOf = try await counter.desk.store.head().sequence
        return try .of(EventList(events: events, asOf: asOf), asOf: asOf, version: dispute.version)
    }

    fileprivate func countCases() async throws -> Answer {
        let asOf = try await counter.desk.store.head().sequence
        let counts = try await counter.desk.tallies().map { tally in
            CountView(
                phase: tally.phase, tier: tally.tier, type: tally.type, language: tally.language, owned: tally.owned, simulated: tally.simulated,
                cases: tally.cases)
        }
        return try .of(CountList(counts: counts, asOf: asOf), asOf: asOf)
    }
}

extension CaseSummary {
    init(_ row: CaseRow) {
        self.init(
            id: row.id, short: row.short, type: row.type, reason: row.reason, phase: row.phase, step: row.step, tier: row.tier, language: row.language,
            due: row.due, dueClock: row.dueClock, owner: row.owner, opened: row.opened, closed: row.closed, how: row.how, amount: row.amount,
            order: row.order, reference: row.reference, simulated: row.simulated, version: row.version)
    }
}
