import Chronicle
import Timekeeping

/// Clocks, regimes, card schemes.
extension PackReading {
    func clock(_ code: ClockCode, _ row: Row) -> ClockSpec? {
        let title = row.text("title")
        let bound = row.choice("bound", ClockSpec.Bound.self)
        let visible = row.bool("visible")
        var rows: [ClockRow] = []
        for node in row.list("rows") {
            guard let line = Row(node, self) else { continue }
            let when = line.optionalNode("when").map(conditions) ?? []
            let provenance = line.provenance()
            let rule = clockRule(code, line, source: provenance?.source ?? "", confidence: provenance?.confidence ?? .low)
            line.finish()
            guard let provenance, let rule else { continue }
            mark("clock \(code) row \(rows.count)", node.place)
            rows.append(ClockRow(when: when, rule: rule, provenance: provenance))
        }
        guard let title, let bound, let visible else { return nil }
        return ClockSpec(code: code, title: title, bound: bound, rows: rows, visibleToParties: visible)
    }

    /// The keys of one rule: `within`, `kind`, `ends`, `zone`, `moves-off`, `pause-max`, `extensions-max`.
    private func clockRule(_ code: ClockCode, _ row: Row, source: String, confidence: Provenance.Confidence) -> ClockRule? {
        let within = row.value("within", "a measure of time like “72 h”, “30 CD”, “8 W”, “2 M” or “10 BD MY”") { Measure($0) }
        let kind = row.optionalChoice("kind", ClockKindOfRule.self)
        let ends = row.optionalChoice("ends", DayEnd.self)
        let zone: ZoneName? = row.optionalReference("zone")
        let movesOff: CalendarName? = row.optionalReference("moves-off")
        let pauseMax = row.optionalSpan("pause-max")
        let extensionsMax = row.optionalInt("extensions-max", in: 0...10)
        guard let within else { return nil }
        if let calendar = within.calendar { refer(CalendarKind.noun, calendar.text, at: row.place(of: "within")) }
        do {
            return try ClockRule(
                code, within, kind: kind == .net ? .net : .gross, ends: ends, zone: zone, movesOffClosedDaysOf: movesOff, pauseTotalMax: pauseMax,
                extensionsMax: extensionsMax ?? 0, source: source, confidence: confidence.timekeeping)
        } catch {
            log.error(.badClock, at: row.place(of: "within"), error.description)
            return nil
        }
    }

    private enum ClockKindOfRule: String, CaseIterable { case gross, net }

    func regime(_ code: RegimeCode, _ row: Row) -> Regime? {
        let jurisdictions = row.list("jurisdictions").compactMap { node in text(node).flatMap { self.code($0, at: node.place) as Jurisdiction? } }
        let isFallback = row.optionalBool("fallback") ?? false
        let scope = row.text("scope")
        let source = row.optionalNode("source").flatMap(text) ?? ""
        let acknowledge = demand("acknowledge", of: code, row, source: source)
        let final = demand("final", of: code, row, source: source)
        let extended = demand("extended", of: code, row, source: source)
        let body = row.text("escalation")
        let window = row.text("escalation-window")
        let recordText = row.text("record-text")
        let recordYears = row.optionalInt("record-years", in: 0...100)
        guard let scope, let acknowledge, let final, let extended, let body, let window, let recordText, let provenance = row.provenance() else { return nil }
        return Regime(
            code: code, jurisdictions: jurisdictions, scope: scope, acknowledgementText: acknowledge.text, finalText: final.text,
            extensionText: extended.text, acknowledge: acknowledge.rule, final: final.rule.map { extended.rule == nil ? $0 : $0.extendable(atLeast: 1) },
            extended: extended.rule, escalationBody: body,
            escalationWindow: window, recordYears: recordYears, recordText: recordText, provenance: provenance, isFallback: isFallback)
    }

    /// One demand of a regime: the rule's text and, where it names a number, the clock. The clock is named `REGIME-final`.
    private func demand(_ key: String, of code: RegimeCode, _ row: Row, source: String) -> (text: String, rule: ClockRule?)? {
        guard let node = row.node(key), let line = Row(node, self) else { return nil }
        defer { line.finish() }
        guard let text = line.text("text") else { return nil }
        guard line.optionalNode("within") != nil else { return (text, nil) }
        let confidence = line.choice("confidence", Provenance.Confidence.self)
        guard let name: ClockCode = self.code("\(code)-\(key)", at: node.place) else { return nil }
        let rule = clockRule(name, line, source: source, confidence: confidence ?? .low)
        if let confidence, text.contains("[K]"), confidence != .unverified, confidence != .low, confidence != .proposal {
            log.error(
                .doubtHidden, at: line.place(of: "confidence"), "the text marks a number [K] and the confidence says “\(confidence.rawValue)”",
                hint: "write “unverified”")
        }
        return (text, rule)
    }

    func scheme(_ code: SchemeCode, _ row: Row) -> CardScheme? {
        let title = row.text("title")
        var stages: [CardScheme.Stage] = []
        for node in row.list("stages") {
            guard let line = Row(node, self) else { continue }
            let stage = line.node("code").flatMap { node in text(node).flatMap { self.code($0, at: node.place) as Code<SchemeStageKind>? } }
            let stageTitle = line.text("title")
            let networkDays = line.int("network-days", in: 1...1_000)
            let leadDays = line.int("internal-lead-days", in: 0...999)
            let provenance = line.provenance()
            line.finish()
            guard let stage, let stageTitle, let networkDays, let leadDays, let provenance else { continue }
            if leadDays >= networkDays {
                log.error(.badValue, at: line.place(of: "internal-lead-days"), "the lead of \(leadDays) days leaves nothing of the network's \(networkDays)")
            }
            if stages.contains(where: { $0.code == stage }) { log.error(.duplicateRow, at: node.place, "the stage “\(stage)” is defined twice") }
            stages.append(CardScheme.Stage(code: stage, title: stageTitle, networkDays: networkDays, internalLeadDays: leadDays, provenance: provenance))
        }
        return title.map { CardScheme(code: code, title: $0, stages: stages) }
    }
}

extension Provenance.Confidence {
    /// The three grades clocks know: whatever is not sure counts as low there; the pack's row keeps the finer word.
    var timekeeping: Timekeeping.Confidence {
        switch self {
        case .high: .high
        case .medium: .medium
        case .low, .unverified, .proposal, .notFound: .low
        }
    }
}
