import Chronicle
import Disputes
import EventStorage

/// Carries instructions to the exchange, each under its own key until the exchange has answered: sent any number of times, done once.
public struct OutboxCourier: Sendable {
    let desk: Desk
    let exchange: any Exchange

    /// After this many unanswered tries an instruction is put aside for a person to look at.
    public static let attemptsMax = 12
    /// How soon after a case's hold what waits for it goes out, at the earliest.
    private static let afterHold = Span.seconds(1)
    /// How soon what an authority's order holds back is looked at again.
    static let lookAgain = Span.minutes(1)

    public init(_ desk: Desk, _ exchange: any Exchange) {
        self.desk = desk
        self.exchange = exchange
    }

    /// What one round did.
    public struct Round: Hashable, Sendable {
        public var carriedOut = 0
        public var refused = 0
        public var postponed = 0
        public var putAside = 0
    }

    /// Sends everything due at `now`. `occurred` is the instant confirmations get; pass it in rehearsals.
    public func deliver(at now: Instant, occurred: Instant? = nil) async throws(DeskError) -> Round {
        var round = Round()
        while true {
            let page: RowPage
            do {
                page = try await desk.store.rows(
                    RowQuery(
                        CaseTables.outbox,
                        where: [.compare("state", .equal, .text("pending")), .compare("due", .lessOrEqual, .integer(now.milliseconds))],
                        order: [.init("due")], limit: 100))
            } catch {
                throw .store(error)
            }
            if page.rows.isEmpty { return round }
            for row in page.rows {
                if Task.isCancelled { return round }
                do {
                    try await carry(row, now, occurred, &round)
                } catch {
                    // One case that cannot be read must not keep the others' instructions waiting.
                    guard error.isOfOneCase else { throw error }
                    round.putAside += 1
                    try await putAside(row, "\(error)")
                }
            }
        }
    }

    private func carry(_ row: [RowValue], _ now: Instant, _ occurred: Instant?, _ round: inout Round) async throws(DeskError) {
        guard let text = row[0].text, let id = InstructionID(text), let caseID = row[1].text.flatMap(CaseID.init), let kind = row[2].text,
            let key = IdempotencyKey(text), let dispute = try await desk.dispute(caseID)
        else { return try await putAside(row, "the instruction cannot be read") }
        let request = Request(by: .machine("exchange"), occurred: occurred)
        switch kind {
        // Rows may overtake each other; only what the case still wants is carried out, so that an old hold does not undo a new lift.
        case "hold": guard dispute.hold == .requested else { return try await answer(nil, caseID, request, row) }
        case "lift":
            // Or an authority's order came after the decision to let go.
            guard dispute.hold == .lifted, !dispute.legalHold else { return try await answer(nil, caseID, request, row) }
        default:
            // Answered in another way since; carrying it out now could be a second time.
            guard case .instructed = dispute.progress[id] else { return try await answer(nil, caseID, request, row) }
            // The exchange moves only what is held. With the hold still on its way it would refuse this one, for good.
            if dispute.hold == .requested, let held = try await pendingHold(of: caseID) {
                round.postponed += 1
                return try await wait(row, until: max(now + OutboxCourier.afterHold, held), "the hold goes first")
            }
            if dispute.legalHold {
                round.postponed += 1
                return try await wait(row, until: now + OutboxCourier.lookAgain, "an authority's order holds the case")
            }
        }
        guard let instruction = OutboxCourier.instruction(kind, id, dispute) else {
            // It was never sent, so it had no effect: the case is told, and a person decides what to do instead.
            round.refused += 1
            let reason = "the case names no order or account the exchange could carry this out on"
            return try await answer(OutboxCourier.refusal(kind, id, reason: reason), caseID, request, row)
        }
        if kind == "lift", try await anotherCaseHolds(dispute) { return try await answer(nil, caseID, request, row) }
        let answered: CaseCommand?
        do {
            let result = try await exchange.carryOut(instruction, key: key)
            round.carriedOut += 1
            answered = OutboxCourier.confirmation(kind, id, receipt: "booking \(result.booking)")
        } catch {
            if kind == "hold", case .conflict(state: .held) = error {
                // Another dispute about the same order has it held already: held is held.
                round.carriedOut += 1
                return try await answer(.confirmHold(receipt: "held already"), caseID, request, row, heard: now)
            }
            guard error.isFinal else {
                round.postponed += 1
                // Not sent is not tried: an instruction is not put aside, and does not wait longer each time, for what it was never asked.
                if case .resting(let span) = error { return try await wait(row, until: now + span, "\(error)") }
                return try await postpone(row, now, "\(error)")
            }
            round.refused += 1
            answered = OutboxCourier.refusal(kind, id, reason: "\(error)")
        }
        try await answer(answered, caseID, request, row, heard: now)
    }

