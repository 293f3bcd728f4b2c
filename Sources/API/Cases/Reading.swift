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
        if case .party(let context) = who { return try await listOwn(of: context, after: after, limit: limit) }
        let page = try await counter.desk.queue(try await queueFilter().filter, after: after, limit: limit)
        let answer = CasePage(cases: page.rows.map { CaseSummary($0) }, next: page.next.map { Cursor($0).text }, asOf: page.asOf)
        return try .of(answer, asOf: page.asOf)
    }

    fileprivate func showCase() async throws -> Answer {
        let (dispute, detail) = try await detail()
        return try .of(detail, asOf: detail.asOf, version: dispute.version)
    }

    /// The case as its reader may see it.
    func detail() async throws -> (dispute: Case, detail: CaseDetail) {
        let dispute = try await dispute()
        let policy = try await counter.policy(of: dispute)
        let reader = reader(of: dispute)
        let made = reader == nil ? dispute.currentRuling : dispute.announcedRuling
        let asOf = try await counter.desk.store.head().sequence
        let row = CaseRow(dispute, tierRank: policy.tiers[dispute.tier]?.rank ?? 9)
        let detail = CaseDetail(
            dispute, CaseSummary(row), policy: policy, made: made, spoken: try await spoken(in: dispute, made, to: reader), reader: reader?.id,
            staff: reader == nil ? try await counter.desk.handles() : nil, now: counter.now, asOf: asOf)
        return (dispute, detail)
    }

    private func spoken(in dispute: Case, _ made: Case.MadeRuling?, to reader: Party?) async throws -> CaseDetail.Spoken {
        var spoken = CaseDetail.Spoken()
        spoken.statement = try await words(dispute.claim.statement, dispute.id, by: dispute.claim.by, to: reader)
        for (index, claim) in dispute.claims.enumerated().dropFirst() {
            spoken.counterclaims[index] = try await words(claim.statement, dispute.id, by: claim.by, to: reader)
        }
        for (index, answer) in dispute.answers.enumerated() {
            spoken.answers[index] = try await words(answer.statement, dispute.id, by: answer.by, to: reader)
        }
        for request in dispute.requests {
            spoken.requests[request.id] = try await words(request.statement, dispute.id, by: request.of, to: reader)
        }
        for point in dispute.points { spoken.points[point.number] = try await words(point.text, dispute.id, by: point.by, to: reader) }
        for appeal in dispute.appeals { spoken.grounds[appeal.id] = try await words(appeal.grounds, dispute.id, by: appeal.by, to: reader) }
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

    /// What a party said, as this reader may read it: of what the other side wrote, without what says how to reach or to rob somebody.
    private func words(_ sealed: Sealed?, _ id: CaseID, by author: PartyID, to reader: Party?) async throws -> Words? {
        let words = try await words(sealed, id)
        guard let reader, reader.id != author, let text = words?.text else { return words }
        return .said(Redaction.forTheOtherSide(text))
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
        let list = try await messages(of: dispute)
        return try .of(list, asOf: list.asOf, version: dispute.version)
    }

    /// What was written in it, as far as it was for the reader or by them.
    func messages(of dispute: Case) async throws -> MessageList {
        let reader = reader(of: dispute)
        var messages: [MessageView] = []
        for event in try await counter.desk.history(dispute.id) {
            guard let sent = event.body.body as? MessageSent, reader.map({ dispute.mayRead(sent.audience, by: sent.by, $0) }) ?? true else { continue }
            messages.append(
                MessageView(
                    sequence: event.envelope.sequence, at: event.envelope.occurred, by: event.envelope.actor, to: sent.audience,
                    text: try await words(sent.body, dispute.id), language: sent.language))
        }
        let asOf = try await counter.desk.store.head().sequence
        return MessageList(messages: messages, asOf: asOf)
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
                recorded: event.envelope.recorded, actor: event.envelope.actor, body: try JSONValue.shown(event.body.type, try event.body.payload()))
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
