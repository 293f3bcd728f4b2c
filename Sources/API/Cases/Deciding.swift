import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime
import Wire

extension Operation {
    static let deciding: [Operation] = [
        act("rule", "ruling", for: staffOnly) { (body: RulingBody, dispute, visit) in [.rule(try await visit.draft(body, on: dispute))] },
        act("rule-by-default", "default-ruling", for: staffOnly) { (body: DefaultRulingBody, dispute, visit) in
            [.ruleByDefault(against: try visit.party(body.against, in: dispute).side, try await visit.draft(body.ruling, on: dispute))]
        },
        Operation("foresee-ruling", .post, "/v1/cases/{case}/ruling/consequences", for: staffOnly, bringing: .json) { visit in
            let dispute = try await visit.dispute()
            let body = try visit.arrival.read(ForeseeBody.self)
            let foreseen = try ForeseenConsequences(
                of: try await visit.draft(body.ruling, on: dispute), onAppeal: body.onAppeal ?? false, on: dispute,
                try await visit.counter.policy(of: dispute))
            let asOf = try await visit.counter.desk.store.head().sequence
            return try .of(
                Consequences(lines: foreseen.lines, needsSecondKey: foreseen.needsSecondKey, asOf: asOf), asOf: asOf, version: dispute.version)
        },
        act("approve-ruling", "ruling/approval", for: staffOnly) { dispute, visit in
            try visit.demandFreshFactor()
            return [.approve(try waiting(dispute))]
        },
        act("return-ruling", "ruling/return", for: staffOnly) { (body: BecauseBody, dispute, _) in
            [.returnRuling(try waiting(dispute), reason: body.because)]
        },
        act("retry-settlement", "settlement", for: staffOnly) { _, _ in [.retrySettlement] },
        act("confirm-instruction", "instructions/{instruction}/confirmation", for: staffAndMachines) { (body: ReceiptBody, _, visit) in
            [.confirmSettlement(try visit.instruction(), receipt: body.receipt)]
        },
        act("fail-instruction", "instructions/{instruction}/failure", for: staffAndMachines) { (body: BecauseBody, _, visit) in
            [.reportFailure(try visit.instruction(), reason: body.because)]
        },
        act("record-scheme-event", "scheme-events", for: staffAndMachines) { (body: SchemeEventBody, _, _) in
            let stage: Code<SchemeStageKind>? = try body.stage.map { text in
                guard let stage = Code<SchemeStageKind>(text) else { throw Problem(.malformed, "“\(text)” is not a stage", field: "stage") }
                return stage
            }
            return [.recordScheme(body.what, stage: stage, reference: body.reference)]
        },
    ]

    static let appealing: [Operation] = [
        act("file-appeal", "appeals", for: [.party, .staff]) { (body: AppealBody, dispute, visit) in
            [.appeal(newEvidence: body.newEvidence ?? false, grounds: try await visit.sealed(body.grounds, in: dispute))]
        },
        act("vote-on-appeal", "appeal/votes", for: staffOnly) { (body: VoteBody, dispute, visit) in
            [try await visit.counter.desk.blindVote(body.change.map { .change(to: $0) } ?? .uphold, on: dispute.id)]
        },
        act("decide-appeal", "appeal/decision", for: staffOnly) { (body: AppealDecisionBody, dispute, visit) in
            var draft: RulingDraft?
            if let ruling = body.ruling, body.result != .upheld { draft = try await visit.draft(ruling, on: dispute) }
            return [.decideAppeal(body.result, cause: body.cause, reason: try await visit.sealed(ifSaid: body.because, in: dispute), draft)]
        },
        act("escalate-appeal", "appeal/escalation", for: staffOnly) { (body: BecauseBody, _, _) in [.escalateAppeal(reason: body.because)] },
    ]

    /// The ruling that waits for its second key.
    private static func waiting(_ dispute: Case) throws(Refusal) -> RulingID {
        guard case .approval(let made) = dispute.stage else { throw .wrongRuling }
        return made.ruling.id
    }
}

