import Policies
import Testing

/// One fault of a pack: the smallest edit that makes it, and the complaint it must make.
struct BrokenPack: Sendable, CustomTestStringConvertible {
    let code: DiagnosticCode
    let edits: [Edit]
    /// The complaint stands on the line on which this text begins in the edited file, moved by `below` lines.
    let file: String
    let marker: String
    let below: Int

    init(_ code: DiagnosticCode, _ file: String, _ find: String, _ replacement: String, at marker: String? = nil, below: Int = 0, and more: [Edit] = []) {
        self.code = code
        (self.edits, self.file) = ([Edit(file, find, replacement)] + more, file)
        (self.marker, self.below) = (marker ?? replacement, below)
    }

    var testDescription: String { code.rawValue + " in " + file }
}

private let live = "workflows/p2p-live.yaml"
private let lastSteps = "    acts: [reopen-case, unmerge-duplicate]\n    exits:\n      - {on: reopened, to: investigation}\n\n  inadmissible:"

@Suite struct BrokenPackTests {
    static let yaml: [BrokenPack] = [
        BrokenPack(.tab, live, "start: filed", "start:\tfiled"),
        BrokenPack(.alias, "pack.yaml", "version: \"2026.11\"", "version: *v", and: [Edit("pack.yaml", "title: Recourse", "title: &v Recourse")]),
        BrokenPack(.yaml, "pack.yaml", "title: Recourse default pack", "title: \"Recourse", at: "title: \"Recourse", below: 1),
        BrokenPack(.duplicateKey, "pack.yaml", "version: \"2026.11\"", "version: \"2026.11\"\nversion: \"2\""),
        BrokenPack(
            .tooDeep, "pack.yaml", "title: Recourse default pack", "title: " + String(repeating: "[", count: 40) + "a" + String(repeating: "]", count: 40)),
    ]

    static let rows: [BrokenPack] = [
        BrokenPack(.missingKey, "skills.yaml", "{title: P2P orders in escrow, level: L1}", "{title: P2P orders in escrow}"),
        BrokenPack(.unknownKey, "skills.yaml", "level: L1}", "level: L1, levle: L2}"),
        BrokenPack(.wrongType, "case-types.yaml", "title: P2P order in escrow", "title: [P2P]"),
        BrokenPack(.badValue, "tiers.yaml", "rank: 0", "rank: zero"),
        BrokenPack(.badValue, "workflows/claim.yaml", "phase: intake", "phase: intakes"),
        BrokenPack(.badValue, "workflows/claim.yaml", "{on: admitted,", "{on: admited,"),
        BrokenPack(.badValue, "workflows/claim.yaml", "- start acknowledgement", "- begin acknowledgement"),
        BrokenPack(.badValue, live, "second-key: needed", "second-key: maybe"),
        BrokenPack(.badValue, live, "when: {second-key: needed}", "when: {third-key: needed}"),
        BrokenPack(.badValue, "clocks.yaml", "within: 10 min", "within: ten minutes"),
        BrokenPack(.badValue, "authority.yaml", "value-max: 500}", "value-max: 500 EUR}"),
        BrokenPack(.badValue, "calendars.yaml", "date: 2025-01-01", "date: 2025-02-30"),
        BrokenPack(.badCode, "outcomes.yaml", "FLT-UNK: {", "\"FLT UNK\": {"),
        BrokenPack(.badTemplate, "letters/en/decision.yaml", "Decision: {outcome}", "Decision: {outcom}"),
        BrokenPack(.badTemplate, "letters/es/decision.yaml", "{reasons}", "{reasons"),
        BrokenPack(.badClock, "clocks.yaml", "within: 1 h", "within: 1 CD"),
        BrokenPack(.badCalendar, "calendars.yaml", "rule: \"<+08>-8\"", "rule: \"<+08>\""),
        BrokenPack(.duplicateRow, live, "acts: [approve-ruling,", "acts: [approve-ruling, approve-ruling,"),
        BrokenPack(.doubtHidden, "regimes.yaml", "source: K\n    confidence: unverified", "source: K\n    confidence: high", below: 1),
        BrokenPack(.unknownCode, "reasons.yaml", "outcomes: [OUT-REL,", "outcomes: [OUT-RELL,"),
        BrokenPack(.unknownCode, "penalties.yaml", "source: S5", "source: S555"),
        BrokenPack(.unknownCode, "clocks.yaml", "within: 5 BD MY", "within: 5 BD MX"),
        BrokenPack(.unknownStep, live, "start: filed", "start: filled"),
        BrokenPack(.unknownStep, live, "{on: staff-called, to: investigation}", "{on: staff-called, to: investigations}"),
    ]

