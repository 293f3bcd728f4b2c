import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime
import Wire

extension Operation {
    /// Where one's eyes are: put aside, followed, called in, read, being looked at.
    static let attending: [Operation] = [
        act("snooze-case", "snooze", by: .put, for: staffOnly) { (body: SnoozeBody, _, _) in [.snooze(until: body.until)] },
        act("end-snooze", "snooze", by: .delete, for: staffOnly) { _, _ in [.endSnooze] },
        Operation("show-attention", .get, "/v1/cases/{case}/attention", for: staffOnly) { visit in try await visit.attention(to: try await visit.dispute()) },
        Operation("follow-case", .put, "/v1/cases/{case}/following", for: staffOnly) { visit in
            let dispute = try await visit.dispute()
            try await visit.counter.desk.follow(dispute.id, at: dispute.version, by: try visit.member().id)
            return try await visit.attention(to: dispute)
        },
        Operation("unfollow-case", .delete, "/v1/cases/{case}/following", for: staffOnly) { visit in
            let dispute = try await visit.dispute()
            try await visit.counter.desk.unfollow(dispute.id, by: try visit.member().id)
            return try await visit.attention(to: dispute)
        },
        Operation("mark-seen", .put, "/v1/cases/{case}/seen", for: staffOnly, bringing: .json) { visit in
            let body = try visit.arrival.read(SeenBody.self)
            let dispute = try await visit.dispute()
            guard 1...dispute.version ~= body.version else { throw Problem(.refused, "the case is at version \(dispute.version)", field: "version") }
            try await visit.counter.desk.markSeen(dispute.id, upTo: body.version, by: try visit.member().id)
            return try await visit.attention(to: dispute)
        },
        Operation("list-followed", .get, "/v1/followed", for: staffOnly) { visit in try await visit.listFollowed() },
        Operation("list-mentions", .get, "/v1/mentions", for: staffOnly) { visit in try await visit.listMentions() },
        Operation("list-presence", .get, "/v1/presence", for: staffOnly) { visit in
            guard case .staff(let context) = visit.who else { throw Problem(.notPermitted, "this is for members of staff") }
            return try .of(PresenceList(visit.counter.presence.people(except: context.handle)), asOf: nil)
        },
        Operation("do-in-bulk", .post, "/v1/bulk", for: staffOnly, bringing: .json) { visit in try await visit.doInBulk() },
    ]
}

extension Visit<Caller> {
    /// So much of what is new stands in a list; the rest is in the case.
    private static var newsShown: Int { 10 }
    /// Cases a list of news goes through.
    private static var newsCasesMax: Int { 100 }

    fileprivate func attention(to dispute: Case) async throws -> Answer {
        guard case .staff(let context) = who else { throw Problem(.notPermitted, "this is for members of staff") }
        let (me, desk) = (context.standing.id, counter.desk)
        let following = try await desk.follows(dispute.id, me)
        let mentions = try await desk.mentions(of: me).filter { $0.dispute == dispute.id }
        let seen = try await desk.seen(dispute.id, by: me)
        let asOf = try await desk.store.head().sequence
        let view = AttentionView(
            dispute: dispute.id, following: following, snoozedUntil: dispute.snoozes[me].flatMap { $0 > counter.now ? $0 : nil },
            seen: following || !mentions.isEmpty ? seen : nil, mentioned: mentions.contains { !$0.isSeen },
            looking: counter.presence.people(except: context.handle, at: dispute.id)[dispute.id] ?? [], asOf: asOf)
        return try .of(view, asOf: asOf, version: dispute.version)
    }

    // MARK: What is new

    /// What others did in a case since a version, in its order.
    private func news(in id: CaseID, since version: Int) async throws -> [EventView] {
        let me = try member().id
        let events: [StoredEvent]
        do { events = try await counter.desk.store.read(StreamID(id), after: version, limit: 1_000) } catch { throw DeskError.store(error) }
        return try events.filter { $0.envelope.actor != .staff(me) }.map { stored in
            EventView(
                sequence: stored.envelope.sequence, version: stored.envelope.version, type: stored.type.description, occurred: stored.envelope.occurred,
                recorded: stored.envelope.recorded, actor: stored.envelope.actor, body: try JSONValue(json: stored.payload))
        }
    }

