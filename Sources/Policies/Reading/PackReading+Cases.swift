import Chronicle

/// Case types, reasons, evidence, rails.
extension PackReading {
    private enum Escrow: String, CaseIterable { case held, none }

    func caseType(_ code: CaseTypeCode, _ row: Row) -> CaseType? {
        let title = row.text("title")
        let workflow: WorkflowCode? = row.reference("workflow")
        let sides = row.choice("sides", CaseType.Sides.self)
        let escrow = row.choice("escrow", Escrow.self)
        let skill: SkillCode? = row.reference("skill")
        let freezesAccount = row.optionalBool("freezes-account") ?? false
        guard let title, let workflow, let sides, let escrow, let skill else { return nil }
        return CaseType(
            code: code, title: title, workflow: workflow, sides: sides, escrowHeld: escrow == .held, freezesAccount: freezesAccount, skill: skill)
    }

    func reason(_ code: ReasonCode, _ row: Row) -> Reason? {
        let caseType: CaseTypeCode? = row.reference("case-type")
        let filer = row.choice("filer", Filer.self)
        let title = row.text("title")
        let fromFiler = row.list("from-filer").compactMap(demand)
        let fromOther = row.list("from-other").compactMap(demand)
        let checks = row.list("checks").compactMap(text)
        let ifFilerSilent = row.node("if-filer-silent").flatMap(silence)
        let ifOtherSilent = row.node("if-other-silent").flatMap(silence)
        let outcomes: [OutcomeCode] = row.references("outcomes")
        let tier: TierCode? = row.reference("tier")
        let topic = row.text("topic")
        let because = row.optionalText("needs-no-evidence")
        for key in ["case-type", "filer", "if-filer-silent", "if-other-silent", "outcomes"] { mark("reason \(code) \(key)", row.place(of: key)) }
        guard let caseType, let filer, let title, let ifFilerSilent, let ifOtherSilent, let tier, let topic else { return nil }
        return Reason(
            code: code, caseType: caseType, filer: filer, title: title, fromFiler: fromFiler, fromOther: fromOther, checks: checks,
            ifFilerSilent: ifFilerSilent, ifOtherSilent: ifOtherSilent, outcomes: outcomes, tier: tier, topic: topic,
            needsNoEvidence: because != nil, needsNoEvidenceBecause: because)
    }

    /// `EV-CHAT`, or `{type: EV-VIDEO, note: no receipt}`.
    private func demand(_ node: PackNode) -> EvidenceDemand? {
        if case .scalar = node.content {
            let type: EvidenceCode? = reference(node)
            return type.map { EvidenceDemand($0) }
        }
        guard let row = Row(node, self) else { return nil }
        let type: EvidenceCode? = row.reference("type")
        let note = row.optionalText("note")
        row.finish()
        return type.map { EvidenceDemand($0, note: note) }
    }

    /// `decide-on-file`, `extend-once`, or `{outcome: OUT-REL, not-before: 12 h, needs-proof: true, penalty: PEN-NCOOP, note: …}`.
    private func silence(_ node: PackNode) -> SilenceRule? {
        if case .scalar(let text, _) = node.content {
            switch text {
            case "decide-on-file": return .decideOnFile
            case "extend-once": return .extendOnce
            default:
                log.error(.badValue, at: node.place, "“\(text)” is not a rule for silence", hint: "write decide-on-file, extend-once or {outcome: …}")
                return nil
            }
        }
        guard let row = Row(node, self) else { return nil }
        let outcome: OutcomeCode? = row.reference("outcome")
        let notBefore = row.optionalSpan("not-before")
        let needsProof = row.optionalBool("needs-proof") ?? false
        let penalty: PenaltyCode? = row.optionalReference("penalty")
        let note = row.optionalText("note")
        row.finish()
        return outcome.map { .outcome($0, notBefore: notBefore, needsProof: needsProof, penalty: penalty, note: note) }
    }

    func evidenceType(_ code: EvidenceCode, _ row: Row) -> EvidenceType? {
        let title = row.text("title")
        let kind = row.choice("class", EvidenceType.Class.self)
        let forgeability = row.choice("forgeability", EvidenceType.Forgeability.self)
        let sufficientAlone = row.bool("sufficient-alone")
        let sensitive = row.bool("sensitive")
        let automatic = row.bool("automatic")
        let note = row.optionalText("note")
        guard let title, let kind, let forgeability, let sufficientAlone, let sensitive, let automatic else { return nil }
        return EvidenceType(
            code: code, title: title, kind: kind, forgeability: forgeability, sufficientAlone: sufficientAlone, sensitive: sensitive,
            automatic: automatic, note: note)
    }

    func rail(_ code: RailCode, _ row: Row) -> Rail? {
        let title = row.text("title")
        let arrivalMax = row.span("arrival-max")
        let instant = row.bool("instant")
        let reversibleDays = row.optionalInt("reversible-days", in: 0...3_650)
        let risk = row.text("chargeback-risk")
        guard let title, let arrivalMax, let instant, let risk, let provenance = row.provenance() else { return nil }
        return Rail(
            code: code, title: title, arrivalMax: arrivalMax, instant: instant, reversibleDays: reversibleDays, chargebackRisk: risk,
            provenance: provenance)
    }
}
