import Chronicle
import Disputes
import Policies
import Runtime
import Timekeeping
import Wire

extension Operation {
    static let talking: [Operation] = [
        act("send-message", "messages") { (body: MessageBody, dispute, visit) in
            let audience = body.to ?? .parties
            let message = CaseCommand.message(
                audience: audience, body: try await visit.sealed(body.text, in: dispute), language: body.language ?? dispute.language)
            let called = audience == .staff ? try await visit.mentioned(in: body.text) : []
            return called.isEmpty ? [message] : [message, .mention(called)]
        },
        act("acknowledge", "acknowledgement", for: staffAndMachines) { _, _ in [.acknowledge] },
        act("send-response", "responses", for: staffOnly) { (body: ResponseBody, dispute, visit) in
            [
                .respond(
                    body.kind, outcome: body.outcome, body: try await visit.sealed(body.text, in: dispute), sourceCategory: nil, timely: nil)
            ]
        },
    ]

    static let working: [Operation] = [
        Operation("next-case", .get, "/v1/work/next", for: staffOnly) { visit in try await visit.nextCase(take: false) },
        Operation("take-next-case", .post, "/v1/work/next", for: staffOnly) { visit in try await visit.nextCase(take: true) },
        act("assign-case", "assignment", for: staffOnly) { (body: AssignmentBody, _, visit) in
            guard let handle = body.to else { return [.take] }
            return [.assign(to: try await visit.counter.desk.staff(handle))]
        },
        act("release-case", "assignment", by: .delete, for: staffOnly) { _, _ in [.release] },
        act("set-tier", "tier", by: .put, for: staffAndMachines) { (body: TierBody, _, _) in [.setTier(body.tier, reason: body.because)] },
        act("declare-relation", "relations", for: staffOnly) { (body: RelationBody, _, visit) in
            [.declareRelation(staff: try await visit.counter.desk.staff(body.staff).id, nature: body.because)]
        },
        act("conclude-investigation", "conclusion", for: staffOnly) { _, _ in [.conclude] },
        act("extend-clock", "clocks/{clock}/extensions", for: staffOnly) { (body: ExtensionBody, _, visit) in
            let named = try visit.arrival.parameter("clock")
            guard let clock = ClockCode(named) else { throw Problem(.notFound, "“\(named)” is not a clock") }
            return [.extend(clock, by: body.by.map { Span(milliseconds: $0) }, reason: body.because)]
        },
        act("close-case", "closing", for: staffOnly) { (body: BecauseBody, _, _) in [.close(reason: body.because)] },
        act("reopen-case", "reopening", for: staffOnly) { (body: BecauseBody, _, _) in [.reopen(reason: body.because)] },
    ]
}

extension Visit<Caller> {
    fileprivate func nextCase(take: Bool) async throws -> Answer {
        guard case .staff(let context) = who else { throw Problem(.notPermitted, "next work is for members of staff") }
        // Two who ask at once are shown the same case; whoever comes second takes the next one.
        for _ in 0..<Visit.takersMax {
            let found = try await counter.desk.nextCase(for: context.standing)
            guard take, let (row, how) = found, how == .onceTaken else {
                let asOf = try await counter.desk.store.head().sequence
                let next = NextWork(next: found.map { CaseSummary($0.row) }, takeFirst: found?.how == .onceTaken, asOf: asOf)
                return try .of(next, asOf: asOf)
            }
            do { return try await carryOut([.take], on: row.id) } catch {
                guard case DeskError.refused(.alreadyDone) = error else { throw error }
            }
        }
        throw Problem(.busy, "others took each case first; ask again", retryAfterSeconds: 1)
    }

    private static var takersMax: Int { 16 }
}