    /// Followed cases that have moved on since they were seen, the latest seen last.
    private func moved() async throws -> [(row: CaseRow, followed: Followed)] {
        let followed = try await counter.desk.followed(by: try member().id)
        guard !followed.isEmpty else { return [] }
        let ids = followed.map { RowValue.text($0.dispute.description) }
        let page = try await counter.desk.store.rows(RowQuery(CaseTables.cases, where: [.anyOf("id", ids)], limit: Desk.followedMax))
        let rows = Dictionary(page.rows.compactMap(CaseRow.init).map { ($0.id, $0) }) { $1 }
        return followed.compactMap { followed in rows[followed.dispute].map { ($0, followed) } }
    }

    /// In how many of the cases one follows somebody else did something since.
    func newsCount() async throws -> Int {
        var count = 0
        for (row, followed) in try await moved().filter({ $0.row.version > $0.followed.seen }).prefix(Self.newsCasesMax) {
            if try await !news(in: row.id, since: followed.seen).isEmpty { count += 1 }
        }
        return count
    }

    fileprivate func listFollowed() async throws -> Answer {
        var lines: [NewsView] = []
        // Those with something new first, each half in the order of their deadlines.
        let moved = try await moved().sorted {
            ($0.row.version > $0.followed.seen ? 0 : 1, $0.row.due ?? .distantFuture) < (
                $1.row.version > $1.followed.seen ? 0 : 1, $1.row.due ?? .distantFuture
            )
        }
        for (row, followed) in moved.prefix(Self.newsCasesMax) { lines.append(try await line(row, since: followed.seen, by: nil, isSeen: nil)) }
        let asOf = try await counter.desk.store.head().sequence
        return try .of(NewsList(cases: lines, asOf: asOf), asOf: asOf)
    }

    fileprivate func listMentions() async throws -> Answer {
        var lines: [NewsView] = []
        var met: Set<CaseID> = []
        for mention in try await counter.desk.mentions(of: try member().id) where met.insert(mention.dispute).inserted {
            guard lines.count < Self.newsCasesMax, let dispute = try await counter.desk.dispute(mention.dispute) else { continue }
            let row = CaseRow(dispute, tierRank: try await counter.policy(of: dispute).tiers[dispute.tier]?.rank ?? 9)
            // Since just before the note it was in.
            lines.append(try await line(row, since: max(0, mention.version - 2), by: mention.by, isSeen: mention.isSeen))
        }
        let asOf = try await counter.desk.store.head().sequence
        return try .of(NewsList(cases: lines, asOf: asOf), asOf: asOf)
    }

    private func line(_ row: CaseRow, since version: Int, by: StaffID?, isSeen: Bool?) async throws -> NewsView {
        let news = row.version > version ? try await news(in: row.id, since: version) : []
        return NewsView(
            summary: CaseSummary(row), by: by, seen: isSeen ?? news.isEmpty, news: Array(news.suffix(Self.newsShown)), newsCount: news.count)
    }

    // MARK: Being called in

    /// Whom a note calls in: `@handle` of active members of staff, but not oneself. What is nobody's handle is a word like another.
    func mentioned(in text: String) async throws -> [StaffID] {
        guard case .staff(let context) = who else { return [] }
        var called: [StaffID] = []
        for handle in Set(Mentioning.handles(in: text)).sorted().prefix(Mentioning.lookedUpMax) {
            guard let standing = try? await counter.desk.staff(handle), standing.id != context.standing.id else { continue }
            called.append(standing.id)
        }
        return called
    }
}

/// `@handle` in running text.
enum Mentioning {
    static let lookedUpMax = 20

    /// In their order. One begins after a space, a bracket or nothing, so that an address of e-mail calls nobody; a full stop behind it is the sentence's.
    static func handles(in text: String) -> [String] {
        var handles: [String] = []
        var before: Character = " "
        var rest = Substring(text)
        while let character = rest.first {
            rest.removeFirst()
            if character == "@", before.isWhitespace || "([{,;:\"“¿¡".contains(before) {
                var handle = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
                while let last = handle.last, "-._".contains(last) { handle.removeLast() }
                if !handle.isEmpty { handles.append(String(handle)) }
            }
            before = character
        }
        return handles
    }
}