    static let sense: [BrokenPack] = [
        BrokenPack(
            .unreachableStep, live, lastSteps,
            lastSteps.replacingInadmissible("  lonely:\n    phase: closed\n    title: Lonely\n    holder: system\n\n  inadmissible:"), at: "  lonely:"),
        BrokenPack(
            .deadEnd, live, "{on: staff-called, to: investigation}", "{on: staff-called, to: limbo}", at: "  limbo:",
            and: [
                Edit(live, lastSteps, lastSteps.replacingInadmissible("  limbo:\n    phase: referred\n    title: Limbo\n    holder: third\n\n  inadmissible:"))
            ]),
        BrokenPack(
            .cannotEnd, live, "{on: staff-called, to: investigation}", "{on: staff-called, to: limbo}", at: "  limbo:",
            and: [
                Edit(
                    live, lastSteps,
                    lastSteps.replacingInadmissible(
                        "  limbo:\n    phase: referred\n    title: Limbo\n    holder: third\n    exits: [{on: responded, to: limbo}]\n\n  inadmissible:"))
            ]),
        BrokenPack(.terminalLeft, live, lastSteps, lastSteps.replacing("reopened", "responded"), at: lastSteps.replacing("reopened", "responded"), below: 2),
        BrokenPack(.clockNotRunning, live, "{on: deadline evidence-window,", "{on: deadline card-internal,"),
        BrokenPack(
            .clockNotRunning, live, "      - start evidence-window\n", "", at: "      - request-evidence by",
            and: [
                Edit(live, "      - {on: deadline evidence-window, to: decision}\n", "")
            ]),
        BrokenPack(.gap, live, "      - {on: ruled, when: {second-key: free, money: stays, appealable: no}, to: final}\n", "", at: "- {on: ruled"),
        BrokenPack(.overlap, live, "appealable: no}, to: final}", "appealable: [yes, no]}, to: final}"),
        BrokenPack(.gap, "clocks.yaml", "when: {tier: [T3, T4]}", "when: {tier: T3}", at: "claim-decision:", below: 5),
        BrokenPack(
            .overlap, "clocks.yaml", "when: {tier: T2}\n        kind: net", "when: {tier: [T2, T3]}\n        kind: net",
            at: "within: 30 CD\n        when: {tier"),
        BrokenPack(.actMissing, live, "acts: [file-appeal, reopen-case]", "acts: [file-appeal]", at: "acts: [file-appeal]", below: 5),
        BrokenPack(
            .cannotBeLeft, live, "steps: [filed, negotiation, investigation, decision, approval]", "steps: [filed, negotiation, investigation, decision]",
            at: "  approval:\n"),
        BrokenPack(.cannotBeLeft, live, "decision, approval, settling-failed,", "decision, settling-failed,", at: "  approval:\n"),
        BrokenPack(.cannotSettle, "reasons.yaml", "outcomes: [OUT-UPH, OUT-REJ]", "outcomes: [OUT-UPH, OUT-CPN]"),
        BrokenPack(.cannotSettle, "reasons.yaml", "outcomes: [OUT-REF, OUT-REJ, OUT-CPN]", "outcomes: [OUT-REF, OUT-REL, OUT-CPN]"),
        BrokenPack(
            .letterNotFillable, live, "send settlement-done to parties", "send appeal-received to parties",
            at: "- send appeal-received to parties\n    acts: [reopen-case"),
        BrokenPack(.sides, "workflows/claim.yaml", "send acknowledgement to filer", "send acknowledgement to other"),
        BrokenPack(.noEvidence, "reasons.yaml", "    needs-no-evidence: the withdrawal is in our own records\n", "", at: "  WDR-01:"),
        BrokenPack(.silenceOutcome, "reasons.yaml", "if-other-silent: {outcome: OUT-REL}", "if-other-silent: {outcome: OUT-SPL}"),
        BrokenPack(.sides, "reasons.yaml", "from-filer: [EV-DEVICE]\n    from-other: []", "from-filer: [EV-DEVICE]\n    from-other: [EV-CHAT]", below: 4),
        BrokenPack(.filer, "reasons.yaml", "filer: user\n    title: Unauthorised trades", "filer: seller\n    title: Unauthorised trades"),
        BrokenPack(
            .severityTwice, "penalties.yaml", "severity: 100", "severity: 98",
            at: "severity: 98\n    ladder: [{lasts: permanent, points: 100}]\n    appealable: true\n    source: S21"),
        BrokenPack(.limitsNotIncreasing, "authority.yaml", "value-max: 50000}", "value-max: 5000}", at: "{level: L3"),
        BrokenPack(.fourEyesOutOfReach, "authority.yaml", "four-eyes-above: 5000", "four-eyes-above: 50000000"),
        BrokenPack(.evenPanel, "appeals.yaml", "panel-size: 3", "panel-size: 4"),
        BrokenPack(.nobodyVotes, "appeals.yaml", "role: R4", "role: R3"),
        BrokenPack(.ownRuling, "roles.yaml", "independent: [approve-ruling", "assigned: [approve-ruling"),
        BrokenPack(.noFallback, "regimes.yaml", "jurisdictions: [AE-DU]\n", "jurisdictions: [AE-DU]\n    fallback: true\n", at: "  VARA:"),
        BrokenPack(.badValue, "regimes.yaml", "jurisdictions: [AE-DU]\n", "jurisdictions: []\n", at: "  VARA:"),
        BrokenPack(.holidayOutside, "calendars.yaml", "date: 2025-01-01", "date: 2024-12-31"),
    ]

