import Chronicle
import Policies
import Timekeeping
import Wire

/// Why people may complain, and what each reason asks of whom.
struct ReasonsSheet {
    let sheet: Sheet

    init(_ policy: Policy, _ visit: Visit) {
        let phrases = visit.phrases
        func demands(_ list: [EvidenceDemand]) -> [String] {
            list.map { demand in
                (policy.evidenceTypes[demand.type]?.title ?? demand.type.text) + (demand.note.map { " (\($0))" } ?? "")
                    + (policy.evidenceTypes[demand.type]?.automatic == true ? " " + phrases("by_itself") : "")
            }
        }
        let types = policy.caseTypes.values.sorted { $0.title < $1.title }
        sheet = Sheet(
            heading: phrases("studio_reasons"), lead: visit.lead(of: policy, "reasons_lead"), tabs: visit.studioTabs(),
            sections: types.compactMap { type in
                let reasons = policy.reasons.values.filter { $0.caseType == type.code }.sorted { $0.code.text < $1.code.text }
                guard !reasons.isEmpty else { return nil }
                let rows = reasons.map { reason -> [Table.Cell] in
                    [
                        Table.Cell(reason.title + " · " + reason.code.text, "c-wide auto"), Table.Cell(reason.filer.rawValue),
                        Table.Cell(lines: demands(reason.fromFiler)), Table.Cell(lines: demands(reason.fromOther)),
                        Table.Cell(lines: reason.outcomes.map { policy.outcomes[$0]?.title ?? $0.text }),
                    ]
                }
                return .init(
                    heading: type.title, anchor: "type-" + type.code.text,
                    table: Table(
                        caption: type.title, heads: ["reason", "who_claims", "from_claimant", "from_other", "outcomes"].map { phrases("head_" + $0) },
                        rows: rows))
            })
    }
}

/// How long everything takes, by clock and by regime, with where each number comes from.
struct ClocksSheet {
    let sheet: Sheet

    init(_ policy: Policy, _ visit: Visit) {
        let phrases = visit.phrases
        func source(_ provenance: Provenance) -> String {
            let names = provenance.source.split(separator: " ").map { key in SourceCode(String(key)).flatMap { policy.sources[$0] } ?? String(key) }
            return names.joined(separator: "; ") + " · " + phrases("confidence.\(provenance.confidence.rawValue)") + (provenance.note.map { " · \($0)" } ?? "")
        }
        let clocks = policy.clocks.values.sorted { $0.title < $1.title }.flatMap { clock in
            clock.rows.enumerated().map { index, row -> [Table.Cell] in
                [
                    Table.Cell(index == 0 ? clock.title + " · " + clock.code.text : "″ " + clock.code.text, "c-wide auto"),
                    Table.Cell(row.when.isEmpty ? phrases("always") : row.when.map(\.description).joined(separator: " " + phrases("and_it") + " ")),
                    Table.Cell(row.rule.words(phrases)), Table.Cell(phrases("bound.\(clock.bound.rawValue)")), Table.Cell(source(row.provenance)),
                ]
            }
        }
        func term(_ rule: ClockRule?, _ text: String) -> String {
            (rule.map { $0.words(phrases) } ?? phrases("no_number")) + (text.isEmpty ? "" : " · " + text)
        }
        let regimes = policy.regimes.values.sorted { $0.code.text < $1.code.text }.map { regime -> [Table.Cell] in
            [
                Table.Cell(regime.code.text + " · " + regime.jurisdictions.map(\.text).joined(separator: ", "), "c-wide auto"),
                Table.Cell(term(regime.acknowledge, regime.acknowledgementText)), Table.Cell(term(regime.final, regime.finalText)),
                Table.Cell(term(regime.extended, regime.extensionText)), Table.Cell(regime.escalationBody + ", " + regime.escalationWindow),
                Table.Cell(source(regime.provenance)),
            ]
        }
        sheet = Sheet(
            heading: phrases("studio_clocks"), lead: visit.lead(of: policy, "clocks_lead"), tabs: visit.studioTabs(),
            sections: [
                .init(
                    heading: phrases("clocks_own"), anchor: "clocks-h",
                    table: Table(
                        caption: phrases("clocks_own"), heads: ["clock", "when", "runs", "binds", "source"].map { phrases("head_" + $0) }, rows: clocks)),
                .init(
                    heading: phrases("clocks_law"), anchor: "regimes-h", notes: [phrases("clocks_law_why")],
                    table: Table(
                        caption: phrases("clocks_law"),
                        heads: ["regime", "acknowledgement", "final_answer", "at_the_latest", "outside_body", "source"].map { phrases("head_" + $0) },
                        rows: regimes)),
            ])
    }
}

extension ClockRule {
    /// `24 h`, `10 business days of MY, net, extended at most once`.
    func words(_ phrases: Phrases) -> String {
        var parts = [measure.phrase()]
        if let calendar = movesOffClosedDaysOf { parts.append(phrases("moved_off", "\(calendar)")) }
        if kind == .net { parts.append(phrases("net_clock")) }
        if extensionsMax > 0 { parts.append(phrases("extended_at_most", String(extensionsMax))) }
        return parts.joined(separator: ", ")
    }
}

