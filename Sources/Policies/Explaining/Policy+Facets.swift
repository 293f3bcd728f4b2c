import Chronicle
import Timekeeping

extension Policy {
    /// Everything the pack says, row by row in a fixed order. The hash is a name and no rule, so it is not among them.
    var facets: [Facet] {
        var all = packFacets
        all += rows(caseTypes, facets(of:)) + rows(reasons, facets(of:)) + rows(evidenceTypes, facets(of:)) + rows(rails, facets(of:))
        all += rows(workflows, facets(of:)) + rows(clocks, facets(of:)) + rows(regimes, facets(of:)) + rows(schemes, facets(of:))
        all += rows(outcomes, facets(of:)) + rows(penalties, facets(of:)) + rows(roles, facets(of:))
        all += authorityFacets + appealFacets + plainFacets + calendarFacets + rows(letters, facets(of:))
        return all
    }

    private func rows<Kind, Row>(_ table: [Code<Kind>: Row], _ facets: (Row) -> [Facet]) -> [Facet] {
        table.sorted { $0.key < $1.key }.flatMap { facets($0.value) }
    }

    private var packFacets: [Facet] {
        var list = FacetList(.pack, "The pack")
        list.value("title", title)
        list.value("version", version)
        if let contact { list.value("contact", contact) }
        list.value("in force from", effectiveFrom)
        list.value("largest exhibit in bytes", limits.exhibitBytesMax)
        list.value("exhibits a party may file", limits.exhibitsPerPartyMax)
        list.value("characters of a text", limits.textCharactersMax)
        list.value("requests for one type of evidence", limits.evidenceRequestsPerTypeMax)
        list.value("open offers of a party", limits.openOffersPerPartyMax)
        list.value("notices before a default", limits.noticesBeforeDefault)
        list.value("time between notices", limits.noticeSpacing)
        list.value("days in which a closed case reopens", limits.reopenWindowDays)
        list.value("points of likeness that make a precedent", limits.precedentLikeness)
        list.value("precedents decided otherwise before a reason is asked", limits.precedentsBeforeDeviation)
        return list.facets
    }

    private func facets(of type: CaseType) -> [Facet] {
        var list = FacetList(.caseTypes, "Case type \(type.code)")
        list.value("title", type.title)
        list.value("workflow", type.workflow)
        list.value("sides", type.sides.rawValue)
        list.value("coins in escrow", type.escrowHeld ? "held" : "none")
        list.value("a hold freezes", type.freezesAccount ? "the account" : "the escrow")
        list.value("skill", type.skill)
        return list.facets
    }

    private func facets(of reason: Reason) -> [Facet] {
        var list = FacetList(.reasons, "Reason \(reason.code)")
        list.value("title", reason.title)
        list.value("case type", reason.caseType)
        list.value("filed by", reason.filer.rawValue)
        for (side, demands) in [("the filer", reason.fromFiler), ("the other side", reason.fromOther)] {
            for demand in demands {
                let what = demand.type.text + (demand.note.map { " (\($0))" } ?? "")
                list.holds(gained: "Reason \(reason.code) now asks \(side) for \(what)", lost: "Reason \(reason.code) no longer asks \(side) for \(what)")
            }
        }
        for check in reason.checks {
            list.holds(gained: "Staff now check “\(check)” for \(reason.code)", lost: "Staff no longer check “\(check)” for \(reason.code)")
        }
        list.value("when the filer is silent", reason.ifFilerSilent.phrase)
        list.value("when the other side is silent", reason.ifOtherSilent.phrase)
        for outcome in reason.outcomes {
            list.holds(gained: "Outcome \(outcome) is now allowed for \(reason.code)", lost: "Outcome \(outcome) is no longer allowed for \(reason.code)")
        }
        list.value("tier", reason.tier)
        list.value("topic", reason.topic)
        list.optional("needs no evidence because", reason.needsNoEvidenceBecause)
        return list.facets
    }

    private func facets(of type: EvidenceType) -> [Facet] {
        var list = FacetList(.evidence, "Evidence type \(type.code)")
        list.value("title", type.title)
        list.value("class", type.kind.rawValue)
        list.value("forgeability", type.forgeability.rawValue)
        list.value("sufficient alone", type.sufficientAlone ? "yes" : "no")
        list.value("sensitive", type.sensitive ? "yes" : "no")
        list.value("attached by the system", type.automatic ? "yes" : "no")
        list.optional("note", type.note)
        return list.facets
    }

    private func facets(of rail: Rail) -> [Facet] {
        var list = FacetList(.rails, "Rail \(rail.code)")
        list.value("title", rail.title)
        list.value("latest arrival", rail.arrivalMax)
        list.value("instant", rail.instant ? "yes" : "no")
        list.optional("days in which it can be taken back", rail.reversibleDays)
        list.value("chargeback risk", rail.chargebackRisk)
        list.provenance(rail.provenance)
        return list.facets
    }

    private func facets(of workflow: Workflow) -> [Facet] {
        var list = FacetList(.workflows, "Workflow \(workflow.code)")
        list.value("title", workflow.title)
        list.value("first step", workflow.start)
        var all = list.facets
        for step in workflow.steps.values.sorted(by: { $0.code < $1.code }) { all += facets(of: step, in: workflow.code) }
        return all
    }