extension Visit<Caller> {
    fileprivate func instruction() throws -> InstructionID {
        let named = try arrival.parameter("instruction")
        guard let id = InstructionID(named) else { throw Problem(.notFound, "there is no instruction “\(named)”") }
        return id
    }

    /// What is proposed, with every text sealed.
    fileprivate func draft(_ body: RulingBody, on dispute: Case) async throws -> RulingDraft {
        RulingDraft(
            outcome: .init(
                code: body.outcome.code, terms: try terms(body.outcome.toBuyer, dispute), reason: try await sealed(ifSaid: body.outcome.because, in: dispute)),
            fault: .init(code: body.fault.code, reason: try await sealed(ifSaid: body.fault.because, in: dispute)),
            penaltiesApplying: body.penalty?.codes ?? [], penaltyAgainst: try body.penalty?.against.map { try party($0, in: dispute).id },
            penaltyReason: try await sealed(ifSaid: body.penalty?.because, in: dispute), compensation: try await compensation(body.compensation, dispute),
            cost: try await cost(body.cost, dispute), answers: try await answers(body.answers ?? [], dispute),
            precedents: try await precedents(body.precedents ?? [], dispute), deviationReason: try await sealed(ifSaid: body.deviation, in: dispute),
            assistance: body.assistance ?? .none)
    }

    private func terms(_ toBuyer: Amount?, _ dispute: Case) throws -> Terms? {
        guard let toBuyer else { return nil }
        guard let total = dispute.order?.amount else { throw Refusal.moneyWithoutOrder }
        let part = try amount(toBuyer, as: total.asset)
        guard 0...total.minorUnits ~= part.minorUnits else { throw Refusal.splitDoesNotAdd(total: total) }
        return Terms(toBuyer: part, toSeller: try total.subtracting(part))
    }

    private func compensation(_ body: RulingBody.Compensation?, _ dispute: Case) async throws -> Ruling.CompensationPart {
        let reason = try await sealed(ifSaid: body?.because, in: dispute)
        guard let body, let amount = body.amount else { return .init(reason: reason) }
        guard let source = body.from else { throw Problem(.refused, "say who pays the compensation", field: "compensation.from") }
        guard let to = body.to else { throw Problem(.refused, "say who gets the compensation", field: "compensation.to") }
        let counted = try dispute.amount.map { try self.amount(amount, as: $0.asset) } ?? amount.atCustomaryPrecision()
        return .init(amount: counted, to: try party(to, in: dispute).id, source: source, reason: reason)
    }

    private func cost(_ body: RulingBody.Cost?, _ dispute: Case) async throws -> Ruling.CostPart {
        let reason = try await sealed(ifSaid: body?.because, in: dispute)
        guard let body else { return .init(amount: nil, bearer: .nobody, reason: reason) }
        if body.amount != nil, body.bearer == nil { throw Problem(.refused, "say who bears the cost", field: "cost.bearer") }
        return .init(amount: try body.amount?.atCustomaryPrecision(), bearer: body.bearer ?? .nobody, reason: reason)
    }

    private func answers(_ bodies: [RulingBody.Answer], _ dispute: Case) async throws -> [Ruling.Answer] {
        var answers: [Ruling.Answer] = []
        for body in bodies { answers.append(.init(point: body.point, accepted: body.accepted, reason: try await sealed(ifSaid: body.because, in: dispute))) }
        return answers.sorted { $0.point < $1.point }
    }

    /// What the ruling is weighed against: the cases the desk finds nearest, and those the caller names besides. Who decides cannot leave one out.
    private func precedents(_ bodies: [RulingBody.Precedent], _ dispute: Case) async throws -> [Ruling.Precedent] {
        var precedents = try await counter.desk.precedents(of: dispute).binding.map { Ruling.Precedent(case: $0.decided.id, outcome: $0.decided.outcome) }
        for body in bodies {
            let id = try await counter.desk.find(body.decided)
            if !precedents.contains(where: { $0.case == id }) { precedents.append(.init(case: id, outcome: body.outcome)) }
        }
        return precedents
    }
}