/// Who may rule up to what, when two keys turn, who decides again.
struct AuthoritySheet {
    let sheet: Sheet

    init(_ policy: Policy, _ visit: Visit) {
        let phrases = visit.phrases
        let authority = policy.authority
        let limits = CertificateLevel.allCases.map { level -> [Table.Cell] in
            let limit = authority.limits.first { $0.level == level }
            return [Table.Cell(level.rawValue, "c-wide auto"), Table.Cell(limit.map { phrases("up_to", $0.valueMax.written) } ?? phrases("may_not_rule"))]
        }
        let roles = policy.roles.values.sorted { (Int($0.code.text.dropFirst()) ?? 0) < (Int($1.code.text.dropFirst()) ?? 0) }.map { role -> [Table.Cell] in
            let grants = Dictionary(grouping: role.grants) { $0.value }.sorted { $0.key.rawValue < $1.key.rawValue }.map { relation, acts in
                phrases("relation.\(relation.rawValue)") + ": " + acts.map(\.key.rawValue).sorted().joined(separator: ", ")
            }
            return [
                Table.Cell(role.title + " · " + role.code.text, "c-wide auto"), Table.Cell(lines: grants),
                Table.Cell(role.deskActs.isEmpty ? "—" : role.deskActs.map(\.rawValue).sorted().joined(separator: ", ")),
                Table.Cell(phrases(role.seesSensitive ? "yes" : "no")),
            ]
        }
        let rungs = policy.appeals.rungs.map { rung -> [Table.Cell] in
            [
                Table.Cell(rung.title, "c-wide auto"), Table.Cell(policy.roles[rung.role]?.title ?? rung.role.text), Table.Cell(rung.certificate.rawValue),
                Table.Cell(String(rung.panelSize)), Table.Cell(policy.clocks[rung.clock]?.title ?? rung.clock.text),
            ]
        }
        let always = authority.fourEyesOutcomes.map { policy.outcomes[$0]?.title ?? $0.text }.sorted().joined(separator: "; ")
        sheet = Sheet(
            heading: phrases("studio_authority"), lead: visit.lead(of: policy, "authority_lead"), tabs: visit.studioTabs(),
            sections: [
                .init(
                    heading: phrases("who_may_rule"), anchor: "limits-h",
                    notes: [
                        phrases("second_key_above", authority.fourEyesAbove.written) + (always.isEmpty ? "" : " " + phrases("second_key_always", always))
                            + (authority.fourEyesOnAppealRelease ? " " + phrases("second_key_appeal") : "")
                    ],
                    table: Table(caption: phrases("who_may_rule"), heads: ["certificate", "may_rule"].map { phrases("head_" + $0) }, rows: limits)),
                .init(
                    heading: phrases("who_decides_again"), anchor: "appeals-h", notes: [phrases("panel_above", policy.appeals.panelAbove.written)],
                    table: Table(
                        caption: phrases("who_decides_again"), heads: ["level", "role", "certificate", "panel", "clock"].map { phrases("head_" + $0) },
                        rows: rungs)),
                .init(
                    heading: phrases("roles_and_grants"), anchor: "roles-h",
                    table: Table(
                        caption: phrases("roles_and_grants"), heads: ["role", "may_do", "desk_acts", "sees_sensitive"].map { phrases("head_" + $0) },
                        rows: roles)),
            ])
    }
}

/// What the desk writes, in every language it writes in, with its holes named.
struct LettersSheet {
    let sheet: Sheet

    init(_ policy: Policy, _ visit: Visit) {
        let phrases = visit.phrases
        let languages = Set(policy.letters.values.flatMap(\.texts.keys)).sorted { $0.text < $1.text }
        let wanted = visit.request.query["language"].flatMap { Language($0) } ?? languages.first { $0.text == phrases.language } ?? languages.first
        let hash = visit.request.query["pack"] == nil ? "" : "&pack=\(policy.hash)"
        sheet = Sheet(
            heading: phrases("studio_letters"), lead: visit.lead(of: policy, "letters_lead"), tabs: visit.studioTabs(),
            sections: policy.letters.values.sorted { $0.title < $1.title }.map { letter in
                let text = wanted.flatMap { letter.texts[$0] }
                return .init(
                    heading: letter.title + " · " + letter.code.text, anchor: "letter-" + letter.code.text,
                    notes: text.map { [phrases("subject_line", $0.subject.withHoles)] } ?? [], empty: text == nil ? phrases("not_in_this_language") : nil,
                    prose: text?.body.withHoles)
            },
            choices: languages.map { language in
                [
                    "name": .text(phrases.known("language.\(language.text)") ?? language.text), "href": .text("/policy/letters?language=\(language)\(hash)"),
                    "current": .flag(language == wanted),
                ]
            }, choicesName: phrases("language"))
    }
}

extension Template {
    /// The text with its holes as the pack writes them.
    fileprivate var withHoles: String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .field(let field): "{\(field.rawValue)}"
            }
        }.joined()
    }
}