    @Test("One fault in the YAML is one located complaint", arguments: yaml)
    func faultsOfYAML(_ broken: BrokenPack) throws { try expect(broken) }

    @Test("One fault in a row is one located complaint", arguments: rows)
    func faultsOfRows(_ broken: BrokenPack) throws { try expect(broken) }

    @Test("A pack that makes no sense as a whole is refused where it must change", arguments: sense)
    func faultsOfSense(_ broken: BrokenPack) throws { try expect(broken) }

    private func expect(_ broken: BrokenPack) throws {
        // given
        let files = try broken.edits.reduce(DefaultPack.files) { try $1.apply(to: $0) }
        let line = try files.line(of: broken.marker, in: broken.file) + broken.below
        // when
        let (policy, diagnostics) = PolicyLoader.load(files)
        // then
        let errors = diagnostics.filter { $0.severity == .error }
        let told = Set(errors.map { "\($0.code.rawValue) \($0.place.file):\($0.place.line)" })
        #expect(told == ["\(broken.code.rawValue) \(broken.file):\(line)"], "\(errors.map(\.description).joined(separator: "\n"))")
        #expect(policy == nil)
    }

    @Test("A code that is nearly right comes with the right one")
    func didYouMean() throws {
        let files = try DefaultPack.files.edited(Edit("reasons.yaml", "outcomes: [OUT-REL,", "outcomes: [OUT-RELL,"))
        let complaint = try #require(PolicyLoader.load(files).diagnostics.first)
        #expect(complaint.hint == "did you mean “OUT-REL”?")
        #expect(complaint.description == "reasons.yaml:14:16: error: the pack has no outcome “OUT-RELL”; did you mean “OUT-REL”? [unknown-code]")
    }

    @Test("All complaints of a stage come at once")
    func allAtOnce() throws {
        let files = try DefaultPack.files.edited(
            Edit("tiers.yaml", "rank: 0", "rank: zero"), Edit("skills.yaml", "level: L1}", "level: L9}"), Edit("reasons.yaml", "tier: T1", "tier: T9"))
        #expect(PolicyLoader.load(files).diagnostics.map(\.code) == [.unknownCode, .badValue, .badValue])
    }

    @Test("An uncovered combination is printed")
    func gapPrinted() throws {
        let files = try DefaultPack.files.edited(
            Edit(live, "      - {on: ruled, when: {second-key: free, money: stays, appealable: no}, to: final}\n", ""))
        let message = PolicyLoader.load(files).diagnostics.first?.message
        #expect(message == "step decision on “ruled”: no row holds when money is stays and second-key is free and appealable is no")
    }

    @Test("A doubly covered combination is printed with its rows")
    func overlapPrinted() throws {
        let files = try DefaultPack.files.edited(Edit(live, "appealable: no}, to: final}", "appealable: [yes, no]}, to: final}"))
        let message = PolicyLoader.load(files).diagnostics.first?.message
        #expect(message == "step decision on “ruled”: row 3 and row 4 both hold when money is stays and second-key is free and appealable is yes")
    }
}

extension String {
    fileprivate func replacing(_ part: String, _ other: String) -> String { split(separator: part, omittingEmptySubsequences: false).joined(separator: other) }
    fileprivate func replacingInadmissible(_ other: String) -> String { replacing("  inadmissible:", other) }
}
