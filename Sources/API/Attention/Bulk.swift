import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime
import Wire

extension Visit<Caller> {
    private static var bulkMax: Int { 200 }

    /// The same to several cases, one after the other, each as if it were asked for alone: by the same rules, to be refused by itself, once under the
    /// same key. With `foresee` only what would come of it.
    func doInBulk() async throws -> Answer {
        let body = try arrival.read(BulkBody.self)
        guard 1...Self.bulkMax ~= body.cases.count else { throw Problem(.refused, "name 1 to \(Self.bulkMax) cases", field: "cases") }
        var lines: [BulkResult.Line] = []
        for item in body.cases { lines.append(try await line(item, body)) }
        let asOf = try await counter.desk.store.head().sequence
        return try .of(BulkResult(act: body.act, cases: lines, asOf: asOf), asOf: asOf)
    }

    private func line(_ item: BulkBody.Item, _ body: BulkBody) async throws -> BulkResult.Line {
        var short = item.dispute
        do {
            let id = try await counter.desk.find(item.dispute)
            guard let dispute = try await counter.desk.dispute(id) else { throw DeskError.unknownCase(item.dispute) }
            short = String(id.crockford.suffix(8))
            return try await outcome(item, dispute, body)
        } catch {
            let problem = Problem(of: error)
            // What is wrong with all of them, or with the desk, is not each one's fate.
            guard ![400, 401, 429].contains(problem.status), problem.status < 500, problem.field == nil else { throw problem }
            return BulkResult.Line(dispute: short, outcome: .refused, detail: problem.detail)
        }
    }

    private func outcome(_ item: BulkBody.Item, _ dispute: Case, _ body: BulkBody) async throws -> BulkResult.Line {
        let short = String(dispute.id.crockford.suffix(8))
        let foresee = body.foresee ?? false
        if let version = item.version, version != dispute.version { throw StoreError.conflict(stream: StreamID(dispute.id), actual: dispute.version) }
        func told(_ isChange: Bool, version: Int) async throws -> BulkResult.Line {
            var before: String?
            if let owner = dispute.owner { before = try await counter.desk.handles()[owner] }
            return BulkResult.Line(dispute: short, outcome: !isChange ? .unchanged : foresee ? .would : .done, version: version, ownerBefore: before)
        }
        let commands: [CaseCommand]
        switch body.act {
        case .follow, .unfollow:
            let (me, isFollowed) = (try member().id, try await counter.desk.follows(dispute.id, try member().id))
            let isChange = isFollowed != (body.act == .follow)
            if isChange, !foresee {
                if body.act == .follow {
                    try await counter.desk.follow(dispute.id, at: dispute.version, by: me)
                } else {
                    try await counter.desk.unfollow(dispute.id, by: me)
                }
            }
            return try await told(isChange, version: dispute.version)
        case .take: commands = [.take]
        case .assign:
            guard let to = item.to ?? body.to else { throw Problem(.refused, "say whose they are to be", field: "to") }
            guard let standing = try? await counter.desk.staff(to) else { throw Problem(.refused, "nobody on staff is called “\(to)”", field: "to") }
            commands = [.assign(to: standing)]
        case .release: commands = [.release]
        case .snooze:
            guard let until = body.until else { throw Problem(.refused, "say until when", field: "until") }
            commands = [.snooze(until: until)]
        case .wake: commands = [.endSnooze]
        case .message:
            guard let text = body.text, !text.isEmpty else { throw Problem(.refused, "say what", field: "text") }
            let audience = body.audience ?? .parties
            let called = audience == .staff ? try await mentioned(in: text) : []
            commands =
                [.message(audience: audience, body: try await sealed(text, in: dispute), language: dispute.language)]
                + (called.isEmpty ? [] : [.mention(called)])
        }
        var request = try request()
        (request.expecting, request.idempotency) = (item.version, try key(for: dispute.id))
        guard !foresee else {
            return try await told(try await !counter.desk.consider(commands, on: dispute.id, request).isEmpty, version: dispute.version)
        }
        let performed = try await counter.desk.perform(commands, on: dispute.id, request)
        return try await told(!performed.events.isEmpty || performed.repeated, version: performed.dispute.version)
    }

    /// The request's key, made one for each case.
    private func key(for dispute: CaseID) throws -> (key: IdempotencyKey, fingerprint: Digest)? {
        guard let key = arrival.idempotencyKey else { return nil }
        let owned = Digest(hashing: Array("\(who.requester.actor)\n\(key)\n\(dispute)".utf8)).description
        guard 1...255 ~= key.utf8.count, let name = IdempotencyKey(owned) else {
            throw Problem(.malformed, "an idempotency key has 1 to 255 characters", field: "Idempotency-Key")
        }
        return (name, Digest(hashing: Array(arrival.line.utf8) + [10] + arrival.body))
    }
}
