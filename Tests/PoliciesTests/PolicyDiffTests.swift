import Policies
import Testing

struct Told: Sendable, CustomTestStringConvertible {
    let edits: [Edit]
    let sentences: [String]
    init(_ edits: Edit..., tells sentences: [String]) { (self.edits, self.sentences) = (edits, sentences) }
    var testDescription: String { sentences.first ?? "nothing" }
}

@Suite struct PolicyDiffTests {
    static let told: [Told] = [
        Told(
            Edit("clocks.yaml", "within: 48 h\n        when: {rail-speed: slow}", "within: 72 h\n        when: {rail-speed: slow}"),
            tells: ["Clock evidence-window: when rail-speed is slow 48 h, extended at most once → 72 h, extended at most once"]),
        Told(
            Edit("reasons.yaml", "outcomes: [OUT-TOP, OUT-SPL, OUT-RET]", "outcomes: [OUT-TOP, OUT-RET]"),
            tells: ["Outcome OUT-SPL is no longer allowed for P2P-B06"]),
        Told(
            Edit(
                "workflows/p2p-live.yaml", "    exits:\n      - {on: evidence-settled,",
                "    exits:\n      - {on: responded, to: decision}\n      - {on: evidence-settled,"),
            tells: ["Step `investigation` of p2p-live may now be left on `responded` to `decision`"]),
        Told(
            Edit("reasons.yaml", "if-other-silent: {outcome: OUT-REL}", "if-other-silent: {outcome: OUT-REL, not-before: 6 h}"),
            tells: ["Reason P2P-B01: when the other side is silent OUT-REL → OUT-REL after 6 h"]),
        Told(
            Edit("authority.yaml", "four-eyes-above: 5000", "four-eyes-above: 2000"), tells: ["Authority: second key above 5000.000000 USDT → 2000.000000 USDT"]
        ),
        Told(Edit("roles.yaml", "any: [move-policy, internal-note]", "any: [move-policy, internal-note, message]"), tells: ["Role R7 may now message (any)"]),
        Told(
            Edit("outcomes.yaml", "FLT-UNK: {title: Could not be established}", "FLT-NEW: {title: New}"),
            tells: ["Fault FLT-NEW is new", "Fault FLT-UNK is gone"]),
        Told(
            Edit("letters/en/decision.yaml", "we have decided case", "we decided case"), tells: ["Letter decision: the body in en was rewritten"]),
        Told(
            Edit("regimes.yaml", "within: 2 M\n", "within: 3 M\n"),
            tells: [
                "Regime MICA-71: final response 2 months, counted in Europe/Brussels → 3 months, counted in Europe/Brussels"
            ]),
        Told(Edit("sources.yaml", "NF: \"Looked for and not found\"", "NF: \"Not found\""), tells: ["Source NF: is Looked for and not found → Not found"]),
        Told(Edit("pack.yaml", "reopen-window-days: 14", "reopen-window-days: 30"), tells: ["The pack: days in which a closed case reopens 14 → 30"]),
        Told(Edit("tiers.yaml", "degraded-delay-max: 30 min", "degraded-delay-max: 1 h"), tells: ["Tier T1: longest wait in degraded mode 30 min → 1 h"]),
        Told(Edit("appeals.yaml", "  - The courts\n", ""), tells: ["Final answers no longer name The courts"]),
        Told(
            Edit("calendars.yaml", "      - {date: 2025-01-01, name: \"New Year's Day\"}\n", ""),
            tells: ["2025-01-01 is no longer a holiday of desk-dublin: New Year's Day"]),
    ]

    @Test("A change of the pack is told in words", arguments: told)
    func tellsInWords(_ told: Told) throws {
        let old = try DefaultPack.policy()
        let files = try told.edits.reduce(DefaultPack.files) { try $1.apply(to: $0) }
        let loaded = PolicyLoader.load(files)
        let new = try #require(loaded.policy, "\(loaded.diagnostics)")
        #expect(PolicyDiff.between(old, new).map(\.sentence) == told.sentences)
        #expect(!PolicyDiff.between(new, old).isEmpty)
    }

    @Test("Comments, white space and the order of rows change the hash and nothing else")
    func sameMeaning() throws {
        let old = try DefaultPack.policy()
        let files = try DefaultPack.files.edited(
            Edit("pack.yaml", "title: Recourse", "# a comment\ntitle:   Recourse"),
            Edit("reasons.yaml", "outcomes: [OUT-REL, OUT-RET, OUT-PSET]", "outcomes: [OUT-PSET, OUT-RET, OUT-REL]"),
            Edit("outcomes.yaml", "  FLT-BUY: {title: Buyer}\n  FLT-SEL: {title: Seller}\n", "  FLT-SEL: {title: Seller}\n  FLT-BUY: {title: Buyer}\n"))
        let new = try #require(PolicyLoader.load(files).policy)
        #expect(new.hash != old.hash)
        #expect(PolicyDiff.between(old, new).isEmpty)
    }

    @Test("Changes come grouped by table, in the order of the tables")
    func grouped() throws {
        let files = try DefaultPack.files.edited(
            Edit("outcomes.yaml", "FLT-BUY: {title: Buyer}", "FLT-BUY: {title: The buyer}"), Edit("pack.yaml", "version: \"2026.11\"", "version: \"2026.12\""),
            Edit("tiers.yaml", "rank: 4", "rank: 5"))
        let new = try #require(PolicyLoader.load(files).policy)
        #expect(PolicyDiff.between(try DefaultPack.policy(), new).map(\.table) == [.pack, .faults, .tiers])
    }
}
