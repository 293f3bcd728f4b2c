import Chronicle
import Timekeeping

/// Outcomes, faults, penalties, overturn causes, the appeal ladder.
extension PackReading {
    func outcome(_ code: OutcomeCode, _ row: Row) -> Outcome? {
        let title = row.text("title")
        let settlement = row.choice("settlement", Outcome.Settlement.self)
        let against = row.choice("against", Outcome.Against.self)
        let appealable = row.bool("appealable")
        let keepsHold = row.optionalBool("keeps-hold") ?? false
        guard let title, let settlement, let against, let appealable else { return nil }
        return Outcome(code: code, title: title, settlement: settlement, against: against, appealable: appealable, keepsHold: keepsHold)
    }

    func fault(_ code: FaultCode, _ row: Row) -> Fault? { row.text("title").map { Fault(code: code, title: $0) } }

    func overturnCause(_ code: OverturnCode, _ row: Row) -> OverturnCause? {
        let title = row.text("title")
        let handlerError = row.bool("handler-error")
        guard let title, let handlerError else { return nil }
        return OverturnCause(code: code, title: title, handlerError: handlerError)
    }

    func penalty(_ code: PenaltyCode, _ row: Row) -> Penalty? {
        let title = row.text("title")
        let trigger = row.text("trigger")
        let severity = row.int("severity", in: 0...1_000)
        mark("penalty \(code) severity", row.place(of: "severity"))
        let ladder = row.list("ladder").compactMap(penaltyStep)
        if ladder.isEmpty { log.error(.badValue, at: row.place(of: "ladder"), "a penalty needs at least one step") }
        let appealable = row.bool("appealable")
        let merchantsOnly = row.optionalBool("merchants-only") ?? false
        guard let title, let trigger, let severity, let appealable, let provenance = row.provenance() else { return nil }
        return Penalty(
            code: code, title: title, trigger: trigger, severity: severity, ladder: ladder, appealable: appealable, merchantsOnly: merchantsOnly,
            provenance: provenance)
    }

    /// `{points: 5}`, `{lasts: 7 d, points: 10}`, `{lasts: permanent, points: 100}`.
    private func penaltyStep(_ node: PackNode) -> PenaltyStep? {
        guard let row = Row(node, self) else { return nil }
        let lasts = row.optionalValue("lasts", "“permanent” or a length of time like “7 d”") { text -> PenaltyStep.Duration? in
            text == "permanent" ? .permanent : Span(packText: text).map { .lasting($0) }
        }
        let points = row.int("points", in: 0...1_000)
        row.finish()
        return points.map { PenaltyStep(duration: lasts ?? .none, points: $0) }
    }

    func appeals(_ node: PackNode, _ asset: Asset?) -> AppealLadder? {
        guard let row = Row(node, self) else { return nil }
        var rungs: [AppealLadder.Rung] = []
        for node in row.list("rungs") {
            guard let line = Row(node, self) else { continue }
            let level = line.choice("level", AppealLadder.Level.self)
            let title = line.text("title")
            let role: RoleCode? = line.reference("role")
            let certificate = line.choice("certificate", CertificateLevel.self)
            let panelSize = line.int("panel-size", in: 1...99)
            let clock: ClockCode? = line.reference("clock")
            line.finish()
            guard let level, let title, let role, let certificate, let panelSize, let clock else { continue }
            if rungs.contains(where: { $0.level == level }) { log.error(.duplicateRow, at: node.place, "the level \(level.rawValue) is defined twice") }
            mark("rung \(level.rawValue)", line.place(of: "panel-size"))
            mark("rung \(level.rawValue) role", line.place(of: "role"))
            rungs.append(AppealLadder.Rung(level: level, title: title, role: role, certificate: certificate, panelSize: panelSize, clock: clock))
        }
        let panelAbove = row.node("panel-above").flatMap { amount($0, asset) }
        let penalties: [PenaltyCode] = row.references("panel-penalties")
        let afterPayout: [OutcomeCode] = row.optionalNode("after-payout") == nil ? [] : row.references("after-payout")
        let external = row.list("external").compactMap(text)
        row.finish()
        guard let panelAbove else { return nil }
        return AppealLadder(rungs: rungs, panelAbove: panelAbove, panelPenalties: Set(penalties), afterPayout: Set(afterPayout), external: external)
    }

    /// `500` or `500 USDT`, counted in the asset values are compared in.
    func amount(_ node: PackNode, _ asset: Asset?) -> Amount? {
        guard let asset else { return nil }
        return value(node, "an amount of \(asset.code) like “500” or “500 \(asset.code)”") { text in
            let words = text.split(separator: " ")
            guard words.count == 1 || (words.count == 2 && words[1] == asset.code), let number = words.first else { return nil }
            guard let amount = try? Amount(number: String(number), of: asset), !amount.isNegative else { return nil }
            return amount
        }
    }
}
