import Chronicle
import Timekeeping

/// A pack as text for people who have to rely on it: the printed procedure.
public struct PolicyExplain: Sendable {
    private let policy: Policy

    public init(_ policy: Policy) { self.policy = policy }

    /// The text of the row with this code, whatever table it is in; of a step, the workflows that have it. `nil` when no row has the code.
    /// A code that several tables use gives all their texts.
    public func explain(_ code: String) -> String? {
        var texts: [String] = []
        if let found = WorkflowCode(code).flatMap({ policy.workflows[$0] }) { texts.append(workflow(found)) }
        if let found = ReasonCode(code).flatMap({ policy.reasons[$0] }) { texts.append(reason(found)) }
        if let found = ClockCode(code).flatMap({ policy.clocks[$0] }) { texts.append(clock(found)) }
        if let found = RegimeCode(code).flatMap({ policy.regimes[$0] }) { texts.append(regime(found)) }
        if let found = PenaltyCode(code).flatMap({ policy.penalties[$0] }) { texts.append(penalty(found)) }
        if let found = RoleCode(code).flatMap({ policy.roles[$0] }) { texts.append(role(found)) }
        texts += plain(code)
        for found in policy.workflows.values.sorted(by: { $0.code < $1.code }) {
            guard let step = StepCode(code).flatMap({ found.steps[$0] }) else { continue }
            texts.append("Workflow \(found.code): \(found.title)\n" + self.step(step))
        }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }

    /// Workflows, reasons, clocks, regimes, penalties and roles, one after the other.
    public func procedure() -> String {
        var texts = ["\(policy.title), version \(policy.version), in force from \(policy.effectiveFrom), hash \(policy.hash)\n"]
        texts += policy.workflows.sorted { $0.key < $1.key }.map { workflow($0.value) }
        texts += policy.reasons.sorted { $0.key < $1.key }.map { reason($0.value) }
        texts += policy.clocks.sorted { $0.key < $1.key }.map { clock($0.value) }
        texts += policy.regimes.sorted { $0.key < $1.key }.map { regime($0.value) }
        texts += policy.penalties.sorted { $0.key < $1.key }.map { penalty($0.value) }
        texts += policy.roles.sorted { $0.key < $1.key }.map { role($0.value) }
        return texts.joined(separator: "\n")
    }

    /// The outline of a workflow, steps in the order in which a case meets them.
    public func workflow(_ workflow: Workflow) -> String {
        let types = policy.caseTypes.values.filter { $0.workflow == workflow.code }.map(\.code.text).sorted().joined(separator: ", ")
        var text = "Workflow \(workflow.code): \(workflow.title)\n"
        text += "  for \(types.isEmpty ? "no case type" : types); begins at \(workflow.start)\n"
        for step in WorkflowGraph(workflow).steps { text += self.step(step) }
        return text
    }

    private func step(_ step: Step) -> String {
        var text = "  \(step.code): \(step.title) [\(step.phase.rawValue), held by \(step.holder.rawValue)]\n"
        if !step.onEntry.isEmpty { text += "    on entering: \(step.onEntry.map(\.phrase).joined(separator: "; "))\n" }
        if !step.acts.isEmpty { text += "    may be done: \(step.acts.map(\.rawValue).sorted().joined(separator: ", "))\n" }
        for exit in step.exits {
            text += "    on \(exit.on)\(exit.when.isEmpty ? "" : ", when \(exit.when.phrase)") -> \(exit.to)\n"
        }
        return text
    }

    public func reason(_ reason: Reason) -> String {
        var text = "Reason \(reason.code): \(reason.title)\n"
        text += "  filed by \(reason.filer.rawValue) in \(named(reason.caseType)); tier \(reason.tier); reported as “\(reason.topic)”\n"
        for (side, demands) in [("the filer", reason.fromFiler), ("the other side", reason.fromOther)] where !demands.isEmpty {
            text += "  \(side) shows:\n"
            for demand in demands {
                let type = policy.evidenceTypes[demand.type]
                text +=
                    "    - \(type?.title ?? "")\(demand.note.map { ", \($0)" } ?? "") (\(demand.type)\(type?.automatic == true ? ", attached by the system" : ""))\n"
            }
        }
        if let because = reason.needsNoEvidenceBecause { text += "  needs no evidence: \(because)\n" }
        if !reason.checks.isEmpty { text += "  staff check: \(reason.checks.joined(separator: "; "))\n" }
        text += "  if the filer is silent: \(reason.ifFilerSilent.phrase)\n  if the other side is silent: \(reason.ifOtherSilent.phrase)\n"
        text += "  a ruling may be:\n"
        for outcome in reason.outcomes { text += "    - \(policy.outcomes[outcome]?.title ?? "") (\(outcome))\n" }
        return text
    }