    private func facets(of step: Step, in workflow: WorkflowCode) -> [Facet] {
        let name = "Step `\(step.code)` of \(workflow)"
        var list = FacetList(.workflows, name)
        list.value("title", step.title)
        list.value("phase", step.phase.rawValue)
        list.value("held by", step.holder.rawValue)
        list.value("on entering", step.onEntry.isEmpty ? "nothing" : step.onEntry.map(\.phrase).joined(separator: "; "))
        for act in step.acts.sorted(by: { $0.rawValue < $1.rawValue }) {
            list.holds(gained: "\(name) now allows \(act.rawValue)", lost: "\(name) no longer allows \(act.rawValue)")
        }
        for exit in step.exits {
            let when = exit.when.isEmpty ? "" : " when \(exit.when.phrase)"
            list.holds(
                gained: "\(name) may now be left on `\(exit.on)`\(when) to `\(exit.to)`",
                lost: "\(name) may no longer be left on `\(exit.on)`\(when) to `\(exit.to)`")
        }
        return list.facets
    }

    private func facets(of clock: ClockSpec) -> [Facet] {
        var list = FacetList(.clocks, "Clock \(clock.code)")
        list.value("title", clock.title)
        list.value("bound", clock.bound.rawValue)
        list.value("shown to the parties", clock.visibleToParties ? "yes" : "no")
        for row in clock.rows {
            let name = row.when.isEmpty ? "runs" : "when \(row.when.phrase)"
            list.value(name, row.rule.phrase)
            list.value("\(name): source", row.provenance.source)
            list.value("\(name): confidence", row.provenance.confidence.rawValue)
            list.optional("\(name): note", row.provenance.note)
        }
        return list.facets
    }

    private func facets(of regime: Regime) -> [Facet] {
        var list = FacetList(.regimes, "Regime \(regime.code)")
        for place in regime.jurisdictions {
            list.holds(gained: "Regime \(regime.code) now holds in \(place)", lost: "Regime \(regime.code) no longer holds in \(place)")
        }
        list.value("fallback", regime.isFallback ? "yes" : "no")
        list.value("scope", regime.scope)
        list.value("acknowledgement", regime.acknowledge?.phrase ?? "no number")
        list.value("acknowledgement in the rule's words", regime.acknowledgementText)
        list.value("final response", regime.final?.phrase ?? "no number")
        list.value("final response in the rule's words", regime.finalText)
        list.value("extended", regime.extended?.phrase ?? "no number")
        list.value("extension in the rule's words", regime.extensionText)
        list.value("outside body", regime.escalationBody)
        list.value("window of the outside body", regime.escalationWindow)
        list.optional("years of keeping records", regime.recordYears)
        list.value("records in the rule's words", regime.recordText)
        list.provenance(regime.provenance)
        return list.facets
    }

    private func facets(of scheme: CardScheme) -> [Facet] {
        var list = FacetList(.schemes, "Card scheme \(scheme.code)")
        list.value("title", scheme.title)
        list.value("stages", scheme.stages.map(\.code.text).joined(separator: ", "))
        for stage in scheme.stages {
            list.value("title of \(stage.code)", stage.title)
            list.value("network days of \(stage.code)", stage.networkDays)
            list.value("own lead in days of \(stage.code)", stage.internalLeadDays)
            list.value("source of \(stage.code)", stage.provenance.source)
            list.value("confidence of \(stage.code)", stage.provenance.confidence.rawValue)
            list.optional("note on \(stage.code)", stage.provenance.note)
        }
        return list.facets
    }

    private func facets(of outcome: Outcome) -> [Facet] {
        var list = FacetList(.outcomes, "Outcome \(outcome.code)")
        list.value("title", outcome.title)
        list.value("settlement", outcome.settlement.rawValue)
        list.value("against", outcome.against.rawValue)
        list.value("appealable", outcome.appealable ? "yes" : "no")
        return list.facets
    }

    private func facets(of penalty: Penalty) -> [Facet] {
        var list = FacetList(.penalties, "Penalty \(penalty.code)")
        list.value("title", penalty.title)
        list.value("trigger", penalty.trigger)
        list.value("severity", penalty.severity)
        list.value("ladder", penalty.ladder.map(\.phrase).joined(separator: ", then "))
        list.value("appealable", penalty.appealable ? "yes" : "no")
        list.value("merchants only", penalty.merchantsOnly ? "yes" : "no")
        list.provenance(penalty.provenance)
        return list.facets
    }

    private func facets(of role: Role) -> [Facet] {
        var list = FacetList(.roles, "Role \(role.code)")
        list.value("title", role.title)
        list.value("sees sensitive exhibits", role.seesSensitive ? "yes" : "no")
        for (act, relation) in role.grants.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            list.holds(
                gained: "Role \(role.code) may now \(act.rawValue) (\(relation.rawValue))",
                lost: "Role \(role.code) may no longer \(act.rawValue) (\(relation.rawValue))")
        }
        for act in role.deskActs.map(\.rawValue).sorted() {
            list.holds(gained: "Role \(role.code) may now \(act)", lost: "Role \(role.code) may no longer \(act)")
        }
        return list.facets
    }

    private func facets(of letter: Letter) -> [Facet] {
        var list = FacetList(.letters, "Letter \(letter.code)")
        list.value("title", letter.title)
        for (language, text) in letter.texts.sorted(by: { $0.key < $1.key }) {
            list.value("subject in \(language)", text.subject.written)
            list.prose("body in \(language)", text.body.written)
        }
        return list.facets
    }
}