    /// When the hold of a case that is still in the box goes out next.
    private func pendingHold(of id: CaseID) async throws(DeskError) -> Instant? {
        do {
            let query = RowQuery(
                CaseTables.outbox,
                where: [
                    .compare("case_id", .equal, .text(id.description)), .compare("kind", .equal, .text("hold")), .compare("state", .equal, .text("pending")),
                ], limit: 1)
            return try await desk.store.rows(query).rows.first?[4].integer.map { Instant(milliseconds: $0) }
        } catch {
            throw .store(error)
        }
    }

    /// Is the same thing held for another dispute, too? Then it stays held when this one lets go. A closed case may hold as well.
    private func anotherCaseHolds(_ dispute: Case) async throws(DeskError) -> Bool {
        for id in try await casesAboutTheSame(dispute) where id != dispute.id {
            guard let other = try await desk.dispute(id), (other.order?.escrowHeld == true) == (dispute.order?.escrowHeld == true) else { continue }
            if other.hold == .placed || other.hold == .requested { return true }
        }
        return false
    }

    private func casesAboutTheSame(_ dispute: Case) async throws(DeskError) -> [CaseID] {
        do {
            if let order = dispute.order, order.escrowHeld {
                let query = RowQuery(CaseTables.cases, where: [.compare("order_ref", .equal, .text(order.reference))], limit: 1_000)
                return try await desk.store.rows(query).rows.compactMap(CaseRow.init).map(\.id)
            }
            guard let person = dispute.principal(.filer)?.id else { return [] }
            let query = RowQuery(CaseTables.parties, where: [.compare("party", .equal, .text(person.description))], limit: 1_000)
            return try await desk.store.rows(query).rows.compactMap { $0[1].text.flatMap(CaseID.init) }
        } catch {
            throw .store(error)
        }
    }

    /// Tells the case what the exchange said, and takes the instruction out of the box in the same transaction.
    /// - Parameter heard: when the exchange said so, where it was asked.
    private func answer(
        _ command: CaseCommand?, _ id: CaseID, _ request: Request, _ row: [RowValue], heard: Instant? = nil
    ) async throws(DeskError) {
        let rows = [RowChange.delete(CaseTables.outbox, key: [row[0]])] + (heard.map { [OutboxCourier.heard($0)] } ?? [])
        guard let command else {
            do { return try await desk.store.write(rows, position: nil) } catch { throw .store(error) }
        }
        do {
            _ = try await desk.perform([command], on: id, request, rows: rows)
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            // The case does not take the answer. What the exchange did or would not do stands, so a person has to see it.
            try await putAside(row, "the exchange answered (\(command.told)), and the case did not take it: \(refusal)")
        }
    }

    private func postpone(_ row: [RowValue], _ now: Instant, _ error: String) async throws(DeskError) {
        let attempts = (row[5].integer ?? 0) + 1
        guard attempts < OutboxCourier.attemptsMax else { return try await putAside(row, error) }
        // 5 s, 10 s, 20 s … at most an hour; no jitter is needed with one courier.
        let wait = Span.seconds(min(3_600, 5 << min(attempts - 1, 12)))
        var row = row
        row[4] = .integer((now + wait).milliseconds)
        row[5] = .integer(attempts)
        row[6] = .text(error)
        do { try await desk.store.write([.put(CaseTables.outbox, row)], position: nil) } catch { throw .store(error) }
    }

    /// Leaves it in the box without having tried.
    private func wait(_ row: [RowValue], until: Instant, _ why: String) async throws(DeskError) {
        var row = row
        row[4] = .integer(until.milliseconds)
        row[6] = .text(why)
        do { try await desk.store.write([.put(CaseTables.outbox, row)], position: nil) } catch { throw .store(error) }
    }

    private func putAside(_ row: [RowValue], _ error: String) async throws(DeskError) {
        var row = row
        row[3] = .text("aside")
        row[6] = .text(error)
        do { try await desk.store.write([.put(CaseTables.outbox, row)], position: nil) } catch { throw .store(error) }
    }

    /// Instructions a person has to look at.
    public func aside() async throws(DeskError) -> [(id: String, case: String, error: String)] {
        do {
            let page = try await desk.store.rows(RowQuery(CaseTables.outbox, where: [.compare("state", .equal, .text("aside"))], limit: 1_000))
            return page.rows.map { ($0[0].text ?? "", $0[1].text ?? "", $0[6].text ?? "") }
        } catch {
            throw .store(error)
        }
    }

    /// Puts what was set aside back on its way.
    public func retry(_ id: String) async throws(DeskError) {
        do {
            let page = try await desk.store.rows(RowQuery(CaseTables.outbox, where: [.compare("id", .equal, .text(id))], limit: 1))
            guard var row = page.rows.first else { throw DeskError.unknownCase(id) }
            (row[3], row[4], row[5], row[6]) = (.text("pending"), .integer(0), .integer(0), .null)
            try await desk.store.write([.put(CaseTables.outbox, row)], position: nil)
        } catch let error as DeskError {
            throw error
        } catch let error as StoreError {
            throw .store(error)
        } catch {
            throw .unknownCase(id)
        }
    }
}