    private func named(_ type: CaseTypeCode) -> String { policy.caseTypes[type].map { "\($0.title) (\(type))" } ?? type.text }

    public func clock(_ clock: ClockSpec) -> String {
        var text = "Clock \(clock.code): \(clock.title)\n"
        text += "  \(clock.bound.rawValue) must keep it; \(clock.visibleToParties ? "shown to the parties" : "internal")\n"
        for row in clock.rows {
            text += "  \(row.when.isEmpty ? "always" : "when \(row.when.phrase)"): \(row.rule.phrase) [\(standing(row.provenance))]\n"
        }
        return text
    }

    public func regime(_ regime: Regime) -> String {
        let places = regime.isFallback ? "everywhere else" : regime.jurisdictions.map(\.text).joined(separator: ", ")
        var text = "Regime \(regime.code): \(regime.scope)\n  holds in \(places)\n"
        for (name, words, rule) in [
            ("acknowledge", regime.acknowledgementText, regime.acknowledge), ("final response", regime.finalText, regime.final),
            ("extension", regime.extensionText, regime.extended),
        ] {
            text += "  \(name): “\(words)”; \(rule.map { "counted as \($0.phrase)" } ?? "no number of its own")\n"
        }
        text += "  outside: \(regime.escalationBody); window: \(regime.escalationWindow); records: \(regime.recordText)\n"
        return text + "  [\(standing(regime.provenance))]\n"
    }

    public func penalty(_ penalty: Penalty) -> String {
        var text = "Penalty \(penalty.code): \(penalty.title)\n  for: \(penalty.trigger)\n"
        for (offence, step) in penalty.ladder.enumerated() {
            let last = offence == penalty.ladder.count - 1
            text += "  offence \(offence + 1)\(last ? " and each further" : ""): \(step.phrase)\n"
        }
        text +=
            "  severity \(penalty.severity); \(penalty.appealable ? "may be appealed" : "cannot be appealed")\(penalty.merchantsOnly ? "; merchants only" : "")\n"
        return text + "  [\(standing(penalty.provenance))]\n"
    }

    public func role(_ role: Role) -> String {
        var text = "Role \(role.code): \(role.title)\n  \(role.seesSensitive ? "sees" : "does not see") sensitive exhibits\n"
        for relation in Role.Relation.allCases {
            let acts = role.grants.filter { $0.value == relation }.map(\.key.rawValue).sorted()
            if !acts.isEmpty { text += "  \(relation.phrase): \(acts.joined(separator: ", "))\n" }
        }
        if !role.deskActs.isEmpty { text += "  on the desk itself: \(role.deskActs.map(\.rawValue).sorted().joined(separator: ", "))\n" }
        return text
    }

    private func standing(_ provenance: Provenance) -> String {
        "source \(provenance.source), confidence \(provenance.confidence.rawValue)" + (provenance.note.map { "; \($0)" } ?? "")
    }

    /// Rows of the tables without a text of their own: a line for each thing the pack says of them.
    private func plain(_ code: String) -> [String] {
        let tables: Set<PolicyTable> = [
            .caseTypes, .evidence, .rails, .schemes, .outcomes, .faults, .overturnCauses, .skills, .tiers, .sites, .calendars, .zones, .letters, .sources,
        ]
        let rows = policy.facets.filter { tables.contains($0.table) && $0.subject.hasSuffix(" \(code)") }
        return Dictionary(grouping: rows, by: \.subject).sorted { $0.key < $1.key }.map { subject, facets in
            facets.reduce("\(subject)\n") { text, facet in
                switch facet.content {
                case .value(let name, let value), .prose(let name, let value): text + "  \(name): \(value)\n"
                case .holds: text
                }
            }
        }
    }
}

extension Role.Relation {
    var phrase: String {
        switch self {
        case .any: "on any case"
        case .assigned: "on cases assigned to them"
        case .party: "on cases they are a party of"
        case .independent: "on cases they took no part in deciding"
        }
    }
}
