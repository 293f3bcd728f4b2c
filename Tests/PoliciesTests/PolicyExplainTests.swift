import Policies
import Testing

@Suite struct PolicyExplainTests {
    @Test("Every code of the pack can be explained, and no other")
    func everyCode() throws {
        let policy = try DefaultPack.policy()
        let explain = PolicyExplain(policy)
        var codes = policy.reasons.keys.map(\.text) + policy.workflows.keys.map(\.text) + policy.clocks.keys.map(\.text)
        codes += policy.regimes.keys.map(\.text) + policy.penalties.keys.map(\.text) + policy.roles.keys.map(\.text)
        codes += policy.caseTypes.keys.map(\.text) + policy.evidenceTypes.keys.map(\.text) + policy.rails.keys.map(\.text)
        codes += policy.schemes.keys.map(\.text) + policy.outcomes.keys.map(\.text) + policy.faults.keys.map(\.text)
        codes += policy.overturnCauses.keys.map(\.text) + policy.skills.keys.map(\.text) + policy.tiers.keys.map(\.text)
        codes += policy.letters.keys.map(\.text) + policy.sources.keys.map(\.text) + policy.sites.map(\.code)
        codes += policy.workflows.values.flatMap { $0.steps.keys.map(\.text) }
        for code in codes { #expect(explain.explain(code)?.contains(code) == true, "\(code)") }
        #expect(explain.explain("OUT-NOPE") == nil)
        #expect(explain.explain("") == nil)
    }

    @Test("A reason is printed with its evidence, silence and endings")
    func reason() throws {
        let text = try #require(PolicyExplain(try DefaultPack.policy()).explain("P2P-B02"))
        #expect(
            text == """
                Reason P2P-B02: Paid; seller refuses or wants more
                  filed by buyer in P2P order in escrow (P2P-LIVE); tier T1; reported as “non-release”
                  the filer shows:
                    - Continuous screen recording: open bank app -> login name -> transaction list -> detail (EV-VIDEO)
                    - In-app order chat (system copy) (EV-CHAT, attached by the system)
                  the other side shows:
                    - In-app order chat (system copy) (EV-CHAT, attached by the system)
                  staff check: price vs index at order time
                  if the filer is silent: OUT-RET
                  if the other side is silent: OUT-REL after 12 h
                  a ruling may be:
                    - Release to the buyer (OUT-REL)
                    - Return to the seller (OUT-RET)

                """)
    }

    @Test("A workflow is an outline in which each step follows one that leads to it")
    func workflow() throws {
        let policy = try DefaultPack.policy()
        let text = try #require(PolicyExplain(policy).explain("p2p-live"))
        #expect(
            text.hasPrefix("Workflow p2p-live: P2P order in escrow\n  for P2P-LIVE; begins at filed\n  filed: Filed; being checked [intake, held by staff]\n"))
        #expect(text.contains("    on ruled, when money is moves and second-key is free -> execution\n"))
    }

    @Test("What is unverified says so in print")
    func doubt() throws {
        let text = try #require(PolicyExplain(try DefaultPack.policy()).explain("PH-BSP1160"))
        #expect(text.contains("confidence unverified"))
    }

    @Test("The printed procedure names the rules by their hash")
    func procedure() throws {
        let policy = try DefaultPack.policy()
        let text = PolicyExplain(policy).procedure()
        #expect(text.contains(policy.hash.description))
        for code in policy.reasons.keys { #expect(text.contains("Reason \(code):")) }
    }
}
