import Chronicle
import Timekeeping

/// Authority, roles, skills, tiers.
extension PackReading {
    func authority(_ node: PackNode) -> Authority? {
        guard let row = Row(node, self) else { return nil }
        defer { row.finish() }
        let asset = row.node("value-asset").flatMap(self.asset)
        var limits: [Authority.Limit] = []
        for node in row.list("limits") {
            guard let line = Row(node, self) else { continue }
            let level = line.choice("level", CertificateLevel.self)
            let valueMax = line.node("value-max").flatMap { amount($0, asset) }
            line.finish()
            guard let level, let valueMax else { continue }
            mark("limit \(limits.count)", node.place)
            limits.append(Authority.Limit(level: level, valueMax: valueMax))
        }
        let above = row.node("four-eyes-above").flatMap { amount($0, asset) }
        mark("four-eyes-above", row.place(of: "four-eyes-above"))
        let outcomes: [OutcomeCode] = row.references("four-eyes-outcomes")
        let onAppeal = row.bool("four-eyes-on-appeal-release")
        let hold = row.span("reversible-hold")
        let provenance = row.provenance()
        guard let asset, let above, let onAppeal, let hold else { return nil }
        return Authority(
            valueAsset: asset, limits: limits, fourEyesAbove: above, fourEyesOutcomes: Set(outcomes), fourEyesOnAppealRelease: onAppeal,
            reversibleHold: hold, provenance: provenance)
    }

    private func asset(_ node: PackNode) -> Asset? {
        guard let row = Row(node, self) else { return nil }
        let code = row.text("code")
        let decimals = row.int("decimals", in: 0...Int(Asset.decimalsMax))
        row.finish()
        guard let code, let decimals else { return nil }
        if let asset = Asset(code: code, decimals: decimals) { return asset }
        log.error(.badValue, at: row.place(of: "code"), "“\(code)” is not the code of an asset")
        return nil
    }

    func role(_ code: RoleCode, _ row: Row) -> Role? {
        let title = row.text("title")
        let seesSensitive = row.bool("sees-sensitive")
        var grants: [Act: Role.Relation] = [:]
        for entry in row.entries("grants") {
            guard let relation = Role.Relation(rawValue: entry.key) else {
                let all = Role.Relation.allCases.map(\.rawValue)
                log.error(.badValue, at: entry.keyPlace, "“\(entry.key)” is none of \(all.joined(separator: ", "))", hint: didYouMean(entry.key, among: all))
                continue
            }
            for node in list(entry.value) {
                guard let act = choice(node, Act.self) else { continue }
                if let before = grants[act] { log.error(.duplicateRow, at: node.place, "“\(act.rawValue)” is already granted as “\(before.rawValue)”") }
                grants[act] = relation
                mark("role \(code) grant \(act.rawValue)", node.place)
            }
        }
        let deskActs = Set(row.optionalList("desk").compactMap { choice($0, DeskAct.self) })
        guard let title, let seesSensitive else { return nil }
        return Role(code: code, title: title, grants: grants, deskActs: deskActs, seesSensitive: seesSensitive)
    }

    func skill(_ code: SkillCode, _ row: Row) -> Skill? {
        let title = row.text("title")
        let level = row.choice("level", CertificateLevel.self)
        guard let title, let level else { return nil }
        return Skill(code: code, title: title, level: level)
    }

    func tier(_ code: TierCode, _ row: Row) -> Tier? {
        let title = row.text("title")
        let rank = row.int("rank", in: 0...99)
        let shed = row.text("shed")
        let delay = row.optionalSpan("degraded-delay-max")
        if !Fact.tier.values.contains(code.text) {
            log.error(.badValue, at: place(of: code), "“\(code)” is not a tier; tiers are \(Fact.tier.values.joined(separator: ", "))")
        }
        guard let title, let rank, let shed else { return nil }
        return Tier(code: code, title: title, rank: rank, shedRule: shed, degradedDelayMax: delay)
    }
}
